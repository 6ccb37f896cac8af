import { describe, expect, it, test } from 'vitest';
import { agent, hall, waits } from './match/example.ts';
import { type Agent, type Hall, match, pick, type Waiting } from './match.ts';

const pairs = (queue: Waiting[], agents: Agent[], where: Hall = hall()) =>
  match(queue, agents, where).map((pair) => `${pair.sessionId}→${pair.agentId}`);
const many = (count: number, more: Partial<Waiting> = {}) =>
  Array.from({ length: count }, (_, index) => waits(String(index).padStart(4, '0'), { since: index, ...more }));
const shares = (queue: Waiting[], agents: Agent[], where: Hall) =>
  Object.fromEntries(
    agents.map(({ id }) => [id, match(queue, agents, where).filter((pair) => pair.agentId === id).length]),
  );

describe('whose turn it is', () => {
  test('longest waiting first, by id where two came at once', () => {
    const queue = [waits('c', { since: 3 }), waits('b', { since: 1 }), waits('a', { since: 1 })];
    expect(pairs(queue, [agent('x', { cap: 2 })])).toEqual(['a→x', 'b→x']);
  });
  test('DS-01: a higher level goes before whoever waited longer', () => {
    const queue = [
      waits('a', { since: 1 }),
      waits('b', { since: 9, priority: 10 }),
      waits('c', { since: 5, priority: 1 }),
    ];
    expect(pairs(queue, [agent('x', { cap: 2 })])).toEqual(['c→x', 'b→x']);
  });
  test('a queue that nobody can serve does not hold up another', () => {
    const queue = [waits('a', { groupId: 'h' }), waits('b', { since: 2 })];
    expect(pairs(queue, [agent('x')])).toEqual(['b→x']);
  });
  test('nobody, or nobody there', () => {
    expect(match([], [agent('x')], hall())).toEqual([]);
    expect(match([waits('a')], [], hall())).toEqual([]);
  });
});

describe('RT-17: who has room', () => {
  test('the one with the smallest share of his cap used', () => {
    const busy = agent('y', { serving: 4, cap: 10 });
    expect(pairs([waits('a')], [agent('x', { serving: 1, cap: 2 }), busy])).toEqual(['a→y']);
    expect(pairs([waits('a')], [agent('x', { serving: 1, cap: 4 }), busy])).toEqual(['a→x']);
  });
  test('among equals whoever is idle longest', () => {
    const agents = [50, 40, 60].map((lastAssigned, index) => agent('xyz'[index]!, { lastAssigned }));
    expect(pairs([waits('a')], agents)).toEqual(['a→y']);
    expect(pairs([waits('a')], [agent('x', { lastAssigned: 50 }), agent('y')])).toEqual(['a→y']);
  });
  test('a burst is shared out, not given to one', () => {
    expect(pairs(many(4), [agent('x'), agent('y', { lastAssigned: 9 })])).toEqual([
      '0000→x',
      '0001→y',
      '0002→x',
      '0003→y',
    ]);
  });
  test('A-32: 99 takes 99 and the rest stay in the queue', () => {
    expect(match(many(120), [agent('x', { cap: 99 })], hall())).toHaveLength(99);
    expect(match(many(5), [agent('x', { cap: 99, serving: 99 })], hall())).toEqual([]);
  });
  test('A-33: cap 0, or reached, or fallen below, takes none', () => {
    expect(match(many(5), [agent('x', { cap: 0 })], hall())).toEqual([]);
    expect(match(many(5), [agent('x', { cap: 3, serving: 3 })], hall())).toEqual([]);
    expect(match(many(5), [agent('x', { cap: 5, serving: 7 })], hall())).toEqual([]);
  });
});

