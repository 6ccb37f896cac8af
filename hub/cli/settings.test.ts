import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { newId } from '../id.ts';
import { group, lineChannel } from '../test/build.ts';
import { type TestHub, testHub } from '../test/hub.ts';
import { PASSWORD, person, staff, told } from '../test/people.ts';
import { main } from './main.ts';

/** The program against a hub: files are held here, what it says is gathered. */
function program({ app }: Pick<TestHub, 'app'>, user: string, password = PASSWORD) {
  const files = new Map<string, string>();
  return {
    files,
    async run(command: string, ...more: string[]) {
      const out: string[] = [];
      const err: string[] = [];
      const code = await main(['settings', command, ...more], {
        env: { HAINA_USER: user, HAINA_PASSWORD: password, HAINA_URL: 'http://localhost:3000' },
        fetch: (url, init) => app.request(url, init),
        files: { read: (file) => files.get(file) ?? '', write: (file, text) => void files.set(file, text) },
        out: (text) => out.push(text),
        err: (text) => err.push(text),
        ask: null,
      });
      return { code, out: out.join('\n'), err: err.join('\n') };
    },
    /** Applies a text. */
    async apply(text: string, ...more: string[]) {
      files.set('house.yaml', text);
      return await this.run('apply', '--file', 'house.yaml', ...more);
    },
  };
}

const HOUSE = `
hours:
  plans:
    - name: 白班
      week: &week
        - &day [{ from: '09:00', to: '18:00' }]
        - *day
        - *day
        - *day
        - *day
        - []
        - []
      workdays:
        - { date: '2026-10-10', name: 国庆调休, periods: *day }
  standard: 白班
contact-tags:
  groups:
    - name: 等级
      multiple: false
      tags: [{ name: VIP, colour: '#ff0000' }, { name: 普通 }]
session-tags:
  tags:
    - name: 售后
      children:
        - { name: 退款 }
matching:
  levels: [[VIP], [普通]]
queues:
  policies: [{ name: 忙时, groupIds: [售后, 售前] }]
routing:
  rules:
    - kind: rule
      name: 贵宾
      when: { tags: { any: [VIP] }, channelIds: [LINE] }
      on: { to: agent, memberId: ann, groupId: 售后 }
      off: { to: leave }
    - kind: entry
    - kind: choice
    - kind: rule
      on: { to: group, groupId: 售前 }
timers:
  visitorSilent: { on: true, tagIds: [退款] }
desk:
  mayTransfer: false
  mayBlock: false
  grades: [{ name: 简单, least: 1 }, { name: 深入, least: 20 }]
texts:
  menu: { on: true, items: [{ text: 售后服务, groupId: 售后 }] }
groups:
  - name: 售前
    members: []
  - name: 售后
    members: [ann, { member: bob, skill: 80, overflow: true }]
    plan: 白班
    greeting: { on: true, text: 您好，这里是售后。 }
words:
  forbidden: [稳赚不赔]
  keyword-to-human:
    - { text: 退款, group: 售后, match: equals }
auto-replies:
  - name: 价格
    type: keyword
    channels: [LINE]
    keywords: [价格, { text: price, match: equals }]
    replies: [{ type: text, text: 99 元 }]
  - name: 欢迎
    type: welcome
    replies: [{ type: text, text: 您好 }]
`;

async function house() {
  const run = await testHub();
  const people = await staff(run);
  await lineChannel(run.hub, people.org);
  for (const username of ['ann', 'bob']) await person(run, people.org, 'agent', { username });
  return { run, ...people, cli: program(run, people.admin.username) };
}

