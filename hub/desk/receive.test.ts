import { expect, test } from 'vitest';
import type { Org } from '../store/org.ts';
import {
  keywordRule,
  lineChannel,
  lineEvents,
  lineText,
  member,
  organisation,
  webChannel,
  word,
} from '../test/build.ts';
import { type TestHub, testHub } from '../test/hub.ts';
import { fakeLine } from '../test/line.ts';

async function desk(line = fakeLine()) {
  const test = await testHub({ fetch: line.fetch });
  const org = await organisation(test.hub);
  const channel = await lineChannel(test.hub, org);
  const post = (request: ReturnType<typeof lineText>) =>
    test.app.request(`/webhooks/line/${channel.key}`, { method: 'POST', ...request });
  return { ...test, org, channel, post, line };
}
const messages = (org: Org) => org.select('messages').selectAll().orderBy('session_id').orderBy('seq').execute();
const sessions = (org: Org) => org.select('sessions').selectAll().orderBy('id').execute();
const events = async (org: Org, sessionId: string) =>
  await org.select('session_events').selectAll().where('session_id', '=', sessionId).orderBy('seq').execute();

test('a message opens a session, a keyword rule answers by the reply token', async () => {
  const { hub, org, post, line, settled } = await desk();
  await keywordRule(hub, org, '价格', '标价 99 元');
  const answer = await post(lineText('请问价格是多少'));
  expect(answer.status).toBe(200);
  await settled();
  const rows = await messages(org);
  expect(rows.map((row) => [row.author_type, row.delivery, (row.content as { text: string }).text])).toEqual([
    ['visitor', 'delivered', '请问价格是多少'],
    ['bot', 'sent', '标价 99 元'],
  ]);
  expect(line.calls.map((call) => call.path).filter((path) => path.includes('/message/'))).toEqual([
    '/v2/bot/message/reply',
  ]);
  const [session] = await sessions(org);
  expect((await events(org, session!.id)).map((event) => [event.seq, event.type])).toEqual([
    [1, 'opened'],
    [2, 'message'],
    [3, 'message'],
  ]);
  expect(session).toMatchObject({ state: 'bot', seq: 3, unread: 1, reply_token: null });
  expect(await org.select('channels').select(['health', 'last_inbound_at']).executeTakeFirst()).toMatchObject({
    health: 'ok',
    last_inbound_at: expect.any(Date),
  });
});

test('the same delivery again is one row, and answers 200', async () => {
  const { org, post, hub } = await desk();
  await keywordRule(hub, org, 'hi', 'hello');
  const same = lineText('hi');
  const answers = await Promise.all([post(same), post(same), post(same)]);
  expect(answers.map((one) => one.status)).toEqual([200, 200, 200]);
  expect((await post(same)).status).toBe(200);
  expect(await messages(org)).toHaveLength(2);
});

test('sixty messages of twenty people at once: one session each, every message once, numbers without gaps', async () => {
  const { org, post } = await desk();
  const people = Array.from({ length: 20 }, (_, index) => `U${String(index).padStart(32, '0')}`);
  const requests = people.flatMap((from, person) =>
    [0, 1, 2].map((nth) => lineText(`${nth}`, { from, messageId: `${person + 1}000${nth}` })),
  );
  const answers = await Promise.all([...requests, ...requests].map(post));
  expect(new Set(answers.map((one) => one.status))).toEqual(new Set([200]));
  const all = await sessions(org);
  expect(all).toHaveLength(20);
  expect(await messages(org)).toHaveLength(60);
  for (const session of all) expect((await events(org, session.id)).map((event) => event.seq)).toEqual([1, 2, 3, 4]);
});

