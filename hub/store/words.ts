import { sql } from 'kysely';
import { FORCED_HUMAN_DEFAULTS } from '../../core/words/index.ts';
import { newId } from '../id.ts';
import type { Org } from './org.ts';
import type { WordsTable } from './schema/rules.ts';

export type WordKind = WordsTable['kind'];
export interface NewWord {
  text: string;
  match?: 'contains' | 'equals';
  groupId?: string | null;
}
const CHUNK = 10_000;

/** Adds what is not there yet. Returns how many were new. Throws 23503 when a group is not there. */
export async function addWords(org: Org, kind: WordKind, words: readonly NewWord[]): Promise<number> {
  let added = 0;
  for (let from = 0; from < words.length; from += CHUNK) {
    const part = words.slice(from, from + CHUNK);
    // One statement with five arrays: a row of placeholders each would end at 65,535 of them.
    const rows = await org.raw<{ n: number }>(
      (organisation) => sql`with added as (
      insert into words (organisation_id, id, kind, text, match, group_id)
      select ${organisation}::uuid, r.id, ${kind}, r.text, r.match, r.group_id
      from unnest(${part.map(() => newId())}::uuid[], ${part.map((word) => word.text)}::text[],
        ${part.map((word) => word.match ?? 'contains')}::text[], ${part.map((word) => word.groupId ?? null)}::uuid[]) as r(id, text, match, group_id)
      on conflict (organisation_id, kind, text) do nothing returning 1)
      select count(*)::int as n from added`,
    );
    added += rows[0]!.n;
  }
  return added;
}

/** What every organisation begins with (SW-03). */
export async function addFirstWords(org: Org): Promise<void> {
  await addWords(org, 'forced-human', FORCED_HUMAN_DEFAULTS as readonly NewWord[]);
}

/** In the order they were added; `after` is the id of the last one seen. */
export async function wordsPage(
  org: Org,
  filter: { kind?: WordKind; q?: string },
  after: string | undefined,
  limit: number,
) {
  let query = org.select('words');
  if (filter.kind) query = query.where('kind', '=', filter.kind);
  if (filter.q) query = query.where(sql<boolean>`strpos(lower(text), lower(${filter.q})) > 0`);
  const { total } = await query.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  let rows = query.selectAll();
  if (after) rows = rows.where('id', '>', after);
  return { rows: await rows.orderBy('id').limit(limit).execute(), total: Number(total) };
}

export async function removeWord(org: Org, id: string) {
  return await org.delete('words').where('id', '=', id).returning(['kind', 'text']).executeTakeFirst();
}

export async function clearWords(org: Org, kind: WordKind): Promise<number> {
  return Number((await org.delete('words').where('kind', '=', kind).executeTakeFirst()).numDeletedRows);
}

export async function allWords(org: Org) {
  return await org.select('words').select(['id', 'kind', 'text', 'match']).execute();
}