describe('RT-12: skill', () => {
  const skilled = [agent('x', { groups: { g: 20, h: 90 } }), agent('y', { groups: { g: 80, h: 10 }, serving: 5 })];
  it('the higher value in that very group comes first, however busy', () => {
    expect(pairs([waits('a'), waits('b', { groupId: 'h' })], skilled, hall({ bySkill: true }))).toEqual(['a→y', 'b→x']);
  });
  it('does not count while switched off, nor in the queue of everybody', () => {
    expect(pairs([waits('a')], skilled)).toEqual(['a→x']);
    expect(pairs([waits('a', { groupId: null })], skilled, hall({ bySkill: true }))).toEqual(['a→x']);
  });
  it('gives way to the next when the best has no room', () => {
    const agents = [agent('x', { groups: { g: 90 }, cap: 1 }), agent('y', { groups: { g: 10 } })];
    expect(pairs(many(3), agents, hall({ bySkill: true }))).toEqual(['0000→x', '0001→y', '0002→y']);
  });
});

describe('RT-12: level', () => {
  const staff = [agent('low', { level: 2, cap: 99 }), agent('high', { level: 8, cap: 99 })];
  it('a higher level takes more, in the proportion of the levels', () => {
    expect(shares(many(50), staff, hall({ byLevel: true }))).toEqual({ low: 10, high: 40 });
  });
  it('the first goes to the higher', () => {
    expect(pairs([waits('a')], staff, hall({ byLevel: true }))).toEqual(['a→high']);
  });
  it('a larger cap takes more too', () => {
    const agents = [agent('small', { cap: 10 }), agent('large', { cap: 30 })];
    expect(shares(many(20), agents, hall({ byLevel: true }))).toEqual({ small: 5, large: 15 });
  });
  it('everybody alike while switched off', () => {
    expect(shares(many(50), staff, hall())).toEqual({ low: 25, high: 25 });
  });
  it('nobody over his cap, whatever his level', () => {
    const agents = [agent('low', { level: 1, cap: 99 }), agent('high', { level: 10, cap: 3 })];
    expect(shares(many(50), agents, hall({ byLevel: true }))).toEqual({ low: 47, high: 3 });
  });
});

describe('RT-13: helpers from outside the group', () => {
  const helper = agent('helper', { groups: { h: 0 }, overflow: ['g'] });
  it('take nothing while a member has room', () => {
    expect(pairs(many(3), [agent('x', { serving: 2, cap: 5 }), helper])).toEqual(['0000→x', '0001→x', '0002→x']);
  });
  it('take what the members have no room for', () => {
    expect(pairs(many(3), [agent('x', { cap: 2 }), helper])).toEqual(['0000→x', '0001→x', '0002→helper']);
  });
  it.each([
    ['away', { status: 'away' }],
    ['not connected', { connected: false }],
    ['at cap 0', { cap: 0 }],
  ] as const)('step in when the only member is %s', (_, more) => {
    expect(pairs(many(1), [agent('x', more), helper])).toEqual(['0000→helper']);
  });
  it('come in order of load like anybody', () => {
    const busier = { ...helper, id: 'busier', serving: 3 };
    expect(pairs(many(1), [busier, helper])).toEqual(['0000→helper']);
  });
  it('who is a member too is a member', () => {
    expect(pairs(many(1), [agent('x', { overflow: ['g'] })])).toEqual(['0000→x']);
  });
});

describe('RT-14: only in the group’s hours', () => {
  const closed = hall({}, { open: (groupId) => groupId === 'g' });
  it('nobody is given a session of a group that is closed', () => {
    const agents = [agent('x', { groups: { g: 0, h: 0 } })];
    expect(pairs([waits('a', { groupId: 'h' }), waits('b', { since: 2 })], agents, closed)).toEqual(['b→x']);
  });
  it('not even whom the customer wants', () => {
    const wanted = { agentId: 'x', until: 2000 };
    expect(pairs([waits('a', { groupId: 'h', wanted })], [agent('x')], closed)).toEqual([]);
  });
  it('the queue of everybody keeps the organisation’s hours', () => {
    expect(pairs([waits('a', { groupId: null })], [agent('x')], closed)).toEqual([]);
  });
  it('at any hour while switched off', () => {
    const off = hall({ onlyInHours: false }, { open: () => false });
    expect(pairs([waits('a')], [agent('x')], off)).toEqual(['a→x']);
  });
});

