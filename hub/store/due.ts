import type { Database } from './database.ts';

/** What the clock looks for, in every organisation. Times are given, limits bound one round. */

export async function organisationsWaiting(db: Database): Promise<string[]> {
  const rows = await db.everywhere
    .selectFrom('sessions')
    .select('organisation_id')
    .distinct()
    .where('state', '=', 'waiting')
    .limit(1000)
    .execute();
  return rows.map((row) => row.organisation_id);
}

/** Files not downloaded a minute after their last try; each try doubles the pause. */
export async function unfetchedMedia(db: Database, now: Date): Promise<{ organisationId: string; id: string }[]> {
  const rows = await db.everywhere
    .selectFrom('media')
    .select(['organisation_id', 'id', 'attempts', 'created_at'])
    .where('state', '=', 'fetching')
    .where('created_at', '<', new Date(now.getTime() - 30_000))
    .orderBy('created_at')
    .limit(200)
    .execute();
  return rows
    .filter((row) => now.getTime() - row.created_at.getTime() > 30_000 * 2 ** row.attempts)
    .map((row) => ({ organisationId: row.organisation_id, id: row.id }));
}

/** People whose profile was never asked for, who came within the last hour. */
export async function unnamedIdentities(db: Database, now: Date): Promise<{ organisationId: string; id: string }[]> {
  const rows = await db.everywhere
    .selectFrom('identities')
    .select(['organisation_id', 'id'])
    .where('profile_at', 'is', null)
    .where('name', 'is', null)
    .where('created_at', '>', new Date(now.getTime() - 3_600_000))
    .where('created_at', '<', new Date(now.getTime() - 30_000))
    .limit(200)
    .execute();
  return rows.map((row) => ({ organisationId: row.organisation_id, id: row.id }));
}
