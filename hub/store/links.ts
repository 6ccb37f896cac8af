import { sql } from 'kysely';
import type { Database } from './database.ts';
import type { Org } from './org.ts';
import type { StoredLink } from './schema/channels.ts';

/** A channel that is a lasting connection. */
export interface LinkChannel {
  id: string;
  organisationId: string;
  config: Record<string, string>;
  link: StoredLink | null;
}

/** All that want a hub to hold them, in every organisation. */
export async function linkChannels(db: Database, connectors: readonly string[]): Promise<LinkChannel[]> {
  if (!connectors.length) return [];
  const rows = await db.everywhere
    .selectFrom('channels')
    .select(['id', 'organisation_id', 'config', 'link'])
    .where('connector', 'in', connectors)
    .where('enabled', '=', true)
    .where('deleted_at', 'is', null)
    .orderBy('created_at')
    .execute();
  return rows.map(({ organisation_id, ...row }) => ({ ...row, organisationId: organisation_id }));
}

/** Whether the channel was deleted, not only switched off. */
export async function isDeleted(org: Org, id: string): Promise<boolean> {
  const row = await org.select('channels').select('deleted_at').where('id', '=', id).executeTakeFirst();
  return !row || row.deleted_at !== null;
}

export async function setLink(org: Org, id: string, link: StoredLink | null): Promise<void> {
  await org
    .update('channels')
    .set({ link: link && JSON.stringify(link) })
    .where('id', '=', id)
    .execute();
}

/** Notes whose account it is. False when another channel of the house has it. */
export async function setAccount(org: Org, id: string, account: string): Promise<boolean> {
  try {
    await org.update('channels').set({ account }).where('id', '=', id).where('deleted_at', 'is', null).execute();
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === '23505') return false;
    throw error;
  }
}

/** Sessions on these channels whose oldest pending message is due and that nobody is sending. */
export async function overdueOn(
  db: Database,
  channelIds: readonly string[],
  now: Date,
): Promise<{ organisationId: string; sessionId: string }[]> {
  if (!channelIds.length) return [];
  const { rows } = await sql<{ organisationId: string; sessionId: string }>`
    select m.organisation_id as "organisationId", m.session_id as "sessionId"
    from messages m join sessions s on s.organisation_id = m.organisation_id and s.id = m.session_id
    where m.delivery = 'pending' and m.channel_id = any(${channelIds}::uuid[])
      and (m.retry_at is null or m.retry_at <= ${now}) and (s.delivering_until is null or s.delivering_until < ${now})
    group by 1, 2 limit 500`.execute(db.everywhere);
  return rows;
}

/** Files on these channels that are not downloaded yet; each try doubles the pause. */
export async function unfetchedOn(
  db: Database,
  channelIds: readonly string[],
  now: Date,
): Promise<{ organisationId: string; id: string }[]> {
  if (!channelIds.length) return [];
  const rows = await db.everywhere
    .selectFrom('media')
    .select(['organisation_id', 'id', 'attempts', 'created_at'])
    .where('state', '=', 'fetching')
    .where('channel_id', 'in', channelIds)
    .orderBy('created_at')
    .limit(200)
    .execute();
  return rows
    .filter((row) => now.getTime() - row.created_at.getTime() > (row.attempts ? 15_000 * 2 ** row.attempts : 0))
    .map((row) => ({ organisationId: row.organisation_id, id: row.id }));
}
