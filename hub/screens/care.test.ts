import pg from 'pg';
import { describe, expect, test, vi } from 'vitest';
import { houseText } from '../../core/house-text.ts';
import { accept } from '../desk/accept.ts';
import { close } from '../desk/close.ts';
import { reply } from '../desk/reply.ts';
import { newId } from '../id.ts';
import type { VisitorFrame, VisitorSession } from '../shapes/visitor.ts';
import { member, setting } from '../test/build.ts';
import { queueUp, type TestDesk, testDesk, text, wallClock } from '../test/desk.ts';
import { dial, serve } from '../test/serve.ts';

/** What a visitor's page hears of himself: where he stands, how the rating stands, who serves. */
async function served(desk: TestDesk) {
  const agent = { id: await member(desk.hub, desk.org, { present: false, name: 'Agent A' }), role: 'agent' as const };
  const visitor = desk.visitor();
  await visitor.post({ type: 'human' });
  await visitor.says('hello');
  const { id } = (await desk.sessions()).at(-1)!;
  await accept(desk.hub, desk.org, agent.id, id);
  await reply(desk.hub, desk.org, agent.id, id, { id: newId(), content: text('with pleasure') });
  const end = () => close(desk.hub, desk.org, agent, id);
  return { agent, visitor, id, end };
}
const live = async (desk: TestDesk, url: string, token: string) =>
  await dial<VisitorFrame>(`${url}/visitor/live?${new URLSearchParams({ key: desk.web.key, token })}`);
const session = (is: (session: VisitorSession) => boolean) => (frame: VisitorFrame) =>
  frame.type === 'session' && frame.session !== null && is(frame.session);