test('a whole house is written down, applied, applied again without a change, and made anew elsewhere', async () => {
  const { run, admin, org, cli } = await house();
  const first = await cli.apply(HOUSE);
  expect(first, first.err).toMatchObject({ code: 0 });
  expect(first.out).toContain('+ plans[白班]');
  const groups = (await told(admin.ask('GET', '/groups'))).body.items;
  const routing = (await told(admin.ask('GET', '/settings/routing'))).body;
  const idOf = (name: string) => groups.find((one: { name: string }) => one.name === name).id;
  expect(routing.document.rules.map((rule: any) => rule.on?.groupId ?? rule.kind)).toEqual([
    idOf('售后'),
    'entry',
    'choice',
    idOf('售前'),
  ]);
  expect(groups.find((one: { name: string }) => one.name === '售后')).toMatchObject({
    greeting: { on: true, text: '您好，这里是售后。' },
    planId: expect.any(String),
  });
  expect((await told(admin.ask('GET', '/settings/desk'))).body.document).toMatchObject({
    mayTransfer: false,
    mayBlock: false,
    mayPin: true,
    grades: [
      { name: '简单', least: 1 },
      { name: '深入', least: 20 },
    ],
  });
  expect((await told(admin.ask('GET', '/words?kind=keyword-to-human'))).body.items).toMatchObject([
    { text: '退款', match: 'equals', groupId: idOf('售后') },
  ]);

  const rows = async () => ({
    settings: await org.select('settings').select(['area', 'version']).orderBy('area').execute(),
    audit: (await org.select('audit').select('id').execute()).length,
  });
  const before = await rows();
  cli.files.set('house.yaml', HOUSE);
  expect(await cli.run('plan', '-f', 'house.yaml')).toMatchObject({ code: 0, out: 'Nothing to change.' });
  expect(await cli.apply(HOUSE)).toMatchObject({ code: 0, out: 'Nothing to change.', err: expect.anything() });
  const written = (await cli.run('export')).out;
  expect(await cli.apply(written)).toMatchObject({ code: 0, out: 'Nothing to change.' });
  expect(await rows()).toEqual(before);

  const other = await house();
  expect(await other.cli.apply(written)).toMatchObject({ code: 0 });
  expect((await other.cli.run('export')).out).toBe(written);
  expect(run.hub.db).not.toBe(other.run.hub.db);
});

test('an export leaves out what is as it always is and names what has a name of its own', async () => {
  const { cli } = await house();
  expect((await cli.run('export', '--area', 'routing', '--area', 'texts')).out).toBe(
    'haina: 1\nrouting: {}\ntexts: {}\n',
  );
  expect(await cli.apply(HOUSE)).toMatchObject({ code: 0 });
  await cli.run('export', '--file', 'out.yaml');
  const file = parse(cli.files.get('out.yaml')!);
  expect(file.routing.rules[0]).toEqual({
    kind: 'rule',
    id: expect.any(String),
    name: '贵宾',
    when: { channelIds: ['LINE'], tags: { any: ['VIP'] } },
    on: { to: 'agent', memberId: 'ann', groupId: '售后' },
    off: { to: 'leave' },
  });
  expect(file.timers).toEqual({ visitorSilent: { on: true, tagIds: ['退款'] } });
  expect(file.groups[1]).toMatchObject({
    plan: '白班',
    members: ['ann', { member: 'bob', skill: 80, overflow: true }],
  });
  expect(file['auto-replies'][0].keywords).toEqual(['价格', { text: 'price', match: 'equals' }]);
  expect(JSON.stringify(file)).not.toContain(PASSWORD);
});

test('the example of docs/settings.md is a house', async () => {
  const { cli } = await house();
  const page = readFileSync(new URL('../../docs/settings.md', import.meta.url), 'utf8');
  const example = /```yaml\n(.*?)```/s.exec(page)![1]!;
  const first = await cli.apply(example);
  expect(first, first.err).toMatchObject({ code: 0 });
  expect(await cli.apply(example)).toMatchObject({ code: 0, out: 'Nothing to change.' });
});

test('two things of one name are written as ids, and a name that says too little is refused with its place', async () => {
  const { run, org, cli } = await house();
  await lineChannel(run.hub, org);
  const wrong = await cli.apply('reception:\n  plans:\n    - { name: x, when: { channelIds: [LINE] } }\n');
  expect(wrong.code).toBe(1);
  expect(wrong.err).toContain('house.yaml:3:');
  expect(wrong.err).toContain('[ambiguous]');
  const { id } = await org.select('channels').select('id').executeTakeFirstOrThrow();
  expect(await cli.apply(`reception:\n  plans:\n    - { name: x, when: { channelIds: [${id}] } }\n`)).toMatchObject({
    code: 0,
  });
  expect((await cli.run('export', '--area', 'reception')).out).toContain(id);
});

