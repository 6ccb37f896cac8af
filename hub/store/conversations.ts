import { sql } from 'kysely';
import type { EventRow, MessageRow, SessionRow } from './changes.ts';
import type { Org } from './org.ts';

export interface ListWish {
  view: 'mine' | 'waiting' | 'all' | 'closed';
  memberId: string;
  /** The groups whose queues this member sees; null: every queue (supervisors). */
  groupIds: readonly string[] | null;
  /** A-72: whether he sees what waits at all. */
  seeWaiting: boolean;
  q?: string | undefined;
  channelId?: string | undefined;
  groupId?: string | undefined;
  cursor?: string | undefined;
  limit: number;
}

/**
 * One page of the inbox. Open sessions come by their last message, waiting ones longest first, closed ones by their end.
 * An agent sees his own and the queues of his groups, whatever he asks for (A-79).
 */
export async function listSessions(org: Org, wish: ListWish): Promise<{ rows: SessionRow[]; next: string | null }> {
  const sortedBy = wish.view === 'closed' ? 'closed_at' : wish.view === 'waiting' ? 'waiting_since' : 'last_at';
  const descending = wish.view !== 'waiting';
  let query = org.select('sessions').selectAll('sessions');
  query =
    wish.view === 'closed'
      ? query.where('sessions.state', '=', 'closed')
      : query.where('sessions.state', '<>', 'closed');
  if (wish.view === 'mine') query = query.where('sessions.state', '=', 'serving').where(isIn(wish.memberId));
  if (wish.view === 'waiting') query = query.where('sessions.state', '=', 'waiting');
  const { groupIds } = wish;
  if (groupIds) {
    query = query.where((eb) =>
      eb.or([
        eb('sessions.agent_id', '=', wish.memberId),
        isIn(wish.memberId),
        eb.and([
          eb.val(wish.seeWaiting),
          eb('sessions.state', '=', 'waiting'),
          eb.or([
            eb('sessions.group_id', 'is', null),
            eb('sessions.wanted_id', '=', wish.memberId),
            ...(groupIds.length ? [eb('sessions.group_id', 'in', groupIds)] : []),
          ]),
        ]),
      ]),
    );
  }
  if (wish.channelId) query = query.where('sessions.channel_id', '=', wish.channelId);
  if (wish.groupId) query = query.where('sessions.group_id', '=', wish.groupId);
  if (wish.q) query = query.where(matching(org, wish.q));
  const after = wish.cursor ? readCursor(wish.cursor) : null;
  if (after) {
    const edge = sql<boolean>`(${sql.ref(`sessions.${sortedBy}`)}, sessions.id) ${sql.raw(descending ? '<' : '>')} (${after.at}::timestamptz, ${after.id}::uuid)`;
    query = query.where(edge);
  }
  const direction = descending ? 'desc' : 'asc';
  const rows = (await query
    .orderBy(`sessions.${sortedBy}`, direction)
    .orderBy('sessions.id', direction)
    .limit(wish.limit + 1)
    .execute()) as SessionRow[];
  const page = rows.slice(0, wish.limit);
  const last = rows.length > wish.limit ? page.at(-1) : undefined;
  return {
    rows: page,
    next: last ? Buffer.from(JSON.stringify([last[sortedBy]!.toISOString(), last.id])).toString('base64url') : null,
  };
}

/** Serves it, takes part (A-25), or is asked to take over (TR-02). */
const isIn = (memberId: string) =>
  sql<boolean>`(sessions.agent_id = ${memberId}::uuid or sessions.offered_to = ${memberId}::uuid
    or (sessions.state = 'serving' and sessions.participants <> '[]' and sessions.participants @> jsonb_build_array(${memberId}::text)))`;

/** By a name of the contact or by something that was said (A-13). What the person typed is never a pattern. */
function matching(org: Org, q: string) {
  const like = `%${q.replace(/[\\%_]/g, (char) => `\\${char}`)}%`;
  return sql<boolean>`(exists (select 1 from contacts c where c.organisation_id = ${org.id} and c.id = sessions.contact_id and (c.name ilike ${like} or c.nickname ilike ${like}))
    or exists (select 1 from messages m where m.organisation_id = ${org.id} and m.session_id = sessions.id and m.recalled_at is null and m.content ->> 'text' ilike ${like}))`;
}

function readCursor(cursor: string): { at: string; id: string } | null {
  try {
    const [at, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [string, string];
    return Number.isNaN(Date.parse(at)) || !/^[0-9a-f-]{36}$/.test(id) ? null : { at, id };
  } catch {
    return null;
  }
}

export async function countSessions(
  org: Org,
  memberId: string,
  groupIds: readonly string[] | null,
  seeWaiting: boolean,
) {
  const [row] = await org.raw(
    (id) => sql<{ mine: number; waiting: number; all: number; unread: number }>`
    select count(*) filter (where state = 'serving' and ${isIn(memberId)})::int as mine,
      count(*) filter (where state = 'waiting' and ${seeWaiting} and (${groupIds === null} or group_id is null or group_id = any(${groupIds ?? []}::uuid[])))::int as waiting,
      count(*) filter (where ${groupIds === null} or ${isIn(memberId)} or (state = 'waiting' and ${seeWaiting} and (group_id is null or group_id = any(${groupIds ?? []}::uuid[]))))::int as "all", coalesce(sum(unread) filter (where state = 'serving' and agent_id = ${memberId}), 0)::int as unread
    from sessions where organisation_id = ${id} and state <> 'closed'`,
  );
  return row!;
}

/** A stretch of a session's messages in order, newest stretch first when `before` is absent. */
export async function messagesOf(
  org: Org,
  sessionId: string,
  where: { before?: number | undefined; after?: number | undefined; limit: number },
): Promise<MessageRow[]> {
  let query = org.select('messages').selectAll().where('session_id', '=', sessionId);
  if (where.before !== undefined) query = query.where('seq', '<', where.before);
  if (where.after !== undefined) {
    return (await query
      .where('seq', '>', where.after)
      .orderBy('seq', 'asc')
      .limit(where.limit)
      .execute()) as MessageRow[];
  }
  return (await query.orderBy('seq', 'desc').limit(where.limit).execute()).reverse() as MessageRow[];
}

/** Events between two numbers, both included, of the types given. */
export async function eventsOf(
  org: Org,
  sessionId: string,
  from: number,
  to: number,
  types: readonly string[],
): Promise<EventRow[]> {
  return (await org
    .select('session_events')
    .selectAll()
    .where('session_id', '=', sessionId)
    .where('seq', '>=', from)
    .where('seq', '<=', to)
    .where('type', 'in', types)
    .orderBy('seq')
    .limit(1000)
    .execute()) as EventRow[];
}

/** Events of a session that carry a decision, at most a hundred of them. */
export async function decidedEvents(org: Org, sessionId: string): Promise<EventRow[]> {
  return (await org
    .select('session_events')
    .selectAll()
    .where('session_id', '=', sessionId)
    .where('type', 'in', ['waiting', 'decided', 'served'])
    .orderBy('seq')
    .limit(100)
    .execute()) as EventRow[];
}
