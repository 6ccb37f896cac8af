/*
 * node core/bench/decide.ts
 *
 * What one routing decision costs as the rules grow from 10 to 1,000: ours, which looks only at rules that could be about
 * the customer, beside the same walk over all of them. Both must decide alike. All in one process, in turns; medians of the
 * rounds. Exit code 1 when ours costs more than twice as much with 1,000 rules as with 10.
 */
import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import { type Floor, type GroupFloor, recorded } from '../floor.ts';
import { type Asking, compileRoutes, decide, type Routes } from '../route/index.ts';
import type { Lookup } from '../route/lookup.ts';
import { type ConditionRule, defaults, When } from '../settings/index.ts';
import { CHOICE_ROW, ENTRY_ROW } from '../settings/routing.ts';

const SIZES = [10, 100, 1000];
const ROUNDS = 9;
const SLICE_MS = 60; // one candidate's turn in a round
const CUSTOMERS = 1000;

let seed = 20261121;
function random(below: number): number {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return Math.floor((seed / 2 ** 32) * below);
}
const pick = <T>(from: readonly T[]): T => from[random(from.length)] as T;
const few = <T>(from: readonly T[], most: number): T[] => [
  ...new Set(Array.from({ length: 1 + random(most) }, () => pick(from))),
];

const id = (kind: number, n: number) => `00000000-0000-4000-8000-${(kind * 1e6 + n).toString(16).padStart(12, '0')}`;
const many = (kind: number, count: number) => Array.from({ length: count }, (_, n) => id(kind, n));
const CONNECTORS = ['web', 'wechat', 'mini-program', 'weibo', 'douyin', 'whatsapp', 'line'];
const CHANNELS = many(1, 60);
const TAGS = many(2, 200);
const GROUPS = many(3, 40);
const CITIES = Array.from({ length: 80 }, (_, n) => `city ${n}`);

type Shape = () => NonNullable<z.input<typeof When>>;
/** What admins write rules about. `mixed`: all of these; the last: customers none of the rules is about. */
const SHAPES: Record<string, Shape> = {
  channel: () => ({ channelIds: few(CHANNELS, 3) }),
  tag: () => ({ tags: { any: few(TAGS, 3) } }),
  'kind of channel and tags': () => ({
    connectors: few(CONNECTORS, 2),
    tags: { all: [pick(TAGS)], none: [pick(TAGS)] },
  }),
  'one channel, by what the link passed': () => ({
    channelIds: [CHANNELS[0]!],
    entry: [{ name: 'city', values: few(CITIES, 2) }],
  }),
  'channel without a tag': () => ({ channelIds: few(CHANNELS, 2), tags: { none: [pick(TAGS)] } }),
};
const MIXED: Shape = () => pick(Object.values(SHAPES))();
const STRANGERS: Shape = () => ({
  ...MIXED(),
  channelIds: [pick(CHANNELS)],
  tags: { any: [pick(TAGS)] },
  entry: [{ name: 'never', values: ['x'] }],
});

function house(size: number, shape: Shape): Routes {
  const rules = Array.from(
    { length: size },
    (_, n): ConditionRule => ({
      kind: 'rule',
      id: id(4, n),
      name: `rule ${n}`,
      enabled: true,
      when: When.parse(shape()),
      on: { to: 'group', groupId: pick(GROUPS) },
      off: { to: 'leave' },
    }),
  );
  const all = defaults();
  const entry = { kind: 'entry', id: ENTRY_ROW, enabled: true } as const;
  const choice = { kind: 'choice', id: CHOICE_ROW, enabled: true } as const;
  return compileRoutes({ ...all, routing: { ...all.routing, rules: [entry, ...rules, choice] } });
}

/** The same routes, every row looked at. */
function plain(routes: Routes): Routes {
  const every: Lookup = {
    candidates: () => {
      let n = 0;
      return { next: () => (n < routes.rows.length ? n++ : -1) };
    },
  };
  return { ...routes, rules: every };
}

const NOTHING: Asking['entry'] = {};
const customers = (): Asking[] =>
  Array.from(
    { length: CUSTOMERS },
    (): Asking => ({
      at: 0,
      via: 'button',
      channelId: pick(CHANNELS),
      connector: pick(CONNECTORS),
      channelGroupId: null,
      tags: few(TAGS, 4),
      entry: random(3) ? NOTHING : { city: pick(CITIES), page: 'pricing' },
      chosenGroupId: null,
      closedBy: null,
    }),
  );

const group: GroupFloor = { open: true, opensAt: null, members: 5, present: 3, free: 1, waiting: 2, pace: 40 };
/** As the hub does: who is there is looked up, and what was looked at is written down with the decision. */
const groups = new Map<string | null, GroupFloor>([[null, group], ...GROUPS.map((one) => [one, group] as const)]);
const there: Floor = { group: (one) => groups.get(one) ?? null, agent: () => null };
const decided = (asking: Asking, routes: Routes) => decide(asking, routes, recorded(there));

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] as number;
}

/** Nanoseconds a decision, by the number of rules. */
function measure(shape: Shape): { ours: number[]; all: number[] } {
  const asked = customers();
  const houses = SIZES.map((size) => house(size, shape));
  const turns = houses.flatMap((routes) => [routes, plain(routes)]);
  for (const routes of houses)
    for (const one of asked)
      if (!isDeepStrictEqual(decided(one, routes), decided(one, plain(routes))))
        throw new Error('They do not decide alike.');
  const times = turns.map(() => [] as number[]);
  for (let round = 0; round <= ROUNDS; round++)
    turns.forEach((routes, n) => {
      const from = performance.now();
      // Time of our own thread: what else runs on the machine does not count.
      const used = process.threadCpuUsage();
      let done = 0;
      while (performance.now() - from < SLICE_MS)
        for (let k = 0; k < 100; k++) decided(asked[done++ % CUSTOMERS]!, routes);
      // The first round only warms up.
      const { user, system } = process.threadCpuUsage(used);
      if (round > 0) times[n]!.push(((user + system) * 1e3) / done);
    });
  const of = (odd: number) => times.filter((_, n) => n % 2 === odd).map(median);
  return { ours: of(0), all: of(1) };
}

console.log(`ns a decision with ${SIZES.join(', ')} rules; the ratio is that of the last to the first\n`);
let worst = 0;
for (const [name, shape] of [
  ['mixed', MIXED] as const,
  ...Object.entries(SHAPES),
  ['nobody they are about', STRANGERS] as const,
]) {
  const { ours, all } = measure(shape);
  const ratio = (times: number[]) => times.at(-1)! / times[0]!;
  const row = (times: number[]) =>
    `${times.map((time) => Math.round(time).toLocaleString('en').padStart(8)).join('')}   × ${ratio(times).toFixed(2).padStart(6)}`;
  console.log(`${name}\n  ours     ${row(ours)}\n  all rules${row(all)}`);
  worst = Math.max(worst, ratio(ours));
}
console.log(`\nworst ratio of ours: ${worst.toFixed(2)} (at most 2)`);
process.exitCode = worst <= 2 ? 0 : 1;
