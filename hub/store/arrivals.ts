import { type Selectable, sql } from 'kysely';
import type { EndedBy, Marks } from '../../core/session.ts';
import type { Ledger } from '../../core/window.ts';
import type { MessageRow, SessionRow } from './changes.ts';
import type { Org } from './org.ts';
import type { SessionsTable } from './schema/sessions.ts';

/** Who writes, on which channel: what an inbound event is looked up by. */
export interface ArrivalKey {
  channelId: string;
  from: string;
}
/** A message that may have been taken back before it arrived. */
export interface Expected extends ArrivalKey {
  messageId: string | null;
}

export interface Arrival extends ArrivalKey {
  identity: {
    id: string;
    contactId: string;
    language: string | null;
    reachable: boolean;
    name: string;
    avatar: string | null;
  };
  contact: { tagIds: string[]; blocked: boolean };
  session: SessionRow | null;
  /** What was left of the right to write to him when his last session ended. */
  ledger: Ledger | null;
  /** That session, where none is open. */
  last: LastSession | null;
}
export interface LastSession {
  id: string;
  marks: Marks;
  agentId: string | null;
  endedBy: EndedBy | null;
  closedAt: Date | null;
}

/** What of a closed session matters to the next one. */
export const lastOf = (row: SessionRow): LastSession => ({
  id: row.id,
  marks: row.marks,
  agentId: row.agent_id,
  endedBy: row.ended_by,
  closedAt: row.closed_at,
});

const SESSION_COLUMNS = [
  'id',
  'channel_id',
  'contact_id',
  'identity_id',
  'state',
  'group_id',
  'agent_id',
  'seq',
  'unread',
  'seen_seq',
  'read_seq',
  'last',
  'last_at',
  'opened_at',
  'waiting_since',
  'served_since',
  'unanswered_since',
  'closed_at',
  'ended_by',
  'wake_at',
  'inbound_at',
  'sends',
  'reply_token',
  'reply_until',
  'receipt',
  'delivering_until',
  'window_until',
  'window_left',
  'hushed',
  'entry',
  'locked',
  'participants',
  'tag_ids',
  'priority',
  'wanted_id',
  'wanted_until',
  'offered_to',
  'end_reason',
  'marks',
] as const satisfies readonly (keyof SessionsTable)[];

/**
 * The people behind a batch and their open sessions, in one query. Who is not known yet is not in `known`. `early` are
 * the messages (channel and platform's id) that were taken back before they came.
 */
export async function arrivals(org: Org, keys: readonly Expected[]): Promise<{ known: Arrival[]; early: string[] }> {
  const rows = await org.raw(
    (id) => sql<Selectable<SessionsTable> & Record<string, any>>`
    select i.channel_id as i_channel, i.external_id as i_from, i.id as i_id, i.contact_id as i_contact, i.language, i.reachable,
      c.name as c_name, c.avatar as c_avatar, c.tag_ids as c_tags, c.blocked_at is not null as c_blocked, k.channel_id as k_channel, k.message_id as k_message, e.id is not null as early,
      l.window_until as l_until, l.window_left as l_left, l.id as l_id, l.marks as l_marks, l.agent_id as l_agent,
      l.ended_by as l_by, l.closed_at as l_closed, s.*
    from unnest(${keys.map((key) => key.channelId)}::uuid[], ${keys.map((key) => key.from)}::text[], ${keys.map((key) => key.messageId)}::text[]) k(channel_id, external_id, message_id)
    left join identities i on i.organisation_id = ${id} and i.channel_id = k.channel_id and i.external_id = k.external_id
    left join contacts c on c.organisation_id = i.organisation_id and c.id = i.contact_id
    left join sessions s on s.organisation_id = i.organisation_id and s.identity_id = i.id and s.state <> 'closed'
    left join lateral (
      select id, window_until, window_left, marks, agent_id, ended_by, closed_at from sessions where organisation_id = i.organisation_id and identity_id = i.id order by id desc limit 1
    ) l on s.id is null
    left join channel_events e on e.organisation_id = ${id} and e.channel_id = k.channel_id and e.external_id = 'recalled:' || k.message_id`,
  );
  const early = rows.filter((row) => row.early).map((row) => `${row.k_channel}:${row.k_message}`);
  const known = rows
    .filter((row) => row.i_id)
    .map((row) => ({
      channelId: row.i_channel,
      from: row.i_from,
      identity: {
        id: row.i_id,
        contactId: row.i_contact,
        language: row.language,
        reachable: row.reachable,
        name: row.c_name,
        avatar: row.c_avatar,
      },
      session: row.id
        ? (Object.fromEntries(SESSION_COLUMNS.map((column) => [column, row[column]])) as unknown as SessionRow)
        : null,
      contact: { tagIds: row.c_tags, blocked: row.c_blocked },
      ledger: ledgerOf(row.l_until, row.l_left),
      last: row.l_id
        ? { id: row.l_id, marks: row.l_marks, agentId: row.l_agent, endedBy: row.l_by, closedAt: row.l_closed }
        : null,
    }));
  return { known, early };
}

