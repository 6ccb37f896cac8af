import { sql } from 'kysely';
import type { Org } from './org.ts';

/** Every version of every document, with who wrote it. */
function revisions(org: Org) {
  return org
    .select('settings_revisions')
    .leftJoin('members', (join) =>
      join
        .onRef('members.organisation_id', '=', 'settings_revisions.organisation_id')
        .onRef('members.id', '=', 'settings_revisions.member_id'),
    );
}

/** Newest first; `before` is the last version seen. */
export async function revisionsPage(org: Org, area: string, before: number | undefined, limit: number) {
  let query = revisions(org)
    .select(['settings_revisions.version', 'settings_revisions.at', 'settings_revisions.member_id', 'members.name'])
    .where('settings_revisions.area', '=', area);
  if (before !== undefined) query = query.where('settings_revisions.version', '<', before);
  return await query.orderBy('settings_revisions.version', 'desc').limit(limit).execute();
}

export async function revisionOf(org: Org, area: string, version: number) {
  return await revisions(org)
    .select([
      'settings_revisions.version',
      'settings_revisions.document',
      'settings_revisions.at',
      'settings_revisions.member_id',
      'members.name',
    ])
    .where('settings_revisions.area', '=', area)
    .where('settings_revisions.version', '=', version)
    .executeTakeFirst();
}

/** Documents as they were: by `area:version`. Areas nobody has set have no version and are left out. */
export async function revisionsAt(org: Org, wanted: readonly [area: string, version: number][]) {
  if (!wanted.length) return new Map<string, Record<string, unknown>>();
  const rows = await org.raw(
    (id) => sql<{ area: string; version: number; document: Record<string, unknown> }>`
    select distinct r.area, r.version, r.document from settings_revisions r
    join unnest(${wanted.map(([area]) => area)}::text[], ${wanted.map(([, version]) => version)}::int[]) w(area, version)
      on w.area = r.area and w.version = r.version where r.organisation_id = ${id}`,
  );
  return new Map(rows.map((row) => [`${row.area}:${row.version}`, row.document]));
}
