import type { When } from '../settings/index.ts';
import type { About } from '../when.ts';

/** Finds the few among many rules that could be about a customer, in their order. */
export interface Lookup {
  /** Positions of rules, ascending, each once. Every rule whose condition holds is among them, and hardly another. */
  candidates(about: About): Candidates;
}
export interface Candidates {
  /** -1: no more. */
  next(): number;
}

/** One bit a rule, 32 rules a word; in the last word one bit for each word (modulo 32) that has any. */
type Bits = Int32Array;
/** The rules under each value of one part of a condition, and those that do not ask for that part. */
interface Part {
  free: Bits;
  by: Map<string, Bits>;
}

/**
 * Rules as bits under what they ask for: 32 of them are looked at in the time of one, only as far as the one that decides,
 * and what admins write rules about makes no difference. Of several tags that must all be there, and of several parameters,
 * the first is looked up. `whens`: null for what is about everybody; undefined is left out.
 */
export function lookup(whens: readonly (When | null | undefined)[]): Lookup {
  if (whens.every((when) => when === undefined)) return { candidates: () => NOBODY };
  const words = ((whens.length + 31) >> 5) + 1;
  const live = new Int32Array(words);
  for (const [n, when] of whens.entries()) if (when !== undefined) set(live, n);
  const part = (values: (when: When) => readonly string[]) => partOf(whens, words, values);
  const channels = part(({ channelIds }) => channelIds);
  const any = part(({ tags }) => tags.any);
  const all = part(({ tags }) => tags.all.slice(0, 1));
  const none = part(({ tags }) => tags.none);
  const kinds = part(({ connectors }) => connectors);
  const entry = [...new Set(whens.flatMap((when) => when?.entry[0]?.name ?? []))].map((name) => ({
    name,
    by: part(({ entry: [first] }) => (first?.name === name ? first.values : [])).by,
  }));
  const unasked = part(({ entry: passed }) => passed.slice(0, 1).map(({ name }) => name)).free;
  return {
    candidates({ channelId, connector, tags, entry: passed }) {
      const found = new Matching(live);
      // What usually leaves the fewest comes first.
      if (channels.by.size) add(found.must(channels.free), channels.by.get(channelId));
      if (any.by.size)
        for (let k = 0, group = found.must(any.free); k < tags.length; k++) add(group, any.by.get(tags[k]!));
      if (all.by.size)
        for (let k = 0, group = found.must(all.free); k < tags.length; k++) add(group, all.by.get(tags[k]!));
      if (entry.length) {
        const group = found.must(unasked);
        for (const { name, by } of entry) if (Object.hasOwn(passed, name)) add(group, by.get(passed[name]!));
      }
      if (kinds.by.size) add(found.must(kinds.free), kinds.by.get(connector));
      if (none.by.size) for (let k = 0; k < tags.length; k++) add(found.not, none.by.get(tags[k]!));
      return found;
    },
  };
}

function partOf(
  whens: readonly (When | null | undefined)[],
  words: number,
  values: (when: When) => readonly string[],
): Part {
  const free = new Int32Array(words);
  const by = new Map<string, Bits>();
  for (const [n, when] of whens.entries()) {
    const asked = when ? values(when) : [];
    if (!asked.length) set(free, n);
    for (const value of asked) {
      let bits = by.get(value);
      if (!bits) by.set(value, (bits = new Int32Array(words)));
      set(bits, n);
    }
  }
  return { free, by };
}

const NOBODY: Candidates = { next: () => -1 };

function set(bits: Bits, n: number): void {
  bits[n >> 5]! |= 1 << (n & 31);
  bits[bits.length - 1]! |= 1 << ((n >> 5) & 31);
}

function add(group: Bits[], bits: Bits | undefined): void {
  if (bits) group.push(bits);
}

/** The rules that are live, in one of the sets of each group, and in none that is not wanted; worked out word by word. */
class Matching implements Candidates {
  readonly not: Bits[] = [];
  #groups: Bits[][] = [];
  #live: Bits;
  /** Which words may have something. */
  #some: number | null = null;
  #at = -1;
  #word = 0;
  constructor(live: Bits) {
    this.#live = live;
  }
  must(free: Bits): Bits[] {
    const group = free[free.length - 1] ? [free] : [];
    this.#groups.push(group);
    return group;
  }
  next(): number {
    const last = this.#live.length - 1;
    const some = (this.#some ??= this.#wordAt(last));
    while (this.#word === 0) {
      if (++this.#at >= last) return -1;
      if ((some >>> (this.#at & 31)) & 1) this.#word = this.#without(this.#wordAt(this.#at));
    }
    const bit = this.#word & -this.#word;
    this.#word ^= bit;
    return (this.#at << 5) + (31 - Math.clz32(bit));
  }
  #wordAt(at: number): number {
    let word = this.#live[at]!;
    for (let g = 0; g < this.#groups.length && word !== 0; g++) {
      const group = this.#groups[g]!;
      let some = 0;
      for (let k = 0; k < group.length; k++) some |= group[k]![at]!;
      word &= some;
    }
    return word;
  }
  #without(all: number): number {
    let word = all;
    for (let k = 0; k < this.not.length && word !== 0; k++) word &= ~this.not[k]![this.#at]!;
    return word;
  }
}
