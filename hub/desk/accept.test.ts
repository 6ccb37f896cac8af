import { describe, expect, test } from 'vitest';
import { cloneDatabase } from '../start/cloneDatabase.ts';
import type { Org } from '../store/org.ts';
import { group, member } from '../test/build.ts';
import { queueUp, refusal, testDesk, twoDesks } from '../test/desk.ts';
import { accept } from './accept.ts';
import { pair } from './pair.ts';

/** How often two hundred press at once; Show 6 asks for fifty. */
const ROUNDS = Number(process.env.ACCEPT_ROUNDS ?? 10);

const load = async (org: Org) =>
  new Map(
    (
      await org
        .select('sessions')
        .select(['agent_id', (eb) => eb.fn.countAll<number>().as('serving')])
        .where('state', '=', 'serving')
        .groupBy('agent_id')
        .execute()
    ).map((row) => [row.agent_id!, Number(row.serving)]),
  );
const services = async (org: Org) =>
  await org.select('services').select(['session_id', 'agent_id', 'how', 'ended_at']).execute();
const gaps = async (org: Org) => {
  const events = await org
    .select('session_events')
    .select(['session_id', 'seq'])
    .orderBy('session_id')
    .orderBy('seq')
    .execute();
  const bySession = Map.groupBy(events, (event) => event.session_id);
  return [...bySession.values()].filter((list) => list.some((event, index) => event.seq !== index + 1)).length;
};

describe('two hundred press accept on one waiting session at once', () => {
  test(`exactly one wins, the others hear taken, nobody exceeds the cap (${ROUNDS} times, on two hubs)`, async () => {
    const { a, b } = await twoDesks(await cloneDatabase());
    const agents = await Promise.all(
      Array.from({ length: 200 }, () => member(a.hub, a.org, { cap: 1, present: false })),
    );
    for (let round = 0; round < ROUNDS; round++) {
      const [sessionId] = await queueUp(a.hub, a.org, a.channel.id, 1);
      const answers = await Promise.all(
        agents.map((agent, index) =>
          index % 2
            ? refusal(accept(b.hub, b.org, agent, sessionId!))
            : refusal(accept(a.hub, a.org, agent, sessionId!)),
        ),
      );
      expect(answers.filter((answer) => answer === 'ok')).toHaveLength(1);
      const winner = agents[answers.indexOf('ok')]!;
      expect((await a.session(sessionId!)).agent_id).toBe(winner);
      // Who won before is full: he hears that, or that it is taken, whichever is true when he is asked.
      expect(answers.filter((answer) => answer !== 'ok' && answer !== 'taken' && answer !== 'at_capacity')).toEqual([]);
      expect(answers.filter((answer) => answer === 'at_capacity').length).toBeLessThanOrEqual(round);
    }
    expect(Math.max(...(await load(a.org)).values())).toBe(1);
    expect(await services(a.org)).toHaveLength(ROUNDS);
    expect(await gaps(a.org)).toBe(0);
  }, 180_000);

  test('one who presses on twenty at once gets as many as his cap', async () => {
    const { hub, org, channel } = await testDesk();
    const agent = await member(hub, org, { cap: 3, present: false });
    const waiting = await queueUp(hub, org, channel.id, 20);
    const answers = await Promise.all(waiting.map((id) => refusal(accept(hub, org, agent, id))));
    expect(answers.filter((answer) => answer === 'ok')).toHaveLength(3);
    expect(answers.filter((answer) => answer === 'at_capacity')).toHaveLength(17);
    expect(await load(org)).toEqual(new Map([[agent, 3]]));
  });
});

describe('accept', () => {
  test('says no where it should, and changes nothing then', async () => {
    const { hub, org, channel, session, events } = await testDesk();
    const g = await group(org);
    const [open, closedToHim] = [
      ...(await queueUp(hub, org, channel.id, 1)),
      ...(await queueUp(hub, org, channel.id, 1, g)),
    ];
    const outsider = await member(hub, org, { present: false });
    const full = await member(hub, org, { cap: 0, present: false });
    expect(await refusal(accept(hub, org, outsider, closedToHim!))).toBe('not_allowed');
    expect(await refusal(accept(hub, org, full, open!))).toBe('at_capacity');
    expect(await refusal(accept(hub, org, crypto.randomUUID(), open!))).toBe('not_found');
    expect(await refusal(accept(hub, org, outsider, crypto.randomUUID()))).toBe('not_found');
    expect([(await session(open!)).seq, (await events(open!)).length]).toEqual([2, 2]);
    expect(await refusal(accept(hub, org, outsider, open!))).toBe('ok');
    expect(await refusal(accept(hub, org, outsider, open!))).toBe('taken');
    expect((await events(open!)).map((event) => event.type)).toEqual(['opened', 'waiting', 'served']);
  });
  test('another organisation’s session is not there', async () => {
    const { hub, org, channel } = await testDesk();
    const { organisation } = await import('../test/build.ts');
    const other = await organisation(hub, 'Other');
    const stranger = await member(hub, other, { role: 'owner' });
    const [id] = await queueUp(hub, org, channel.id, 1);
    expect(await refusal(accept(hub, other, stranger, id!))).toBe('not_found');
  });
});

