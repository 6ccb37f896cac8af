import { sql } from 'kysely';
import type { Org } from './org.ts';

export interface Document {
  version: number;
  document: Record<string, unknown>;
}

/** Version 0 and empty until somebody has set something. */
export async function settingsOf(org: Org, area: string): Promise<Document> {
  const row = await org.select('settings').select(['version', 'document']).where('area', '=', area).executeTakeFirst();
  return row ?? { version: 0, document: {} };
}

/** The documents there are, with who changed each last. */
export async function allSettings(org: Org) {
  return await org
    .select('settings')
    .leftJoin('members', (join) =>
      join
        .onRef('members.organisation_id', '=', 'settings.organisation_id')
        .onRef('members.id', '=', 'settings.updated_by'),
    )
    .select([
      'settings.area',
      'settings.version',
      'settings.document',
      'settings.updated_at',
      'settings.updated_by',
      'members.name as author',
    ])
    .execute();
}
export type SettingsRow = Awaited<ReturnType<typeof allSettings>>[number];

/**
 * One change of settings at a time in an organisation: documents point at each other and at groups, so whoever checks
 * one has to see what the other has just written. Until the transaction ends; rows that point at the organisation can be
 * added meanwhile.
 */
export async function lockSettings(org: Org): Promise<void> {
  await org.raw((id) => sql`select 1 from organisations where id = ${id} for no key update`);
}

/** Puts a document in the place of the version that was read, and keeps it as a revision; null when somebody was faster. */
export async function putSettings(
  org: Org,
  area: string,
  version: number,
  document: object,
  now: Date,
  memberId: string | null = null,
): Promise<number | null> {
  const json = JSON.stringify(document);
  const set = { version: version + 1, document: json, updated_at: now, updated_by: memberId };
  const row =
    version === 0
      ? await org
          .insert('settings', { area, ...set })
          .onConflict((on) => on.doNothing())
          .returning('version')
          .executeTakeFirst()
      : await org
          .update('settings')
          .set(set)
          .where('area', '=', area)
          .where('version', '=', version)
          .returning('version')
          .executeTakeFirst();
  if (!row) return null;
  await org
    .insert('settings_revisions', { area, version: row.version, document: json, member_id: memberId, at: now })
    .execute();
  return row.version;
}