test('人工 queues, and whoever is at the desk gets it', async () => {
  const { hub, org, post, settled, line } = await desk();
  await word(hub, org, 'forced-human', '人工', 'equals');
  const agent = await member(hub, org, { cap: 1 });
  await post(lineText('人工', { from: `U${'b'.repeat(32)}` }));
  await settled();
  await post(lineText('人 工', { from: `U${'c'.repeat(32)}` }));
  await settled();
  const [first, second] = await sessions(org);
  expect(first).toMatchObject({ state: 'serving', agent_id: agent });
  expect(second).toMatchObject({ state: 'waiting', agent_id: null });
  expect(line.texts()).toEqual([expect.stringContaining('正在为您转接'), expect.stringContaining('第 1 位')]);
  expect(await org.select('waits').select(['outcome']).orderBy('started_at').execute()).toEqual([
    { outcome: 'served' },
    { outcome: null },
  ]);
  expect(await org.select('services').select(['agent_id', 'how']).execute()).toEqual([
    { agent_id: agent, how: 'matched' },
  ]);
});

test('with nobody there the customer is told, and keeps the place', async () => {
  const { hub, org, post, settled, line } = await desk();
  await word(hub, org, 'forced-human', '转人工');
  await member(hub, org, { present: false });
  await post(lineText('我要转人工！'));
  await settled();
  expect(line.texts()).toEqual([expect.stringContaining('没有客服在线')]);
  expect((await sessions(org))[0]).toMatchObject({ state: 'waiting' });
});

test('a keyword hand-off that finds nobody says nothing, and the rules go on (SW-04)', async () => {
  const { hub, org, post, settled, line } = await desk();
  await word(hub, org, 'keyword-to-human', '退款');
  await keywordRule(hub, org, '退款', '退款说明');
  await post(lineText('我要退款'));
  await settled();
  expect(line.texts()).toEqual(['退款说明']);
  expect((await sessions(org))[0]).toMatchObject({ state: 'bot' });
});

test('taken back: the words go, from the row and from the preview; also when that comes first', async () => {
  const { org, post } = await desk();
  const unsend = (messageId: string) =>
    lineEvents([
      {
        type: 'unsend',
        mode: 'active',
        timestamp: Date.now(),
        source: { type: 'user', userId: `U${'a'.repeat(32)}` },
        webhookEventId: `01UNSEND${messageId.padStart(18, '0')}`,
        deliveryContext: { isRedelivery: false },
        unsend: { messageId },
      },
    ]);
  await post(lineText('secret', { messageId: '71' }));
  await post(unsend('71'));
  await post(unsend('72'));
  await post(lineText('another', { messageId: '72' }));
  const rows = await messages(org);
  expect(rows.map((row) => [row.external_id, row.content, row.recalled_at !== null])).toEqual([
    ['71', null, true],
    ['72', null, true],
  ]);
  expect((await sessions(org))[0]!.last!.text).toBe('');
});

test('what is authentic but unknown is kept by name; groups too', async () => {
  const { org, post } = await desk();
  const base = { mode: 'active', timestamp: 1, deliveryContext: { isRedelivery: false } };
  const answer = await post(
    lineEvents([
      {
        ...base,
        type: 'brandNew',
        source: { type: 'user', userId: `U${'a'.repeat(32)}` },
        webhookEventId: '01AAAAAAAAAAAAAAAAAAAAAAA1',
      },
      {
        ...base,
        type: 'join',
        source: { type: 'group', groupId: `C${'a'.repeat(32)}` },
        webhookEventId: '01AAAAAAAAAAAAAAAAAAAAAAA2',
        replyToken: 'x'.repeat(32),
      },
    ]),
  );
  expect(answer.status).toBe(200);
  const kept = await org.select('channel_events').select('what').orderBy('id').execute();
  expect(kept).toHaveLength(2);
  expect(kept[0]!.what).toContain('brandNew');
});

