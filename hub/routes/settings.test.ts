import { expect, test } from 'vitest';
import { newId } from '../id.ts';
import { insertAlert } from '../store/alerts.ts';
import { insertParked } from '../store/parked.ts';
import { lineChannel, lineText, organisation, webChannel } from '../test/build.ts';
import { testHub } from '../test/hub.ts';
import { person, staff, told } from '../test/people.ts';

test('words: added once, found, paged, tried, taken out', async () => {
  const run = await testHub();
  const { admin, supervisor } = await staff(run);
  const add = (kind: string, ...texts: string[]) =>
    told(admin.ask('POST', '/words', { kind, words: texts.map((text) => ({ text })) }));
  expect(await add('forbidden', '稳赚不赔', '包治百病', ' 稳赚不赔 ')).toEqual({
    status: 200,
    body: { added: 2, skipped: 1 },
  });
  expect(await add('forbidden', '包治百病', '另一个')).toEqual({ status: 200, body: { added: 1, skipped: 1 } });
  expect(await add('reminder', '包治百病')).toEqual({ status: 200, body: { added: 1, skipped: 0 } });
  const all = await told(supervisor.ask('GET', '/words?kind=forbidden'));
  expect(all.body).toMatchObject({ total: 3, next: null });
  expect(all.body.items.map((word: { text: string }) => word.text)).toEqual(['稳赚不赔', '包治百病', '另一个']);
  expect((await told(supervisor.ask('GET', `/words?q=${encodeURIComponent('百病')}`))).body).toMatchObject({
    total: 2,
  });
  expect((await told(supervisor.ask('GET', '/words?q=%25'))).body).toMatchObject({ total: 0 });
  const first = (await told(supervisor.ask('GET', '/words?limit=3'))).body;
  expect(first.items).toHaveLength(3);
  const second = (await told(supervisor.ask('GET', `/words?limit=3&cursor=${first.next}`))).body;
  expect(second).toMatchObject({ next: null, total: 4 });
  expect(new Set([...first.items, ...second.items].map((word: { id: string }) => word.id)).size).toBe(4);

  const text = '本产品包\u200b治百病，稳賺不賠';
  const { hits } = (await told(supervisor.ask('POST', '/words/try', { text }))).body;
  expect(
    hits.map((hit: { kind: string; start: number; end: number }) => [hit.kind, text.slice(hit.start, hit.end)]).sort(),
  ).toEqual([
    ['forbidden', '包\u200b治百病'],
    ['forbidden', '稳賺不賠'],
    ['reminder', '包\u200b治百病'],
  ]);
  expect((await admin.ask('DELETE', `/words/${all.body.items[0].id}`)).status).toBe(204);
  expect(await told(admin.ask('DELETE', '/words?kind=forbidden'))).toEqual({ status: 200, body: { removed: 2 } });
  expect((await admin.ask('DELETE', '/words')).status).toBe(400);
  expect((await told(supervisor.ask('GET', '/words'))).body.total).toBe(1);
});

test('100,000 words come in with one call, and not one more', async () => {
  const run = await testHub();
  const { admin } = await staff(run);
  const words = Array.from({ length: 100_000 }, (_, i) => ({ text: `词语${i}` }));
  const begun = performance.now();
  expect(await told(admin.ask('POST', '/words', { kind: 'sensitive', words }))).toEqual({
    status: 200,
    body: { added: 100_000, skipped: 0 },
  });
  expect(performance.now() - begun).toBeLessThan(20_000);
  expect(
    (await told(admin.ask('POST', '/words', { kind: 'sensitive', words: [...words, { text: 'x' }] }))).status,
  ).toBe(400);
});

test('a rule in force at once: made, changed, ordered, deleted', async () => {
  const run = await testHub();
  const { admin, org } = await staff(run);
  const { id: channelId } = await webChannel(run.hub, org);
  const replies = [
    { type: 'text', text: '你好' },
    { type: 'link', title: 't', url: 'https://example.com/' },
  ];
  const made = await told(
    admin.ask('POST', '/auto-replies', {
      name: '欢迎',
      type: 'keyword',
      channelIds: [channelId],
      keywords: [{ text: '价格', match: 'contains' }],
      replies,
      mode: 'random',
    }),
  );
  expect(made).toMatchObject({
    status: 201,
    body: { name: '欢迎', enabled: true, order: 0, channelIds: [channelId], replies, mode: 'random' },
  });
  expect((await run.hub.rulebook.rules(org.id)).scan('价格？').replyIds).toEqual(new Set([made.body.id]));
  const second = (await told(admin.ask('POST', '/auto-replies', { name: '第二', type: 'welcome' }))).body;
  expect(second.order).toBe(1);
  expect((await admin.ask('POST', '/auto-replies/order', { ids: [second.id] })).status).toBe(204);
  const items = (await told(admin.ask('GET', '/auto-replies'))).body.items;
  expect(items.map((rule: { name: string; order: number }) => [rule.name, rule.order])).toEqual([
    ['第二', 0],
    ['欢迎', 1],
  ]);
  expect((await told(admin.ask('PATCH', `/auto-replies/${made.body.id}`, { enabled: false }))).body).toMatchObject({
    enabled: false,
    replies,
  });
  expect((await run.hub.rulebook.rules(org.id)).scan('价格？').replyIds.size).toBe(0);
  expect((await admin.ask('DELETE', `/auto-replies/${made.body.id}`)).status).toBe(204);
  expect((await admin.ask('DELETE', `/auto-replies/${made.body.id}`)).status).toBe(404);
  for (const reply of [
    { type: 'link', title: 't', url: 'javascript:alert(1)' },
    { type: 'text', text: '' },
    { type: 'action', data: 'x' },
    { type: 'image', media: {} },
  ]) {
    expect(
      (await admin.ask('POST', '/auto-replies', { name: 'x', type: 'welcome', replies: [reply] })).status,
      JSON.stringify(reply),
    ).toBe(400);
  }
});

