/**
 * My changes on top of theirs. `base` is what both began with. What I did not touch is theirs; what we both touched is mine.
 * Lists of things with ids are merged thing by thing and keep my order; other lists are taken whole.
 */
export function merge<T>(base: T, mine: T, theirs: T): T {
  if (same(mine, base)) return theirs;
  if (same(theirs, base)) return mine;
  if (isList(base) && isList(mine) && isList(theirs)) return lists(base, mine, theirs) as T;
  if (isObject(base) && isObject(mine) && isObject(theirs)) {
    const merged: Record<string, unknown> = {};
    for (const key of new Set([...Object.keys(mine), ...Object.keys(theirs)])) {
      const value = merge(base[key], mine[key], theirs[key]);
      if (value !== undefined) merged[key] = value;
    }
    return merged as T;
  }
  return mine;
}

type Thing = { id: string };
function lists(base: Thing[], mine: Thing[], theirs: Thing[]): Thing[] {
  const [was, now] = [byId(base), byId(theirs)];
  const kept = mine.flatMap((one) => {
    const [before, other] = [was.get(one.id), now.get(one.id)];
    if (other) return [before ? merge(before, one, other) : one];
    // They took away what I left alone; what I changed or added stays.
    return before && same(before, one) ? [] : [one];
  });
  const have = new Set(mine.map((one) => one.id));
  for (const [index, one] of theirs.entries()) {
    if (have.has(one.id) || was.has(one.id)) continue;
    // Theirs is new: it stands behind what stands before it there.
    const before = theirs.slice(0, index).findLast((other) => kept.some((own) => own.id === other.id));
    kept.splice(before ? kept.findIndex((own) => own.id === before.id) + 1 : 0, 0, one);
  }
  return kept;
}

const byId = (list: Thing[]) => new Map(list.map((one) => [one.id, one]));
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isList = (value: unknown): value is Thing[] =>
  Array.isArray(value) && value.every((one) => isObject(one) && typeof one.id === 'string');

/** Equal as JSON values; the order of an object's keys does not count. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((value, index) => same(value, b[index]));
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a).filter((key) => a[key] !== undefined);
  return (
    keys.length === Object.keys(b).filter((key) => b[key] !== undefined).length &&
    keys.every((key) => same(a[key], b[key]))
  );
}