const hello = async (desk: TestDesk, token: string) => {
  const answer = await desk.app.request(`/visitor/${desk.web.key}/hello`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  return (await answer.json()) as { session: VisitorSession; channel: { style: { end: boolean } } };
};
const ratings = async (desk: TestDesk) =>
  await desk.org.select('ratings').select(['stars', 'tags', 'resolved', 'comment', 'counts']).orderBy('id').execute();
const left = async (desk: TestDesk) =>
  await desk.org.select('leave_messages').select(['form', 'text', 'session_id']).orderBy('id').execute();
const lastText = async (desk: TestDesk) => ((await desk.messages()).at(-1)?.content as { text?: string } | null)?.text;

describe('rating on the page', () => {
  const wordy = {
    resolved: { on: true },
    options: ['one', 'two', 'three', 'four', 'five'].map((words, index) => ({
      text: words,
      tags: index < 2 ? ['slow', 'rude'] : [],
    })),
  };

  test('an invitation at the end is a card; its answer counts once, however often it is sent (CS-01, CS-07, CS-12)', async () => {
    const desk = await testDesk({ clock: wallClock });
    await setting(desk.hub, desk.org, 'ratings', { ...wordy, skipOneSided: false });
    const { visitor, id, end } = await served(desk);
    const { url } = await serve(desk);
    const page = await live(desk, url, visitor.token);
    const open = await page.next(session(({ state }) => state === 'serving'));
    expect(open).toMatchObject({
      session: { mayRate: true, rating: { open: false, invitationId: null, rated: false } },
    });
    await end();
    const card = await page.next((frame) => frame.type === 'message' && frame.message.content?.type === 'rating');
    const content = card.type === 'message' ? card.message.content : null;
    if (content?.type !== 'rating') throw new Error('no card');
    expect(content.resolved).not.toBeNull();
    expect(content.options.find(({ stars }) => stars === 1)).toEqual({ stars: 1, text: 'one', tags: ['slow', 'rude'] });
    const closed = await page.next(session(({ state }) => state === 'closed'));
    const { rating } = (closed as { session: VisitorSession }).session;
    expect(rating).toMatchObject({ open: true, invitationId: content.id, rated: false });
    expect(rating.seconds).toBeGreaterThan(86_000);

    const answer = { type: 'rate', invitationId: content.id, stars: 2 };
    await visitor.post(answer);
    expect(await ratings(desk)).toEqual([]);
    expect(await lastText(desk)).toBeTruthy();
    const good = { ...answer, id: newId(), tags: ['slow'], resolved: false, comment: 'late' };
    await visitor.post(good);
    await page.next(session((one) => one.rating.rated && !one.mayRate));
    await visitor.post(good);
    await visitor.post({ ...answer, stars: 5 });
    expect(await ratings(desk)).toEqual([{ stars: 2, tags: ['slow'], resolved: false, comment: 'late', counts: true }]);
    expect(await desk.sessions()).toHaveLength(1);
    expect((await desk.session(id)).state).toBe('closed');
  });

  test('CS-04: when its time is over it says so, keeps nothing and opens no session', async () => {
    const desk = await testDesk();
    await setting(desk.hub, desk.org, 'ratings', { valid: 60, skipOneSided: false });
    const { visitor, end } = await served(desk);
    await end();
    const { rating, mayRate } = (await hello(desk, visitor.token)).session;
    expect([rating.open, mayRate]).toEqual([true, true]);
    desk.clock.pass(61_000);
    expect((await hello(desk, visitor.token)).session).toMatchObject({
      rating: { open: false, seconds: null },
      mayRate: false,
    });
    expect(await visitor.post({ type: 'rate', invitationId: rating.invitationId, stars: 5 })).toBe(200);
    expect(await ratings(desk)).toEqual([]);
    expect(await lastText(desk)).toBe(houseText('rateOver', 'zh'));
    expect(await desk.sessions()).toHaveLength(1);
  });

  test('V-10: asked for while a person serves, not before; CS-07: changed where the last one counts', async () => {
    const desk = await testDesk();
    await setting(desk.hub, desk.org, 'ratings', { firstOnly: false });
    const early = desk.visitor();
    await early.post({ type: 'human' });
    expect((await hello(desk, early.token)).session.mayRate).toBe(false);
    const { visitor, id } = await served(desk);
    await visitor.post({ type: 'rate-wish' });
    const { invited } = (await desk.session(id)).marks;
    expect(invited).toMatchObject({ by: 'visitor' });
    for (const stars of [2, 4]) await visitor.post({ type: 'rate', invitationId: invited!.id, stars });
    expect((await ratings(desk)).map(({ stars, counts }) => [stars, counts])).toEqual([
      [2, false],
      [4, true],
    ]);
    expect((await hello(desk, visitor.token)).session).toMatchObject({
      rating: { rated: true, open: true },
      mayRate: true,
    });
  });
});

describe('a message left on the page (V-09)', () => {
  test('is kept once, with how he can be reached, and he keeps his place in the queue', async () => {
    const desk = await testDesk();
    const visitor = desk.visitor();
    await visitor.post({ type: 'human' });
    const form = { name: 'A', phone: '+86 138 0000 0000' };
    const event = { type: 'leave-message', id: newId(), form, text: 'Call me' };
    await visitor.post(event);
    await visitor.post(event);
    await Promise.all([visitor.post(event), visitor.post(event)]);
    const [waiting] = await desk.sessions();
    expect(await left(desk)).toEqual([{ form, text: 'Call me', session_id: waiting!.id }]);
    expect((await hello(desk, visitor.token)).session).toMatchObject({
      state: 'waiting',
      queue: { position: 1 },
      leaving: false,
      mayLeave: true,
    });
  });
  test('before any word, and twice when it is two', async () => {
    const desk = await testDesk();
    const visitor = desk.visitor();
    await visitor.post({ type: 'leave-message', form: {}, text: 'one' });
    await visitor.post({ type: 'leave-message', form: {}, text: 'two' });
    expect((await left(desk)).map((row) => row.text)).toEqual(['one', 'two']);
  });
});

describe('where one stands', () => {
  test('everybody in a queue hears it with one look, however many pages are open', async () => {
    const desk = await testDesk({ clock: wallClock });
    const { url } = await serve(desk);
    const visitors = Array.from({ length: 12 }, () => desk.visitor());
    for (const visitor of visitors) await visitor.post({ type: 'human' });
    const pages = await Promise.all(visitors.map((visitor) => live(desk, url, visitor.token)));
    await Promise.all(pages.map((page, at) => page.next(session((one) => one.queue?.position === at + 1))));
    const agent = await member(desk.hub, desk.org, { present: false });
    const asked = vi.spyOn(pg.Client.prototype, 'query');
    await accept(desk.hub, desk.org, agent, (await desk.sessions())[0]!.id);
    await Promise.all(pages.slice(1).map((page, at) => page.next(session((one) => one.queue?.position === at + 1))));
    const looks = asked.mock.calls.map(([query]) => String((query as unknown as { text?: string }).text ?? query));
    asked.mockRestore();
    expect(looks.filter((sql) => sql.includes('row_number() over (order by priority'))).toHaveLength(1);
    // And nobody asked for his own: `placeOf` is for one.
    expect(looks.filter((sql) => sql.includes('as "before"'))).toEqual([]);
  });
  test('as the organisation shows it: no place, no wait', async () => {
    const desk = await testDesk();
    await queueUp(desk.hub, desk.org, desk.web.id, 2);
    const visitor = desk.visitor();
    await visitor.post({ type: 'human' });
    expect((await hello(desk, visitor.token)).session.queue).toMatchObject({ position: 3 });
    await setting(desk.hub, desk.org, 'queues', { showPosition: false, showWait: false });
    expect((await hello(desk, visitor.token)).session.queue).toEqual({ position: null, seconds: null });
  });
});

describe('who serves (SS-12, SS-13, V-11, V-26)', () => {
  test('is shown, or not, and his state as it changes', async () => {
    const desk = await testDesk({ clock: wallClock });
    await setting(desk.hub, desk.org, 'texts', { dispatcher: 'Reception' });
    const { url } = await serve(desk);
    const { visitor, agent } = await served(desk);
    const page = await live(desk, url, visitor.token);
    await page.next(session((one) => one.agent?.name === 'Agent A' && one.agent.status === 'online'));
    await desk.org.update('members').set({ status: 'busy' }).where('id', '=', agent.id).execute();
    desk.hub.live.publish(desk.org.id, [{ kind: 'member', id: agent.id }]);
    await page.next(session((one) => one.agent?.status === 'busy'));
    await setting(desk.hub, desk.org, 'texts', { dispatcher: 'Reception', showAgentName: false, hideAgentState: true });
    expect((await hello(desk, visitor.token)).session).toMatchObject({
      agent: { name: '', avatar: null, status: null },
      speaker: 'Reception',
    });
    expect(JSON.stringify(await hello(desk, visitor.token))).not.toContain('Agent A');
  });
  test('and who may end it', async () => {
    const desk = await testDesk();
    const { token } = desk.visitor();
    expect((await hello(desk, token)).channel.style.end).toBe(true);
    await setting(desk.hub, desk.org, 'reception', { visitorEnds: false });
    expect((await hello(desk, token)).channel.style.end).toBe(false);
  });
});
