import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { Org } from './org.ts';
import type {
  AlertsTable, ChannelEventsTable, ContactsTable, IdentitiesTable, MediaTable, MessagesTable, SessionEventsTable, SessionsTable,
  ServicesTable, TransfersTable, WaitsTable,
} from './schema.ts';

type Row<T> = Omit<Selectable<T>, 'organisation_id'>;
export type SessionRow = Row<SessionsTable>;
export type MessageRow = Row<MessagesTable>;
export type EventRow = Row<SessionEventsTable>;

/** A change to a message that is already there. What is undefined stays. */
export interface MessagePatch {
  id: string;
  content?: MessageRow['content'];
  delivery?: MessageRow['delivery'];
  recalled_at?: Date;
  edited_at?: Date;
}

/**
 * Everything one or many decisions change, gathered in memory and written by one statement: a transaction in one round
 * trip. No lock is taken: the primary key of `session_events` is the version of a session. Two writers that read the
 * same session both want its next number, one gets it, the other gets `Conflict` and decides again on what is now true.
 */
export class Changes {
  readonly contacts: Row<ContactsTable>[] = [];
  readonly identities: Row<IdentitiesTable>[] = [];
  readonly reached: { id: string; reachable: boolean }[] = [];
  readonly newSessions: SessionRow[] = [];
  readonly sessions = new Map<string, SessionRow>();
  readonly messages: MessageRow[] = [];
  readonly patches: MessagePatch[] = [];
  /** The customer read everything of ours up to `seq`. */
  readonly reads: { session_id: string; seq: number; delivery: 'delivered' | 'read' }[] = [];
  readonly events: EventRow[] = [];
  readonly waits: Row<WaitsTable>[] = [];
  readonly waitEnds: { session_id: string; group_id: string | null; ended_at: Date; outcome: NonNullable<WaitsTable['outcome']> }[] = [];
  readonly services: Row<ServicesTable>[] = [];
  readonly serviceEnds: { session_id: string; ended_at: Date }[] = [];
  readonly transfers: Row<TransfersTable>[] = [];
  readonly transferEnds: { session_id: string; taken_by: string | null; taken_at: Date | null; failed_at: Date | null }[] = [];
  readonly alerts: Row<AlertsTable>[] = [];
  readonly ignored: Row<ChannelEventsTable>[] = [];
  readonly media: Row<MediaTable>[] = [];

  get empty(): boolean {
    return !this.events.length && !this.newSessions.length && !this.ignored.length && !this.reached.length
      && !this.identities.length && !this.media.length && !this.patches.length && !this.alerts.length;
  }