test('alerts: seen up to the newest looked at, each supervisor alone', async () => {
  const run = await testHub();
  const { supervisor, admin, org } = await staff(run);
  const ids = [newId(), newId(), newId()];
  for (const [i, id] of ids.entries()) {
    await insertAlert(org, {
      id,
      kind: 'reminder',
      session_id: null,
      channel_id: null,
      member_id: supervisor.id,
      text: `t${i}`,
      words: ['差评'],
      at: new Date(Date.now() + i),
    });
  }
  const list = async (who: typeof supervisor) =>
    (await told(who.ask('GET', '/alerts'))).body.items.map((alert: { text: string; seen: boolean }) => [
      alert.text,
      alert.seen,
    ]);
  expect(await list(supervisor)).toEqual([
    ['t2', false],
    ['t1', false],
    ['t0', false],
  ]);
  expect((await supervisor.ask('POST', '/alerts/seen', { ids: [ids[1]] })).status).toBe(204);
  expect(await list(supervisor)).toEqual([
    ['t2', false],
    ['t1', true],
    ['t0', true],
  ]);
  expect(await list(admin)).toEqual([
    ['t2', false],
    ['t1', false],
    ['t0', false],
  ]);
  expect((await told(admin.ask('GET', '/alerts?limit=1'))).body).toMatchObject({
    items: [{ member: supervisor.username, words: ['差评'] }],
    next: ids[2],
  });
});

test('a parked webhook is listed, taken in again once the bug is gone, or thrown away', async () => {
  const run = await testHub();
  const { admin, org } = await staff(run);
  const { id: channel_id } = await lineChannel(run.hub, org);
  const { body, headers } = lineText('你好');
  const park = async () => {
    const id = newId();
    await insertParked(org, {
      id,
      channel_id,
      request: { method: 'POST', path: '', query: {}, headers },
      body: Buffer.from(body),
      error: 'TypeError: x',
      at: new Date(),
    });
    return id;
  };
  const [one, two] = [await park(), await park()];
  expect((await told(admin.ask('GET', '/parked'))).body.items).toMatchObject([
    { id: two, connector: 'line', attempts: 1, replayedAt: null, error: 'TypeError: x' },
    { id: one },
  ]);
  expect(await told(admin.ask('POST', `/parked/${one}/replay`))).toMatchObject({
    status: 200,
    body: { replayedAt: expect.any(String) },
  });
  expect(
    (await org.select('messages').select('content').where('author_type', '=', 'visitor').execute()).map(
      (row) => row.content,
    ),
  ).toEqual([{ type: 'text', text: '你好' }]);
  expect((await admin.ask('DELETE', `/parked/${two}`)).status).toBe(204);
  expect((await told(admin.ask('GET', '/parked'))).body.items).toHaveLength(1);
});

test('a contact: changed at once, told to screens, kept in the trail', async () => {
  const run = await testHub();
  const { agent, org } = await staff(run);
  const { key } = await lineChannel(run.hub, org);
  const from = 'U'.padEnd(33, '2');
  expect(
    (await run.app.request(`/webhooks/line/${key}`, { method: 'POST', ...lineText('你好', { from }) })).status,
  ).toBe(200);
  await run.settled();
  const { id } = await org.select('contacts').select('id').executeTakeFirstOrThrow();
  const contact = (await told(agent.ask('GET', `/contacts/${id}`))).body;
  expect(contact.identities).toMatchObject([
    { connector: 'line', channelName: 'LINE', externalId: from, reachable: true },
  ]);
  expect(
    (await told(agent.ask('PATCH', `/contacts/${id}`, { name: '王总', phone: '123', fields: { 会员: '金卡' } }))).body,
  ).toMatchObject({ name: '王总', phone: '123', fields: { 会员: '金卡' } });
  expect((await told(agent.ask('PATCH', `/contacts/${id}`, { phone: null }))).body).toMatchObject({
    name: '王总',
    phone: null,
  });
  expect((await agent.ask('PATCH', `/contacts/${id}`, { name: '' })).status).toBe(400);
  expect((await told(agent.ask('GET', `/contacts/${id}/sessions`))).body).toMatchObject({
    items: [{ contact: { id, name: '王总' } }],
    next: null,
  });
  expect(await org.select('audit').select('action').execute()).toHaveLength(2);
  const other = await person(run, await organisation(run.hub), 'owner');
  expect((await other.ask('GET', `/contacts/${id}`)).status).toBe(404);
});
