import type { When } from '../settings/index.ts';
import type { About } from '../when.ts';

/** Finds the few among many rules that could be about a customer, in their order. */
export interface Lookup {
  /** Positions of rules, ascending, each once. Every rule whose condition holds is among them. */
  candidates(about: About): Candidates;
}
export interface Candidates {
  /** -1: no more. */
  next(): number;
}

type Places = Map<string, number[]>;

/**
 * Rules by what they ask for. A rule stands under the values of one part of its condition, that with the fewest rules
 * under them; one that asks for nothing (or only for tags not to be there) is always looked at. `whens`: null for what
 * has no condition; undefined is left out.
 */
export function lookup(whens: readonly (When | null | undefined)[]): Lookup {
  const crowd = new Map<string, number>();
  for (const when of whens)
    if (when) for (const part of parts(when)) for (const key of part) crowd.set(key, (crowd.get(key) ?? 0) + 1);
  const always: number[] = [];
  const places: Places = new Map();
  const names = new Set<string>();
  for (const [n, when] of whens.entries()) {
    if (when === undefined) continue;
    const size = (part: string[]) => part.reduce((sum, key) => sum + crowd.get(key)!, 0);
    const all = when ? parts(when) : [];
    const best = all.length ? all.reduce((a, b) => (size(b) < size(a) ? b : a)) : null;
    if (!best) always.push(n);
    for (const key of best ?? []) {
      put(places, key, n);
      if (key.startsWith('e:')) for (const { name } of when!.entry) names.add(name);
    }
  }
  return { candidates: (about) => new Merged(lists(places, names, always, about)) };
}

/** Keys of each part of a condition; the rule can only hold for whoever has one key of every part. */
function parts({ connectors, channelIds, tags, entry }: When): string[][] {
  const found: string[][] = [];
  if (channelIds.length) found.push([...new Set(channelIds)].map((id) => `c:${id}`));
  for (const id of tags.all) found.push([`t:${id}`]);
  if (tags.any.length) found.push([...new Set(tags.any)].map((id) => `t:${id}`));
  for (const { name, values } of entry) found.push([...new Set(values)].map((value) => entryKey(name, value)));
  if (connectors.length) found.push([...new Set(connectors)].map((kind) => `k:${kind}`));
  return found;
}

const entryKey = (name: string, value: string) => `e:${name}\n${value}`;

function put(places: Places, key: string, n: number): void {
  const list = places.get(key);
  if (list) list.push(n);
  else places.set(key, [n]);
}

function lists(places: Places, names: ReadonlySet<string>, always: number[], about: About): number[][] {
  const found: number[][] = always.length ? [always] : [];
  const add = (key: string) => {
    const list = places.get(key);
    if (list) found.push(list);
  };
  add(`c:${about.channelId}`);
  add(`k:${about.connector}`);
  for (const id of about.tags) add(`t:${id}`);
  if (names.size) for (const name in about.entry) if (names.has(name)) add(entryKey(name, about.entry[name]!));
  return found;
}

/** Several ascending lists as one, without repeating. */
class Merged implements Candidates {
  #lists: number[][];
  #heads: number[];
  constructor(lists: number[][]) {
    this.#lists = lists;
    this.#heads = lists.map(() => 0);
  }
  next(): number {
    let least = Number.POSITIVE_INFINITY;
    for (let k = 0; k < this.#lists.length; k++) {
      const at = this.#lists[k]![this.#heads[k]!];
      if (at !== undefined && at < least) least = at;
    }
    if (least === Number.POSITIVE_INFINITY) return -1;
    for (let k = 0; k < this.#lists.length; k++) if (this.#lists[k]![this.#heads[k]!] === least) this.#heads[k]!++;
    return least;
  }
}
