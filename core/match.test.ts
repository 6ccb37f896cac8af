import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Agent, match, type Waiting } from './match.ts';

const agent = (id: string, more: Partial<Agent> = {}): Agent => ({
  id,
  groupIds: [],
  serving: 0,
  cap: 10,
  lastAssigned: 0,
  ...more,
});
const waiting = (sessionId: string, since: number, groupId: string | null = null): Waiting => ({
  sessionId,
  since,
  groupId,
});
const pairs = (queue: Waiting[], agents: Agent[]) =>
  match(queue, agents).map((pair) => `${pair.sessionId}→${pair.agentId}`);

describe('match', () => {
  test('longest waiting first, by id where two came at once', () => {
    expect(pairs([waiting('c', 3), waiting('b', 1), waiting('a', 1)], [agent('x', { cap: 2 })])).toEqual([
      'a→x',
      'b→x',
    ]);
  });
  test('the one with the smallest share of his cap used', () => {
    expect(pairs([waiting('a', 1)], [agent('x', { serving: 1, cap: 2 }), agent('y', { serving: 4, cap: 10 })])).toEqual(
      ['a→y'],
    );
    expect(pairs([waiting('a', 1)], [agent('x', { serving: 1, cap: 4 }), agent('y', { serving: 4, cap: 10 })])).toEqual(
      ['a→x'],
    );
  });
  test('among equals whoever is idle longest', () => {
    expect(
      pairs(
        [waiting('a', 1)],
        [agent('x', { lastAssigned: 50 }), agent('y', { lastAssigned: 40 }), agent('z', { lastAssigned: 60 })],
      ),
    ).toEqual(['a→y']);
    expect(pairs([waiting('a', 1)], [agent('x', { lastAssigned: 50 }), agent('y')])).toEqual(['a→y']);
  });
  test('a burst is shared out, not given to one', () => {
    const queue = [1, 2, 3, 4].map((since) => waiting(String(since), since));
    expect(pairs(queue, [agent('x'), agent('y', { lastAssigned: 9 })])).toEqual(['1→x', '2→y', '3→x', '4→y']);
  });
  test('whoever was just given one is no longer the one idle longest', () => {
    expect(
      pairs(
        [waiting('a', 1), waiting('b', 2)],
        [agent('x', { cap: 2 }), agent('y', { cap: 2, serving: 1, lastAssigned: 9 })],
      ),
    ).toEqual(['a→x', 'b→y']);
  });
  test('A-32: cap 0 takes none, 99 takes 99', () => {
    const queue = Array.from({ length: 120 }, (_, index) => waiting(String(index).padStart(3, '0'), index));
    expect(match(queue, [agent('x', { cap: 0 })])).toEqual([]);
    expect(match(queue, [agent('x', { cap: 99 })])).toHaveLength(99);
    expect(match(queue, [agent('x', { cap: 99, serving: 99 })])).toEqual([]);
    expect(match(queue, [agent('x', { cap: 5, serving: 7 })])).toEqual([]);
  });
  test('a group’s queue is its members’, the queue of everybody is anybody’s', () => {
    const agents = [agent('x', { groupIds: ['g'] }), agent('y')];
    expect(pairs([waiting('a', 1, 'g'), waiting('b', 2, 'g')], agents)).toEqual(['a→x', 'b→x']);
    expect(pairs([waiting('a', 1, 'h')], agents)).toEqual([]);
    expect(pairs([waiting('a', 1, 'h'), waiting('b', 2)], [agent('y')])).toEqual(['b→y']);
  });
  test('nobody, or nobody there', () => {
    expect(match([], [agent('x')])).toEqual([]);
    expect(match([waiting('a', 1)], [])).toEqual([]);
  });
});

describe('whatever the hall looks like', () => {
  const groups = fc.constantFrom('g', 'h', 'i');
  const queues = fc.uniqueArray(
    fc.record({ sessionId: fc.uuid(), since: fc.nat(50), groupId: fc.option(groups, { nil: null }) }),
    { selector: (one) => one.sessionId, maxLength: 40 },
  );
  const halls = fc.uniqueArray(
    fc.record({
      id: fc.uuid(),
      groupIds: fc.uniqueArray(groups),
      serving: fc.nat(8),
      cap: fc.oneof(fc.constantFrom(0, 99), fc.nat(8)),
      lastAssigned: fc.nat(5),
    }),
    { selector: (one) => one.id, maxLength: 8 },
  );
  test('nobody over his cap, nobody twice, nobody in a group that is not his; the longest waiting never stands back for a later one', () => {
    fc.assert(
      fc.property(queues, halls, (queue, agents) => {
        const before = structuredClone({ queue, agents });
        const result = match(queue, agents);
        expect({ queue, agents }).toEqual(before);
        expect(match([...queue].reverse(), agents)).toEqual(result);
        expect(new Set(result.map((pair) => pair.sessionId)).size).toBe(result.length);
        const bySession = new Map(queue.map((one) => [one.sessionId, one]));
        const load = new Map(agents.map((one) => [one.id, one.serving]));
        let last: Waiting | undefined;
        for (const { sessionId, agentId } of result) {
          const one = bySession.get(sessionId)!;
          const who = agents.find((candidate) => candidate.id === agentId)!;
          expect(one.groupId === null || who.groupIds.includes(one.groupId)).toBe(true);
          load.set(agentId, load.get(agentId)! + 1);
          expect(load.get(agentId)).toBeLessThanOrEqual(who.cap);
          if (last) expect(last.since).toBeLessThanOrEqual(one.since);
          last = one;
        }
        // Who was left out: nobody of the right group has room, and whoever of the same queue got in waited at least as long.
        for (const one of queue.filter((candidate) => !result.some((pair) => pair.sessionId === candidate.sessionId))) {
          for (const who of agents) {
            if (one.groupId === null || who.groupIds.includes(one.groupId))
              expect(load.get(who.id)).toBeGreaterThanOrEqual(who.cap);
          }
          for (const pair of result) {
            const taken = bySession.get(pair.sessionId)!;
            if (taken.groupId === one.groupId) expect(taken.since).toBeLessThanOrEqual(one.since);
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});
