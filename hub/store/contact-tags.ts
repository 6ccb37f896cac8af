import { sql } from 'kysely';
import type { Org } from './org.ts';

/** Takes a tag off every contact that has it. Returns how many had it. */
export async function forgetContactTag(org: Org, id: string): Promise<number> {
  const rows = await org.raw<{ n: number }>(
    (organisation) => sql`with changed as (
      update contacts set tag_ids = tag_ids - ${id}::text, updated_at = now()
      where organisation_id = ${organisation} and tag_ids @> ${JSON.stringify([id])}::jsonb returning 1)
      select count(*)::int as n from changed`,
  );
  return rows[0]!.n;
}
