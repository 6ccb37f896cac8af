import type { Finding, Known } from '../findings.ts';
import type { Area, Settings } from '../index.ts';
import { type FindingCode, levelOfFinding } from './codes.ts';

/** What one area's look at the settings finds. */
export interface Notes {
  settings: Settings;
  known: Known;
  /** `path`: keys and positions from the top of the area's document. */
  add(path: (string | number)[], code: FindingCode, params?: Finding['params']): void;
}

/** Notes of one area, put to `found`. */
export const notes = (area: Area, settings: Settings, known: Known, found: Finding[]): Notes => ({
  settings,
  known,
  add: (path, code, params) =>
    found.push({ level: levelOfFinding(code), area, path: path.join('.'), code, ...(params ? { params } : {}) }),
});

/** Entries of one list that share what must be theirs alone. */
export function ids(at: Notes, path: (string | number)[], list: readonly { id: string }[]): void {
  for (const { n, first } of repeats(list.map(({ id }) => id))) at.add([...path, n, 'id'], 'duplicate-id', { first });
}

/** Names as people compare them: capitals and width do not count. */
export const plain = (words: string): string => words.normalize('NFKC').trim().toLowerCase();

/** Each value that was there before, with the position of the first. */
export function repeats<T>(values: readonly T[]): { n: number; first: number; value: T }[] {
  const seen = new Map<T, number>();
  return values.flatMap((value, n) => {
    const first = seen.get(value);
    if (first === undefined) seen.set(value, n);
    return first === undefined ? [] : [{ n, first, value }];
  });
}

/** How a finding names an earlier rule or plan: where it stands, from 1. */
export const earlier = ({ id, name }: { id: string; name: string }, n: number) => ({ by: id, name, position: n + 1 });