describe('RT-15: only who is online', () => {
  const able = (onlyOnline: boolean) =>
    (['online', 'busy', 'away', 'invisible'] as const).filter(
      (status) => pairs([waits('a')], [agent('x', { status })], hall({ onlyOnline })).length,
    );
  it('busy, away and invisible are given nothing', () => {
    expect(able(true)).toEqual(['online']);
  });
  it('while switched off only who hides is left alone', () => {
    expect(able(false)).toEqual(['online', 'busy', 'away']);
  });
  it('without a screen nobody is given anything either way', () => {
    for (const onlyOnline of [true, false])
      expect(pairs([waits('a')], [agent('x', { connected: false })], hall({ onlyOnline }))).toEqual([]);
  });
});

describe('RT-16: the customer’s own agent', () => {
  const regular = waits('a', { regularAgentId: 'y' });
  it('comes before skill, level and load', () => {
    const agents = [agent('x', { groups: { g: 99 }, level: 10 }), agent('y', { level: 1, serving: 8 })];
    expect(pairs([regular], agents, hall({ bySkill: true, byLevel: true }))).toEqual(['a→y']);
  });
  it.each([
    ['without room', { cap: 1, serving: 1 }],
    ['away', { status: 'away' }],
    ['in another group', { groups: { h: 0 } }],
    ['only a helper', { groups: {}, overflow: ['g'] }],
  ] as const)('gives way when he is %s', (_, more) => {
    expect(pairs([regular], [agent('x'), agent('y', more)])).toEqual(['a→x']);
  });
  it('a helper is preferred among helpers', () => {
    const agents = [
      agent('x', { groups: {}, overflow: ['g'] }),
      agent('y', { groups: {}, overflow: ['g'], serving: 9 }),
    ];
    expect(pairs([regular], agents)).toEqual(['a→y']);
  });
  it('somebody who is gone is nobody’s own', () => {
    expect(pairs([waits('a', { regularAgentId: 'gone' })], [agent('x')])).toEqual(['a→x']);
  });
});

describe('RT-06: an agent asked for by name', () => {
  const wants = (until: number, more: Partial<Waiting> = {}) =>
    waits('a', { wanted: { agentId: 'y', until }, ...more });
  it('gets it, though he is not in the group and others are freer', () => {
    expect(pairs([wants(2000)], [agent('x'), agent('y', { groups: {}, serving: 9 })])).toEqual(['a→y']);
  });
  it('is waited for alone until the time is over', () => {
    const agents = [agent('x'), agent('y', { cap: 1, serving: 1 })];
    expect(pairs([wants(1001)], agents)).toEqual([]);
    expect(pairs([wants(1000)], agents)).toEqual(['a→x']);
  });
  it('comes first afterwards as well, before the customer’s own', () => {
    expect(pairs([wants(1000, { regularAgentId: 'x' })], [agent('x'), agent('y', { groups: {} })])).toEqual(['a→y']);
  });
  it('once he has no room left the next in the queue goes on', () => {
    const queue = [
      wants(2000),
      waits('b', { since: 1, wanted: { agentId: 'y', until: 2000 } }),
      waits('c', { since: 2 }),
    ];
    expect(pairs(queue, [agent('x'), agent('y', { cap: 1 })])).toEqual(['a→y', 'c→x']);
  });
});

