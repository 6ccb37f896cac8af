import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accept } from '../desk/accept.ts';
import { recall } from '../desk/recall.ts';
import { reply } from '../desk/reply.ts';
import { newId } from '../id.ts';
import type { Frame } from '../shapes/desk.ts';
import type { Hello, VisitorFrame, VisitorMessage } from '../shapes/visitor.ts';
import { cloneDatabase } from '../start/cloneDatabase.ts';
import { member, webChannel } from '../test/build.ts';
import { type TestDesk, testDesk, text, twoDesks, wallClock } from '../test/desk.ts';
import { cookieOf, dial, serve } from '../test/serve.ts';

const liveUrl = (url: string, key: string, token: string, after?: string | null) =>
  `${url}/visitor/live?${new URLSearchParams({ key, token, ...(after ? { after } : {}) })}`;
const page = async (desk: TestDesk, url: string, token: string, after?: string | null) =>
  await dial<VisitorFrame>(liveUrl(url, desk.web.key, token, after));
const messagesIn = (frames: readonly VisitorFrame[]) =>
  frames.flatMap((frame) => (frame.type === 'message' ? [frame.message] : []));
const words = (messages: readonly VisitorMessage[]) =>
  messages.map((message) => (message.content?.type === 'text' ? message.content.text : null));
const hello = async (desk: TestDesk, token: string): Promise<Hello> =>
  (await (
    await desk.app.request(`/visitor/${desk.web.key}/hello`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    })
  ).json()) as Hello;
/** Greater is later, as shapes/visitor.ts has it. */
const compare = (a: string, b: string) => {
  const [[x, i], [y, j]] = [a.split(':'), b.split(':')] as [[string, string], [string, string]];
  return x < y ? -1 : x > y ? 1 : Number(i) - Number(j);
};

async function served(desk: TestDesk) {
  const agent = await member(desk.hub, desk.org, { cap: 99, present: false, role: 'supervisor' });
  const visitor = desk.visitor();
  await visitor.says('hello');
  const { id } = (await desk.sessions()).at(-1)!;
  await accept(desk.hub, desk.org, agent, id);
  const write = async (what: string, by: TestDesk = desk) =>
    await reply(by.hub, by.org, agent, id, { id: newId(), content: text(what) });
  return { agent, visitor, id, write };
}

describe('the door', () => {
  test('a token of another channel, a forged one or none is told and shut out; a good one comes in', async () => {
    const desk = await testDesk({ clock: wallClock });
    const { url } = await serve(desk);
    const elsewhere = await webChannel(desk.hub, desk.org);
    const { token } = desk.visitor();
    for (const [key, given] of [
      [desk.web.key, elsewhere.visitor().token],
      [elsewhere.key, token],
      [desk.web.key, `${token.slice(0, -2)}xx`],
      [desk.web.key, ''],
      ['nope', token],
      [desk.channel.key, token],
    ] as const) {
      const line = await dial<VisitorFrame>(liveUrl(url, key, given));
      expect([await line.next(() => true), (await line.closed).code]).toEqual([
        { type: 'bye', code: 'bad_signature' },
        4001,
      ]);
    }
    const line = await page(desk, url, token);
    expect(await line.next(() => true)).toEqual({ type: 'ready' });
    for (const said of ['{', '{"type":"watch"}', '"typing"']) {
      const other = await page(desk, url, token);
      await other.next((frame) => frame.type === 'ready');
      other.say(said);
      expect((await other.closed).code).toBe(1008);
    }
  });
  test('a cursor that is no place of ours does no harm', async () => {
    const desk = await testDesk({ clock: wallClock });
    const { url } = await serve(desk);
    const { visitor, id } = await served(desk);
    for (const [after, missed] of [
      [`${id}:9999999999`, 0],
      [`${id}:0`, 1],
      ['nonsense', 1],
      [`${newId()}:1`, 0],
      ['00000000-0000-0000-0000-000000000000:1', 1],
    ] as const) {
      const line = await page(desk, url, visitor.token, after);
      await line.next((frame) => frame.type === 'ready');
      await line.quiet();
      expect([after, messagesIn(line.frames).length]).toEqual([after, missed]);
      await line.close();
    }
  });
});

