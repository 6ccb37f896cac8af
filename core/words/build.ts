import type { Match } from './bounds.ts';
import { scan, scratch } from './scan.ts';
import {
  emptyTables,
  FLAG,
  hashOf,
  IS_MORE,
  IS_THREE,
  IS_TWO,
  KINDS_SHIFT,
  LISTED,
  MOST,
  seek,
  slotOf,
  startOf,
  type Tables,
} from './table.ts';

/** One entry of a list. Several may share an id (the keywords of one rule) or a text. */
export interface Word {
  id: string | number;
  text: string;
  /** Default `contains`. */
  match?: Match;
  /** Bits of policy.ts, or any 29 bits of your own. Default 0. */
  kinds?: number;
}

/** Made by `buildIndex`, never changed after. Holds the ids of the entries, not the entries. */
export interface WordIndex {
  /** Entries held. Those with nothing left of their text once normalised are left out. */
  readonly size: number;
  /** What the tables take, ids not counted. */
  readonly bytes: number;
  /** Nobody's business but find.ts's. */
  readonly tables: Tables;
}

/**
 * One index for all the lists of an organisation, built anew when one of them changes (core/bench/words.ts
 * measures time and memory). Throws RangeError above 16,777,215 entries.
 */
export function buildIndex(words: Iterable<Word>): WordIndex {
  const entries = Array.isArray(words) ? (words as Word[]) : [...words];
  if (entries.length > MOST) throw new RangeError(`a word index holds at most ${MOST} entries`);
  const t = emptyTables(entries.length);
  const long = new Set<number>();
  let size = 0;
  let count = 0;
  for (const { id, text, match = 'contains', kinds = 0 } of entries) {
    const length = scan(text);
    if (length === 0) continue;
    const hash = hashOf(0, length);
    const slot = seek(t, 0, length, hash);
    let word = ((t.slots[slot] as number) & MOST) - 1;
    if (word < 0) {
      word = count++;
      t.slots[slot] = (hash << 24) | count;
      append(t, word, length);
      t.next[size] = size;
    } else {
      const last = t.last[word] as number;
      t.next[size] = t.next[last] as number;
      t.next[last] = size;
    }
    t.last[word] = size;
    t.flags[size] = (kinds << KINDS_SHIFT) | FLAG[match];
    t.ids[size++] = id;
    if (match === 'equals') t.whole = Math.max(t.whole, length);
    else announce(t, length, long);
  }
  t.pool = t.pool.slice(0, t.from[count]);
  t.long = [...long].sort((a, b) => a - b);
  return { size, bytes: bytesOf(t), tables: t };
}

/** Tells the scan to look for the word in scratch. One that must equal the message is only ever looked up whole. */
function announce(t: Tables, length: number, long: Set<number>): void {
  const unit = scratch.units[0] as number;
  if (length === 1) {
    t.singles ??= new Uint32Array(0x10000 >> 5);
    t.singles[unit >> 5] = (t.singles[unit >> 5] as number) | (1 << (unit & 31));
    return;
  }
  const at = startOf(unit, scratch.units[1] as number, t.startShift);
  t.starts[at] = (t.starts[at] as number) | (length === 2 ? IS_TWO : length === 3 ? IS_THREE : IS_MORE);
  if (length < 4) return;
  if (length > LISTED) long.add(length);
  const four = slotOf(t, hashOf(0, 4));
  t.lengths[four] = (t.lengths[four] as number) | (1 << (length > LISTED ? 31 : length - 4));
}

function append(t: Tables, word: number, length: number): void {
  const at = t.from[word] as number;
  if (at + length > t.pool.length) {
    const grown = new Uint16Array(Math.max(at + length, t.pool.length * 2));
    grown.set(t.pool);
    t.pool = grown;
  }
  const { units } = scratch;
  for (let k = 0; k < length; k++) t.pool[at + k] = units[k] as number;
  t.from[word + 1] = at + length;
}

function bytesOf(t: Tables): number {
  let bytes = 0;
  for (const table of Object.values(t)) if (ArrayBuffer.isView(table)) bytes += table.byteLength;
  return bytes;
}
