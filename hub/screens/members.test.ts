import { describe, expect, test } from 'vitest';
import { accept } from '../desk/accept.ts';
import { close } from '../desk/close.ts';
import { handlers } from '../desk/handlers.ts';
import { recall } from '../desk/recall.ts';
import { reply } from '../desk/reply.ts';
import { see } from '../desk/see.ts';
import { transfer } from '../desk/transfer.ts';
import { newId } from '../id.ts';
import type { Frame, Message, Session, SessionEvent } from '../shapes/desk.ts';
import { cloneDatabase } from '../start/cloneDatabase.ts';
import { group, member, word } from '../test/build.ts';
import { queueUp, type TestDesk, testDesk, text, twoDesks, wallClock } from '../test/desk.ts';
import { cookieOf, dial, serve } from '../test/serve.ts';

/** A member with a screen on this hub. */
async function screenOf(desk: TestDesk, memberId: string, url: string) {
  const cookie = await cookieOf(desk, desk.org, memberId);
  const line = await dial<Frame>(`${url}/live`, { cookie });
  await line.next((frame) => frame.type === 'ready');
  const get = async <T>(path: string): Promise<T> =>
    (await (await desk.app.request(`/api/v1${path}`, { headers: { cookie } })).json()) as T;
  return { ...line, cookie, get };
}
const ofSession = (frames: Frame[], id: string) =>
  frames
    .filter(
      (frame) =>
        (frame.type === 'session' && frame.session.id === id) || (frame.type === 'gone' && frame.sessionId === id),
    )
    .map((frame) => frame.type);

describe('the door', () => {
  test('is shut without a cookie, for other sites, and for who no longer works here', async () => {
    const desk = await testDesk({ clock: wallClock });
    const { url } = await serve(desk);
    const agent = await member(desk.hub, desk.org, { present: false });
    const cookie = await cookieOf(desk, desk.org, agent);
    await expect(dial(`${url}/live`)).rejects.toThrow('401');
    await expect(dial(`${url}/live`, { cookie: 'haina.session_token=forged.forged' })).rejects.toThrow('401');
    await expect(dial(`${url}/live`, { cookie, origin: 'https://elsewhere.example' })).rejects.toThrow('403');
    await expect(dial(`${url}/live`, { cookie, 'sec-fetch-site': 'cross-site' })).rejects.toThrow('403');
    const line = await dial<Frame>(`${url}/live`, { cookie, origin: url });
    expect(await line.next(() => true)).toEqual({ type: 'ready', memberId: agent, hub: desk.hub.id });
    await desk.org.update('members').set({ disabled_at: new Date() }).where('id', '=', agent).execute();
    desk.hub.live.publish(desk.org.id, [{ kind: 'member', id: agent }]);
    expect((await line.closed).code).toBe(4403);
    await expect(dial(`${url}/live`, { cookie })).rejects.toThrow('401');
  });
  test('ends with its sign-in, and only that one’s', async () => {
    const desk = await testDesk({ clock: wallClock });
    const { url } = await serve(desk);
    const agent = await member(desk.hub, desk.org, { present: false });
    const other = await member(desk.hub, desk.org, { present: false });
    const cookie = await cookieOf(desk, desk.org, agent);
    const [line, another] = [
      await dial<Frame>(`${url}/live`, { cookie }),
      await dial<Frame>(`${url}/live`, { cookie: await cookieOf(desk, desk.org, other) }),
    ];
    await line.next((frame) => frame.type === 'ready');
    await another.next((frame) => frame.type === 'ready');
    await desk.app.request('/api/auth/sign-out', { method: 'POST', headers: { cookie } });
    expect((await line.closed).code).toBe(4401);
    await another.quiet();
  });
  test('what is not understood ends the line, and a broken database too; the hub lives on', async () => {
    const desk = await testDesk({ clock: wallClock });
    const { url } = await serve(desk);
    const agent = await member(desk.hub, desk.org, { present: false });
    for (const said of [
      '{',
      '"x"',
      '{"type":"watch"}',
      '{"type":"watch","sessionId":"1"}',
      '{"type":"become-owner"}',
    ]) {
      const screen = await screenOf(desk, agent, url);
      screen.say(said);
      expect((await screen.closed).code).toBe(1008);
    }
    const screen = await screenOf(desk, agent, url);
    const select = desk.hub.db.org(desk.org.id).constructor.prototype.select;
    desk.hub.db.org(desk.org.id).constructor.prototype.select = () => {
      throw new Error('away');
    };
    try {
      screen.say({ type: 'watch', sessionId: newId() });
      expect((await screen.closed).code).toBe(1011);
    } finally {
      desk.hub.db.org(desk.org.id).constructor.prototype.select = select;
    }
    await screenOf(desk, agent, url);
  });
});

