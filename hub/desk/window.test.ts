import { describe, expect, test } from 'vitest';
import { newId } from '../id.ts';
import { cloneDatabase } from '../start/cloneDatabase.ts';
import { member } from '../test/build.ts';
import { text as asText, testDesk, twoDesks } from '../test/desk.ts';
import { event, push, testPlatform, words } from '../test/platform.ts';
import { accept } from './accept.ts';
import { close } from './close.ts';
import { recall } from './recall.ts';
import { reply } from './reply.ts';

const HOUR = 3_600_000;

async function talking() {
  const platform = testPlatform();
  const desk = await testDesk();
  const { hub, org } = desk;
  const channel = await platform.channel(org, 'acc-1');
  const agent = await member(hub, org, { role: 'supervisor' });
  const hear = (...events: Parameters<typeof words>[1][]) =>
    push(
      desk,
      `testing/${channel.key}`,
      events.map((one) => words(hub, one)),
    );
  await hear('hello');
  const [session] = await desk.sessions();
  await accept(hub, org, agent, session!.id);
  await desk.settled();
  const say = (words: string, id = newId()) => reply(hub, org, agent, session!.id, { id, content: asText(words) });
  const code = (work: Promise<unknown>) =>
    work.then(
      () => 'ok',
      (error: { code: string }) => error.code,
    );
  return { ...desk, platform, channel, agent, hear, say, code, sessionId: session!.id };
}

describe('the right to write', () => {
  test('is spent by what we write, refused when used up, and opened again by the customer', async () => {
    const { say, code, hear, session, sessionId, settled, platform } = await talking();
    for (let n = 1; n <= 5; n++) expect(await code(say(`answer ${n}`))).toBe('ok');
    await settled();
    expect(platform.state.sent).toHaveLength(5);
    expect((await session(sessionId)).window_left).toBe(0);
    expect(await code(say('one more'))).toBe('window_closed');
    await hear('still there?');
    expect(await code(say('yes'))).toBe('ok');
    await settled();
    expect(platform.state.sent).toHaveLength(6);
  });

  test('ends with its time, and a long text costs its pieces', async () => {
    const { say, code, clock, session, sessionId } = await talking();
    expect(await code(say(`${'x'.repeat(90)} ${'y'.repeat(90)} ${'z'.repeat(90)}`))).toBe('ok');
    expect((await session(sessionId)).window_left).toBe(2);
    expect(await code(say('y'.repeat(290)))).toBe('window_closed');
    clock.pass(HOUR + 1);
    expect(await code(say('late'))).toBe('window_closed');
  });

  test('outlives the session', async () => {
    const { say, code, hub, org, agent, sessionId, sessions, settled, platform, channel, ...run } = await talking();
    for (let n = 1; n <= 4; n++) expect(await code(say(`answer ${n}`))).toBe('ok');
    await close(hub, org, { id: agent, role: 'supervisor' }, sessionId);
    await settled();
    platform.state.can = {
      text: 100,
      window: { grants: { message: { seconds: 3600, sends: 5 }, enter: { seconds: 60, sends: 2 } } },
    };
    await push({ ...run, settled }, `testing/${channel.key}`, [
      event(hub, { kind: 'wish', wish: 'human', trigger: 'enter' } as never),
    ]);
    const next = (await sessions()).at(-1)!;
    expect(next.id).not.toBe(sessionId);
    // Closing said the fifth; entering grants two, of which the place in the queue takes one.
    expect(next.window_left).toBe(1);
    expect(next.window_until!.getTime() - hub.now()).toBeGreaterThan(HOUR / 2);
  });
});

test('an act that is no message may bring the right to answer it', async () => {
  const platform = testPlatform();
  platform.state.can = { text: 100, window: { grants: { enter: { seconds: 30, sends: 3 } } } };
  const desk = await testDesk();
  const { hub } = desk;
  const channel = await platform.channel(desk.org);
  const at = `testing/${channel.key}`;
  const until = hub.now() + 30_000;
  await push(desk, at, [
    event(hub, { kind: 'wish', wish: 'human', trigger: 'enter', reply: { token: 'right', until } } as never),
  ]);
  expect(platform.state.sent.map((batch) => batch.replyToken)).toEqual(['right']);
  await push(desk, at, [
    event(hub, {
      kind: 'wish',
      wish: 'leave-queue',
      trigger: 'enter',
      reply: { token: 'later', until: until + 5000 },
    } as never),
  ]);
  expect(platform.state.sent.map((batch) => batch.replyToken)).toEqual(['right', 'later']);
});

describe('ours, written elsewhere', () => {
  test('is shown, is not sent again, comes once, and silences the rules', async () => {
    const platform = testPlatform();
    const desk = await testDesk();
    const channel = await platform.channel(desk.org);
    await desk.org
      .insert('settings', {
        area: 'reception',
        version: 1,
        document: JSON.stringify({ fallback: 'I am a bot' }),
      } as never)
      .execute();
    desk.hub.live.publish(desk.org.id, [{ kind: 'changed', area: 'settings' }]);
    const at = `testing/${channel.key}`;
    await push(desk, at, [words(desk.hub, 'hi')]);
    const echo = event(desk.hub, {
      kind: 'echo',
      messageId: 'app-1',
      content: { type: 'text', text: 'from the app' },
    } as never);
    await push(desk, at, [echo, echo]);
    await push(desk, at, [echo, words(desk.hub, 'thanks')]);
    const said = (await desk.messages()).map((row) => [
      row.author_type,
      (row.content as { text: string }).text,
      row.delivery,
    ]);
    expect(said).toEqual([
      ['visitor', 'hi', 'delivered'],
      ['bot', 'I am a bot', 'sent'],
      ['agent', 'from the app', 'sent'],
      ['visitor', 'thanks', 'delivered'],
    ]);
    expect(platform.state.sent).toHaveLength(1);
    await push(desk, at, [words(desk.hub, '转人工')]);
    expect((await desk.sessions())[0]!.hushed).toBe(true);
  });
});

