import { sql } from 'kysely';
import type { MessageRow, SessionRow } from './changes.ts';
import type { Org } from './org.ts';

/** A place in a visitor's whole history: session ids grow with time, numbers within a session. */
export interface Cursor {
  sessionId: string;
  seq: number;
}

const MAX_INT = 2_147_483_647;

export const cursorText = (cursor: Cursor): string => `${cursor.sessionId}:${cursor.seq}`;
export function readCursor(text: string | null | undefined): Cursor | null {
  const match = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}):(\d{1,10})$/.exec(text ?? '');
  // What is past the end of the column's type is past every message as well.
  return match ? { sessionId: match[1]!, seq: Math.min(Number(match[2]), MAX_INT) } : null;
}

export async function identityByExternal(org: Org, channelId: string, externalId: string) {
  return await org
    .select('identities')
    .select(['id', 'contact_id', 'language', 'ip', 'region', 'network', 'terminal'])
    .where('channel_id', '=', channelId)
    .where('external_id', '=', externalId)
    .executeTakeFirst();
}

export async function openSession(org: Org, identityId: string): Promise<SessionRow | undefined> {
  return (await org
    .select('sessions')
    .selectAll()
    .where('identity_id', '=', identityId)
    .where('state', '<>', 'closed')
    .executeTakeFirst()) as SessionRow | undefined;
}
export async function lastSession(org: Org, identityId: string): Promise<SessionRow | undefined> {
  return (await org
    .select('sessions')
    .selectAll()
    .where('identity_id', '=', identityId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()) as SessionRow | undefined;
}

/** Those of these people who wait in this queue, each with his place: 1 is next, as `placeOf` counts. */
export async function waitingIn(
  org: Org,
  groupId: string | null,
  identityIds: readonly string[],
): Promise<{ session: SessionRow; place: number }[]> {
  if (!identityIds.length) return [];
  const rows = await org.raw(
    (id) => sql<SessionRow & { place: number }>`
    select s.*, q.place from (
      select id, row_number() over (order by priority, waiting_since, id)::int as place from sessions
      where organisation_id = ${id} and state = 'waiting' and group_id is not distinct from ${groupId}::uuid
    ) q join sessions s on s.organisation_id = ${id} and s.id = q.id
    where s.identity_id = any(${identityIds}::uuid[])`,
  );
  return rows.map(({ place, ...session }) => ({ session, place }));
}

const history = (org: Org, identityId: string) =>
  org
    .select('messages')
    .selectAll('messages')
    .innerJoin('sessions', (join) =>
      join
        .onRef('sessions.organisation_id', '=', 'messages.organisation_id')
        .onRef('sessions.id', '=', 'messages.session_id'),
    )
    .where('sessions.identity_id', '=', identityId);
const place = sql`(messages.session_id, messages.seq)`;

/** Over all of a visitor's sessions, in order: the last `limit` before the cursor, or from the end. */
export async function historyBefore(
  org: Org,
  identityId: string,
  before: Cursor | null,
  limit: number,
): Promise<MessageRow[]> {
  let query = history(org, identityId);
  if (before) query = query.where(sql<boolean>`${place} < (${before.sessionId}::uuid, ${before.seq}::int)`);
  const rows = await query
    .orderBy('messages.session_id', 'desc')
    .orderBy('messages.seq', 'desc')
    .limit(limit)
    .execute();
  return rows.reverse() as MessageRow[];
}

/** What came after the cursor, and what changed since (taken back, edited, delivered) among what was there. */
export async function historyAfter(
  org: Org,
  identityId: string,
  after: Cursor | null,
  limit: number,
): Promise<MessageRow[]> {
  let query = history(org, identityId);
  if (after) {
    query = query.where(sql<boolean>`(${place} > (${after.sessionId}::uuid, ${after.seq}::int) or messages.id in (
      select e.message_id from session_events e where e.organisation_id = ${org.id} and e.session_id = ${after.sessionId}::uuid
      and e.seq > ${after.seq} and e.type in ('recalled', 'edited')))`);
  }
  return (await query.orderBy('messages.session_id').orderBy('messages.seq').limit(limit).execute()) as MessageRow[];
}
