import { expect, test } from 'vitest';
import { cloneDatabase } from '../start/cloneDatabase.ts';
import { keywordRule, lineChannel, lineText, member, organisation, word } from '../test/build.ts';
import { memoryLive, testHub } from '../test/hub.ts';
import { fakeLine } from '../test/line.ts';
import { accept } from './accept.ts';
import { close } from './close.ts';

/** What a hub remembers of a session may be out of date in every way; the number it then wants is taken, and it reads again. */
test('another hub closes the session, nobody tells: the next message opens a new one', async () => {
  const databaseUrl = await cloneDatabase();
  const line = fakeLine();
  // Two hubs that do not hear each other.
  const [one, two] = [
    await testHub({ databaseUrl, fetch: line.fetch }),
    await testHub({ databaseUrl, fetch: line.fetch }),
  ];
  const org = await organisation(one.hub);
  const channel = await lineChannel(one.hub, org);
  await word(one.hub, org, 'forced-human', '人工', 'equals');
  const agent = await member(one.hub, org);
  const post = async (hub: typeof one, text: string, messageId: string) =>
    (await hub.app.request(`/webhooks/line/${channel.key}`, { method: 'POST', ...lineText(text, { messageId }) }))
      .status;
  expect(await post(one, 'first', '1')).toBe(200);
  const [session] = await org.select('sessions').selectAll().execute();
  await org.update('members').set({ role: 'supervisor' }).where('id', '=', agent).execute();
  await accept(two.hub, org, agent, session!.id);
  await close(two.hub, org, { id: agent, role: 'supervisor' }, session!.id);
  expect(await post(one, 'second', '2')).toBe(200);
  expect(await post(two, 'third', '3')).toBe(200);
  expect(await post(one, 'fourth', '4')).toBe(200);
  const rows = await org.select('sessions').select(['id', 'state', 'seq']).orderBy('id').execute();
  expect(rows.map((row) => row.state)).toEqual(['closed', 'bot']);
  const said = await org
    .select('messages')
    .select(['content', 'session_id'])
    .where('author_type', '=', 'visitor')
    .orderBy('session_id')
    .orderBy('seq')
    .execute();
  expect(said.map((row) => (row.content as { text: string }).text)).toEqual(['first', 'second', 'third', 'fourth']);
  const numbers = await org
    .select('session_events')
    .select('seq')
    .where('session_id', '=', rows[1]!.id)
    .orderBy('seq')
    .execute();
  expect(numbers.map((row) => row.seq)).toEqual(Array.from({ length: rows[1]!.seq }, (_, index) => index + 1));
});

test('a message that was here before is one row, though its writer is remembered', async () => {
  const line = fakeLine();
  const { hub, app, settled } = await testHub({ fetch: line.fetch });
  const org = await organisation(hub);
  const channel = await lineChannel(hub, org);
  await keywordRule(hub, org, 'hi', 'hello');
  const post = async (text: string, messageId: string) =>
    (await app.request(`/webhooks/line/${channel.key}`, { method: 'POST', ...lineText(text, { messageId }) })).status;
  expect([await post('hi', '1'), await post('hi', '1'), await post('hi', '2'), await post('hi', '1')]).toEqual([
    200, 200, 200, 200,
  ]);
  await settled();
  expect(line.texts()).toEqual(['hello', 'hello']);
});

test('hubs that hear each other forget what the other has changed', async () => {
  const databaseUrl = await cloneDatabase();
  const live = memoryLive();
  const [one, two] = [await testHub({ databaseUrl, live }), await testHub({ databaseUrl, live })];
  const org = await organisation(one.hub);
  const channel = await lineChannel(one.hub, org);
  const from = `U${'a'.repeat(32)}`;
  await one.app.request(`/webhooks/line/${channel.key}`, { method: 'POST', ...lineText('first', { messageId: '1' }) });
  expect(one.hub.known.get({ channelId: channel.id, from })?.session?.seq).toBe(2);
  await two.app.request(`/webhooks/line/${channel.key}`, { method: 'POST', ...lineText('second', { messageId: '2' }) });
  expect(one.hub.known.get({ channelId: channel.id, from })).toBeUndefined();
  expect(two.hub.known.get({ channelId: channel.id, from })?.session?.seq).toBe(3);
});
