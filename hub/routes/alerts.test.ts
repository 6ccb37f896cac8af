import { describe, expect, test } from 'vitest';
import { accept } from '../desk/accept.ts';
import { wake } from '../desk/wake.ts';
import type { Frame } from '../shapes/desk.ts';
import type { Alert } from '../shapes/house.ts';
import { raiseAlert } from '../store/alerts.ts';
import { setting } from '../test/build.ts';
import { queueUp, testClock, testDesk, wallClock } from '../test/desk.ts';
import { crew, type Person, person, staff, told } from '../test/people.ts';
import { dial, serve } from '../test/serve.ts';

const alertsOf = async (who: Person): Promise<Alert[]> => (await told(who.ask('GET', '/alerts'))).body.items;
const short = (list: Alert[]) => list.map(({ kind, words, seen }) => [kind, ...words, seen]);

/** An agent who asks a colleague to take over; both are at their desks, and consent is wanted. */
async function shift(clock = testClock()) {
  const desk = await testDesk({ clock });
  const { hub, org } = desk;
  const { me, colleague, boss } = await crew(desk, org);
  await setting(hub, org, 'transfers', { confirm: true, answerWithin: 60 });
  const [id] = await queueUp(hub, org, desk.web.id, 1);
  await accept(hub, org, me.id, id!);
  const ask = async () => {
    clock.pass(1);
    expect((await me.ask('POST', `/sessions/${id}/transfer`, { memberId: colleague.id })).status).toBe(200);
  };
  const refuse = async () =>
    expect((await colleague.ask('POST', `/sessions/${id}/offer`, { accept: false })).status).toBe(200);
  return { ...desk, me, colleague, boss, id: id!, ask, refuse };
}

describe('TR-04, TR-05: what became of a request to hand on', () => {
  test('is there when whoever asked comes back: refused, not answered, taken back by another', async () => {
    const { hub, me, colleague, boss, id, ask, refuse, clock } = await shift();
    await ask();
    await refuse();
    await ask();
    clock.pass(60_000);
    await wake(hub);
    await ask();
    expect((await boss.ask('DELETE', `/sessions/${id}/offer`)).status).toBe(200);
    const found = await alertsOf(me);
    expect(short(found)).toEqual([
      ['transfer', 'withdrawn', false],
      ['transfer', 'expired', false],
      ['transfer', 'refused', false],
    ]);
    expect(found[0]).toMatchObject({ sessionId: id, memberId: me.id, contact: 'c' });
    expect(await alertsOf(colleague)).toEqual([]);
    expect(await alertsOf(boss)).toHaveLength(3);
  });
  test('is not told to who took his request back himself', async () => {
    const { me, id, ask } = await shift();
    await ask();
    expect((await me.ask('DELETE', `/sessions/${id}/offer`)).status).toBe(200);
    expect(await alertsOf(me)).toEqual([]);
  });
  test('is seen by whom it was shown to, and by nobody else', async () => {
    const { me, colleague, boss, ask, refuse } = await shift();
    await ask();
    await refuse();
    const [first] = await alertsOf(me);
    // Another's alert is none of his: nothing is seen by naming it.
    expect((await colleague.ask('POST', '/alerts/seen', { ids: [first!.id] })).status).toBe(204);
    expect(short(await alertsOf(me))).toEqual([['transfer', 'refused', false]]);
    await me.ask('POST', '/alerts/seen', { ids: [first!.id] });
    expect(short(await alertsOf(me))).toEqual([['transfer', 'refused', true]]);
    expect(short(await alertsOf(boss))).toEqual([['transfer', 'refused', false]]);
    await ask();
    await refuse();
    expect(short(await alertsOf(me))).toEqual([
      ['transfer', 'refused', false],
      ['transfer', 'refused', true],
    ]);
  });
  test('comes live to his screens and to who leads, in his organisation alone', async () => {
    const desk = await shift(wallClock);
    const { me, colleague, boss, ask, refuse } = desk;
    const other = await staff(desk, 'Other');
    const { url } = await serve(desk);
    const line = async (who: Person) => {
      const open = await dial<Frame>(`${url}/live`, { cookie: who.cookie });
      await open.next((frame) => frame.type === 'ready');
      return open;
    };
    const lines = { me: await line(me), boss: await line(boss), colleague: await line(colleague) };
    const stranger = await line(other.owner);
    await ask();
    await refuse();
    for (const one of [lines.me, lines.boss]) {
      const frame = await one.next((frame) => frame.type === 'alert');
      expect(frame).toMatchObject({ alert: { kind: 'transfer', words: ['refused'], memberId: me.id, seen: false } });
    }
    for (const one of [lines.colleague, stranger]) {
      await one.quiet();
      expect(one.frames.some((frame) => frame.type === 'alert')).toBe(false);
    }
    expect(await alertsOf(other.owner)).toEqual([]);
  });
});

test('an agent is not told of what supervisors are, though it is about him', async () => {
  const desk = await testDesk();
  const { hub, org } = desk;
  const [me, boss] = [await person(desk, org, 'agent'), await person(desk, org, 'supervisor')];
  for (const kind of ['agent-silent', 'sensitive', 'queue'] as const)
    await raiseAlert(hub, org, { kind, text: 'x', memberId: me.id });
  expect(await alertsOf(me)).toEqual([]);
  expect(await alertsOf(boss)).toHaveLength(3);
});
