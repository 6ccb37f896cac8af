import { AT, GAP, scratch } from './scan.ts';

/** How an entry is compared with a message. `MATCHES` lists them for forms and schemas. */
export const MATCHES = ['contains', 'word', 'equals'] as const;
export type Match = (typeof MATCHES)[number];

/** Answers of `standing`, as bits: the ways of matching for which the units stand right (FLAG in table.ts). */
export const AS_PART = 1;
export const AS_WORD = 2;

const OTHER = 0;
const LETTER = 1;
const DIGIT = 2;

/**
 * May units [start, end) of `scratch` count as a hit? Returns AS_PART and AS_WORD bits, 0 for neither.
 *
 * Dropping separators finds 转-人.工 and f.u.c.k, but it would also find 人工 in "两个人，工期" and "shit" in "class hit".
 * So a hit stands only when
 * - it covers whole characters: never half of a ligature or of é;
 * - it *bridges* nothing, or else is free at both ends (nothing of its own kind touches it). It bridges when it crosses
 *   a clause mark (，。！？；： and the like; unless three or more characters are all set apart: 转，人，工), or any
 *   separator between two letters or two digits of a script written with spaces;
 * - AS_WORD, and for one or two letters or digits always ("r", "hi", "5g"): where it begins or ends with a letter
 *   or digit of such a script, no further letter or digit respectively touches it ("vx" is in "加vx123", not in "devx").
 * Scripts without spaces (Chinese, Japanese, Thai, …) and Korean have no such edges: there AS_WORD means AS_PART.
 */
export function standing(start: number, end: number): number {
  const { units, place, length } = scratch;
  if (start > 0 && !beginsAt(place, start)) return 0;
  if (end < length && !beginsAt(place, end)) return 0;
  const first = kindAt(units, start);
  const last = kindAt(units, end - 1);
  const freeStart = start === 0 || gapAt(place, start) > 0 || kindAt(units, start - 1) !== first;
  const freeEnd = end === length || gapAt(place, end) > 0 || kindAt(units, end) !== last;
  if (!(freeStart && freeEnd) && bridges(units, place, start, end)) return 0;
  if ((first === OTHER || freeStart) && (last === OTHER || freeEnd)) return AS_PART | AS_WORD;
  return end - start <= 2 && first !== OTHER && last !== OTHER ? 0 : AS_PART;
}

function bridges(units: Uint16Array, place: Uint32Array, start: number, end: number): boolean {
  let gaps = 0;
  let clause = false;
  for (let k = start + 1; k < end; k++) {
    const gap = gapAt(place, k);
    if (gap === 0) continue;
    gaps++;
    const kind = kindAt(units, k);
    if (kind !== OTHER && kind === kindAt(units, k - 1)) return true;
    if (gap > 1) clause = true;
  }
  return clause && (end - start < 3 || gaps < end - start - 1);
}

function beginsAt(place: Uint32Array, k: number): boolean {
  return ((place[k] as number) & AT) !== ((place[k - 1] as number) & AT);
}

function gapAt(place: Uint32Array, k: number): number {
  return (place[k] as number) >>> GAP;
}

/** Latin, Greek, Cyrillic and Armenian letters and European digits, after folding; all else has no word edges. */
function kindAt(units: Uint16Array, k: number): number {
  const unit = units[k] as number;
  if (unit < 0x80) return unit >= 0x61 && unit <= 0x7a ? LETTER : unit >= 0x30 && unit <= 0x39 ? DIGIT : OTHER;
  return (unit >= 0xaa && unit < 0x590) || (unit >= 0x1e00 && unit < 0x2000) ? LETTER : OTHER;
}
