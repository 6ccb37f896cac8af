import { type Change, changes, equal, type Step } from '../../../../core/settings/changes.ts';
import type { QueueRule, ReceptionPlan, RouteRule, Target } from './shapes.ts';
import { goesTo, planSummary, queueSummary, ruleSummary, type Voice } from './summary.ts';

/** One difference as people read it. `minus` and `plus` are what left and joined a list. */
export interface Told {
  place: string[];
  kind: Change['kind'];
  before?: string;
  after?: string;
  minus?: string[];
  plus?: string[];
}
/** How differences are said: names and words of summaries, and what is said of fields and plain values. */
export interface Teller extends Voice {
  /** What a field is called; empty: nothing worth saying. `keys` lead to it from the document's root, without entries. */
  field(keys: readonly string[]): string;
  /** A plain value: a switch, a number of seconds, a word of the settings. `keys` as above. */
  value(value: string | number | boolean | null | undefined, keys: readonly string[]): string;
  /** Monday is 0. */
  day(index: number): string;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const keysOf = (path: readonly Step[]) => path.filter((step) => typeof step === 'string');

/** What is different in a document, said. */
export const tell = (before: unknown, after: unknown, teller: Teller): Told[] =>
  changes(before, after).flatMap((change) => told(change, teller));

function told(change: Change, teller: Teller): Told[] {
  const { path, kind, before, after } = change;
  const keys = keysOf(path);
  const place = placeOf(path, teller);
  if (kind === 'moved')
    return [{ place, kind, before: (before as string[]).join(' › '), after: (after as string[]).join(' › ') }];
  if (keys.at(-1) === 'week' && Array.isArray(before) && Array.isArray(after))
    return before.flatMap((day, index) =>
      equal(day, after[index])
        ? []
        : [
            {
              place: [...place, teller.day(index)],
              kind,
              before: say(day, keys, teller),
              after: say(after[index], keys, teller),
            },
          ],
    );
  if (Array.isArray(before) && Array.isArray(after) && kind === 'set') {
    const minus = before.filter((one) => !after.some((other) => equal(one, other)));
    const plus = after.filter((one) => !before.some((other) => equal(one, other)));
    const each = (list: unknown[]) => list.map((one) => say(one, keys, teller));
    if (minus.length + plus.length) return [{ place, kind, minus: each(minus), plus: each(plus) }];
  }
  return [
    {
      place,
      kind,
      ...(kind !== 'added' && { before: say(before, keys, teller) }),
      ...(kind !== 'removed' && { after: say(after, keys, teller) }),
    },
  ];
}

function placeOf(path: readonly Step[], teller: Teller): string[] {
  const keys: string[] = [];
  const words: string[] = [];
  for (const step of path) {
    if (typeof step === 'string') keys.push(step);
    const word = typeof step === 'string' ? teller.field(keys) : `“${step.name}”`;
    if (word) words.push(word);
  }
  return words;
}

/** A value in a sentence: entries by their summaries, ids by their names. */
function say(value: unknown, keys: readonly string[], teller: Teller): string {
  if (Array.isArray(value))
    return value.length ? teller.list(value.map((one) => say(one, keys, teller))) : teller.value(null, keys);
  if (!isRecord(value)) {
    const plain = value as string | number | boolean | null | undefined;
    return (typeof plain === 'string' && teller.name(plain)) || teller.value(plain, keys);
  }
  if ('when' in value && 'on' in value) return ruleSummary(value as unknown as RouteRule, 'leave', teller);
  if ('when' in value && 'mode' in value) return planSummary(value as unknown as ReceptionPlan, teller);
  if ('over' in value && 'groupIds' in value) return queueSummary(value as unknown as QueueRule, teller);
  if (typeof value.to === 'string' && !('from' in value))
    return goesTo(value as unknown as Target, teller).replace(/^→\s*/, '');
  if ('from' in value && 'to' in value) {
    const name = typeof value.name === 'string' && value.name ? ` ${value.name}` : '';
    return `${value.from === value.to ? value.from : `${value.from}–${value.to}`}${name}`;
  }
  if (typeof value.date === 'string')
    return [value.date, value.name, say(value.periods, keys, teller)].filter(Boolean).join(' ');
  if (typeof value.name === 'string' && value.name && 'id' in value) return value.name;
  return Object.entries(value)
    .filter(([key]) => key !== 'id')
    .map(([key, part]) => `${teller.field([...keys, key]) || key}: ${say(part, [...keys, key], teller)}`)
    .join('; ');
}

/** Names of the entries of documents themselves, so that what is gone is still called by its name. */
export function namesIn(...documents: unknown[]): Map<string, string> {
  const names = new Map<string, string>();
  const look = (value: unknown): void => {
    if (Array.isArray(value)) for (const part of value) look(part);
    if (!isRecord(value)) return;
    const { id, name } = value;
    if (typeof id === 'string' && typeof name === 'string' && name) names.set(id, name);
    for (const part of Object.values(value)) look(part);
  };
  for (const document of documents) look(document);
  return names;
}
