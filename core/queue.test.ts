import { describe, expect, it } from 'vitest';
import type { GroupFloor } from './floor.ts';
import { estimate } from './queue.ts';
import { decide } from './route/decide.ts';
import { asking, closed, empty, floorOf, id, queued, queueRule, routes, rule, staffed } from './route/example.ts';
import type { QueueRule } from './settings/index.ts';

/** A customer who is led to this group, by the link. */
function joins(name: string, rules: QueueRule[], groups: Record<string, GroupFloor | null>, more: object = {}) {
  const decided = decide(
    asking({ entry: { group: id(name) } }),
    routes([rule('all', {})], { queues: { rules, ...more } }),
    floorOf(groups),
  );
  const { outcome, notices, overflowed } = decided;
  const at = outcome.to === 'wait' ? outcome.groupId : outcome.to;
  return {
    at: Object.keys(groups).find((one) => id(one) === at) ?? at,
    place: outcome.to === 'wait' ? outcome.position : null,
    notices: notices.map((one) => rules.find((by) => by.id === one)?.name),
    passed: overflowed.map(({ from }) => Object.keys(groups).find((one) => id(one) === from)),
  };
}

describe('queue rules', () => {
  it('Q-01: an enabled rule has a condition, what it does, and a scope; one that is switched off does nothing', () => {
    const on = queueRule('full', ['A'], 5, 'G');
    const groups = { A: queued(5), G: queued(0) };
    expect(joins('A', [on], groups)).toEqual({ at: 'G', place: 1, notices: ['full'], passed: ['A'] });
    expect(joins('A', [{ ...on, enabled: false }], groups)).toEqual({ at: 'A', place: 6, notices: [], passed: [] });
  });

  it.each([
    [4, 'A'],
    [5, 'G'],
    [6, 'G'],
  ])('Q-02: more than five wait: with %i waiting the next one goes to %s', (waiting, at) => {
    expect(joins('A', [queueRule('full', ['A'], 5, 'G')], { A: queued(waiting), G: queued(0) }).at).toBe(at);
  });

  it('Q-03: number x + 1 goes on, so the group queues x at most', () => {
    const waiting = { A: 0, G: 0 };
    for (let n = 0; n < 20; n++) {
      const { at } = joins('A', [queueRule('full', ['A'], 7, 'G')], { A: queued(waiting.A), G: queued(waiting.G) });
      waiting[at as 'A' | 'G']++;
    }
    expect(waiting).toEqual({ A: 7, G: 13 });
  });

  it('Q-03: a queue that is closed to newcomers passes everybody on, but for who finds somebody free', () => {
    const none = [queueRule('none', ['A'], 0, 'G')];
    expect(joins('A', none, { A: queued(0), G: queued(0) }).at).toBe('G');
    expect(joins('A', none, { A: staffed(), G: queued(0) }).at).toBe('A');
  });

  it('Q-04: admins are told, also where nobody is passed on', () => {
    const groups = { A: queued(5), G: queued(0) };
    expect(joins('A', [queueRule('tell', ['A'], 5, null)], groups)).toMatchObject({ at: 'A', notices: ['tell'] });
    expect(joins('A', [queueRule('quiet', ['A'], 5, 'G', { notify: false })], groups)).toMatchObject({ notices: [] });
  });

  it('Q-05: a rule is about all groups or about some', () => {
    const groups = { A: queued(3), B: queued(3), G: queued(0) };
    const [all, some] = [queueRule('all', null, 3, 'G'), queueRule('some', ['A'], 3, 'G')];
    expect([joins('A', [all], groups).at, joins('B', [all], groups).at]).toEqual(['G', 'G']);
    expect([joins('A', [some], groups).at, joins('B', [some], groups).at]).toEqual(['G', 'B']);
    // All means the queue of everybody as well.
    const everybody = decide(
      asking(),
      routes([], { queues: { rules: [all] } }),
      floorOf({ '*': queued(3), G: queued(0) }),
    );
    expect(everybody.outcome).toMatchObject({ to: 'wait', groupId: id('G') });
  });

  it('Q-06: of several about one group the first whose number is reached decides; the others are silent', () => {
    const [ten, five, three] = [
      queueRule('ten', ['A'], 10, 'G'),
      queueRule('five', null, 5, 'H'),
      queueRule('three', ['A'], 3, 'I'),
    ];
    const at = (waiting: number, rules = [ten, five, three]) =>
      joins('A', rules, { A: queued(waiting), G: queued(0), H: queued(0), I: queued(0) });
    expect(at(12)).toMatchObject({ at: 'G', notices: ['ten'] });
    expect(at(7)).toMatchObject({ at: 'H', notices: ['five'] });
    expect(at(4)).toMatchObject({ at: 'I', notices: ['three'] });
    expect(at(12, [three, five, ten])).toMatchObject({ at: 'I', notices: ['three'] });
  });

  it('Q-07: example A: one rule for all groups, more than five wait: the sixth goes to G, and admins hear of it', () => {
    const example = [queueRule('A', null, 5, 'G')];
    const groups = { A: queued(5), B: queued(5), C: queued(4), G: queued(2) };
    expect(joins('A', example, groups)).toEqual({ at: 'G', place: 3, notices: ['A'], passed: ['A'] });
    expect(joins('B', example, groups)).toEqual({ at: 'G', place: 3, notices: ['A'], passed: ['B'] });
    expect(joins('C', example, groups)).toEqual({ at: 'C', place: 5, notices: [], passed: [] });
    // G is a group like the others; from there is no way on.
    expect(joins('G', example, { ...groups, G: queued(5) })).toEqual({ at: 'G', place: 6, notices: ['A'], passed: [] });
    expect(joins('A', example, { ...groups, G: queued(9) })).toEqual({
      at: 'G',
      place: 10,
      notices: ['A'],
      passed: ['A'],
    });
  });

  it('Q-08: example B: A and B over five go to C, D and E over five to F', () => {
    const example = [queueRule('AB', ['A', 'B'], 5, 'C'), queueRule('DE', ['D', 'E'], 5, 'F')];
    const groups = { A: queued(5), B: queued(4), C: queued(8), D: queued(4), E: queued(6), F: queued(0) };
    const at = (name: string) => joins(name, example, groups);
    expect(at('A')).toEqual({ at: 'C', place: 9, notices: ['AB'], passed: ['A'] });
    expect(at('B')).toEqual({ at: 'B', place: 5, notices: [], passed: [] });
    expect(at('C')).toEqual({ at: 'C', place: 9, notices: [], passed: [] });
    expect(at('D')).toEqual({ at: 'D', place: 5, notices: [], passed: [] });
    expect(at('E')).toEqual({ at: 'F', place: 1, notices: ['DE'], passed: ['E'] });
  });

  it('Q-09: without a queue, who finds nobody free leaves a message', () => {
    const rules = [queueRule('full', null, 0, 'G')];
    const off = (A: GroupFloor) => joins('A', rules, { A, G: staffed() }, { on: false });
    expect(off(queued(0))).toEqual({ at: 'leave', place: null, notices: [], passed: [] });
    expect(off(empty()).at).toBe('leave');
    expect(off(staffed()).at).toBe('A');
    const { outcome } = decide(asking(), routes([], { queues: { on: false } }), floorOf({ '*': queued(0) }));
    expect(outcome).toEqual({ to: 'leave', groupId: null, why: 'no-queue' });
  });

  it('Q-09: without a queue a busy agent gives way to whoever is free', () => {
    const settings = routes([], { queues: { on: false } });
    const floor = floorOf({ A: staffed() }, { ann: { free: false, in: ['A'] } });
    const { outcome, by } = decide(asking({ entry: { agent: id('ann'), group: id('A') } }), settings, floor);
    expect([by.kind, outcome]).toMatchObject(['entry', { to: 'wait', groupId: id('A'), agentId: null }]);
  });

  it('Q-10: a place counts within the queue of one group', () => {
    expect(joins('A', [], { A: queued(2), B: queued(9) }).place).toBe(3);
    expect(joins('B', [], { A: queued(2), B: queued(9) }).place).toBe(10);
  });
});