test('a plan is read by people and changes nothing', async () => {
  const { org, cli } = await house();
  expect(await cli.apply(HOUSE)).toMatchObject({ code: 0 });
  const before = await org.select('audit').select('id').execute();
  cli.files.set(
    'house.yaml',
    HOUSE.replace('to: leave', 'to: bot')
      .replace('99 元', '88 元')
      .replace('match: equals }\nauto', 'match: contains }\nauto')
      .replace('- { name: 退款 }', '- { name: 退款 }\n        - { name: 换货 }'),
  );
  const { code, out } = await cli.run('plan', '--file', 'house.yaml');
  expect(code).toBe(2);
  expect(out.split('\n')).toEqual([
    'routing',
    '  ~ rules[贵宾].off: {"to":"leave"} → {"to":"bot"}',
    'session-tags',
    '  + tags[售后].children[换货]: {"name":"换货","colour":"#64748b","children":[]}',
    'words',
    '  ~ keyword-to-human[退款].match: equals → contains',
    'auto-replies',
    '  ~ [价格].replies: [{"type":"text","text":"99 元"}] → [{"type":"text","text":"88 元"}]',
    '4 change(s).',
  ]);
  expect(await org.select('audit').select('id').execute()).toEqual(before);
  expect(await cli.run('apply', '--file', 'house.yaml')).toMatchObject({ code: 0 });
  expect(await cli.run('plan', '--file', 'house.yaml')).toMatchObject({ code: 0 });
});

const BROKEN: [what: string, text: string, place: string, says: string][] = [
  ['no YAML at all', 'routing:\n  rules: [\n', 'house.yaml:3:1', ''],
  ['the same key twice', 'texts: {}\ntexts: {}\n', 'house.yaml:2:1', 'unique'],
  ['not a map', '- a\n- b\n', 'house.yaml:1:1', 'not a map'],
  ['an area there is not', 'texts: {}\nroting: {}\n', 'house.yaml:2:1: roting', 'unknown_key'],
  [
    'a key misspelt',
    'texts:\n  welcome:\n    on: true\n    texd: hi\n',
    'house.yaml:4:5: texts.welcome.texd',
    'unknown_key',
  ],
  ['a value that does not fit', 'texts:\n  menu: { on: 7 }\n', 'house.yaml:2:15: texts.menu.on', 'invalid_type'],
  ['a number out of range', 'transfers:\n  answerWithin: 5\n', 'house.yaml:2:17: transfers.answerWithin', 'too_small'],
  [
    'a key that is missing',
    'queues:\n  rules:\n    - name: x\n',
    'house.yaml:3:7: queues.rules.0.over',
    'invalid_type',
  ],
  ['a name nobody has', 'routing:\n  fallback:\n    on: { to: group, groupId: 财务 }\n', 'house.yaml:3:31', 'unknown'],
  [
    'an id nobody has',
    `routing:\n  fallback:\n    on: { to: group, groupId: ${newId()} }\n`,
    'house.yaml:3:31',
    'unknown',
  ],
  ['a member who is not there', 'groups:\n  - name: x\n    members: [zoe]\n', 'house.yaml:3:15', 'unknown'],
  ['a group twice', 'groups:\n  - name: x\n  - name: x\n', 'house.yaml:3:11', 'name-twice'],
  [
    'a plan whose end is before its start',
    "hours:\n  plans:\n    - name: 夜班\n      week: [[{ from: '18:00', to: '09:00' }], [], [], [], [], [], []]\n",
    'house.yaml:4:',
    'period-order',
  ],
  [
    'a file that is not there',
    `auto-replies:\n  - name: x\n    type: welcome\n    replies:\n      - { type: image, media: { id: ${newId()} } }\n`,
    'house.yaml:5:9',
    'unknown',
  ],
];

