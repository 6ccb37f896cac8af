import type { Match } from './bounds.ts';
import { scratch } from './scan.ts';

/**
 * The tables behind an index.
 *
 * Almost every place in a message is done with after one look into `starts`, where the first two units of each word leave
 * a trace. What remains is hashed onwards: words of two and three units are looked up in `slots` at once; after four units
 * `lengths` says how long the words are that begin so, and only those are looked up. `slots` is an open-addressing table
 * of 8 bits of hash and 24 bits of word number + 1. The units of word w are pool[from[w] … from[w + 1]); its entries are
 * the ring next[last[w]] → … → last[w], in the order given.
 */
export interface Tables {
  /** By `startOf` two units: IS_TWO, IS_THREE and IS_MORE bits of the words that begin so. */
  starts: Uint8Array;
  startShift: number;
  /** By hash of four units: bit L - 4 for each word of length L that begins so, bit 31 for any above 34, see `long`. */
  lengths: Uint32Array;
  /** One bit for each unit that is a word by itself; absent while there is none. */
  singles: Uint32Array | undefined;
  /** Lengths above 34, ascending. */
  long: number[];
  /** The longest word matched as `equals`. */
  whole: number;
  slots: Uint32Array;
  slotShift: number;
  pool: Uint16Array;
  from: Uint32Array;
  last: Uint32Array;
  next: Uint32Array;
  /** Of each entry: kinds << KINDS_SHIFT | FLAG[match]. */
  flags: Uint32Array;
  ids: (string | number)[];
}

export const IS_TWO = 1;
export const IS_THREE = 2;
export const IS_MORE = 4;
/** Words longer than this share bit 31 of `lengths`. */
export const LISTED = 34;

/** The two smaller ones are the answers of `standing` (bounds.ts). */
export const FLAG: Record<Match, number> = { contains: 1, word: 2, equals: 4 };
export const KINDS_SHIFT = 3;
/** Entries an index can hold. */
export const MOST = 0xffffff;

/** Empty tables with room for so many entries; a word's units may outgrow `pool`. */
export function emptyTables(entries: number): Tables {
  const bits = Math.min(25, Math.max(4, Math.ceil(Math.log2(entries * 2 + 1))));
  return {
    starts: new Uint8Array(4 << bits),
    startShift: 30 - bits,
    lengths: new Uint32Array(1 << bits),
    singles: undefined,
    long: [],
    whole: 0,
    slots: new Uint32Array(1 << bits),
    slotShift: 32 - bits,
    pool: new Uint16Array(entries * 6 + 16),
    from: new Uint32Array(entries + 1),
    last: new Uint32Array(entries),
    next: new Uint32Array(entries),
    flags: new Uint32Array(entries),
    ids: [],
  };
}

/** Where in `starts` two units meet. */
export function startOf(a: number, b: number, shift: number): number {
  return Math.imul((a << 16) | b, 0x9e3779b1) >>> shift;
}

export const SEED = 0x811c9dc5 | 0;

/** Adds one unit to a running hash. */
export function mix(hash: number, unit: number): number {
  return Math.imul(hash ^ unit, 0x01000193) ^ (hash >>> 15);
}

/** The hash of units [start, end) of scratch. */
export function hashOf(start: number, end: number): number {
  const { units } = scratch;
  let hash = SEED;
  for (let k = start; k < end; k++) hash = mix(hash, units[k] as number);
  return hash;
}

/** Where a hash leads in `slots`, and in `lengths`. */
export function slotOf(t: Tables, hash: number): number {
  return Math.imul(hash, 0x85ebca77) >>> t.slotShift;
}

/** The slot that holds units [start, start + length) of scratch, or the free one where they would go. */
export function seek(t: Tables, start: number, length: number, hash: number): number {
  const { slots, from, pool } = t;
  const { units } = scratch;
  const mask = slots.length - 1;
  let slot = slotOf(t, hash);
  for (; ; slot = (slot + 1) & mask) {
    const held = slots[slot] as number;
    if (held === 0) return slot;
    if (held >>> 24 !== (hash & 0xff)) continue;
    const at = from[(held & MOST) - 1] as number;
    if ((from[held & MOST] as number) - at !== length) continue;
    let k = 0;
    while (k < length && pool[at + k] === units[start + k]) k++;
    if (k === length) return slot;
  }
}

/** The word that is exactly units [start, start + length) of scratch, or -1. */
export function lookUp(t: Tables, start: number, length: number, hash: number): number {
  return ((t.slots[seek(t, start, length, hash)] as number) & MOST) - 1;
}
