import { sql } from 'kysely';
import type { Org } from './org.ts';

/** Whom ids of a channel name: the id the person is filed under, by any id of theirs. */
export async function filedUnder(org: Org, channelId: string, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await org.raw(
    (id) => sql<{ asked: string; filed: string }>`
    select external_id as asked, external_id as filed from identities
      where organisation_id = ${id} and channel_id = ${channelId} and external_id = any(${ids}::text[])
    union all
    select a.external_id, i.external_id from identity_aliases a
      join identities i on i.organisation_id = a.organisation_id and i.id = a.identity_id
      where a.organisation_id = ${id} and a.channel_id = ${channelId} and a.external_id = any(${ids}::text[])`,
  );
  // Who is filed under the very id comes before who only goes by it, too.
  return new Map(
    [...rows.filter((row) => row.asked !== row.filed), ...rows.filter((row) => row.asked === row.filed)].map((row) => [
      row.asked,
      row.filed,
    ]),
  );
}

/** Files a person under another id of theirs, the one the platform uses now; the old one stays an alias. */
export async function fileUnder(org: Org, channelId: string, from: string, to: string): Promise<void> {
  await org.transaction(async (tx) => {
    await learnAliases(tx, channelId, from, [from]);
    await tx.raw(
      (
        id,
      ) => sql`update identities set external_id = ${to} where organisation_id = ${id} and channel_id = ${channelId} and external_id = ${from}
        and not exists (select 1 from identities o where o.organisation_id = ${id} and o.channel_id = ${channelId} and o.external_id = ${to})`,
    );
  });
}

/** Further ids of whoever is filed under `filed`. An id that is somebody's already stays his. */
export async function learnAliases(org: Org, channelId: string, filed: string, ids: readonly string[]): Promise<void> {
  await org.raw(
    (id) => sql`
    insert into identity_aliases (organisation_id, channel_id, external_id, identity_id)
    select ${id}, ${channelId}, a.external_id, i.id from unnest(${ids}::text[]) a(external_id)
    join identities i on i.organisation_id = ${id} and i.channel_id = ${channelId} and i.external_id = ${filed}
    on conflict do nothing`,
  );
}