describe('an agent who had it and stayed silent', () => {
  const lost = (more: Partial<Waiting> = {}) => waits('a', { lostBy: 'x', ...more });
  it('comes after everybody, whatever else speaks for him', () => {
    const agents = [agent('x', { groups: { g: 99 }, level: 10 }), agent('y', { level: 1, serving: 9 })];
    const where = hall({ bySkill: true, byLevel: true });
    expect(pairs([lost()], agents, where)).toEqual(['a→y']);
    expect(pairs([lost({ regularAgentId: 'x' })], agents, where)).toEqual(['a→y']);
    expect(pairs([lost({ wanted: { agentId: 'x', until: 1000 } })], agents, where)).toEqual(['a→y']);
  });
  it('is given it again when nobody else can take it', () => {
    const [pair] = match([lost()], [agent('x'), agent('y', { cap: 0 })], hall());
    expect(pair).toMatchObject({
      agentId: 'x',
      why: { order: [{ agentId: 'x', lost: true }], out: { 'cap-zero': 1 } },
    });
  });
  it('is like anybody for the others', () => {
    expect(pairs([lost(), waits('b', { since: 1 })], [agent('x'), agent('y')])).toEqual(['a→y', 'b→x']);
  });
});

describe('why', () => {
  const agents = [
    agent('best', { groups: { g: 90 } }),
    ...Array.from({ length: 6 }, (_, index) => agent(`next${index}`, { lastAssigned: index + 1 })),
    agent('helper', { groups: {}, overflow: ['g'] }),
    agent('stranger', { groups: { h: 0 } }),
    agent('full', { cap: 1, serving: 1 }),
    agent('zero', { cap: 0 }),
    agent('away', { status: 'away' }),
    agent('gone', { connected: false }),
  ];
  const [pair] = match([waits('a', { regularAgentId: 'next3' })], agents, hall({ bySkill: true }));
  it('names five with what decided between them', () => {
    expect(pair!.why.order.map((one) => one.agentId)).toEqual(['next3', 'best', 'next0', 'next1', 'next2']);
    expect(pair!.why.order[1]).toEqual({
      agentId: 'best',
      first: null,
      overflow: false,
      skill: 90,
      load: 0,
      lastAssigned: 0,
      turn: 0,
    });
  });
  it('counts all the others by reason', () => {
    expect(pair!.why.out).toEqual({
      behind: 2,
      helper: 1,
      'not-in-group': 1,
      full: 1,
      'cap-zero': 1,
      away: 1,
      offline: 1,
    });
  });
  it('what is kept as JSON decides the same again', () => {
    expect(pick(JSON.parse(JSON.stringify(pair!.why.order)))).toBe('next3');
    expect(pick(pair!.why.order.toReversed())).toBe('next3');
    expect(pick([])).toBeNull();
  });
  it('says that everybody else is held back while one is waited for', () => {
    const [held] = match([waits('a', { wanted: { agentId: 'best', until: 2000 } })], agents, hall());
    expect(held!.why).toEqual({
      order: [expect.objectContaining({ agentId: 'best', first: 'wanted' })],
      out: { held: 12 },
    });
  });
});

test('5,000 waiting and 300 agents take less than 50 ms', () => {
  const names = Array.from({ length: 20 }, (_, index) => `g${index}`);
  const agents = Array.from({ length: 300 }, (_, index) =>
    agent(`a${index}`, {
      groups: Object.fromEntries([index, index * 7, index * 3 + 1].map((at) => [names[at % 20]!, (index * 13) % 101])),
      overflow: [names[(index + 5) % 20]!],
      serving: index % 3,
      cap: 20,
      level: 1 + (index % 10),
    }),
  );
  const queue = Array.from({ length: 5000 }, (_, index) =>
    waits(`s${index}`, {
      groupId: index % 7 ? names[index % 20]! : null,
      since: (index * 37) % 5000,
      priority: 1 + (index % 11),
      regularAgentId: index % 3 ? null : `a${index % 300}`,
    }),
  );
  const where = hall({ byLevel: true, bySkill: true });
  // The best of many: the machine may be busy with other things.
  const times = Array.from({ length: 20 }, () => {
    const began = performance.now();
    expect(match(queue, agents, where).length).toBeGreaterThan(4500);
    return performance.now() - began;
  });
  expect(Math.min(...times)).toBeLessThan(50);
});
