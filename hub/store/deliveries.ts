import { sql } from 'kysely';
import type { Content } from '../../core/message.ts';
import type { Org } from './org.ts';

/** A session whose pending messages this hub alone may send until `LEASE_MS` are over. */
export interface Claimed {
  sessionId: string;
  channelId: string;
  to: string;
  reachable: boolean;
  replyToken: string | null;
  replyUntil: Date | null;
  /** When the lease ends; also its name, because the next one ends later. */
  until: Date;
  pending: PendingMessage[];
}
export interface PendingMessage {
  id: string;
  content: Content;
  quote: string | null;
  batchId: string | null;
  attempts: number;
  createdAt: Date;
  /** It was begun to send, and nobody told what became of it. */
  cutOff: boolean;
  /** A hub began to answer with this right and never told what became of it: only the same one can tell. */
  replying: { token: string; until: Date } | null;
}

export const LEASE_MS = 30_000;

/** What became of messages that were tried. */
export interface Marked {
  id: string;
  delivery: 'pending' | 'sent' | 'failed';
  external_id?: string | undefined;
  quote_token?: string | undefined;
  batch_id: string;
  attempts: number;
  retry_at?: Date | undefined;
  error_code?: string | undefined;
  error_text?: string | undefined;
}
export interface Done {
  sessionId: string;
  until: Date;
  marks: Marked[];
  replyTokenUsed: string | null;
}

/** Takes the sessions nobody else is sending for, with what is due, oldest first. Sessions with nothing due are let go at once. */
export async function claim(org: Org, sessionIds: readonly string[], now: Date): Promise<Claimed[]> {
  const until = new Date(now.getTime() + LEASE_MS);
  const rows = await org.raw(
    (id) => sql<Record<string, any>>`
    with due as (
      select s.id from sessions s where s.organisation_id = ${id} and s.id = any(${sessionIds}::uuid[])
        and exists (select 1 from messages m where m.organisation_id = s.organisation_id and m.session_id = s.id and m.delivery = 'pending')
      order by s.id for no key update of s
    ), mine as (
      update sessions s set delivering_until = ${until} from due
      where s.organisation_id = ${id} and s.id = due.id and (s.delivering_until is null or s.delivering_until < ${now})
      returning s.id, s.channel_id, s.identity_id, s.reply_token, s.reply_until
    )
    select mine.id as session_id, mine.channel_id, mine.reply_token, mine.reply_until, i.external_id as "to", i.reachable,
      m.id, m.content, m.batch_id, m.attempts, m.retry_at, m.created_at, m.reply_token as tried, m.reply_until as tried_until, q.quote_token as quote
    from mine join identities i on i.organisation_id = ${id} and i.id = mine.identity_id
    join messages m on m.organisation_id = ${id} and m.session_id = mine.id and m.delivery = 'pending'
    left join messages q on q.organisation_id = ${id} and q.id = m.quote_id
    order by mine.id, m.seq`,
  );
  const claimed = new Map<string, Claimed & { blocked: boolean }>();
  for (const row of rows) {
    let one = claimed.get(row.session_id);
    if (!one) {
      one = {
        sessionId: row.session_id,
        channelId: row.channel_id,
        to: row.to,
        reachable: row.reachable,
        replyToken: row.reply_token,
        replyUntil: row.reply_until,
        until,
        pending: [],
        blocked: false,
      };
      claimed.set(row.session_id, one);
    }
    // One that must wait holds back all behind it: nothing overtakes.
    if (row.retry_at && row.retry_at > now) one.blocked = true;
    if (!one.blocked)
      one.pending.push({
        id: row.id,
        content: row.content,
        quote: row.quote,
        batchId: row.batch_id,
        attempts: row.attempts,
        createdAt: row.created_at,
        cutOff: row.batch_id !== null && row.retry_at === null,
        replying: row.tried ? { token: row.tried, until: row.tried_until } : null,
      });
  }
  return [...claimed.values()];
}

/**
 * The batch a try is made under is written down before it is made: the platform's retry key outlives this hub. So is an
 * answer with a reply token, which no key protects: whoever finds the mark knows that the message may have arrived.
 */
export async function nameBatches(org: Org, batches: readonly Named[]): Promise<void> {
  await org.raw(
    (
      id,
    ) => sql`update messages m set batch_id = r.batch_id, reply_token = r.token, reply_until = r.until, retry_at = null
    from json_to_recordset(${JSON.stringify(batches)}::json) r(id uuid, batch_id uuid, token text, until timestamptz)
    where m.organisation_id = ${id} and m.id = r.id`,
  );
}

