import { simplifications } from './simplify.ts';

/*
 * What each character becomes before words are compared. Pure data, built page by page (256 code points)
 * the first time a text uses the page, so that ASCII and Chinese never pay for Tibetan.
 */

/** Values of `FOLD` and of `fateOf` that are not a character. The first three drop it. */
const SEPARATOR = 0; // a space, a mark, a symbol: dropped, but seen by the rules of bounds.ts
export const IGNORED = 1; // nothing a person can see: dropped without a trace
export const CLAUSE = 2; // , 。 ? and the like: a separator that also ends a thought
export const ATTACHES = 3; // a combining mark, a vowel sign: belongs to the character before it
export const SELF = 4; // stays as it is
/** In `FOLD` only: ask `fateOf`. U+FFFF is not a character, so no text can produce it. */
export const SLOW = 0xffff;

/** UTF-16 unit → the unit it becomes, a drop code (≤ CLAUSE), or SLOW. */
export const FOLD = new Uint16Array(0x10000).fill(SLOW);

const filled = new Uint8Array(0x200); // pages of planes 0 and 1
const plane1 = new Uint8Array(0x10000); // fates of U+1xxxx; a text there is in `becomes`
const becomes = new Map<number, string>(); // code points that become another or several
const attaches = new Set<number>(); // of plane 0
const TEXT = 5;

const BREAKS = /[,;:!?\n\r\u2028\u2029。、，；：！？…⋯—﹐﹑﹔﹕﹖﹗｡､؟،؛¡¿‼⁇⁈⁉]/u;
const UNSEEN =
  /[[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}\p{Me}\p{Emoji_Modifier}\p{Cs}\p{Noncharacter_Code_Point}]--[\t-\r\x85]]/v;
// Every mark and symbol, except the pictures people write with and the radicals NFKC does not know.
const BETWEEN =
  /[[\p{P}\p{Z}\p{S}\t-\r\x85]--[\p{Emoji_Presentation}[\p{Emoji}&&[\u2600-\u27bf\u{1f000}-\u{1faff}]]\u2e80-\u2fd5]]/v;
const CARRIES = /[\p{L}\p{N}]/u; // ㈱ and ℃ are symbols, yet hold letters
// Marks, Hangul vowels and finals, and the one vowel sign that Unicode calls a letter: NFKC may join them to what precedes.
const JOINS = /^[\p{M}\u1160-\u11ff\ud7b0-\ud7ff\u{16d63}-\u{16d6a}]/u;

/** SEPARATOR, IGNORED, CLAUSE, ATTACHES, SELF, or the text the code point becomes. Lone surrogates are IGNORED. */
export function fateOf(point: number): number | string {
  if (point < 0x10000) {
    if (filled[point >> 8] === 0) fillPage(point >> 8);
    const unit = FOLD[point] as number;
    if (unit <= CLAUSE) return unit;
    if (unit !== SLOW) return unit === point ? SELF : String.fromCharCode(unit);
    return attaches.has(point) ? ATTACHES : (becomes.get(point) ?? IGNORED);
  }
  if (point < 0x20000) {
    if (filled[point >> 8] === 0) fillPage(point >> 8);
    const fate = plane1[point & 0xffff] as number;
    return fate === TEXT ? (becomes.get(point) as string) : fate;
  }
  if ((point >= 0xe0000 && point < 0xe1000) || (point & 0xfffe) === 0xfffe) return IGNORED;
  if (isHan(point)) return becomes.get(point) ?? SELF;
  return point >= 0x2f800 && point < 0x2fa20 ? foldText(String.fromCodePoint(point)) : SELF;
}

/**
 * NFKC, case folding, simplification and dropping, repeated until nothing changes (İ, ㌀ and friends need two rounds).
 * Slow: for single characters and short clusters only, which keeps NFKC's quadratic ordering of marks away.
 */
export function foldText(text: string): string {
  for (let rounds = 0; rounds < 8; rounds++) {
    let next = '';
    for (const char of text.normalize('NFKC')) {
      const point = char.codePointAt(0) as number;
      if (isHan(point)) next += simplify(point, char);
      else if (!UNSEEN.test(char) && !BETWEEN.test(char)) next += char.toUpperCase().toLowerCase();
    }
    if (next === text) return text;
    text = next;
  }
  return text;
}

function fillPage(page: number): void {
  if (filled[0x4e] === 0) fillHan();
  filled[page] = 1;
  if (page >= 0xd8 && page < 0xe0) return; // surrogates: read in pairs
  for (let point = page << 8; point < (page + 1) << 8; point++) {
    if (isHan(point)) continue;
    const fate = judge(point);
    if (point > 0xffff) plane1[point & 0xffff] = typeof fate === 'string' ? TEXT : fate;
    else if (fate === ATTACHES) attaches.add(point);
    else if (fate === SELF) FOLD[point] = point;
    else if (typeof fate === 'number') FOLD[point] = fate;
    else if (fate.length === 1) FOLD[point] = fate.charCodeAt(0);
    if (typeof fate === 'string' && (point > 0xffff || fate.length > 1)) becomes.set(point, fate);
  }
}

/** One code point by the book. Callers remember the answer. */
function judge(point: number): number | string {
  const char = String.fromCodePoint(point);
  if (UNSEEN.test(char)) return IGNORED;
  if (BETWEEN.test(char) && !CARRIES.test(char.normalize('NFKC'))) return BREAKS.test(char) ? CLAUSE : SEPARATOR;
  const text = foldText(char);
  if (JOINS.test(char) || JOINS.test(text)) return ATTACHES;
  if (text === char) return SELF;
  return text === '' ? SEPARATOR : text;
}

function isHan(point: number): boolean {
  if (point < 0x10000) return (point >= 0x4e00 && point < 0xa000) || (point >= 0x3400 && point < 0x4dc0);
  return point >= 0x20000 && point < 0x40000 && (point < 0x2f800 || point >= 0x2fa20);
}

function simplify(point: number, char: string): string {
  if (filled[0x4e] === 0) fillHan();
  const unit = point < 0x10000 ? (FOLD[point] as number) : SLOW;
  return unit === SLOW ? (becomes.get(point) ?? char) : String.fromCharCode(unit);
}

/** All Chinese characters of the first plane at once: each is itself, but for OpenCC's pairs. */
function fillHan(): void {
  for (let point = 0x3400; point < 0x4dc0; point++) FOLD[point] = point;
  for (let point = 0x4e00; point < 0xa000; point++) FOLD[point] = point;
  filled.fill(1, 0x34, 0xa0);
  filled[0x4d] = 0; // shares its page with the hexagrams
  for (const [from, to] of simplifications()) {
    if (from < 0x10000 && to < 0x10000) FOLD[from] = to;
    else becomes.set(from, String.fromCodePoint(to));
    if (from < 0x10000 && to > 0xffff) FOLD[from] = SLOW;
  }
}
