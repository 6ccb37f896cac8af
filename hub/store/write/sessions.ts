import type { Changes, SessionRow } from '../changes.ts';
import { type Columns, insert, type Part } from './part.ts';

/** What changes with every message. */
const TALK = {
  id: 'uuid',
  seq: 'int',
  unread: 'int',
  seen_seq: 'int',
  read_seq: 'int',
  last: 'jsonb',
  last_at: 'timestamptz',
  unanswered_since: 'timestamptz',
  wake_at: 'timestamptz',
  inbound_at: 'timestamptz',
  reply_token: 'text',
  reply_until: 'timestamptz',
  receipt: 'text',
  window_until: 'timestamptz',
  window_left: 'int',
  marks: 'jsonb',
} as const;
const REST = {
  state: 'text',
  group_id: 'uuid',
  agent_id: 'uuid',
  waiting_since: 'timestamptz',
  served_since: 'timestamptz',
  closed_at: 'timestamptz',
  ended_by: 'text',
  hushed: 'boolean',
  locked: 'boolean',
  participants: 'jsonb',
  tag_ids: 'jsonb',
  priority: 'smallint',
  wanted_id: 'uuid',
  wanted_until: 'timestamptz',
  offered_to: 'uuid',
  end_reason: 'text',
} as const;
const SESSION = { ...TALK, ...REST };
const RARE = Object.keys(REST) as (keyof typeof REST)[];

const HEARD = 'r.inbound_at is distinct from t.inbound_at';
/** Something was heard, or an act brought a right that lasts longer. */
const ENTITLED = `(${HEARD} or r.reply_until > coalesce(t.reply_until, '-infinity'))`;

/**
 * Sessions as their events have left them. Only where something was heard are the right to answer and the ledger of sends
 * replaced: `deliver` spends them meanwhile.
 */
function update(name: string, columns: Columns, only: (changes: Changes, row: SessionRow) => boolean): Part {
  const always = Object.keys(columns)
    .filter((column) => !['id', 'reply_token', 'reply_until'].includes(column))
    .map((column) => `${column} = r.${column}`);
  return {
    name,
    columns,
    rows: (changes) => [...changes.sessions.values()].filter((row) => only(changes, row)).sort(byId),
    locked: true,
    text: (r) => `update sessions t set ${always.join(', ')}, sends = case when ${HEARD} then 0 else t.sends end,
      reply_token = case when ${ENTITLED} then r.reply_token else t.reply_token end,
      reply_until = case when ${ENTITLED} then r.reply_until else t.reply_until end
      from ${r} where t.organisation_id = $1 and t.id = r.id`,
  };
}
const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** Nothing but what every message changes is different from when the session was read. */
function hasOnlyTalked({ before }: Changes, row: SessionRow): boolean {
  const was = before.get(row.id);
  return was !== undefined && RARE.every((column) => isSame(was[column], row[column]));
}
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (a instanceof Date && b instanceof Date) return a.getTime() === b.getTime();
  return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((one, index) => one === b[index]);
}

export const talkedSessions = update('talked', TALK, hasOnlyTalked);
export const changedSessions = update('sessions', SESSION, (changes, row) => !hasOnlyTalked(changes, row));

export const newSessions = insert(
  'sessions',
  {
    ...SESSION,
    channel_id: 'uuid',
    contact_id: 'uuid',
    identity_id: 'uuid',
    opened_at: 'timestamptz',
    entry: 'jsonb',
  },
  (changes) => changes.newSessions,
  { after: 'sessions' },
);

/** In the sessions' order, so that two writers of many sessions meet at the same one first instead of waiting in a ring. */
export const events = insert(
  'session_events',
  {
    session_id: 'uuid',
    seq: 'int',
    type: 'text',
    actor_type: 'text',
    actor_id: 'uuid',
    message_id: 'uuid',
    external_id: 'text',
    data: 'jsonb',
    at: 'timestamptz',
  },
  (changes) =>
    [...changes.events].sort((a, b) =>
      a.session_id < b.session_id ? -1 : a.session_id > b.session_id ? 1 : a.seq - b.seq,
    ),
);