/** A message, the batch it is tried in, and the right to answer it is tried with. */
export interface Named {
  id: string;
  batch_id: string;
  token: string | null;
  until: Date | null;
}

/** Ends every lease: for a hub that alone has the database, so that what its predecessor died over goes out at once. */
export async function endLeases(db: import('./database.ts').Database): Promise<void> {
  await db.everywhere
    .updateTable('sessions')
    .set({ delivering_until: null })
    .where('delivering_until', 'is not', null)
    .execute();
}

/**
 * Writes results, lets the sessions go, and tells which of them have more to send now. A platform's id that is already a
 * message's (its echo came first) is left there: nothing may stop a mark.
 */
export async function settle(org: Org, done: readonly Done[], now: Date): Promise<string[]> {
  const marks = done.flatMap((one) => one.marks);
  const tokens = done.map((one) => ({
    id: one.sessionId,
    until: one.until,
    token: one.replyTokenUsed,
    sent: one.marks.filter((mark) => mark.delivery === 'sent').length,
  }));
  // This statement does not see its own marks. The oldest that must wait holds back the rest of its session.
  const over = marks.filter((mark) => mark.delivery !== 'pending').map((mark) => mark.id);
  const waits = done
    .filter((one) => one.marks.some((mark) => mark.delivery === 'pending' && mark.retry_at! > now))
    .map((one) => one.sessionId);
  const rows = await org.raw(
    (id) => sql<{ id: string }>`
    with locked as (
      select id from sessions where organisation_id = ${id} and id = any(${done.map((one) => one.sessionId)}::uuid[]) order by id for no key update
    ), marked as (
      update messages m set delivery = case when m.delivery in ('delivered', 'read') then m.delivery else r.delivery end,
        external_id = case when exists (select 1 from messages o where o.organisation_id = ${id} and o.channel_id = m.channel_id and o.external_id = r.external_id)
          then m.external_id else coalesce(r.external_id, m.external_id) end, quote_token = coalesce(r.quote_token, m.quote_token), batch_id = r.batch_id,
        attempts = r.attempts, retry_at = r.retry_at, error_code = r.error_code, error_text = r.error_text,
        reply_token = null, reply_until = null
      from json_populate_recordset(null::messages, ${JSON.stringify(marks)}::json) r where m.organisation_id = ${id} and m.id = r.id
        and (select count(*) from locked) >= 0
      returning m.id
    ), freed as (
      update sessions s set delivering_until = case when s.delivering_until = r.until then null else s.delivering_until end, sends = s.sends + r.sent,
        reply_token = case when s.reply_token = r.token then null else s.reply_token end
      from json_to_recordset(${JSON.stringify(tokens)}::json) r(id uuid, until timestamptz, token text, sent int) where s.organisation_id = ${id} and s.id = r.id
        and (select count(*) from locked) >= 0
      returning s.id
    )
    select freed.id from freed cross join lateral (
      select m.retry_at from messages m where m.organisation_id = ${id} and m.session_id = freed.id and m.delivery = 'pending'
        and m.id <> all(${over}::uuid[]) order by m.seq limit 1
    ) oldest where (oldest.retry_at is null or oldest.retry_at <= ${now}) and not freed.id = any(${waits}::uuid[])`,
  );
  return rows.map((row) => row.id);
}

/** A person tries again what failed; it starts anew. False when it was not failed, or was taken back since. */
export async function revive(org: Org, messageId: string): Promise<boolean> {
  const row = await org
    .update('messages')
    .set({ delivery: 'pending', batch_id: null, attempts: 0, retry_at: null, error_code: null, error_text: null })
    .where('id', '=', messageId)
    .where('delivery', '=', 'failed')
    .where('recalled_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Sessions of any organisation whose oldest pending message is due and that nobody is sending. */
export async function overdue(
  db: import('./database.ts').Database,
  now: Date,
  most: number,
): Promise<{ organisationId: string; sessionId: string }[]> {
  const rows = await sql<{ organisation_id: string; session_id: string }>`
    select m.organisation_id, m.session_id from messages m join sessions s on s.organisation_id = m.organisation_id and s.id = m.session_id
    where m.delivery = 'pending' and (m.retry_at is null or m.retry_at <= ${now}) and (s.delivering_until is null or s.delivering_until < ${now})
      and m.created_at < ${new Date(now.getTime() - 2000)}
      and not exists (select 1 from messages e where e.organisation_id = m.organisation_id and e.session_id = m.session_id and e.delivery = 'pending'
        and e.seq < m.seq and e.retry_at > ${now})
    group by 1, 2 limit ${most}`.execute(db.everywhere);
  return rows.rows.map((row) => ({ organisationId: row.organisation_id, sessionId: row.session_id }));
}
