import { ATTACHES, CLAUSE, FOLD, fateOf, foldText, IGNORED, SELF, SLOW } from './fold.ts';

/*
 * One pass over a text: its normalised UTF-16 units and where each came from. The two arrays are shared scratch,
 * good until the next scan; nothing here awaits, so no two scans ever overlap.
 */

/** `place[k] & AT` is where the character that made unit k begins in the text (no string of V8 is longer). */
export const AT = 0x1fffffff;
const MARKED = 0x20000000; // marks attached to it, so it ends further on
/** `place[k] >>> GAP`: 0 touches the unit before, 1 a separator stood between, 2 a mark that ends a clause. */
export const GAP = 30;

const MOST_MARKS = 30; // on one character, as UAX #15 "stream-safe" has it; more is noise, and NFKC would take n² for it
const KEPT = 1 << 16; // scratch larger than this is given back after use

export const scratch = { units: new Uint16Array(1024), place: new Uint32Array(1024), length: 0, gap: 0 };

/** Fills `scratch`. Returns its length. Linear in the text. */
export function scan(text: string): number {
  const size = text.length;
  if (scratch.units.length > KEPT && size < KEPT) resize(KEPT);
  reserve(size);
  let { units, place } = scratch;
  let length = 0;
  let gap = 0;
  for (let i = 0; i < size; i++) {
    const unit = FOLD[text.charCodeAt(i)] as number;
    if (unit <= CLAUSE) {
      gap |= gapOf(unit);
    } else if (unit !== SLOW) {
      units[length] = unit;
      place[length++] = i | gap;
      gap = 0;
    } else {
      scratch.length = length;
      scratch.gap = gap;
      i = slow(text, i) - 1;
      ({ units, place, length, gap } = scratch);
    }
  }
  scratch.length = length;
  if (length === 0 && size > 0) scanBare(text);
  return scratch.length;
}

/** Where the character of unit k ends in the text: its marks, variation selectors and skin tone belong to it. */
export function endOf(text: string, k: number): number {
  const place = scratch.place[k] as number;
  const start = place & AT;
  let end = start + widthAt(text, start);
  if (place & MARKED) end = marksEnd(text, end);
  while (end < text.length) {
    const unit = FOLD[text.charCodeAt(end)];
    if (unit !== IGNORED && unit !== SLOW) break;
    const point = text.codePointAt(end) as number;
    if (point < 0x300 || fateOf(point) !== IGNORED || !EXTENDS.test(String.fromCodePoint(point))) break;
    end += point > 0xffff ? 2 : 1;
  }
  return end;
}
const EXTENDS = /[\p{M}\p{Emoji_Modifier}]/u;

/** What the table could not say in one unit. Returns the index to go on from. */
function slow(text: string, i: number): number {
  const point = text.codePointAt(i) as number;
  const fate = fateOf(point);
  const next = i + (point > 0xffff ? 2 : 1);
  if (typeof fate === 'string') put(fate, i, text.length - next);
  else if (fate === SELF) put(point > 0xffff ? text.slice(i, next) : text.charAt(i), i, text.length - next);
  else if (fate === ATTACHES) return attach(text, i);
  else scratch.gap |= gapOf(fate);
  return next;
}

function gapOf(fate: number): number {
  return fate === IGNORED ? 0 : fate === CLAUSE ? 2 << GAP : 1 << GAP;
}

/** A mark changes the character before it: takes that one back and folds the two (and the marks that follow) as one. */
function attach(text: string, i: number): number {
  let base = i;
  if (scratch.length > 0) {
    const last = (scratch.place[scratch.length - 1] as number) & AT;
    while (scratch.length > 0 && ((scratch.place[scratch.length - 1] as number) & AT) === last) scratch.length--;
    scratch.gap = ((scratch.place[scratch.length] as number) >>> GAP) << GAP;
    base = last;
  }
  const end = marksEnd(text, base + widthAt(text, base));
  let cluster = '';
  let marks = 0;
  for (let at = base; at < end; at += widthAt(text, at)) {
    const point = text.codePointAt(at) as number;
    const fate = fateOf(point);
    if (typeof fate === 'number' && fate <= CLAUSE) continue;
    if (fate === ATTACHES && ++marks > MOST_MARKS) continue;
    cluster += String.fromCodePoint(point);
  }
  put(foldText(cluster), base | MARKED, text.length - end);
  return end;
}

/** The end of the last mark that attaches to what precedes `i`; what is dropped does not stand between. */
function marksEnd(text: string, i: number): number {
  let end = i;
  for (let at = i; at < text.length; ) {
    const unit = FOLD[text.charCodeAt(at)] as number;
    if (unit <= CLAUSE) {
      at++;
      continue;
    }
    if (unit !== SLOW) break;
    const point = text.codePointAt(at) as number;
    const fate = fateOf(point);
    at += point > 0xffff ? 2 : 1;
    if (fate === ATTACHES) end = at;
    else if (typeof fate === 'string' || fate > CLAUSE) break;
  }
  return end;
}

/** A text of marks alone ("？", "...") is compared by its marks: there is nothing else to go by. */
function scanBare(text: string): void {
  scratch.gap = 0;
  for (let i = 0; i < text.length; i += widthAt(text, i)) {
    const point = text.codePointAt(i) as number;
    if (fateOf(point) !== IGNORED) put(bare(point), i, text.length - i);
  }
}
const bares = new Map<number, string>(); // at most one each for the marks of Unicode

function bare(point: number): string {
  let mark = bares.get(point);
  if (mark === undefined) {
    mark = String.fromCodePoint(point)
      .normalize('NFKC')
      .replace(/[\p{M}\p{Z}\p{C}]/gu, '');
    bares.set(point, mark);
  }
  return mark;
}

function put(chars: string, at: number, left: number): void {
  reserve(scratch.length + chars.length + left);
  for (let k = 0; k < chars.length; k++) {
    scratch.units[scratch.length] = chars.charCodeAt(k);
    scratch.place[scratch.length++] = at | scratch.gap;
    scratch.gap = 0;
  }
}

function widthAt(text: string, i: number): number {
  return (text.codePointAt(i) as number) > 0xffff ? 2 : 1;
}

function reserve(size: number): void {
  if (scratch.units.length < size) resize(Math.max(size, scratch.units.length * 2));
}

function resize(size: number): void {
  const { units, place } = scratch;
  scratch.units = new Uint16Array(size);
  scratch.place = new Uint32Array(size);
  scratch.units.set(units.subarray(0, Math.min(size, scratch.length)));
  scratch.place.set(place.subarray(0, Math.min(size, scratch.length)));
}
