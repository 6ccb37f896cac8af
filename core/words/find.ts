import { standing } from './bounds.ts';
import type { WordIndex } from './build.ts';
import { AT, endOf, scan, scratch } from './scan.ts';
import {
  FLAG,
  hashOf,
  IS_MORE,
  IS_THREE,
  IS_TWO,
  KINDS_SHIFT,
  lookUp,
  mix,
  SEED,
  slotOf,
  startOf,
  type Tables,
} from './table.ts';

/** One entry in one place of a message. */
export interface Hit {
  id: string | number;
  /** UTF-16 range of the message as it was written: whole characters, fit for `slice` and for colouring. */
  start: number;
  end: number;
  kinds: number;
}

export interface FindOptions {
  /** Only entries with one of these bits. Default 0: all entries. */
  kinds?: number;
  /**
   * After so many hits (default 10,000) an id is told once more only if it, or its kind, was not told yet: "aaaa…" against
   * a, aa, aaa … must not fill the memory, and no flood of harmless hits may hide a forbidden word.
   */
  limit?: number;
}

/**
 * Every entry in every place, overlaps and all: 转人工 is also 人工. Ordered by start, then longest first, then as the
 * entries were given. An `equals` entry covers the message from its first to its last character that counts.
 * What may count as a hit is told in bounds.ts. Time: the message's length times the lengths of words that begin alike.
 */
export function find(index: WordIndex, text: string, options: FindOptions = {}): Hit[] {
  const { kinds = 0, limit = 10_000 } = options;
  return run({ t: index.tables, text, kinds, limit, once: false, hits: [], told: undefined });
}

/** The leftmost hit, the longest of those; undefined when there is none. */
export function first(index: WordIndex, text: string, kinds = 0): Hit | undefined {
  return run({ t: index.tables, text, kinds, limit: 1, once: true, hits: [], told: undefined })[0];
}

interface Search {
  t: Tables;
  text: string;
  kinds: number;
  limit: number;
  /** Stop at the first hit. */
  once: boolean;
  hits: Hit[];
  /** Beyond the limit: the kinds each id was told with. */
  told: Map<string | number, number> | undefined;
}

function run(search: Search): Hit[] {
  const { t, once, hits } = search;
  const length = scan(search.text);
  if (length === 0) return hits;
  const { units } = scratch;
  const { starts, startShift, singles, whole } = t;
  const all = length <= whole ? lookUp(t, 0, length, hashOf(0, length)) : -1;
  if (all >= 0) take(search, all, 0, length);
  let unit = units[0] as number;
  for (let k = 0; k < length && !(once && hits.length > 0); k++) {
    const next = k + 1 < length ? (units[k + 1] as number) : 0;
    const begin = starts[startOf(unit, next, startShift)] as number;
    if (begin !== 0 && k + 1 < length) takeLonger(search, k, begin, all);
    if (singles !== undefined && ((singles[unit >> 5] as number) >>> (unit & 31)) & 1) {
      const word = lookUp(t, k, 1, hashOf(k, k + 1));
      if (word !== all) take(search, word, k, k + 1);
    }
    unit = next;
  }
  return hits;
}

const found: number[] = []; // scratch: the words that begin at one place, shortest first, each with its end

/** Takes the words of two units and more that begin at unit k, except `all`, which is taken already. */
function takeLonger(search: Search, k: number, starts: number, all: number): void {
  const { t } = search;
  const { units, length } = scratch;
  let count = 0;
  let hash = mix(mix(SEED, units[k] as number), units[k + 1] as number);
  let at = k + 2;
  if (starts & IS_TWO) count = note(t, k, at, hash, all, count);
  if (starts > IS_TWO && at < length) {
    hash = mix(hash, units[at++] as number);
    if (starts & IS_THREE) count = note(t, k, at, hash, all, count);
    if (starts & IS_MORE && at < length) {
      hash = mix(hash, units[at++] as number);
      const lengths = t.lengths[slotOf(t, hash)] as number;
      for (let bits = lengths & 0x7fffffff; bits !== 0; bits &= bits - 1) {
        const end = k + 35 - Math.clz32(bits & -bits);
        if (end > length) break;
        while (at < end) hash = mix(hash, units[at++] as number);
        count = note(t, k, end, hash, all, count);
      }
      if (lengths >>> 31) {
        for (const size of t.long) {
          const end = k + size;
          if (end > length) break;
          while (at < end) hash = mix(hash, units[at++] as number);
          count = note(t, k, end, hash, all, count);
        }
      }
    }
  }
  while (count > 0) {
    const end = found[--count] as number;
    take(search, found[--count] as number, k, end);
  }
}

function note(t: Tables, start: number, end: number, hash: number, all: number, count: number): number {
  const word = lookUp(t, start, end - start, hash);
  if (word < 0 || word === all) return count;
  found[count] = word;
  found[count + 1] = end;
  return count + 2;
}

/** Adds the entries of a word at units [start, end), as far as each one's way of matching allows. */
function take(search: Search, word: number, start: number, end: number): void {
  const { t, text, kinds, hits } = search;
  const right = standing(start, end) | (end - start === scratch.length ? FLAG.equals : 0);
  if (right === 0) return;
  let from = -1;
  let to = 0;
  const last = t.last[word] as number;
  let entry = last;
  do {
    entry = t.next[entry] as number;
    const flags = t.flags[entry] as number;
    const its = flags >>> KINDS_SHIFT;
    if ((flags & right) === 0 || (kinds !== 0 && (its & kinds) === 0)) continue;
    const id = t.ids[entry] as string | number;
    if (hits.length >= search.limit && !isNews(search, id, its)) continue;
    if (from < 0) {
      from = (scratch.place[start] as number) & AT;
      to = endOf(text, end - 1);
    }
    hits.push({ id, start: from, end: to, kinds: its });
  } while (entry !== last);
}

function isNews(search: Search, id: string | number, kinds: number): boolean {
  if (search.once) return false;
  if (search.told === undefined) {
    search.told = new Map();
    for (const hit of search.hits) search.told.set(hit.id, (search.told.get(hit.id) ?? 0) | hit.kinds);
  }
  const told = search.told.get(id);
  if (told !== undefined && (kinds & ~told) === 0) return false;
  search.told.set(id, (told ?? 0) | kinds);
  return true;
}