describe('what a platform tells later', () => {
  test('marks only move forward, a failure is believed until the customer has it', async () => {
    const { say, settled, message, hub, channel, platform: _, ...run } = await talking();
    const id = newId();
    await say('a', id);
    await settled();
    const tell = (state: string, more = {}) =>
      push({ ...run, settled }, `testing/${channel.key}`, [
        event(hub, { kind: 'receipt', state, messageIds: [`p-${id}`], ...more } as never),
      ]);
    await tell('failed', { error: { code: '131047', text: 'Re-engagement message' } });
    expect(await message(id)).toMatchObject({
      delivery: 'failed',
      error_code: '131047',
      error_text: 'Re-engagement message',
    });
    const other = newId();
    await say('b', other);
    await settled();
    const tellOther = (state: string) =>
      push({ ...run, settled }, `testing/${channel.key}`, [
        event(hub, { kind: 'receipt', state, messageIds: [`p-${other}`] } as never),
      ]);
    await tellOther('read');
    for (const late of ['delivered', 'failed', 'read']) await tellOther(late);
    expect((await message(other)).delivery).toBe('read');
  });

  test('a watermark covers all that was written before', async () => {
    const { say, settled, messages, hub, channel, clock, sessionId, ...run } = await talking();
    await say('a');
    await say('b');
    await settled();
    const before = hub.now();
    clock.pass(10);
    await say('c');
    await settled();
    const mark = event(hub, { kind: 'receipt', state: 'read', before } as never);
    await push({ ...run, settled }, `testing/${channel.key}`, [mark]);
    await push({ ...run, settled }, `testing/${channel.key}`, [mark]);
    const ours = (await messages(sessionId)).filter((row) => row.author_type === 'agent');
    expect(ours.map((row) => row.delivery)).toEqual(['read', 'read', 'sent']);
    const told = await run.events(sessionId);
    expect(told.filter((row) => row.type === 'read')).toHaveLength(2);
  });

  test('a recall asks the platform first, and stays when it will not', async () => {
    const { say, settled, hub, org, agent, sessionId, platform, message, code } = await talking();
    platform.state.can = { ...platform.state.can, recall: 120 };
    const id = newId();
    await say('oops', id);
    await settled();
    await recall(hub, org, agent, sessionId, id);
    expect(platform.state.recalled).toEqual([`p-${id}`]);
    expect((await message(id)).recalled_at).not.toBeNull();
    expect(await code(recall(hub, org, agent, sessionId, id))).toBe('already_recalled');
    expect(platform.state.recalled).toHaveLength(1);
  });
});

describe('one person by several ids', () => {
  test('stays one, and answers go where he wrote from last', async () => {
    const platform = testPlatform();
    const desk = await testDesk();
    const { hub } = desk;
    const channel = await platform.channel(desk.org);
    const at = `testing/${channel.key}`;
    await push(desk, at, [words(hub, 'one', { from: 'phone', aliases: ['user-id'] })]);
    await push(desk, at, [words(hub, 'two', { from: 'user-id', aliases: ['user-id', 'parent'] })]);
    await push(desk, at, [words(hub, 'three', { from: 'parent', aliases: ['user-id'] })]);
    expect(await desk.sessions()).toHaveLength(1);
    expect(await desk.messages()).toHaveLength(3);
    const people = await desk.org.select('identities').select('external_id').execute();
    expect(people).toEqual([{ external_id: 'parent' }]);
    // Back and forth between them, as a platform that does not always tell the number does.
    for (const from of ['phone', 'user-id', 'phone', 'user-id'])
      await push(desk, at, [words(hub, from, { from, aliases: ['phone', 'user-id'] })]);
    expect(await desk.sessions()).toHaveLength(1);
    // Two that are two already stay two.
    await push(desk, at, [words(hub, 'other', { from: 'somebody' })]);
    await push(desk, at, [words(hub, 'again', { from: 'somebody', aliases: ['user-id'] })]);
    expect(await desk.sessions()).toHaveLength(2);
  });
});

test('two hubs that grant and hear at once never put back what the other wrote', async () => {
  const platform = testPlatform();
  platform.state.can = {
    text: 100,
    window: { grants: { message: { seconds: 60 }, follow: { seconds: 3600 } } },
  };
  const { a, b } = await twoDesks(await cloneDatabase());
  const channel = await platform.channel(a.org);
  const open = (await a.hub.rulebook.channelByKey(channel.key))!;
  await a.hub.receive({ channel: open, events: [words(a.hub, 'first')] });
  // Each round is a race of two writers that read the same session; nobody may write it back to where it was.
  for (let n = 0; n < 30; n++) {
    await Promise.all([
      a.hub.receive({ channel: open, events: [words(a.hub, `word ${n}`)] }),
      b.hub.receive({
        channel: open,
        events: [
          event({ now: () => a.hub.now() + n * 1000 }, {
            kind: 'contact',
            change: 'returned',
            trigger: 'follow',
          } as never),
        ],
      }),
    ]);
    const [session] = await a.sessions();
    const events = await a.events(session!.id);
    expect(events.map((row) => row.seq)).toEqual(events.map((_, index) => index + 1));
    expect(session!.seq).toBe(events.length);
  }
  expect(await a.messages()).toHaveLength(31);
});
