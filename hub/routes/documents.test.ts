import { expect, test } from 'vitest';
import { newId } from '../id.ts';
import { DOCUMENT_AREAS } from '../settings/areas.ts';
import { group, lineChannel } from '../test/build.ts';
import { testHub } from '../test/hub.ts';
import { staff, told } from '../test/people.ts';

const plan = (id: string, name: string) => ({
  id,
  name,
  week: Array.from({ length: 7 }, (_, day) => (day < 5 ? [{ from: '09:00', to: '18:00' }] : [])),
});
const rule = (more: object) => ({ kind: 'rule', id: newId(), name: '', ...more });

test('every area begins with its defaults, is listed, and tells its schema with what its ids point at', async () => {
  const run = await testHub();
  const { admin } = await staff(run);
  const { items } = (await told(admin.ask('GET', '/settings'))).body;
  expect(items.map((item: { area: string }) => item.area)).toEqual(DOCUMENT_AREAS);
  for (const area of DOCUMENT_AREAS) {
    const { status, body } = await told(admin.ask('GET', `/settings/${area}`));
    expect({ status, ...body }, area).toMatchObject({ status: 200, area, version: 0, updatedAt: null, by: null });
    expect(await told(admin.ask('PUT', `/settings/${area}`, { version: 0, document: body.document }))).toMatchObject({
      status: 200,
      body: { version: 0 },
    });
    expect(await told(admin.ask('POST', `/settings/${area}/check`, { document: {} }))).toMatchObject({ status: 200 });
    const schema = (await told(admin.ask('GET', `/settings/${area}/schema`))).body;
    expect(schema.type, area).toBe('object');
  }
  const matching = (await told(admin.ask('GET', '/settings/matching/schema'))).body;
  expect(matching.properties.levels.items.items.ref).toBe('contact-tag');
  const api = (await (await run.app.request('/api/openapi.json')).json()) as { components: { schemas: any } };
  expect(api.components.schemas.RoutingPut.properties.document.properties).toHaveProperty('fallback');
  expect(api.components.schemas.SessionTagsPut.properties.document.properties.tags.items).toEqual({
    $ref: '#/components/schemas/SessionTagNode',
  });
});

test('two admins at once: the second hears of a conflict and who was faster; nothing of his is kept', async () => {
  const run = await testHub();
  const { admin, owner, org } = await staff(run);
  const put = (who: typeof admin, version: number, document: object) =>
    told(who.ask('PUT', '/settings/texts', { version, document }));
  const answers = await Promise.all([put(admin, 0, { dispatcher: 'admin' }), put(owner, 0, { dispatcher: 'owner' })]);
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409]);
  const [won, lost] = answers[0]!.status === 200 ? [admin, answers[1]!] : [owner, answers[0]!];
  expect(lost.body).toMatchObject({
    code: 'version_conflict',
    area: 'texts',
    version: 1,
    by: { id: won!.id, name: won!.username },
    at: expect.stringMatching(/^\d{4}-.*Z$/),
  });
  expect((await told(admin.ask('GET', '/settings/texts'))).body).toMatchObject({
    version: 1,
    document: { dispatcher: won!.username.startsWith('admin') ? 'admin' : 'owner' },
    by: { id: won!.id },
  });
  expect(await org.select('settings_revisions').select('version').execute()).toEqual([{ version: 1 }]);
  expect(await org.select('audit').select('action').execute()).toEqual([{ action: 'settings.changed' }]);
});

