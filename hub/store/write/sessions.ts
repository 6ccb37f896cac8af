import { insert, type Part } from './part.ts';

const SESSION = {
  id: 'uuid',
  state: 'text',
  group_id: 'uuid',
  agent_id: 'uuid',
  seq: 'int',
  unread: 'int',
  seen_seq: 'int',
  read_seq: 'int',
  last: 'jsonb',
  last_at: 'timestamptz',
  waiting_since: 'timestamptz',
  served_since: 'timestamptz',
  unanswered_since: 'timestamptz',
  closed_at: 'timestamptz',
  ended_by: 'text',
  wake_at: 'timestamptz',
  inbound_at: 'timestamptz',
  reply_token: 'text',
  reply_until: 'timestamptz',
  receipt: 'text',
  window_until: 'timestamptz',
  window_left: 'int',
  hushed: 'boolean',
  locked: 'boolean',
  participants: 'jsonb',
  tag_ids: 'jsonb',
  priority: 'smallint',
  wanted_id: 'uuid',
  wanted_until: 'timestamptz',
  offered_to: 'uuid',
  end_reason: 'text',
  marks: 'jsonb',
} as const;
const ALWAYS = Object.keys(SESSION)
  .filter((name) => !['id', 'reply_token', 'reply_until'].includes(name))
  .map((name) => `${name} = r.${name}`)
  .join(', ');
const HEARD = 'r.inbound_at is distinct from t.inbound_at';
/** Something was heard, or an act brought a right that lasts longer. */
const ENTITLED = `(${HEARD} or r.reply_until > coalesce(t.reply_until, '-infinity'))`;

const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/**
 * Sessions as their events have left them. Only where something was heard are the right to answer and the ledger of sends
 * replaced: `deliver` spends them meanwhile.
 */
export const changedSessions: Part = {
  name: 'sessions',
  columns: SESSION,
  rows: (changes) => [...changes.sessions.values()].sort(byId),
  locked: true,
  text: (r) => `update sessions t set ${ALWAYS}, sends = case when ${HEARD} then 0 else t.sends end,
    reply_token = case when ${ENTITLED} then r.reply_token else t.reply_token end,
    reply_until = case when ${ENTITLED} then r.reply_until else t.reply_until end
    from ${r} where t.organisation_id = $1 and t.id = r.id`,
};

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