describe('matching', () => {
  test('two hubs at once: nobody over the cap, nobody served twice, everybody who can be served is', async () => {
    const { a, b } = await twoDesks(await cloneDatabase());
    for (let round = 0; round < 5; round++) {
      const agents = await Promise.all([1, 2, 3].map((cap) => member(a.hub, a.org, { cap })));
      const waiting = await queueUp(a.hub, a.org, a.channel.id, 10);
      await Promise.all([pair(a.hub, a.org), pair(b.hub, b.org), pair(a.hub, a.org), pair(b.hub, b.org)]);
      const loads = await load(a.org);
      expect(agents.map((agent) => loads.get(agent))).toEqual([1, 2, 3]);
      const rows = await services(a.org);
      expect(new Set(rows.map((row) => row.session_id)).size).toBe(rows.length);
      // The longest waiting were served.
      expect((await Promise.all(waiting.slice(0, 6).map(a.session))).map((row) => row.state)).toEqual(
        Array(6).fill('serving'),
      );
      await a.org.update('sessions').set({ state: 'closed' }).where('state', '=', 'waiting').execute();
      await a.org.update('waits').set({ ended_at: new Date() }).where('ended_at', 'is', null).execute();
    }
    expect(await gaps(a.org)).toBe(0);
  });
  test('matching, accepting and words of customers all at once end in one truth', async () => {
    const { a, b } = await twoDesks(await cloneDatabase());
    const agents = await Promise.all(Array.from({ length: 6 }, () => member(a.hub, a.org, { cap: 2 })));
    const waiting = await queueUp(a.hub, a.org, a.channel.id, 15);
    const identities = await a.org.select('identities').select('external_id').execute();
    await Promise.all([
      pair(a.hub, a.org),
      pair(b.hub, b.org),
      ...waiting.map((id, index) =>
        refusal(accept(index % 2 ? a.hub : b.hub, index % 2 ? a.org : b.org, agents[index % agents.length]!, id)),
      ),
      ...identities.map(({ external_id }, index) => (index % 2 ? a : b).says('hello', external_id)),
    ]);
    await Promise.all([a.settled(), b.settled()]);
    const loads = await load(a.org);
    expect([...loads.values()].every((serving) => serving <= 2)).toBe(true);
    expect([...loads.values()].reduce((sum, one) => sum + one, 0)).toBe(12);
    const rows = await services(a.org);
    expect(new Set(rows.map((row) => row.session_id)).size).toBe(12);
    // Who still waits is told where he stands (AR-16); his own words are there once.
    expect((await a.messages()).filter((row) => row.author_type === 'visitor')).toHaveLength(15);
    expect(await gaps(a.org)).toBe(0);
  });
  test('only those who are there, online and with room; a freed place is filled', async () => {
    const { hub, org, channel, settled, sessions } = await testDesk();
    await member(hub, org, { present: false });
    await member(hub, org, { cap: 0 });
    const busy = await member(hub, org);
    await org.update('members').set({ status: 'busy' }).where('id', '=', busy).execute();
    await queueUp(hub, org, channel.id, 2);
    expect(await pair(hub, org)).toBe(0);
    const agent = await member(hub, org, { cap: 1 });
    expect(await pair(hub, org)).toBe(1);
    const served = (await sessions()).find((row) => row.state === 'serving')!;
    const { close } = await import('./close.ts');
    await close(hub, org, { id: agent, role: 'agent' }, served.id);
    await settled();
    expect((await sessions()).map((row) => [row.state, row.agent_id])).toEqual([
      ['closed', agent],
      ['serving', agent],
    ]);
  });
  test('a group without anybody does not hold up the queue behind it, however long it is', async () => {
    const { hub, org, channel, session } = await testDesk();
    const nobody = await group(org, 'nobody');
    const staffed = await group(org, 'staffed');
    await queueUp(hub, org, channel.id, 501, nobody);
    const [last] = await queueUp(hub, org, channel.id, 1, staffed);
    const agent = await member(hub, org, { groupIds: [staffed] });
    expect(await pair(hub, org)).toBe(1);
    expect((await session(last!)).agent_id).toBe(agent);
  });
});
