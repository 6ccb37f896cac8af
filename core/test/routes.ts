import fc from 'fast-check';
import type { AgentFloor, Floor, GroupFloor } from '../floor.ts';
import { type Asking, VIAS } from '../route/decision.ts';
import { choiceRow, entryRow, id } from '../route/example.ts';
import { compileRoutes, type Routes } from '../route/routes.ts';
import { defaults, type RouteRule, type Settings, type Target, type When } from '../settings/index.ts';

/** Random houses for properties of routing: few names, so that rules, customers and groups meet. */

const one = (...names: string[]) => fc.constantFrom(...names.map(id));
const some = (...names: string[]) => fc.subarray(names.map(id));
const rarely = <T>(arbitrary: fc.Arbitrary<T[]>): fc.Arbitrary<T[]> =>
  fc.oneof({ weight: 2, arbitrary: fc.constant<T[]>([]) }, { weight: 1, arbitrary });
const GROUPS = ['A', 'B', 'C', 'D', 'gone'];
const AGENTS = ['ann', 'bob', 'cat', 'zoe'];
const groups = one(...GROUPS);
const tags = () => rarely(some('t1', 't2', 't3', 't4'));
const words = fc.constantFrom('x', 'y', 'z');

const when: fc.Arbitrary<When> = fc.record({
  connectors: rarely(fc.subarray(['web', 'line', 'wechat'])),
  channelIds: rarely(some('c1', 'c2', 'c3')),
  tags: fc.record({ any: tags(), all: tags(), none: tags() }),
  entry: rarely(
    fc.array(fc.record({ name: fc.constantFrom('from', 'city'), values: fc.uniqueArray(words, { minLength: 1 }) }), {
      maxLength: 2,
    }),
  ),
});

const target: fc.Arbitrary<Target> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ to: fc.constant('group' as const), groupId: groups }) },
  {
    weight: 2,
    arbitrary: fc.record({
      to: fc.constant('agent' as const),
      memberId: one(...AGENTS),
      groupId: fc.option(groups),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom({ to: 'everybody' as const }, { to: 'bot' as const }, { to: 'leave' as const }),
  },
);
const mostly = fc.oneof({ weight: 5, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) });

const ruleRow = fc.record({ enabled: mostly, when, on: target, off: fc.option(target, { freq: 2 }) });
const rows: fc.Arbitrary<RouteRule[]> = fc
  .record({
    rules: fc.array(ruleRow, { maxLength: 10 }),
    entry: fc.nat(10),
    choice: fc.nat(10),
    on: fc.tuple(mostly, mostly),
  })
  .map(({ rules, entry, choice, on }) => {
    const all: RouteRule[] = rules.map((rule, n) => ({ kind: 'rule', id: id(`r${n}`), name: `rule ${n}`, ...rule }));
    all.splice(entry, 0, { ...entryRow, enabled: on[0] });
    all.splice(choice, 0, { ...choiceRow, enabled: on[1] });
    return all;
  });

const queueRules = fc
  .array(
    fc.record({
      enabled: mostly,
      groupIds: fc.option(fc.subarray(GROUPS.map(id), { minLength: 1 })),
      over: fc.nat(6),
      overflowTo: fc.option(groups, { freq: 5 }),
      notify: fc.boolean(),
    }),
    { maxLength: 6 },
  )
  .map((rules) => rules.map((rule, n) => ({ id: id(`q${n}`), name: `queue ${n}`, ...rule })));

/** Settings that routing reads; the rest are the defaults. */
export const houses: fc.Arbitrary<Settings> = fc
  .record({
    rules: rows,
    fallback: fc.record({ on: target, off: fc.option(target) }),
    on: mostly,
    queue: queueRules,
    policy: fc.uniqueArray(groups, { minLength: 1, maxLength: 3 }),
    reception: fc.record({
      silentKeyword: fc.boolean(),
      nobody: fc.constantFrom('queue' as const, 'leave' as const),
      afterHours: fc.constantFrom('leave' as const, 'queue' as const, 'hours' as const),
      back: fc.record({ on: fc.boolean(), within: fc.constantFrom(60, 86_400) }),
    }),
    onlyInHours: fc.boolean(),
  })
  .map(({ rules, fallback, on, queue, policy, reception, onlyInHours }) => {
    const all = defaults();
    Object.assign(all.routing, { rules, fallback });
    Object.assign(all.queues, { on, rules: queue, policies: [{ id: id('p1'), name: 'Rush', groupIds: policy }] });
    Object.assign(all.reception, reception);
    all.matching.onlyInHours = onlyInHours;
    return all;
  });

export const routes: fc.Arbitrary<Routes> = houses.map(compileRoutes);

const group: fc.Arbitrary<GroupFloor> = fc
  .record({
    open: mostly,
    members: fc.nat(4),
    present: fc.nat(4),
    free: fc.nat(4),
    waiting: fc.nat(7),
    pace: fc.option(fc.nat(300)),
  })
  .map(({ open, members, present, free, ...rest }) => ({
    open,
    opensAt: open ? null : Date.UTC(2026, 10, 23, 1),
    members,
    present: Math.min(present, members),
    free: Math.min(free, present, members),
    ...rest,
  }));
const agent: fc.Arbitrary<AgentFloor> = fc
  .record({ present: mostly, free: fc.boolean(), groupIds: some(...GROUPS) })
  .map((all) => ({ ...all, free: all.free && all.present }));

/** `gone` and `zoe` are never there. */
export const floors: fc.Arbitrary<Floor> = fc
  .record({
    all: fc.option(group, { freq: 10 }),
    groups: fc.tuple(group, group, group, group),
    agents: fc.tuple(agent, agent, agent),
  })
  .map(({ all, groups: given, agents }) => ({
    group: (groupId) => (groupId === null ? all : (given[GROUPS.map(id).indexOf(groupId)] ?? null)),
    agent: (agentId) => agents[AGENTS.map(id).indexOf(agentId)] ?? null,
  }));

const NOW = Date.UTC(2026, 10, 21, 8);
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });

export const askings: fc.Arbitrary<Asking> = fc
  .record({
    via: fc.constantFrom(...VIAS),
    channelId: one('c1', 'c2', 'c3', 'c4'),
    connector: fc.constantFrom('web', 'line', 'wechat', 'weibo'),
    channelGroupId: fc.option(groups),
    tags: some('t1', 't2', 't3', 't4', 't5'),
    entry: fc.record({
      group: maybe(groups),
      agent: maybe(one(...AGENTS)),
      overflow: maybe(fc.constantFrom(id('p1'), 'Rush', 'none')),
      from: maybe(words),
      city: maybe(words),
    }),
    chosenGroupId: fc.option(groups),
    afterHours: fc.constantFrom(undefined, undefined, 'leave' as const, 'queue' as const, 'hours' as const),
    closedBy: fc.option(
      fc.record({ agentId: one(...AGENTS), at: fc.integer({ min: NOW - 200_000, max: NOW + 5000 }) }),
    ),
  })
  .map(({ entry, ...rest }) => ({
    at: NOW,
    ...rest,
    entry: Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined)) as Record<
      string,
      string
    >,
  }));