test('a change is a version, a trail and news; rules see it at once; what changes nothing is no change', async () => {
  const run = await testHub();
  const { admin, org } = await staff(run);
  const news: string[] = [];
  run.hub.live.subscribe((id, items) => {
    for (const item of items) if (id === org.id && item.kind === 'changed') news.push(item.area);
  });
  const put = (version: number, document: object) =>
    told(admin.ask('PUT', '/settings/reception', { version, document }));
  expect((await put(0, { mode: 'human' })).body).toMatchObject({
    version: 1,
    document: { mode: 'human' },
    findings: [],
  });
  expect((await put(1, { mode: 'human' })).body.version).toBe(1);
  expect(news).toEqual(['settings']);
  expect((await put(1, { mode: 'bot', fallback: '?' })).body.version).toBe(2);
  const trail = (await told(admin.ask('GET', '/audit'))).body.items;
  expect(trail).toMatchObject([
    {
      action: 'settings.changed',
      subject: 'reception',
      member: { id: admin.id },
      before: { mode: 'human', fallback: '' },
      after: { mode: 'bot', fallback: '?' },
    },
    { before: { mode: 'bot' }, after: { mode: 'human' } },
  ]);
});

test('what is wrong is refused with its place and kept nowhere', async () => {
  const run = await testHub();
  const { admin, agent, org } = await staff(run);
  const sales = await group(org, '售前');
  const wrong: [area: string, document: object, path: string, code: string][] = [
    ['reception', { mode: 'neither' }, 'document.mode', 'invalid_value'],
    ['reception', { mood: 'bot' }, 'document.mood', 'unknown_key'],
    ['texts', { welcome: { on: true, text: 'x'.repeat(1001) } }, 'document.welcome.text', 'too_big'],
    ['texts', { welcome: { on: true, texd: 'x' } }, 'document.welcome.texd', 'unknown_key'],
    ['routing', { fallback: { on: { to: 'group', groupId: newId() } } }, 'document.fallback.on.groupId', 'unknown'],
    [
      'routing',
      { rules: [rule({ on: { to: 'group', groupId: sales } }), rule({ on: { to: 'agent', memberId: newId() } })] },
      'document.rules.1.on.memberId',
      'unknown',
    ],
    [
      'routing',
      { rules: [rule({ when: { channelIds: [newId()] }, on: { to: 'everybody' } })] },
      'document.rules.0.when.channelIds.0',
      'unknown',
    ],
    ['hours', { standard: newId() }, 'document.standard', 'unknown'],
    ['hours', { plans: [{ ...plan(newId(), '白班'), week: [] }] }, 'document.plans.0.week', 'too_small'],
    [
      'hours',
      { plans: [plan(newId(), '白班'), plan(newId(), '晚班'), plan(newId(), '白班')] },
      'document.plans.2.name',
      'name-twice',
    ],
    ['matching', { levels: [[], [newId()]] }, 'document.levels.1.0', 'unknown'],
    ['timers', { visitorSilent: { tagIds: [newId()] } }, 'document.visitorSilent.tagIds.0', 'unknown'],
    ['queues', { rules: [{ id: newId(), name: 'x', over: -1 }] }, 'document.rules.0.over', 'too_small'],
    [
      'session-tags',
      { tags: [{ id: newId(), name: 'a', children: [{ id: 'x', name: 'b' }] }] },
      'document.tags.0.children.0.id',
      'invalid_format',
    ],
    ['session-tags', { tags: [{ id: newId(), name: 'a', color: '#ffffff' }] }, 'document.tags.0.color', 'unknown_key'],
  ];
  for (const [area, document, path, code] of wrong) {
    const { status, body } = await told(admin.ask('PUT', `/settings/${area}`, { version: 0, document }));
    expect({ status, code: body.code, errors: body.errors }, path).toEqual({
      status: 400,
      code: 'invalid_input',
      errors: [expect.objectContaining({ path, code })],
    });
  }
  const toAgent = { rules: [rule({ on: { to: 'agent', memberId: agent.id } })] };
  expect((await told(admin.ask('PATCH', `/members/${agent.id}`, { disabled: true }))).status).toBe(200);
  expect((await told(admin.ask('PUT', '/settings/routing', { version: 0, document: toAgent }))).body.errors).toEqual([
    {
      path: 'document.rules.0.on.memberId',
      message: 'unknown',
      code: 'unknown',
      area: 'routing',
      params: { kind: 'member', id: agent.id },
    },
  ]);
  expect(await org.select('settings').select('area').execute()).toEqual([]);
  expect(await org.select('settings_revisions').select('area').execute()).toEqual([]);
});