  /** Throws Conflict when somebody else was faster; then nothing was written. */
  async write(org: Org): Promise<void> {
    const parts: Part[] = [];
    const add = (name: string, text: string, rows: object[], after?: string) => {
      if (rows.length) parts.push({ name, text, rows: rows.map((row) => ({ ...row, organisation_id: org.id })), after });
    };
    const insert = (table: string, rows: object[], after?: string) => add(`new_${table}`, insertInto(table), rows, after);
    add('sessions', UPDATE_SESSIONS, [...this.sessions.values()].sort(byId));
    add('patches', UPDATE_MESSAGES, this.patches);
    add('reads', READ_MESSAGES, this.reads);
    add('wait_ends', END_WAITS, this.waitEnds);
    add('service_ends', END_SERVICES, this.serviceEnds);
    add('transfer_ends', END_TRANSFERS, this.transferEnds);
    add('reach', REACH, this.reached);
    insert('contacts', this.contacts);
    insert('identities', this.identities);
    insert('sessions', this.newSessions, 'sessions');
    insert('messages', this.messages);
    insert('waits', this.waits, 'wait_ends');
    insert('services', this.services, 'service_ends');
    insert('transfers', this.transfers, 'transfer_ends');
    insert('alerts', this.alerts);
    add('ignored', `${insertInto('channel_events')} on conflict do nothing`, this.ignored);
    insert('media', this.media);
    // In the sessions' order, so that two writers of many sessions meet at the same one first instead of waiting in a ring.
    insert('session_events', [...this.events].sort((a, b) => (a.session_id < b.session_id ? -1 : a.session_id > b.session_id ? 1 : a.seq - b.seq)));
    if (!parts.length) return;
    try {
      await org.raw((id) => oneStatement(parts, this.#locks(id)));
    } catch (error) {
      throw asConflict(error);
    }
  }

  /**
   * Locks the sessions in one order before anything of them changes, as deliveries do too, so that two writers of several
   * rows wait for each other and never in a ring. Where only one row is written there is nothing to put in order.
   */
  #locks(organisationId: string) {
    if (this.sessions.size < 2 && !this.patches.length && !this.reads.length) return null;
    const ids = [...this.sessions.keys()];
    return sql`select id from sessions where organisation_id = ${organisationId} and id = any(${ids}::uuid[]) order by id for no key update`;
  }
}

interface Part { name: string; text: string; rows: object[]; after?: string }

const insertInto = (table: string) => `insert into ${table} select r.* from json_populate_recordset(null::${table}, $) r`;

/**
 * All parts as one statement. PostgreSQL runs the parts of a `with` in no promised order, but where one must come after
 * another (the open wait ends before the next begins, because only one may be open) it reads the other's result.
 */
function oneStatement(parts: readonly Part[], locks: RawBuilder<unknown> | null) {
  const names = new Set(parts.map((part) => part.name));
  const bodies = parts.map((part) => {
    const [head, tail] = part.text.split('$') as [string, string];
    const order = part.after && names.has(part.after) ? ` where (select count(*) from ${part.after}_done) >= 0`
      : locks && LOCKED.has(part.name) ? ' and (select count(*) from locked) >= 0' : '';
    return sql`${sql.raw(head)}${JSON.stringify(part.rows)}::json${sql.raw(tail + order)}`;
  });
  const last = bodies.pop()!;
  const ctes = bodies.map((body, index) => sql`${sql.raw(`${parts[index]!.name}_done as (`)}${body}${sql.raw(' returning 1)')}`);
  if (locks) ctes.unshift(sql`locked as (${locks})`);
  if (!ctes.length) return last;
  return sql`with ${sql.join(ctes)} ${last}`;
}

/** Parts that change rows of a session other writers may hold. */
const LOCKED = new Set(['sessions', 'patches', 'reads']);

const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** Somebody else wrote first; read again and decide again. */
export class Conflict extends Error {
  override name = 'Conflict';
}

/** 23505 unique, 40001 serialisation, 40P01 deadlock, 23P01 exclusion. */
function asConflict(error: unknown): unknown {
  const code = (error as { code?: string } | null)?.code;
  return code === '23505' || code === '40001' || code === '40P01' ? new Conflict((error as Error).message, { cause: error }) : error;
}

// `inbound_at` marks a session that heard something in this change: only then are the right to answer and the ledger of
// sends replaced, because `deliver` spends them meanwhile.
const UPDATE_SESSIONS = `update sessions s set state = r.state, group_id = r.group_id, agent_id = r.agent_id, seq = r.seq,
  unread = r.unread, seen_seq = r.seen_seq, read_seq = r.read_seq, last = r.last, last_at = r.last_at,
  waiting_since = r.waiting_since, served_since = r.served_since, unanswered_since = r.unanswered_since,
  closed_at = r.closed_at, ended_by = r.ended_by, wake_at = r.wake_at,
  inbound_at = r.inbound_at, receipt = r.receipt,
  sends = case when r.inbound_at is distinct from s.inbound_at then 0 else s.sends end,
  reply_token = case when r.inbound_at is distinct from s.inbound_at then r.reply_token else s.reply_token end,
  reply_until = case when r.inbound_at is distinct from s.inbound_at then r.reply_until else s.reply_until end
  from json_populate_recordset(null::sessions, $) r where s.organisation_id = r.organisation_id and s.id = r.id`;
const UPDATE_MESSAGES = `update messages m set content = case when r.recalled_at is not null then null else coalesce(r.content, m.content) end,
  delivery = coalesce(r.delivery, m.delivery), recalled_at = coalesce(r.recalled_at, m.recalled_at), edited_at = coalesce(r.edited_at, m.edited_at)
  from json_populate_recordset(null::messages, $) r where m.organisation_id = r.organisation_id and m.id = r.id`;
const READ_MESSAGES = `update messages m set delivery = r.delivery
  from json_to_recordset($) r(organisation_id uuid, session_id uuid, seq int, delivery text)
  where m.organisation_id = r.organisation_id and m.session_id = r.session_id and m.seq <= r.seq and m.author_type <> 'visitor'
  and (m.delivery = 'sent' or (m.delivery = 'delivered' and r.delivery = 'read'))`;
const END_WAITS = `update waits w set ended_at = r.ended_at, outcome = r.outcome from json_populate_recordset(null::waits, $) r
  where w.organisation_id = r.organisation_id and w.session_id = r.session_id and w.ended_at is null`;
const END_SERVICES = `update services s set ended_at = r.ended_at from json_populate_recordset(null::services, $) r
  where s.organisation_id = r.organisation_id and s.session_id = r.session_id and s.ended_at is null`;
const END_TRANSFERS = `update transfers t set taken_by = r.taken_by, taken_at = r.taken_at, failed_at = r.failed_at
  from json_populate_recordset(null::transfers, $) r
  where t.organisation_id = r.organisation_id and t.session_id = r.session_id and t.taken_at is null and t.failed_at is null`;
const REACH = `update identities i set reachable = r.reachable from json_populate_recordset(null::identities, $) r
  where i.organisation_id = r.organisation_id and i.id = r.id`;
