import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Agent, match, pick, sooner, type Waiting, whyNot } from '../match.ts';
import { hall } from './example.ts';
import { partOf } from './group.ts';
import { unable } from './who.ts';

const groups = fc.constantFrom('g', 'h', 'i');
const ids = fc.constantFrom('a1', 'a2', 'a3', 'a4', 'a5', 'a6', 'a7', 'nobody');
const queues = fc.uniqueArray(
  fc.record({
    sessionId: fc.uuid(),
    groupId: fc.option(groups, { nil: null }),
    since: fc.nat(20),
    priority: fc.integer({ min: 1, max: 11 }),
    wanted: fc.option(fc.record({ agentId: ids, until: fc.constantFrom(999, 1001) }), { nil: null, freq: 4 }),
    regularAgentId: fc.option(ids, { nil: null }),
    lostBy: fc.option(ids, { nil: null, freq: 3 }),
  }),
  { selector: (one) => one.sessionId, maxLength: 40 },
);
const agents = fc.uniqueArray(
  fc.record({
    id: ids.filter((id) => id !== 'nobody'),
    groups: fc.dictionary(groups, fc.integer({ min: 0, max: 3 }), { maxKeys: 3, noNullPrototype: true }),
    overflow: fc.uniqueArray(groups),
    status: fc.constantFrom('online', 'online', 'online', 'busy', 'away', 'invisible'),
    connected: fc.oneof({ weight: 5, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
    serving: fc.nat(6),
    cap: fc.oneof(fc.constantFrom(0, 99), fc.nat(8)),
    level: fc.integer({ min: 1, max: 10 }),
    lastAssigned: fc.nat(5),
  }),
  { selector: (one) => one.id, maxLength: 7 },
) as fc.Arbitrary<Agent[]>;
const halls = fc
  .record({
    byLevel: fc.boolean(),
    bySkill: fc.boolean(),
    onlyInHours: fc.boolean(),
    onlyOnline: fc.boolean(),
    closed: fc.uniqueArray(groups, { maxLength: 1 }),
  })
  .map(({ closed, ...matching }) => hall(matching, { open: (groupId) => !closed.includes(groupId as 'g') }));

/** Could this agent take this session at all, whatever the others do? */
const fits = (one: Waiting, who: Agent, where: ReturnType<typeof hall>, load: number) =>
  !unable({ ...who, serving: load }, where.matching) &&
  (!where.matching.onlyInHours || where.open(one.groupId)) &&
  (one.wanted && where.at < one.wanted.until
    ? one.wanted.agentId === who.id
    : partOf(who, one.groupId) !== null || one.wanted?.agentId === who.id);

describe('whatever the hall looks like', () => {
  test('RT-17, DS-01: nobody over his cap or twice, nobody idle who could help, and the better level never stands back', () => {
    fc.assert(
      fc.property(queues, agents, halls, (queue, staff, where) => {
        const before = structuredClone({ queue, staff });
        const result = match(queue, staff, where);
        expect({ queue, staff }).toEqual(before);
        expect(match([...queue].reverse(), staff, where)).toEqual(result);
        expect(new Set(result.map((pair) => pair.sessionId)).size).toBe(result.length);
        const bySession = new Map(queue.map((one) => [one.sessionId, one]));
        const byId = new Map(staff.map((one) => [one.id, one]));
        const load = new Map(staff.map((one) => [one.id, one.serving]));
        for (const { sessionId, agentId } of result) {
          const one = bySession.get(sessionId)!;
          const who = byId.get(agentId)!;
          expect(fits(one, who, where, load.get(agentId)!)).toBe(true);
          // RT-13: a helper only when no member could have it.
          if (partOf(who, one.groupId) === 'helper' && one.wanted?.agentId !== agentId)
            for (const other of staff)
              expect(
                partOf(other, one.groupId) === 'member' &&
                  !unable({ ...other, serving: load.get(other.id)! }, where.matching),
              ).toBe(false);
          load.set(agentId, load.get(agentId)! + 1);
        }
        // In the order of level and time; whoever was passed over could not be served by anybody, then or at the end.
        for (let index = 1; index < result.length; index++)
          expect(
            sooner(bySession.get(result[index - 1]!.sessionId)!, bySession.get(result[index]!.sessionId)!),
          ).toBeLessThan(0);
        for (const one of queue.filter((each) => !result.some((pair) => pair.sessionId === each.sessionId)))
          for (const who of staff) expect(fits(one, who, where, load.get(who.id)!)).toBe(false);
      }),
      { numRuns: 1500 },
    );
  });
  test('every choice can be made again from its trace, and everybody is accounted for', () => {
    fc.assert(
      fc.property(queues, agents, halls, (queue, staff, where) => {
        for (const { agentId, why } of match(queue, staff, where)) {
          expect(pick(JSON.parse(JSON.stringify(why.order)))).toBe(agentId);
          expect(why.order.length).toBeLessThanOrEqual(5);
          const others = Object.values(why.out).reduce((sum, count) => sum + count, 0);
          expect(why.order.length + others).toBe(staff.length);
          expect(Math.min(1, ...Object.values(why.out))).toBe(1);
        }
      }),
      { numRuns: 1000 },
    );
  });
  test('the line that is put right on the way is the line sorted afresh', () => {
    fc.assert(
      fc.property(queues, agents, halls, (queue, staff, where) => {
        const bySession = new Map(queue.map((one) => [one.sessionId, one]));
        const now = staff.map((who) => ({ ...who }));
        for (const { sessionId, agentId, why } of match(queue, staff, where)) {
          // One at a time, with whatever the earlier ones have changed; turns stand for how long ago within the round.
          const [alone] = match([bySession.get(sessionId)!], now, where);
          expect(alone!.agentId).toBe(agentId);
          expect(alone!.why.order.map((one) => one.agentId)).toEqual(why.order.map((one) => one.agentId));
          expect(alone!.why.out).toEqual(why.out);
          const who = now.find((one) => one.id === agentId)!;
          who.serving++;
          who.lastAssigned =
            where.at + why.order.length + now.reduce((latest, one) => Math.max(latest, one.lastAssigned), 0);
        }
      }),
      { numRuns: 1000 },
    );
  });
  test('RT-19: the what-if form names the same agent, and a reason for each of the others', () => {
    fc.assert(
      fc.property(queues, agents, halls, (queue, staff, where) => {
        for (const one of queue.slice(0, 5)) {
          const judged = whyNot(one, staff, where);
          expect(judged).toHaveLength(staff.length);
          expect(judged.find((each) => each.would)?.agentId).toBe(match([one], staff, where)[0]?.agentId);
          for (const each of judged) expect(each.would).toBe(each.code === 'first');
        }
      }),
      { numRuns: 500 },
    );
  });
});