/** A session's ledger as core reads it; null where nothing was ever granted. */
export const ledgerOf = (until: Date | null, left: number | null): Ledger | null =>
  until && { until: until.getTime(), left };

/** Messages that events point at (seen before, quoted, recalled, edited), by the platform's id or our own. */
export async function pointedAt(
  org: Org,
  channelIds: readonly string[],
  externalIds: readonly string[],
): Promise<Map<string, MessageRow | 'tombstone'>> {
  const found = new Map<string, MessageRow | 'tombstone'>();
  if (!externalIds.length) return found;
  const ours = externalIds.filter((one) => UUID.test(one));
  const rows = await org
    .select('messages')
    .selectAll()
    .where('channel_id', 'in', channelIds)
    .where((eb) => eb.or([eb('external_id', 'in', externalIds), ...(ours.length ? [eb('id', 'in', ours)] : [])]))
    .execute();
  for (const row of rows as MessageRow[]) {
    if (row.external_id) found.set(`${row.channel_id}:${row.external_id}`, row);
    if (!found.has(`${row.channel_id}:${row.id}`)) found.set(`${row.channel_id}:${row.id}`, row);
  }
  return found;
}

/** What stands in `channel_events` for a form that was taken: sent again, it is the same one. */
export const TAKEN = 'done:';

/** Which of these forms were taken before: `<channel>:<external id>`. */
export async function takenBefore(org: Org, forms: readonly { channelId: string; externalId: string }[]) {
  if (!forms.length) return new Set<string>();
  const rows = await org
    .select('channel_events')
    .select(['channel_id', 'external_id'])
    .where('channel_id', 'in', [...new Set(forms.map((form) => form.channelId))])
    .where(
      'external_id',
      'in',
      forms.map((form) => TAKEN + form.externalId),
    )
    .execute();
  return new Set(rows.map((row) => `${row.channel_id}:${row.external_id.slice(TAKEN.length)}`));
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What we wrote in this session up to a moment and the customer is not yet known to have read; oldest first. */
export async function oursBefore(org: Org, sessionId: string, before: Date): Promise<MessageRow[]> {
  return (await org
    .select('messages')
    .selectAll()
    .where('session_id', '=', sessionId)
    .where('author_type', '<>', 'visitor')
    .where('delivery', 'in', ['sent', 'delivered'])
    .where('created_at', '<=', before)
    .orderBy('seq')
    .limit(500)
    .execute()) as MessageRow[];
}

/** The platform's id of the customer a session is with. */
export async function senderOf(org: Org, sessionId: string): Promise<string | undefined> {
  const [row] = await org.raw(
    (id) => sql<{ external_id: string }>`
    select i.external_id from sessions s join identities i on i.organisation_id = s.organisation_id and i.id = s.identity_id
    where s.organisation_id = ${id} and s.id = ${sessionId}`,
  );
  return row?.external_id;
}

/** 1 is next: who has a higher level stands before, then who came earlier (DS-01). */
export async function placeOf(
  org: Org,
  session: { id: string; groupId: string | null; since: Date; priority: number },
): Promise<number> {
  const row = await org
    .select('sessions')
    .select((eb) => eb.fn.countAll<number>().as('before'))
    .where('state', '=', 'waiting')
    .where('group_id', 'is not distinct from', session.groupId)
    .where((eb) =>
      eb.or([
        eb('priority', '<', session.priority),
        eb.and([eb('priority', '=', session.priority), eb('waiting_since', '<', session.since)]),
        eb.and([
          eb('priority', '=', session.priority),
          eb('waiting_since', '=', session.since),
          eb('id', '<', session.id),
        ]),
      ]),
    )
    .executeTakeFirstOrThrow();
  return Number(row.before) + 1;
}