describe('overflow', () => {
  it('goes on from queue to queue, and admins hear of each', () => {
    const rules = [queueRule('a', ['A'], 1, 'B'), queueRule('b', ['B'], 1, 'C')];
    const groups = { A: queued(1), B: queued(1), C: queued(1) };
    expect(joins('A', rules, groups)).toEqual({ at: 'C', place: 2, notices: ['a', 'b'], passed: ['A', 'B'] });
  });

  it('never comes back to a queue', () => {
    const rules = [queueRule('a', ['A'], 1, 'B'), queueRule('b', ['B'], 1, 'A')];
    const groups = { A: queued(1), B: queued(1) };
    expect(joins('A', rules, groups)).toMatchObject({ at: 'B', passed: ['A'] });
    expect(joins('B', rules, groups)).toMatchObject({ at: 'A', passed: ['B'] });
    expect(joins('A', [queueRule('self', ['A'], 1, 'A')], groups)).toMatchObject({ at: 'A', passed: [] });
  });

  it.each([
    ['is not there any more', null],
    ['has no members', empty({ members: 0 })],
    ['is closed', closed({ present: 1 })],
  ])('leaves him where he is when the other group %s', (_, G) => {
    expect(joins('A', [queueRule('a', ['A'], 1, 'G')], { A: queued(1), G })).toMatchObject({
      at: 'A',
      place: 2,
      notices: ['a'],
    });
  });

  it('goes to a group with nobody at the desk only where one may wait for nobody', () => {
    const decided = (nobody: 'queue' | 'leave') =>
      decide(
        asking({ entry: { group: id('A') } }),
        routes([], { queues: { rules: [queueRule('a', ['A'], 1, 'G')] }, reception: { nobody } }),
        floorOf({ A: queued(1), G: empty() }),
      ).outcome;
    expect(decided('queue')).toMatchObject({ groupId: id('G'), present: false });
    expect(decided('leave')).toMatchObject({ groupId: id('A'), present: true });
  });

  it('leaves alone who waits for a named agent', () => {
    const floor = floorOf({ A: queued(9), G: staffed() }, { ann: { free: false, in: ['A'] } });
    const settings = routes([], { queues: { rules: [queueRule('a', null, 1, 'G')] } });
    const { outcome, notices } = decide(asking({ entry: { agent: id('ann') } }), settings, floor);
    expect([outcome, notices]).toMatchObject([{ groupId: id('A'), agentId: id('ann') }, []]);
  });
});

describe('the estimate', () => {
  it.each([
    [1, null, 1, 0],
    [2, 60, 2, 0],
    [1, 60, 0, 60],
    [3, 45.4, 0, 136],
    [5, 30, 2, 90],
    [1, null, 0, null],
    [4, 0, 0, 0],
    [1, Number.NaN, 0, null],
    [1, -5, 0, null],
  ])('V-08: place %i at a pace of %s with %i free: %s seconds', (position, pace, free, seconds) => {
    expect(estimate(position, pace, free)).toBe(seconds);
  });
});
