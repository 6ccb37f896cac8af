/// <reference path="./opencc.d.ts" />
import hongKong from 'opencc-js/dict/HKVariantsRev';
import simplified from 'opencc-js/dict/TSCharacters';
import taiwan from 'opencc-js/dict/TWVariantsRev';

/**
 * Traditional → simplified, one code point at a time: every pair [from, to] with `to` already final.
 *
 * Only the character table of OpenCC is used (30 kB). Its phrase tables choose between several simplified
 * forms by context; a matcher folds word and message alike, so it needs no choice, only sameness.
 * The Hong Kong and Taiwan spellings (衞, 著) lead there by way of OpenCC's standard form, unless the
 * character is itself somebody's simplified form (么 is), which must stay.
 */
export function simplifications(): Map<number, number> {
  const steps = read(simplified);
  const variants = read(`${hongKong}|${taiwan}`);
  for (const to of steps.values()) variants.delete(to);
  for (const [from, to] of variants) if (!steps.has(from)) steps.set(from, to);
  for (const [from, to] of steps) {
    const last = follow(steps, to);
    if (last === from) steps.delete(from);
    else if (last !== to) steps.set(from, last);
  }
  return steps;
}
/** Walks to the end of a chain (薴 → 苧 → 苎). */
function follow(steps: Map<number, number>, from: number): number {
  let at = from;
  for (let hops = 0; hops < 8; hops++) {
    const next = steps.get(at);
    if (next === undefined || next === at) return at;
    at = next;
  }
  return at;
}

function read(pairs: string): Map<number, number> {
  const map = new Map<number, number>();
  for (let at = 0; at < pairs.length; ) {
    const from = pairs.codePointAt(at) as number;
    at += from > 0xffff ? 3 : 2; // and the space
    const to = pairs.codePointAt(at) as number;
    at += to > 0xffff ? 3 : 2; // and the bar
    map.set(from, to);
  }
  return map;
}
