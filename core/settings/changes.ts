/** One step to a place: a key, or an entry of a list with what it is called. */
export type Step = string | { id: string; name: string; index: number };

/** One difference between two documents. Of `moved`, before and after are the entries' names in their order. */
export interface Change {
  path: Step[];
  kind: 'set' | 'added' | 'removed' | 'moved';
  before: unknown;
  after: unknown;
}

type Entry = Record<string, unknown> & { id: string };
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isEntries = (value: unknown): value is Entry[] =>
  Array.isArray(value) && value.every((entry) => isRecord(entry) && typeof entry.id === 'string');

/** What an entry is called: its name or text, else its kind, else its place (from 1). */
export function called(entry: Record<string, unknown>, index: number): string {
  for (const key of ['name', 'text', 'kind']) {
    const told = entry[key];
    if (typeof told === 'string' && told && told !== 'rule') return told;
  }
  return `#${index + 1}`;
}

/**
 * What a person would say is different: entries of lists are the same entry when they have the same id, wherever they
 * stand; lists without ids and plain values are told whole. Order of keys means nothing.
 */
export function changes(before: unknown, after: unknown, path: Step[] = []): Change[] {
  // Where somebody goes: another way is another whole, not another key.
  const turned = isRecord(before) && isRecord(after) && typeof before.to === 'string' && before.to !== after.to;
  if (isRecord(before) && isRecord(after) && !turned) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys]
      .filter((key) => key !== 'id' || path.length === 0)
      .flatMap((key) => changes(before[key], after[key], [...path, key]));
  }
  if (isEntries(before) && isEntries(after) && before.length + after.length > 0) return entries(before, after, path);
  return equal(before, after) ? [] : [{ path, kind: 'set', before, after }];
}

function entries(before: Entry[], after: Entry[], path: Step[]): Change[] {
  const step = (entry: Entry, index: number): Step => ({ id: entry.id, name: called(entry, index), index });
  const [old, now] = [new Map(before.map((one) => [one.id, one])), new Map(after.map((one) => [one.id, one]))];
  const stayed = {
    before: before.filter((one) => now.has(one.id)),
    after: after.filter((one) => old.has(one.id)),
  };
  const found: Change[] = [];
  for (const [index, entry] of before.entries())
    if (!now.has(entry.id))
      found.push({ path: [...path, step(entry, index)], kind: 'removed', before: entry, after: undefined });
  for (const [index, entry] of after.entries()) {
    const was = old.get(entry.id);
    if (was) found.push(...changes(was, entry, [...path, step(entry, index)]));
    else found.push({ path: [...path, step(entry, index)], kind: 'added', before: undefined, after: entry });
  }
  if (stayed.before.some((one, index) => one.id !== stayed.after[index]?.id))
    found.push({ path, kind: 'moved', before: stayed.before.map(called), after: stayed.after.map(called) });
  return found;
}

/** Values as JSON has them; a key that is undefined is as good as not there. */
export function equal(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((part, index) => equal(part, other[index]));
  if (!isRecord(one) || !isRecord(other)) return false;
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].every((key) => equal(one[key], other[key]));
}

/** `rules[售后].on.groupId`: a path as people read it. */
export const spelt = (path: readonly Step[]): string =>
  path.reduce<string>(
    (text, step) => (typeof step === 'string' ? (text ? `${text}.${step}` : step) : `${text}[${step.name}]`),
    '',
  );