test('several areas at once: all or none', async () => {
  const run = await testHub();
  const { admin, org } = await staff(run);
  const [day, night] = [newId(), newId()];
  const hours = { version: 0, document: { plans: [plan(day, '白班')], standard: day } };
  const bad = { hours, matching: { version: 0, document: { levels: [[newId()]] } } };
  expect((await told(admin.ask('PUT', '/settings', { documents: bad }))).body).toMatchObject({
    code: 'invalid_input',
    errors: [{ path: 'documents.matching.document.levels.0.0', code: 'unknown', area: 'matching' }],
  });
  const stale = { hours, texts: { version: 7, document: { dispatcher: 'x' } } };
  expect((await told(admin.ask('PUT', '/settings', { documents: stale }))).body).toMatchObject({
    code: 'version_conflict',
    area: 'texts',
    version: 0,
  });
  expect(await org.select('settings').select('area').execute()).toEqual([]);
  const tags = {
    version: 0,
    document: { groups: [{ id: newId(), name: '等级', tags: [{ id: night, name: 'VIP' }] }] },
  };
  const good = { hours, 'contact-tags': tags, matching: { version: 0, document: { levels: [[night]] } } };
  const { status, body } = await told(admin.ask('PUT', '/settings', { documents: good }));
  expect(status, JSON.stringify(body)).toBe(200);
  expect(body.items.filter((item: { version: number }) => item.version).map((item: any) => item.area)).toEqual([
    'matching',
    'hours',
    'contact-tags',
  ]);
});

test('what others name cannot be taken away: the places are told', async () => {
  const run = await testHub();
  const { admin, org } = await staff(run);
  const [day, vip, policy] = [newId(), newId(), newId()];
  const sales = await group(org, '售前');
  const put = async (area: string, document: object, version = 0) =>
    await told(admin.ask('PUT', `/settings/${area}`, { version, document }));
  expect((await put('hours', { plans: [plan(day, '白班')] })).status).toBe(200);
  await org.update('skill_groups').set({ plan_id: day }).where('id', '=', sales).execute();
  expect((await put('hours', {}, 1)).body.errors).toEqual([
    {
      path: 'document',
      message: 'in_use',
      code: 'in_use',
      area: 'hours',
      params: { kind: 'plan', id: day, name: '白班', count: 1 },
      where: [{ kind: 'group', id: sales, name: '售前' }],
    },
  ]);
  expect(
    (await put('contact-tags', { groups: [{ id: newId(), name: '等级', tags: [{ id: vip, name: 'VIP' }] }] })).status,
  ).toBe(200);
  expect(
    (
      await put('routing', {
        rules: [rule({ name: '贵宾', when: { tags: { any: [vip] } }, on: { to: 'group', groupId: sales } })],
      })
    ).status,
  ).toBe(200);
  expect((await put('contact-tags', { groups: [] }, 1)).body.errors).toMatchObject([
    {
      code: 'in_use',
      params: { kind: 'contact-tag', id: vip, name: 'VIP' },
      where: [{ area: 'routing', path: 'rules.0.when.tags.any.0', entry: '贵宾' }],
    },
  ]);
  expect((await put('queues', { policies: [{ id: policy, name: 'p', groupIds: [sales] }] })).status).toBe(200);
  const { status, body } = await told(admin.ask('DELETE', `/groups/${sales}`));
  expect(status).toBe(409);
  expect(body).toMatchObject({
    code: 'in_use',
    where: [
      { area: 'routing', path: 'rules.0.on.groupId', entry: '贵宾' },
      { area: 'queues', path: 'policies.0.groupIds.0', entry: 'p' },
    ],
  });
  expect((await put('queues', {}, 1)).status).toBe(200);
  expect((await put('routing', {}, 1)).status).toBe(200);
  const { id: channel } = await lineChannel(run.hub, org, sales);
  expect(
    (await told(admin.ask('POST', '/words', { kind: 'keyword-to-human', words: [{ text: '退款', groupId: sales }] })))
      .status,
  ).toBe(200);
  expect((await told(admin.ask('DELETE', `/groups/${sales}`))).body.where).toEqual([
    { kind: 'channel', id: channel, name: 'LINE' },
    { kind: 'words', count: 1 },
  ]);
  expect((await admin.ask('DELETE', '/words?kind=keyword-to-human')).status).toBe(200);
  expect((await admin.ask('PATCH', `/channels/${channel}`, { groupId: null })).status).toBe(200);
  expect((await admin.ask('DELETE', `/groups/${sales}`)).status).toBe(204);
  expect((await admin.ask('DELETE', `/groups/${sales}`)).status).toBe(404);
});

