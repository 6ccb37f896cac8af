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
