import { AT, endOf, scan, scratch } from './scan.ts';

/** A text as words are compared, and the way back. */
export interface Normalised {
  /** UTF-16, without anything that only decorates. */
  text: string;
  /** Unit k of `text` came from original units [start[k], end[k]): always whole characters, marks and all. */
  at: { start: Uint32Array; end: Uint32Array };
}

/**
 * The one form in which words and messages are compared (issue 2, "normalised text"):
 * NFKC (full width, ligatures, ㈱) · case folded (ß = ss) · traditional → simplified, by character ·
 * invisible characters dropped (zero width, variation selectors, controls, bidi, tags, lone surrogates, and skin tones:
 * 👍🏽 is 👍) · separators dropped (spaces, punctuation, symbols; emoji stay). A text of separators only keeps them, so that
 * "？" can be a keyword. At most 30 marks stay on one character. Idempotent, never throws, linear in the length.
 */
export function normalise(text: string): Normalised {
  const length = scan(text);
  const units = scratch.units.subarray(0, length);
  const start = scratch.place.slice(0, length);
  const end = new Uint32Array(length);
  for (let k = 0; k < length; k++) {
    const at = (start[k] as number) & AT;
    start[k] = at;
    end[k] = k > 0 && start[k - 1] === at ? (end[k - 1] as number) : endOf(text, k);
  }
  return { text: same(text, units) ? text : spell(units), at: { start, end } };
}

function same(text: string, units: Uint16Array): boolean {
  if (text.length !== units.length) return false;
  for (let k = 0; k < units.length; k++) if (text.charCodeAt(k) !== units[k]) return false;
  return true;
}

function spell(units: Uint16Array): string {
  let text = '';
  for (let k = 0; k < units.length; k += 4096) {
    // `apply` takes any array-like; a spread would walk it unit by unit
    text += String.fromCharCode.apply(null, units.subarray(k, k + 4096) as unknown as number[]);
  }
  return text;
}