test('wrong or missing signature 401, unknown channel 404, too large 413, broken JSON 400; nothing stored', async () => {
  const { org, post, app, channel } = await desk();
  const good = lineText('x');
  expect((await post({ ...good, headers: { ...good.headers, 'x-line-signature': 'AAAA' } })).status).toBe(401);
  expect((await post({ ...good, headers: { 'content-type': 'application/json' } as never })).status).toBe(401);
  expect((await app.request(`/webhooks/line/nope`, { method: 'POST', ...good })).status).toBe(404);
  expect((await app.request(`/webhooks/web/${channel.key}`, { method: 'POST', ...good })).status).toBe(404);
  const large = await post({ ...good, body: new Uint8Array(1024 * 1024 + 1) });
  expect([large.status, ((await large.json()) as { code: string }).code]).toEqual([413, 'body_too_large']);
  expect(await sessions(org)).toHaveLength(0);
});

test('a poisonous event among others is parked alone, and comes in when it is replayed', async () => {
  const { org, post, hub, settled } = await desk();
  const rules = hub.rulebook.rules.bind(hub.rulebook);
  const real = await rules(org.id);
  let broken = true;
  hub.rulebook.rules = async () => ({
    ...real,
    scan: (text) => {
      if (broken && text === 'poison') throw new Error('our bug');
      return real.scan(text);
    },
  });
  const requests = ['a', 'b', 'poison', 'c'].map((text, index) =>
    lineText(text, { from: `U${String(index).padStart(32, '0')}`, messageId: `9${index}` }),
  );
  expect((await Promise.all(requests.map(post))).map((one) => one.status)).toEqual([200, 200, 200, 200]);
  expect((await messages(org)).map((row) => (row.content as { text: string }).text).sort()).toEqual(['a', 'b', 'c']);
  const [parked] = await org.select('parked').selectAll().execute();
  expect(parked).toMatchObject({ error: 'Error: our bug', replayed_at: null });
  broken = false;
  const { replay } = await import('./park.ts');
  await replay(hub, org, parked!.id);
  await settled();
  expect(await messages(org)).toHaveLength(4);
  expect((await org.select('parked').selectAll().execute())[0]!.replayed_at).not.toBeNull();
});

test('the web chat comes in by the same door: enter, words, human, leave the queue, end', async () => {
  const test: TestHub = await testHub();
  const org = await organisation(test.hub);
  const channel = await webChannel(test.hub, org);
  await keywordRule(test.hub, org, '', '您好', { type: 'welcome' });
  const { token } = channel.visitor();
  const post = async (events: object[]) => {
    const answer = await test.app.request(`/webhooks/web/${channel.key}`, {
      method: 'POST',
      headers: { authorization: `Visitor ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ events }),
    });
    await test.settled();
    return answer.status;
  };
  const id = () => crypto.randomUUID();
  expect(await post([{ type: 'enter', id: id() }])).toBe(200);
  expect(
    await post([
      { type: 'message', id: id(), content: { type: 'text', text: '你好' } },
      { type: 'human', id: id() },
    ]),
  ).toBe(200);
  expect((await sessions(org))[0]).toMatchObject({ state: 'waiting', seq: 5 });
  expect(await post([{ type: 'leave-queue', id: id() }])).toBe(200);
  expect((await sessions(org))[0]).toMatchObject({ state: 'bot' });
  expect(
    await post([
      { type: 'end', id: id() },
      { type: 'message', id: id(), content: { type: 'text', text: 'again' } },
    ]),
  ).toBe(200);
  expect((await sessions(org)).map((row) => [row.state, row.ended_by])).toEqual([
    ['closed', 'visitor'],
    ['bot', null],
  ]);
  expect(await org.select('waits').select('outcome').execute()).toEqual([{ outcome: 'left' }]);
  const texts = (await messages(org)).map((row) => (row.content as { text: string }).text);
  expect(texts[0]).toBe('您好');
  expect((await messages(org)).every((row) => row.delivery !== 'pending')).toBe(true);
  expect(await post([{ type: 'message', id: id(), content: { type: 'image', media: { id: id() } } }])).toBe(400);
});
