/** A coloured stretch of a message, UTF-16. */
export interface Span {
  start: number;
  end: number;
  kinds: number;
}

/** For highlighting: ranges that never overlap, leftmost first, the longest where several begin. Equal ranges join their kinds. */
export function spans(hits: Iterable<Span>): Span[] {
  const ordered = [...hits].sort((a, b) => a.start - b.start || b.end - a.end);
  const result: Span[] = [];
  for (const { start, end, kinds } of ordered) {
    const last = result.at(-1);
    if (last === undefined || start >= last.end) result.push({ start, end, kinds });
    else if (start === last.start && end === last.end) last.kinds |= kinds;
  }
  return result;
}
