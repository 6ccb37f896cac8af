/** Which of two cursors is later: negative when `a` is the earlier one. The order hub/shapes/visitor.ts promises. */
export function compare(a: string, b: string): number {
  const [x, y] = [a.lastIndexOf(':'), b.lastIndexOf(':')];
  const [s, t] = [a.slice(0, x), b.slice(0, y)];
  if (s !== t) return s < t ? -1 : 1;
  return Number(a.slice(x + 1)) - Number(b.slice(y + 1));
}

/** The later one; `null` is before everything. */
export function later(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return compare(a, b) < 0 ? b : a;
}
