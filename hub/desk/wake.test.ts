import { describe, expect, test } from 'vitest';
import { cloneDatabase } from '../start/cloneDatabase.ts';
import { member, setting, word } from '../test/build.ts';
import { customer, queueUp, type TestDesk, testDesk, twoDesks } from '../test/desk.ts';
import { accept } from './accept.ts';
import { lock } from './care.ts';
import { resettle } from './resettle.ts';
import { wake } from './wake.ts';

const SECOND = 1000;
const types = async (desk: TestDesk, id: string) => (await desk.events(id)).map((event) => event.type);
/** Looks once a second, as a hub does. */
async function pass(desk: TestDesk, seconds: number): Promise<void> {
  for (let i = 0; i < seconds; i++) {
    desk.clock.pass(SECOND);
    await wake(desk.hub);
  }
  await desk.settled();
}

async function served(timers: object) {
  const desk = await testDesk();
  await setting(desk.hub, desk.org, 'timers', timers);
  const agent = await member(desk.hub, desk.org);
  await word(desk.hub, desk.org, 'forced-human', '人工', 'equals');
  await desk.says('人工');
  const [session] = await desk.sessions();
  expect(session).toMatchObject({ state: 'serving', agent_id: agent });
  return { ...desk, desk, agent, id: session!.id };
}

