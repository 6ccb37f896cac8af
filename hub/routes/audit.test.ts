import { expect, test } from 'vitest';
import { newId } from '../id.ts';
import { audit } from '../store/audit.ts';
import { group } from '../test/build.ts';
import { testHub } from '../test/hub.ts';
import { staff, told } from '../test/people.ts';

test('AL-01: a change of a group’s members, skills and plan is in the trail, with names for what it says', async () => {
  const run = await testHub();
  const { admin, agent, supervisor } = await staff(run);
  const made = (await told(admin.ask('POST', '/groups', { name: '售后', memberIds: [agent.id] }))).body;
  expect((await admin.ask('PATCH', `/groups/${made.id}`, { memberIds: [agent.id, supervisor.id] })).status).toBe(200);
  const { items, names } = (await told(admin.ask('GET', '/audit?area=group'))).body;
  expect(items.map((entry: { action: string }) => entry.action)).toEqual(['group.changed', 'group.created']);
  expect(new Set(items[0].after.memberIds)).toEqual(new Set([agent.id, supervisor.id]));
  expect(names).toMatchObject({ [made.id]: '售后', [agent.id]: agent.username, [supervisor.id]: supervisor.username });
});

test('AL-02, AL-03: rules and plans that are switched, changed, sorted and deleted; entries have names', async () => {
  const run = await testHub();
  const { admin, org } = await staff(run);
  const sales = await group(org, '售前');
  const [one, two] = ['一', '二'].map((name) => ({
    kind: 'rule',
    id: newId(),
    name,
    on: { to: 'group', groupId: sales },
  }));
  const steps = [[one, two], [two, one], [{ ...two, enabled: false }, one], [one]];
  for (const [version, rules] of steps.entries())
    expect((await admin.ask('PUT', '/settings/routing', { version, document: { rules } })).status).toBe(200);
  const { items, names } = (await told(admin.ask('GET', '/audit?action=settings.changed&subject=routing'))).body;
  const ids = (rules: { id: string }[]) => rules.map((rule) => rule.id);
  expect(items.map((entry: any) => ids(entry.after.rules))).toEqual([
    [one!.id],
    [two!.id, one!.id],
    [two!.id, one!.id],
    [one!.id, two!.id],
  ]);
  expect(items[1].before.rules[0].enabled).toBe(true);
  expect(items[1].after.rules[0].enabled).toBe(false);
  // What is gone from the document told its name itself.
  expect(names).toMatchObject({ [one!.id]: '一', [sales]: '售前' });
  expect(items[0].before.rules[0].name).toBe('二');
});

test('the trail is filtered by who, what and when, and read a page at a time', async () => {
  const run = await testHub();
  const { admin, owner, org } = await staff(run);
  for (let nth = 0; nth < 5; nth++) await audit(org, nth % 2 ? owner.id : admin.id, 'words.added', `n${nth}`);
  await audit(org, null, 'channel.deleted', 'x');
  const subjects = async (query: string) =>
    (await told(admin.ask('GET', `/audit?${query}`))).body.items.map((entry: { subject: string }) => entry.subject);
  expect(await subjects('area=words')).toEqual(['n4', 'n3', 'n2', 'n1', 'n0']);
  expect(await subjects('area=word')).toEqual([]);
  expect(await subjects(`memberId=${owner.id}`)).toEqual(['n3', 'n1']);
  const first = (await told(admin.ask('GET', '/audit?area=words&limit=2'))).body;
  expect(await subjects(`area=words&limit=2&cursor=${first.next}`)).toEqual(['n2', 'n1']);
  const rows = await org.select('audit').select(['id', 'subject', 'at']).orderBy('id').execute();
  const at = new Date('2026-03-01T08:00:00Z');
  await org
    .update('audit')
    .set({ at, id: '019ca869-5000-7000-8000-000000000000' } as never)
    .where('id', '=', rows[0]!.id)
    .execute();
  const around = encodeURIComponent('2026-03-01T16:00:00+08:00');
  expect(await subjects(`to=${encodeURIComponent('2026-04-01T00:00:00Z')}`)).toEqual(['n0']);
  expect(await subjects(`from=${around}`)).toHaveLength(6);
  expect(await subjects(`to=${around}`)).toEqual([]);
  expect((await admin.ask('GET', '/audit?from=yesterday')).status).toBe(400);
  expect((await told(admin.ask('GET', '/audit/actions'))).body.items).toEqual(['channel.deleted', 'words.added']);
});
