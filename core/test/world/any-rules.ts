import fc from 'fast-check';
import { CHOICE_ROW, ENTRY_ROW } from '../../settings/routing.ts';
import { AGENTS, GROUPS, TAGS } from './names.ts';

/** Who is sent where, as any admin may have set it. */

export const on = fc.boolean();
export const group = fc.constantFrom(...GROUPS, 'gone');
const agent = fc.constantFrom(...AGENTS, 'gone');
export const text = fc.constantFrom(
  '',
  '',
  ' ',
  'own',
  '{position} {wait} {group} {hours} {nothing}',
  'x'.repeat(1000),
);
export const spoken = fc.record({ on, text });
const some = <T>(what: fc.Arbitrary<T>, maxLength: number) => fc.array(what, { maxLength });
export const tags = fc.subarray([...TAGS], { maxLength: 2 });
const numbered = <T extends object>(prefix: string, list: T[]) =>
  list.map((one, n) => ({ id: `${prefix}${n}`, name: `${prefix}${n}`, ...one }));

const when = fc.record({
  connectors: fc.constantFrom([], [], ['web'], ['line', 'wechat']),
  channelIds: fc.constantFrom([], [], ['ch1'], ['ch2', 'ch3']),
  tags: fc.record({ any: tags, all: fc.constant([]), none: tags }),
  entry: fc.constantFrom([], [], [{ name: 'page', values: ['cart'] }]),
});
const target = fc.oneof(
  { weight: 3, arbitrary: fc.record({ to: fc.constant('group' as const), groupId: group }) },
  fc.record({ to: fc.constant('agent' as const), memberId: agent, groupId: fc.option(group) }),
  fc.constantFrom({ to: 'everybody' as const }, { to: 'bot' as const }, { to: 'leave' as const }),
);
const manner = { mode: fc.constantFrom('bot', 'human', 'human-only'), afterMessage: on };
export const reception = fc.record({
  ...manner,
  plans: some(fc.record({ enabled: on, when, ...manner }), 2).map((list) => numbered('plan', list)),
  fallback: fc.constantFrom('', 'sorry?'),
  silentKeyword: on,
  nobody: fc.constantFrom('queue', 'leave'),
  afterHours: fc.constantFrom('leave', 'queue', 'hours'),
  back: fc.record({ on, within: fc.constant(86_400) }),
  visitorEnds: on,
});
export const routing = fc
  .record({
    rows: some(fc.record({ enabled: on, when, on: target, off: fc.option(target) }), 4),
    entry: on,
    choice: on,
    fallback: fc.record({ on: target, off: fc.option(target) }),
  })
  .map(({ rows, entry, choice, fallback }) => ({
    fallback,
    rules: [
      { kind: 'entry', id: ENTRY_ROW, enabled: entry },
      ...numbered('rule', rows).map((row) => ({ kind: 'rule', ...row })),
      { kind: 'choice', id: CHOICE_ROW, enabled: choice },
    ],
  }));
export const queues = fc.record({
  on,
  rules: some(
    fc.record({
      enabled: on,
      groupIds: fc.option(fc.subarray([...GROUPS], { minLength: 1 })),
      over: fc.nat(3),
      overflowTo: fc.option(group),
      notify: on,
    }),
    3,
  ).map((list) => numbered('queue', list)),
  policies: fc.constantFrom([], [{ id: 'p', name: 'policy', groupIds: ['g2', 'g3'] }]),
  showPosition: on,
  showWait: on,
});
export const matching = fc.record({
  levels: fc.constantFrom([], [['t1'], ['t2', 't3']]),
  byLevel: on,
  bySkill: on,
  onlyInHours: on,
  onlyOnline: on,
  hold: fc.constantFrom(0, 60),
  silent: fc.record({ on, after: fc.constantFrom(10, 120) }),
});