describe.each(['one hub', 'two hubs'])('%s', (many) => {
  /** `desk` serves the page, `actor` is where things happen. */
  async function house() {
    if (many === 'one hub') {
      const desk = await testDesk({ clock: wallClock });
      return { desk, actor: desk, ...(await serve(desk)) };
    }
    const { a, b } = await twoDesks(await cloneDatabase(), { clock: wallClock });
    return { desk: a, actor: b, ...(await serve(a)) };
  }

  test('what was missed comes first, then what happens; also to a page that was open before the first word', async () => {
    const { desk, actor, url } = await house();
    const stranger = actor.visitor();
    const early = await page(desk, url, stranger.token);
    await early.next((frame) => frame.type === 'ready');
    await stranger.says('my first words');
    expect(await early.next((frame) => frame.type === 'message')).toMatchObject({
      message: { content: text('my first words'), author: { type: 'visitor' } },
    });

    const { visitor, write, agent } = await served(actor);
    const first = await page(desk, url, visitor.token);
    await first.next((frame) => frame.type === 'session');
    const cursor = messagesIn(first.frames).at(-1)!.cursor;
    await first.close();
    await write('missed one', actor);
    await write('missed two', actor);
    const back = await page(desk, url, visitor.token, cursor);
    await back.next((frame) => frame.type === 'session');
    expect([back.frames[0]!.type, words(messagesIn(back.frames))]).toEqual(['ready', ['missed one', 'missed two']]);
    await write('live', actor);
    await back.next((frame) => frame.type === 'message' && words([frame.message])[0] === 'live');
    expect(messagesIn(early.frames)).toHaveLength(1);
    expect(JSON.stringify(back.frames)).not.toContain(agent);
  });

  test('taken back while the page was away, and while it looks', async () => {
    const { desk, actor, url } = await house();
    const { visitor, write, agent, id } = await served(actor);
    const [away, there] = [await write('away', actor), await write('there', actor)];
    const first = await page(desk, url, visitor.token);
    await first.next((frame) => frame.type === 'ready');
    await first.quiet();
    const cursor = messagesIn(first.frames).at(-1)!.cursor;
    await recall(actor.hub, actor.org, agent, id, there.id);
    const seen = await first.next(
      (frame) => frame.type === 'message' && frame.message.id === there.id && frame.message.recalled,
    );
    expect(seen).toMatchObject({ message: { content: null, recalled: true } });
    await first.close();
    await recall(actor.hub, actor.org, agent, id, away.id);
    const back = await page(desk, url, visitor.token, cursor);
    await back.quiet();
    expect(messagesIn(back.frames).find((message) => message.id === away.id)).toMatchObject({
      content: null,
      recalled: true,
    });
    expect(JSON.stringify(back.frames)).not.toMatch(/"text":"(away|there)"/);
  });

  test('the place in the queue moves up', async () => {
    const { desk, actor, url } = await house();
    const agent = await member(actor.hub, actor.org, { cap: 9, present: false });
    const [one, two, three] = [actor.visitor(), actor.visitor(), actor.visitor()];
    for (const visitor of [one, two, three]) await visitor.post({ type: 'human' });
    const [second, third] = [await page(desk, url, two.token), await page(desk, url, three.token)];
    const place = (position: number | null) => (frame: VisitorFrame) =>
      frame.type === 'session' && (frame.session?.queue?.position ?? null) === position;
    await second.next(place(2));
    await third.next(place(3));
    await accept(actor.hub, actor.org, agent, (await desk.sessions())[0]!.id);
    await second.next(place(1));
    await third.next(place(2));
    await two.post({ type: 'leave-queue' });
    await third.next(place(1));
    await second.next((frame) => frame.type === 'session' && frame.session?.state === 'bot');
  });

  test('typing goes both ways, to who is in the conversation and nobody else', async () => {
    const { desk, actor, url } = await house();
    const { visitor, agent, id } = await served(actor);
    const stranger = desk.visitor();
    await stranger.says('hi');
    const [mine, other] = [await page(desk, url, visitor.token), await page(desk, url, stranger.token)];
    const cookie = await cookieOf(desk, desk.org, agent);
    const served2 = await serve(actor);
    const screen = await dial<Frame>(`${served2.url}/live`, { cookie });
    await screen.next((frame) => frame.type === 'ready');
    screen.say({ type: 'watch', sessionId: id });
    await Promise.all([screen.quiet(), mine.quiet(), other.quiet()]);
    mine.say({ type: 'typing', text: 'I would li' });
    expect(await screen.next((frame) => frame.type === 'typing')).toEqual({
      type: 'typing',
      sessionId: id,
      by: 'visitor',
      name: null,
      text: 'I would li',
    });
    screen.say({ type: 'typing', sessionId: id });
    expect(await mine.next((frame) => frame.type === 'typing')).toMatchObject({
      type: 'typing',
      name: expect.stringContaining('agent'),
    });
    const foreign = (await desk.sessions()).find((row) => row.id !== id)!;
    screen.say({ type: 'typing', sessionId: foreign.id });
    await Promise.all([screen.quiet(), other.quiet()]);
    expect(other.frames.filter((frame) => frame.type === 'typing')).toEqual([]);
  });

  test('whenever the line breaks, nothing is lost and nothing is out of order', async () => {
    const { desk, actor, url } = await house();
    const { visitor, write } = await served(actor);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('agent', 'visitor', 'break', 'away', 'pause'), { minLength: 5, maxLength: 15 }),
        async (script) => {
          const have = new Map<string, VisitorMessage>();
          let { cursor, messages } = await hello(desk, visitor.token);
          for (const message of messages) have.set(message.id, message);
          let line = await page(desk, url, visitor.token, cursor);
          let applied = 0;
          const apply = () => {
            for (; applied < line.frames.length; applied++) {
              const frame = line.frames[applied]!;
              if (frame.type !== 'message') continue;
              have.set(frame.message.id, frame.message);
              if (!cursor || compare(frame.message.cursor, cursor) > 0) cursor = frame.message.cursor;
            }
          };
          const again = async () => {
            line = await page(desk, url, visitor.token, cursor);
            applied = 0;
          };
          for (const [index, act] of script.entries()) {
            if (act === 'agent') await write(`a${index}`, index % 2 ? actor : desk);
            else if (act === 'visitor') await visitor.says(`v${index}`);
            else if (act === 'pause') await new Promise((resolve) => setTimeout(resolve, 5));
            else {
              apply();
              await line.close();
              if (act === 'away') await write(`away${index}`, actor);
              await again();
            }
          }
          await line.quiet();
          const truth = (await hello(desk, visitor.token)).messages;
          const mine = () => {
            apply();
            return [...have.values()].sort((a, b) => compare(a.cursor, b.cursor)).slice(-truth.length);
          };
          // What another hub did may still be on its way.
          await expect.poll(mine).toEqual(truth);
          await line.close();
        },
      ),
      { numRuns: 12 },
    );
  });

  test('more than one reading can carry comes all the same', async () => {
    const { desk, actor, url } = await house();
    const { visitor, id } = await served(actor);
    const { seq } = await desk.session(id);
    const rows = Array.from({ length: 1203 }, (_, index) => ({ id: newId(), seq: seq + index + 1 }));
    await desk.org
      .insert(
        'messages',
        rows.map((row) => ({
          ...row,
          session_id: id,
          channel_id: desk.web.id,
          author_type: 'bot' as const,
          author_id: null,
          content: JSON.stringify(text('x')),
          external_id: null,
          quote_id: null,
          quote_token: null,
          delivery: 'sent' as const,
          error_code: null,
          error_text: null,
          batch_id: null,
          retry_at: null,
          hits: null,
          rule_id: null,
          created_at: new Date(),
          recalled_at: null,
          edited_at: null,
        })),
      )
      .execute();
    const line = await page(desk, url, visitor.token, `${id}:${seq}`);
    await line.next((frame) => frame.type === 'session');
    expect(messagesIn(line.frames).map((message) => message.id)).toEqual(rows.map((row) => row.id));
  });
});
