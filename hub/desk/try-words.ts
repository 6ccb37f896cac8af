import { buildIndex, find, wordOf } from '../../core/words/index.ts';
import type { Org } from '../store/org.ts';
import { allWords, type WordKind } from '../store/words.ts';

export interface TriedHit {
  kind: WordKind;
  word: string;
  start: number;
  end: number;
}

/**
 * Every word of every list in a text, whoever would have written it. The index is built for this one question: the
 * compiled rules know only what a decision needs, and nobody asks often.
 */
export async function tryWords(org: Org, text: string): Promise<TriedHit[]> {
  const rows = await allWords(org);
  const byId = new Map(rows.map((row) => [row.id, row]));
  const index = buildIndex(
    rows.map((row) => wordOf(row.kind, row.id, row.text, row.match === 'equals' ? 'equals' : undefined)),
  );
  return find(index, text, { limit: 1000 }).map(({ id, start, end }) => {
    const row = byId.get(id as string)!;
    return { kind: row.kind, word: row.text, start, end };
  });
}
