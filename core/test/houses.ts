import fc from 'fast-check';
import { TimePlan } from '../settings/hours.ts';
import type { Settings } from '../settings/index.ts';
import { CHOICE_ROW, ENTRY_ROW } from '../settings/routing.ts';
import { type Changed, settingsWith } from './situation.ts';

/** Random organisations: what an admin may have set, and what may happen in a day of theirs. For property tests. */

export const GROUPS = ['g1', 'g2', 'g3'] as const;
export const AGENTS = ['a1', 'a2', 'a3', 'a4'] as const;
export const CUSTOMERS = ['c1', 'c2', 'c3'] as const;
const TAGS = ['t1', 't2', 't3'];

const on = fc.boolean();
const group = fc.constantFrom(...GROUPS, 'gone');
const agent = fc.constantFrom(...AGENTS, 'gone');
const text = fc.constantFrom('', '', ' ', 'own', '{position} {wait} {group} {hours} {nothing}', 'x'.repeat(1000));
const spoken = fc.record({ on, text });
const some = <T>(what: fc.Arbitrary<T>, maxLength: number) => fc.array(what, { maxLength });
const tags = fc.subarray(TAGS, { maxLength: 2 });
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
const reception = fc.record({
  ...manner,
  plans: some(fc.record({ enabled: on, when, ...manner }), 2).map((list) => numbered('plan', list)),
  fallback: fc.constantFrom('', 'sorry?'),
  silentKeyword: on,
  nobody: fc.constantFrom('queue', 'leave'),
  afterHours: fc.constantFrom('leave', 'queue', 'hours'),
  back: fc.record({ on, within: fc.constant(86_400) }),
  visitorEnds: on,
});
const routing = fc
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
const queues = fc.record({
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
const matching = fc.record({
  levels: fc.constantFrom([], [['t1'], ['t2', 't3']]),
  byLevel: on,
  bySkill: on,
  onlyInHours: on,
  onlyOnline: on,
  hold: fc.constantFrom(0, 60),
  silent: fc.record({ on, after: fc.constantFrom(10, 120) }),
});
const span = fc.constantFrom(
  [],
  [{ from: '09:00', to: '18:00' }],
  [{ from: '00:00', to: '24:00' }],
  [{ from: '01:30', to: '02:30' }],
);
const plan = fc
  .array(span, { minLength: 7, maxLength: 7 })
  .map((week) => TimePlan.parse({ id: '00000000-0000-7000-8000-0000000000aa', name: 'plan', week }));
const hours = fc.record({
  zone: fc.constantFrom('Asia/Shanghai', 'Europe/Berlin', 'America/St_Johns', 'UTC'),
  plans: fc.tuple(plan, plan).map(([a, b]) => [
    { ...a, id: 'p1' },
    { ...b, id: 'p2' },
  ]),
  standard: fc.constantFrom(null, 'p1'),
});
const texts = fc.record({
  welcome: spoken,
  menu: fc.record({
    on,
    text,
    items: fc.constantFrom(
      [],
      [
        { id: 'i1', text: 'One', groupId: 'g1' },
        { id: 'i2', text: 'Two', groupId: 'gone' },
      ],
    ),
  }),
  greeting: spoken,
  closing: spoken,
  queued: text,
  noIdle: spoken,
  noAgent: text,
  offHours: text,
  leave: text,
  leftMessage: text,
  whileWaiting: spoken,
});
const after = fc.constantFrom(60, 600, 3600);
const timers = fc.record({
  agentSilent: fc.record({ on, after, mark: on, tell: spoken, alarm: on }),
  visitorSilent: fc.record({ on, after, reminders: fc.nat(2), text, endText: text }),
  inactive: fc.record({ on, after, text }),
  waitReminder: fc.record({ on, after, every: after, text, leaveButton: on }),
  waitOver: fc.record({ on, after, then: fc.constantFrom('end', 'keep'), text }),
  bot: fc.record({ on, after, text }),
});
const ratings = fc.record({
  on,
  autoInvite: on,
  skipOneSided: on,
  skipAutoEnded: on,
  valid: fc.constantFrom(null, 60, 86_400),
  receipt: spoken,
  firstOnly: on,
  reversed: on,
});

export const settings: fc.Arbitrary<Settings> = fc
  .record({
    reception,
    routing,
    queues,
    matching,
    hours,
    texts,
    timers,
    ratings,
    transfers: fc.record({ confirm: on, greet: on }),
  })
  .map((set) => settingsWith(set as unknown as Changed));

const staff = fc.record({
  groups: fc.subarray([...GROUPS]),
  status: fc.constantFrom('online' as const, 'online' as const, 'busy' as const, 'away' as const, 'invisible' as const),
  connected: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
  cap: fc.nat(2),
});
const channel = fc.record({
  id: fc.constantFrom('ch1', 'ch2', 'ch3'),
  connector: fc.constantFrom('web', 'line', 'wechat', 'whatsapp', 'weibo'),
  groupId: fc.option(group),
  text: fc.constantFrom(200, 2000, 20_000),
  menu: fc.constantFrom(undefined, { options: 2, text: 20 }, { options: 10, text: 30 }),
  rating: on,
});
export const person = fc.record({
  channel,
  tags,
  language: fc.constantFrom('zh' as const, 'en' as const, 'ja' as const),
  entry: fc.constantFrom<Record<string, string>[]>(
    {},
    {},
    {},
    { group: 'g2' },
    { agent: 'a1' },
    { overflow: 'policy' },
    { mode: 'human' },
    { mode: 'human-only', page: 'cart' },
  ),
});
const groupTexts = fc.record({ planId: fc.constantFrom(null, 'p1', 'p2'), greeting: spoken, offHours: spoken });

const who = fc.constantFrom(...CUSTOMERS);
const colleague = fc.constantFrom(...AGENTS);
const SAID = ['hello', '人工', '人工', '退款', '客服', 'price', 'angry', '1', '2', '5', '满意'];
export const act = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('says' as const), who, text: fc.constantFrom(...SAID) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('wishes' as const),
      who,
      wish: fc.constantFrom(
        'human' as const,
        'human' as const,
        'leave-queue' as const,
        'end' as const,
        'enter' as const,
        'rate' as const,
      ),
      groupId: fc.option(group, { nil: undefined, freq: 5 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('taps' as const),
      who,
      data: fc.constantFrom(
        'haina:leave',
        'haina:quit',
        'haina:human',
        'haina:group:i1',
        'haina:group:i2',
        'haina:rate:4',
      ),
    }),
  },
  fc.record({ do: fc.constant('rates' as const), who, stars: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ do: fc.constant('leaves' as const), who }),
  fc.record({ do: fc.constant('echoes' as const), who }),
  { weight: 3, arbitrary: fc.record({ do: fc.constant('matches' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('passes' as const),
      seconds: fc.constantFrom(1, 61, 700, 4000, 40_000, 100_000, -5000),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('accepts' as const), who, agent: colleague }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('replies' as const), who }) },
  fc.record({ do: fc.constant('transfers' as const), who, to: fc.oneof(colleague, fc.constantFrom(...GROUPS)) }),
  fc.record({ do: fc.constant('answers' as const), who, yes: on }),
  fc.record({ do: fc.constant('locks' as const), who, on }),
  fc.record({ do: fc.constant('closes' as const), who }),
  fc.record({ do: fc.constant('turns' as const), agent: colleague, connected: on }),
);
export type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

export const house = fc.record({
  settings,
  /** Any minute of two years, so that clocks change too. */
  at: fc.integer({ min: 0, max: 2 * 365 * 24 * 60 }).map((minutes) => Date.UTC(2026, 0, 1) + minutes * 60_000),
  staff: fc.tuple(staff, staff, staff, staff),
  people: fc.tuple(person, person, person),
  groups: fc.tuple(groupTexts, groupTexts, groupTexts),
  acts: fc.array(act, { minLength: 1, maxLength: 14 }),
});
export type House = typeof house extends fc.Arbitrary<infer T> ? T : never;