describe('time alone', () => {
  test('SS-17: the agent is silent: alarm, alert, and the customer is told, once', async () => {
    const { desk, id, line } = await served({
      agentSilent: { after: 60, tell: { on: true, text: '请稍等，客服正在查询' } },
    });
    await pass(desk, 59);
    expect(await types(desk, id)).not.toContain('alarm');
    await pass(desk, 120);
    expect((await types(desk, id)).filter((type) => type === 'alarm')).toHaveLength(1);
    expect((await desk.alerts()).map((alert) => alert.kind)).toEqual(['agent-silent']);
    expect(line.texts().filter((text) => text === '请稍等，客服正在查询')).toHaveLength(1);
  });

  test('SS-20, SS-21: who waits is reminded, then it ends, with tags; and the queue is empty', async () => {
    const desk = await testDesk();
    const tag = '00000000-0000-4000-8000-000000000001';
    await setting(desk.hub, desk.org, 'session-tags', { tags: [{ id: tag, name: '放弃', children: [] }] });
    await setting(desk.hub, desk.org, 'timers', {
      waitReminder: { on: true, after: 30, times: 2, every: 20, text: '仍在排队', leaveButton: false },
      waitOver: { on: true, after: 120, then: 'end', text: '抱歉，请稍后再来', tagIds: [tag] },
    });
    await word(desk.hub, desk.org, 'forced-human', '人工', 'equals');
    await desk.says('人工');
    const [waiting] = await desk.sessions();
    await pass(desk, 125);
    expect((await types(desk, waiting!.id)).filter((type) => type === 'wait-reminded')).toHaveLength(2);
    expect(await desk.session(waiting!.id)).toMatchObject({
      state: 'closed',
      ended_by: 'system',
      end_reason: 'wait-over',
      tag_ids: [tag],
      wake_at: null,
    });
    expect(await desk.org.select('waits').select('outcome').execute()).toEqual([{ outcome: 'closed' }]);
    expect(desk.line.texts()).toEqual(expect.arrayContaining(['仍在排队', '抱歉，请稍后再来']));
  });

  test('A-17: nothing ends a locked session, and unlocked the clock goes on', async () => {
    const { desk, id, agent } = await served({ inactive: { on: true, after: 60, text: '再见' } });
    await lock(desk.hub, desk.org, { id: agent, role: 'agent' }, id, true);
    await pass(desk, 90);
    expect((await desk.session(id)).state).toBe('serving');
    await lock(desk.hub, desk.org, { id: agent, role: 'agent' }, id, false);
    await pass(desk, 2);
    expect(await desk.session(id)).toMatchObject({ state: 'closed', end_reason: 'inactive' });
  });

  test('a session somebody writes in is not touched before its new time; wake_at stays behind', async () => {
    const { desk, id } = await served({ inactive: { on: true, after: 60, text: '再见' } });
    const first = (await desk.session(id)).wake_at;
    for (let i = 0; i < 5; i++) {
      await pass(desk, 30);
      await desk.says('还在吗');
    }
    expect((await desk.session(id)).state).toBe('serving');
    expect(first).not.toBeNull();
    await pass(desk, 61);
    expect((await desk.session(id)).state).toBe('closed');
  });

  test('a shorter time counts from now on, for sessions that are there as well', async () => {
    const { desk, id } = await served({ inactive: { on: true, after: 3600, text: '再见' } });
    await pass(desk, 90);
    await setting(desk.hub, desk.org, 'timers', { inactive: { on: true, after: 60, text: '再见' } });
    await resettle(desk.hub, desk.org, ['timers']);
    await pass(desk, 1);
    expect((await desk.session(id)).end_reason).toBe('inactive');
  });

  test('two hubs and three hundred deadlines at once: each acted on exactly once', async () => {
    const { a, b } = await twoDesks(await cloneDatabase());
    await setting(a.hub, a.org, 'timers', { waitOver: { on: true, after: 60, then: 'end', text: '再见' } });
    const ids = await queueUp(a.hub, a.org, a.channel.id, 300);
    await resettle(a.hub, a.org, ['timers']);
    a.clock.pass(61 * SECOND);
    for (let round = 0; round < 20 && (await open(a)) > 0; round++) await Promise.all([wake(a.hub), wake(b.hub)]);
    await Promise.all([a.settled(), b.settled()]);
    expect(await open(a)).toBe(0);
    const events = await a.org.select('session_events').select(['session_id', 'type']).execute();
    const closed = events.filter((event) => event.type === 'closed').map((event) => event.session_id);
    expect(closed.sort()).toEqual([...ids].sort());
  });

  test('words of the customer in the same moment win or lose whole', async () => {
    const { desk, id } = await served({ inactive: { on: true, after: 60, text: '再见' } });
    desk.clock.pass(60 * SECOND);
    await Promise.all([wake(desk.hub), desk.says('等等'), wake(desk.hub)]);
    await desk.settled();
    const sessions = await desk.sessions();
    const events = await desk.events(id);
    expect(events.map((event) => event.seq)).toEqual(events.map((_, index) => index + 1));
    expect(events.filter((event) => event.type === 'closed').length).toBeLessThanOrEqual(1);
    const said = (await desk.messages()).filter((row) => (row.content as { text?: string })?.text === '等等');
    expect(said).toHaveLength(1);
    expect(sessions.length).toBe(events.some((event) => event.type === 'closed') ? 2 : 1);
  });

  test('the agent who stays silent loses the session, and it keeps its place', async () => {
    const desk = await testDesk();
    await setting(desk.hub, desk.org, 'matching', { silent: { on: true, after: 30 } });
    const agent = await member(desk.hub, desk.org, { cap: 1 });
    await word(desk.hub, desk.org, 'forced-human', '人工', 'equals');
    await desk.says('人工', customer(1));
    const [first] = await desk.sessions();
    await desk.org.update('members').set({ status: 'away' }).where('id', '=', agent).execute();
    await pass(desk, 31);
    const lost = await desk.session(first!.id);
    expect(lost).toMatchObject({ state: 'waiting', agent_id: null });
    expect(await desk.org.select('waits').select(['via', 'outcome']).orderBy('id').execute()).toEqual([
      { via: 'asked', outcome: 'served' },
      { via: 'lost', outcome: null },
    ]);
    const other = await member(desk.hub, desk.org);
    await accept(desk.hub, desk.org, other, first!.id);
    expect((await desk.session(first!.id)).agent_id).toBe(other);
  });
});

const open = async (desk: TestDesk) => (await desk.sessions()).filter((row) => row.state !== 'closed').length;
