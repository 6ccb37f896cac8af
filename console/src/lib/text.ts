/** A text in pieces: plain, a link, or a word that was found. Never HTML. */
export interface Piece {
  text: string;
  href?: string;
  hit?: string;
}
interface Hit {
  kind: string;
  word: string;
  start: number;
  end: number;
}

// Schemes we name only; what ends a sentence is no part of an address.
const ADDRESS = /https?:\/\/[^\s<>"'`，。；：！？、）】》」』]+/gi;
const TRAILING = /[.,;:!?)\]}]+$/;

export function piecesOf(text: string, hits: readonly Hit[] = []): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  const marks = [...hits]
    .filter((hit) => hit.start < hit.end && hit.end <= text.length)
    .sort((a, b) => a.start - b.start);
  for (const mark of marks) {
    if (mark.start < at) continue;
    pieces.push(...linked(text.slice(at, mark.start)), { text: text.slice(mark.start, mark.end), hit: mark.kind });
    at = mark.end;
  }
  return [...pieces, ...linked(text.slice(at))];
}

function linked(text: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = match[0].replace(TRAILING, '');
    if (!URL.canParse(address)) continue;
    if (match.index > at) pieces.push({ text: text.slice(at, match.index) });
    pieces.push({ text: address, href: address });
    at = match.index + address.length;
  }
  if (at < text.length) pieces.push({ text: text.slice(at) });
  return pieces;
}

/** Up to two letters that stand for a name: the last two of a Chinese one, the initials of others. */
export function initials(name: string): string {
  const clean = name.trim();
  const asian = clean.match(/[\u3400-\u9fff\u3040-\u30ff\uac00-\ud7af]/g);
  if (asian) return asian.slice(-2).join('');
  const parts = clean.split(/[\s._-]+/).filter(Boolean);
  return (parts.length > 1 ? [...parts[0]!][0]! + [...parts.at(-1)!][0]! : clean.slice(0, 2)).toUpperCase() || '?';
}

/** One of eight hues for a name, always the same. */
export function hueOf(key: string): number {
  let sum = 0;
  for (let index = 0; index < key.length; index++) sum = (sum * 31 + key.charCodeAt(index)) | 0;
  return (Math.abs(sum) % 8) * 45 + 10;
}
export const bytes = (size: number): string =>
  size < 1024
    ? `${size} B`
    : size < 1_048_576
      ? `${Math.round(size / 1024)} KB`
      : `${(size / 1_048_576).toFixed(1)} MB`;

/** An amount in the smallest unit of its currency (fen), as people write it. */
export function money(amount: number, currency: string, language: string): string {
  const format = new Intl.NumberFormat(language, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' });
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}