describe.each(['its own news', 'another hub’s news, by ids'])('%s', (whose) => {
  async function hall() {
    if (whose === 'its own news') {
      const desk = await testDesk({ clock: wallClock });
      return { desk, actor: desk, ...(await serve(desk)) };
    }
    const { a, b } = await twoDesks(await cloneDatabase(), { clock: wallClock });
    return { desk: a, actor: b, ...(await serve(a)) };
  }

  test('an agent sees his own and his groups’ queues, a supervisor everything, a stranger nothing', async () => {
    const { desk, actor, url } = await hall();
    const g = await group(desk.org);
    const [mine, other, boss] = await Promise.all([
      member(actor.hub, desk.org, { groupIds: [g], cap: 1, present: false }),
      member(actor.hub, desk.org, { cap: 0, present: false }),
      member(actor.hub, desk.org, { role: 'supervisor', cap: 0, present: false }),
    ]);
    await desk.org.update('members').set({ status: 'busy' }).execute();
    const [a, b, c] = [
      await screenOf(desk, mine, url),
      await screenOf(desk, other, url),
      await screenOf(desk, boss, url),
    ];
    const visitor = actor.visitor();
    await visitor.says('hello');
    await Promise.all([a.quiet(), b.quiet(), c.quiet()]);
    const [session] = await desk.sessions();
    const { id } = session!;
    expect([
      ofSession(a.frames, id).includes('session'),
      ofSession(b.frames, id).includes('session'),
      ofSession(c.frames, id).at(-1),
    ]).toEqual([false, false, 'session']);
    await transfer(actor.hub, actor.org, { id: boss, role: 'supervisor' }, id, { groupId: g });
    await Promise.all([a.quiet(), b.quiet(), c.quiet()]);
    const lasts = () => [a, b, c].map(({ frames }) => ofSession(frames, id).at(-1));
    await expect.poll(lasts).toEqual(['session', 'gone', 'session']);
    await accept(actor.hub, actor.org, mine, id);
    await transfer(actor.hub, actor.org, { id: mine, role: 'agent' }, id, { memberId: boss });
    await Promise.all([a.quiet(), b.quiet(), c.quiet()]);
    expect([
      ofSession(a.frames, id).at(-1),
      ofSession(b.frames, id).includes('session'),
      ofSession(c.frames, id).at(-1),
    ]).toEqual(['gone', false, 'session']);
    for (const screen of [a, b, c]) expect(screen.frames.filter((frame) => frame.type === 'message')).toEqual([]);
  });

  test('messages go only to who has the conversation open and may; who loses sight of it hears no more', async () => {
    const { desk, actor, url } = await hall();
    const [one, two] = [
      await member(actor.hub, desk.org, { cap: 9, present: false }),
      await member(actor.hub, desk.org, { cap: 9, present: false }),
    ];
    await desk.org.update('members').set({ status: 'busy' }).execute();
    const [a, b] = [await screenOf(desk, one, url), await screenOf(desk, two, url)];
    const visitor = actor.visitor();
    await visitor.post({ type: 'human' });
    const { id } = (await desk.sessions())[0]!;
    a.say({ type: 'watch', sessionId: id });
    b.say({ type: 'watch', sessionId: id });
    await Promise.all([a.quiet(), b.quiet()]);
    await visitor.says('first');
    // A message may come twice; applying it is an upsert.
    const words = (frames: Frame[]) =>
      [
        ...new Map(
          // What was said before the conversation was opened may still be on its way when it is.
          frames.flatMap((frame) =>
            frame.type === 'message' && frame.message.author.type === 'visitor'
              ? [[frame.message.id, frame.message] as const]
              : [],
          ),
        ).values(),
      ].map((message) => (message.content?.type === 'text' ? message.content.text : ''));
    await Promise.all([a.quiet(), b.quiet()]);
    await expect.poll(() => [words(a.frames), words(b.frames)]).toEqual([['first'], ['first']]);
    await accept(actor.hub, actor.org, one, id);
    await visitor.says('second');
    await Promise.all([a.quiet(), b.quiet()]);
    await expect.poll(() => [words(a.frames), words(b.frames)]).toEqual([['first', 'second'], ['first']]);
    // He may not begin again either.
    b.say({ type: 'watch', sessionId: id });
    await b.quiet();
    await visitor.says('third');
    await Promise.all([a.quiet(), b.quiet()]);
    await expect.poll(() => [words(a.frames), words(b.frames)]).toEqual([['first', 'second', 'third'], ['first']]);
    a.say({ type: 'watch', sessionId: null });
    await a.quiet();
    await visitor.says('fourth');
    await a.quiet();
    await expect.poll(() => words(a.frames)).toEqual(['first', 'second', 'third']);
  });

  test('snapshot and news make the next snapshot, whatever happens', async () => {
    const { desk, actor, url } = await hall();
    const [one, two] = [
      await member(actor.hub, desk.org, { cap: 99, present: false, role: 'supervisor' }),
      await member(actor.hub, desk.org, { cap: 99, role: 'supervisor' }),
    ];
    await desk.org.update('members').set({ status: 'busy' }).execute();
    const screen = await screenOf(desk, one, url);
    const visitor = actor.visitor();
    await visitor.says('hello');
    const { id } = (await desk.sessions())[0]!;
    screen.say({ type: 'watch', sessionId: id });
    await screen.quiet();
    const inbox = async () =>
      new Map((await screen.get<{ items: Session[] }>('/sessions?view=all')).items.map((row) => [row.id, row]));
    const talk = async () =>
      await screen.get<{ messages: Message[]; events: SessionEvent[] }>(`/sessions/${id}/messages?limit=200`);
    const have = { sessions: await inbox(), talk: await talk() };
    const messages = new Map(have.talk.messages.map((message) => [message.id, message]));
    const events = new Map(have.talk.events.map((event) => [event.seq, event]));
    let applied = screen.frames.length;

    await visitor.post({ type: 'human' });
    await accept(actor.hub, actor.org, one, id);
    const said = await Promise.all(
      ['a', 'b', 'c'].map((words) => reply(actor.hub, actor.org, one, id, { id: newId(), content: text(words) })),
    );
    await visitor.says('d');
    await visitor.post({ type: 'message', content: text('quoting'), quoteId: said[0]!.id });
    await recall(actor.hub, actor.org, one, id, said[1]!.id);
    await visitor.post({ type: 'read', cursor: `${id}:${said[2]!.seq}` });
    await see(actor.hub, actor.org, { id: one, role: 'supervisor', groupIds: [] }, id, 5);
    await transfer(actor.hub, actor.org, { id: one, role: 'supervisor' }, id, { memberId: two });
    await actor.visitor().says('another customer');
    await close(actor.hub, actor.org, { id: two, role: 'supervisor' }, (await desk.sessions()).at(-1)!.id);
    await actor.settled();
    await screen.quiet();

    for (; applied < screen.frames.length; applied++) {
      const frame = screen.frames[applied]!;
      if (frame.type === 'session') {
        const known = have.sessions.get(frame.session.id);
        if (known && known.seq > frame.session.seq) continue;
        if (frame.session.state === 'closed') have.sessions.delete(frame.session.id);
        else have.sessions.set(frame.session.id, frame.session);
        // The read mark stands for all before it, as the console has it.
        if (frame.session.id === id) {
          for (const message of messages.values())
            if (
              message.author.type !== 'visitor' &&
              message.seq <= frame.session.readSeq &&
              ['sent', 'delivered'].includes(message.delivery)
            )
              message.delivery = 'read';
        }
      } else if (frame.type === 'gone') have.sessions.delete(frame.sessionId);
      else if (frame.type === 'message') messages.set(frame.message.id, frame.message);
      else if (frame.type === 'event') events.set(frame.event.seq, frame.event);
    }
    const now = await talk();
    expect([...messages.values()].sort((a, b) => a.seq - b.seq)).toEqual(now.messages);
    expect([...events.values()].sort((a, b) => a.seq - b.seq)).toEqual(now.events);
    expect(have.sessions).toEqual(await inbox());
    expect(now.messages.length).toBeGreaterThan(6);
    expect(now.messages.some((message) => message.recalledAt && message.content === null)).toBe(true);
  });

  test('alerts are for supervisors', async () => {
    const { desk, actor, url } = await hall();
    await word(actor.hub, desk.org, 'reminder', 'lawyer');
    const [agent, boss] = [
      await member(actor.hub, desk.org, { cap: 0 }),
      await member(actor.hub, desk.org, { role: 'supervisor', cap: 0 }),
    ];
    const [a, b] = [await screenOf(desk, agent, url), await screenOf(desk, boss, url)];
    await actor.visitor().says('my lawyer');
    expect(await b.next((frame) => frame.type === 'alert')).toMatchObject({
      alert: { kind: 'reminder', words: ['lawyer'], seen: false },
    });
    await a.quiet();
    expect(a.frames.filter((frame) => frame.type === 'alert')).toEqual([]);
  });
});

describe('presence', () => {
  test('who opens a screen is at the desk and gets who waits; who closes it leaves after a grace', async () => {
    const desk = await testDesk({ clock: wallClock });
    await desk.jobs.start(handlers(desk.hub));
    const { url } = await serve(desk);
    const agent = await member(desk.hub, desk.org, { cap: 1, present: false });
    const [id] = await queueUp(desk.hub, desk.org, desk.channel.id, 1);
    const screen = await screenOf(desk, agent, url);
    await screen.next(
      (frame) => frame.type === 'session' && frame.session.id === id && frame.session.state === 'serving',
    );
    expect((await desk.session(id!)).agent_id).toBe(agent);
    const until = async () =>
      (
        await desk.org.select('members').select('present_until').where('id', '=', agent).executeTakeFirstOrThrow()
      ).present_until!.getTime() - Date.now();
    expect(await until()).toBeGreaterThan(50_000);
    await screen.close();
    for (let tries = 0; tries < 50 && (await until()) > 20_000; tries++)
      await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await until()).toBeLessThanOrEqual(15_000);
  });
});