test('a broken file changes nothing and names the line', async () => {
  const { org, cli } = await house();
  const before = await org.select('audit').select('id').execute();
  for (const [what, broken, place, says] of BROKEN) {
    // What is right around it is not done either.
    const { code, err } = await cli.apply(
      /^(-|routing:\n {2}rules: \[)/.test(broken) ? broken : `${broken}desk: { realName: false }\n`,
    );
    expect(code, what).toBe(1);
    expect(err, what).toContain(place);
    expect(err, what).toContain(says);
  }
  expect(await org.select('settings').select('area').execute()).toEqual([]);
  expect(await org.select('skill_groups').select('name').execute()).toEqual([]);
  expect(await org.select('audit').select('id').execute()).toEqual(before);
});

test('what others still name is not taken away, and the file says where', async () => {
  const { cli } = await house();
  expect(await cli.apply(HOUSE)).toMatchObject({ code: 0 });
  const { code, err } = await cli.apply('contact-tags: {}\n');
  expect(code).toBe(1);
  expect(err).toContain('house.yaml:1:1: contact-tags');
  expect(err).toContain('routing.rules.0.when.tags.any.0 (贵宾)');
});

test('only what is pruned goes, and not while it is named', async () => {
  const { admin, org, cli } = await house();
  expect(await cli.apply(HOUSE)).toMatchObject({ code: 0 });
  await group(org, '旧组');
  const fewer = 'groups:\n  - name: 售前\n  - name: 售后\n    plan: 白班\nwords: { forbidden: [] }\nauto-replies: []\n';
  const shown = async () => ({
    groups: (await told(admin.ask('GET', '/groups'))).body.items.map((one: { name: string }) => one.name),
    words: (await told(admin.ask('GET', '/words?kind=forbidden'))).body.total,
    human: (await told(admin.ask('GET', '/words?kind=keyword-to-human'))).body.total,
    rules: (await told(admin.ask('GET', '/auto-replies'))).body.items.length,
  });
  expect((await cli.apply(fewer)).code).toBe(0);
  expect(await shown()).toEqual({ groups: ['售前', '售后', '旧组'], words: 1, human: 1, rules: 2 });
  const members = await org.select('group_members').selectAll().execute();
  expect(members).toHaveLength(2);
  expect(await cli.apply(fewer, '--prune')).toMatchObject({ code: 0 });
  expect(await shown()).toEqual({ groups: ['售前', '售后'], words: 0, human: 1, rules: 0 });
  const bare = await cli.apply('groups: [{ name: 售前 }]\n', '--prune');
  expect(bare.code).toBe(1);
  expect(bare.err).toContain('[in_use]');
  expect((await shown()).groups).toEqual(['售前', '售后']);
});

test('a plan in use gives way to another in one go', async () => {
  const { cli, admin } = await house();
  expect(await cli.apply(HOUSE)).toMatchObject({ code: 0 });
  const done = await cli.apply(HOUSE.replaceAll('白班', '早班'));
  expect(done, done.err).toMatchObject({ code: 0 });
  const [plan] = (await told(admin.ask('GET', '/settings/hours'))).body.document.plans;
  const groups = (await told(admin.ask('GET', '/groups'))).body.items;
  expect(plan.name).toBe('早班');
  expect(groups.map((one: { planId: string | null }) => one.planId)).toEqual([null, plan.id]);
});

test('only an admin comes in, and only with a file and a known command', async () => {
  const { run, agent, admin } = await house();
  expect(await program(run, agent.username).run('export')).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringContaining('not_allowed'),
  });
  const wrong = await program(run, admin.username, 'wrong').run('export');
  expect(wrong).toMatchObject({ code: 1, err: 'wrong_credentials' });
  const cli = program(run, admin.username);
  for (const words of [['burn'], ['plan'], ['export', '--area', 'nonsense'], ['export', '--frob']])
    expect((await cli.run(words[0]!, ...words.slice(1))).code, words.join(' ')).toBe(1);
});