test('a group is not deleted while a session of it is open', async () => {
  const run = await testHub();
  const { admin, org } = await staff(run);
  const sales = await group(org, '售前');
  const { id: channel_id } = await lineChannel(run.hub, org);
  const [contact, identity] = [newId(), newId()];
  const now = new Date();
  await org.insert('contacts', { id: contact, name: 'x', fields: '{}' } as never).execute();
  await org
    .insert('identities', { id: identity, contact_id: contact, channel_id, external_id: 'U1', more: '{}' } as never)
    .execute();
  await org
    .insert('sessions', {
      id: newId(),
      channel_id,
      contact_id: contact,
      identity_id: identity,
      state: 'waiting',
      group_id: sales,
      seq: 1,
      last_at: now,
      opened_at: now,
    } as never)
    .execute();
  expect(await told(admin.ask('DELETE', `/groups/${sales}`))).toMatchObject({
    status: 409,
    body: { code: 'in_use', where: [{ kind: 'sessions', count: 1 }] },
  });
  await org.update('sessions').set({ state: 'closed' }).execute();
  expect((await admin.ask('DELETE', `/groups/${sales}`)).status).toBe(204);
});

test('a tag that is deleted is on no contact any more', async () => {
  const run = await testHub();
  const { admin, org } = await staff(run);
  const [vip, old, contact] = [newId(), newId(), newId()];
  const groups = (ids: string[]) => ({
    groups: [{ id: contact, name: '等级', tags: ids.map((id) => ({ id, name: id })) }],
  });
  expect((await admin.ask('PUT', '/settings/contact-tags', { version: 0, document: groups([vip, old]) })).status).toBe(
    200,
  );
  await org
    .insert('contacts', { id: contact, name: 'x', fields: '{}', tag_ids: JSON.stringify([vip, old]) } as never)
    .execute();
  expect((await admin.ask('PUT', '/settings/contact-tags', { version: 1, document: groups([vip]) })).status).toBe(200);
  expect(await org.select('contacts').select('tag_ids').execute()).toEqual([{ tag_ids: [vip] }]);
});

test('versions are kept, shown and put again as new ones', async () => {
  const run = await testHub();
  const { admin, owner, org } = await staff(run);
  const sales = await group(org, '售前');
  const put = (who: typeof admin, version: number, document: object) =>
    told(who.ask('PUT', '/settings/routing', { version, document }));
  const first = { rules: [rule({ name: '一', on: { to: 'group', groupId: sales } })] };
  expect((await put(admin, 0, first)).status).toBe(200);
  expect((await put(owner, 1, { rules: [] })).status).toBe(200);
  expect((await told(admin.ask('GET', '/settings/routing/revisions'))).body).toMatchObject({
    items: [
      { version: 2, by: { id: owner.id, name: owner.username } },
      { version: 1, by: { id: admin.id } },
    ],
    next: null,
  });
  expect((await told(admin.ask('GET', '/settings/routing/revisions?limit=1'))).body).toMatchObject({ next: 2 });
  expect((await told(admin.ask('GET', '/settings/routing/revisions?before=2'))).body.items).toHaveLength(1);
  expect((await told(admin.ask('GET', '/settings/routing/revisions/1'))).body).toMatchObject({
    version: 1,
    document: { rules: [{ name: '一', enabled: true }] },
    by: { id: admin.id },
  });
  expect((await told(admin.ask('GET', '/settings/routing/revisions/0'))).body.document.rules).toHaveLength(2);
  expect((await admin.ask('GET', '/settings/routing/revisions/9')).status).toBe(404);
  const back = (version: number, to: number) => told(admin.ask('POST', '/settings/routing/rollback', { version, to }));
  expect(await back(1, 1)).toMatchObject({ status: 409, body: { code: 'version_conflict', by: { id: owner.id } } });
  expect((await back(2, 9)).status).toBe(404);
  expect(await back(2, 1)).toMatchObject({ status: 200, body: { version: 3, document: { rules: [{ name: '一' }] } } });
  expect((await told(admin.ask('GET', '/audit?limit=1'))).body.items[0]).toMatchObject({
    action: 'settings.rolled_back',
    subject: 'routing',
    after: { to: 1 },
  });
  // What an old version names may be gone by now.
  expect((await back(3, 0)).status).toBe(200);
  expect((await admin.ask('DELETE', `/groups/${sales}`)).status).toBe(204);
  expect((await back(4, 1)).body.errors).toMatchObject([{ path: 'document.rules.0.on.groupId', code: 'unknown' }]);
});

test('a channel that goes takes with it what was for it alone, and the trail says so', async () => {
  const run = await testHub();
  const { admin, org } = await staff(run);
  const [one, two] = [await lineChannel(run.hub, org), await lineChannel(run.hub, org)];
  const document = {
    rules: [
      rule({ name: 'alone', when: { channelIds: [one.id] }, on: { to: 'leave' } }),
      rule({ name: 'both', when: { channelIds: [one.id, two.id] }, on: { to: 'leave' } }),
      rule({ name: 'none', on: { to: 'everybody' } }),
    ],
  };
  expect((await admin.ask('PUT', '/settings/routing', { version: 0, document })).status).toBe(200);
  expect((await admin.ask('DELETE', `/channels/${one.id}`)).status).toBe(204);
  const now = (await told(admin.ask('GET', '/settings/routing'))).body;
  expect(now).toMatchObject({ version: 2, by: { id: admin.id } });
  expect(now.document.rules.map((one: any) => [one.name, one.when.channelIds])).toEqual([
    ['both', [two.id]],
    ['none', []],
  ]);
  const trail = (await told(admin.ask('GET', '/audit'))).body.items;
  expect(trail.map((entry: any) => entry.action)).toEqual(['channel.deleted', 'settings.changed', 'settings.changed']);
  expect(trail[1].after.because).toEqual({ action: 'channel.deleted', subject: one.id });
});

test('what a member’s leaving broke is told, and keeps nobody from changing something else', async () => {
  const run = await testHub();
  const { admin, agent } = await staff(run);
  const toAgent = rule({ name: 'x', on: { to: 'agent', memberId: agent.id } });
  expect((await admin.ask('PUT', '/settings/routing', { version: 0, document: { rules: [toAgent] } })).status).toBe(
    200,
  );
  expect((await admin.ask('PATCH', `/members/${agent.id}`, { disabled: true })).status).toBe(200);
  const { findings } = (await told(admin.ask('GET', '/settings/routing'))).body;
  expect(findings.filter((finding: { code: string }) => finding.code === 'unknown')).toMatchObject([
    { level: 'warning', path: 'rules.0.on.memberId', params: { kind: 'member', id: agent.id } },
  ]);
  expect(
    (await told(admin.ask('GET', '/settings'))).body.items.find((item: { area: string }) => item.area === 'routing'),
  ).toMatchObject({ warnings: findings.length });
  const document = { rules: [{ ...toAgent, name: 'y' }] };
  expect(await told(admin.ask('PUT', '/settings/routing', { version: 1, document }))).toMatchObject({
    status: 200,
    body: { version: 2 },
  });
});
