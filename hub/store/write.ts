import type { Changes } from './changes.ts';
import type { Org } from './org.ts';

/** A column and its type in PostgreSQL. */
type Columns = Readonly<Record<string, string>>;

/** One table's share of a write. */
interface Part {
  name: string;
  columns: Columns;
  rows(changes: Changes): readonly object[];
  /** The statement over `r`, the rows as a table. `$1` is the organisation. */
  text(r: string): string;
  /** Changes rows of a session that another writer may hold: waits for the locks, where there are any. */
  locked?: true;
  /** Must come after this part, if it is there: PostgreSQL runs the parts of a `with` in no promised order. */
  after?: string;
}

function insert(
  table: string,
  columns: Columns,
  rows: Part['rows'],
  more: { after?: string; values?: Record<string, string>; tail?: string } = {},
): Part {
  const names = Object.keys(columns);
  const values = names.map((name) => more.values?.[name] ?? `r.${name}`);
  const where = more.after ? ' where {after}' : '';
  return {
    name: `new_${table}`,
    columns,
    rows,
    ...(more.after && { after: more.after }),
    text: (r) =>
      `insert into ${table} (organisation_id, ${names.join(', ')}) select $1::uuid, ${values.join(', ')} from ${r}${where}${more.tail ?? ''}`,
  };
}
const bySession = 'where t.organisation_id = $1 and t.session_id = r.session_id';
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

/** In this order; the last one present is the statement, the others stand before it in a `with`. */
const PARTS: readonly Part[] = [
  {
    name: 'sessions',
    columns: SESSION,
    rows: (changes) => [...changes.sessions.values()].sort(byId),
    locked: true,
    // Only where something was heard are the right to answer and the ledger of sends replaced: `deliver` spends them meanwhile.
    text: (r) => `update sessions t set ${ALWAYS}, sends = case when ${HEARD} then 0 else t.sends end,
      reply_token = case when ${ENTITLED} then r.reply_token else t.reply_token end,
      reply_until = case when ${ENTITLED} then r.reply_until else t.reply_until end
      from ${r} where t.organisation_id = $1 and t.id = r.id`,
  },
  {
    name: 'patches',
    columns: {
      id: 'uuid',
      content: 'jsonb',
      delivery: 'text',
      error_code: 'text',
      error_text: 'text',
      recalled_at: 'timestamptz',
      edited_at: 'timestamptz',
    },
    rows: (changes) => changes.patches,
    locked: true,
    text: (
      r,
    ) => `update messages t set content = case when r.recalled_at is not null then null else coalesce(r.content, t.content) end,
      delivery = coalesce(r.delivery, t.delivery), error_code = coalesce(r.error_code, t.error_code),
      error_text = coalesce(r.error_text, t.error_text), recalled_at = coalesce(r.recalled_at, t.recalled_at), edited_at = coalesce(r.edited_at, t.edited_at)
      from ${r} where t.organisation_id = $1 and t.id = r.id`,
  },
  {
    name: 'reads',
    columns: { session_id: 'uuid', seq: 'int', delivery: 'text' },
    rows: (changes) => changes.reads,
    locked: true,
    text: (
      r,
    ) => `update messages t set delivery = r.delivery from ${r} ${bySession} and t.seq <= r.seq and t.author_type <> 'visitor'
      and (t.delivery = 'sent' or (t.delivery = 'delivered' and r.delivery = 'read'))`,
  },
  {
    name: 'wait_ends',
    columns: { session_id: 'uuid', ended_at: 'timestamptz', outcome: 'text' },
    rows: (changes) => changes.waitEnds,
    text: (r) =>
      `update waits t set ended_at = r.ended_at, outcome = r.outcome from ${r} ${bySession} and t.ended_at is null`,
  },
  {
    name: 'service_ends',
    columns: { session_id: 'uuid', ended_at: 'timestamptz' },
    rows: (changes) => changes.serviceEnds,
    text: (r) => `update services t set ended_at = r.ended_at from ${r} ${bySession} and t.ended_at is null`,
  },
  {
    name: 'transfer_ends',
    columns: {
      session_id: 'uuid',
      taken_by: 'uuid',
      taken_at: 'timestamptz',
      failed_at: 'timestamptz',
      outcome: 'text',
    },
    rows: (changes) => changes.transferEnds,
    text: (
      r,
    ) => `update transfers t set taken_by = r.taken_by, taken_at = r.taken_at, failed_at = r.failed_at, outcome = r.outcome
      from ${r} ${bySession} and t.taken_at is null and t.failed_at is null`,
  },
  {
    name: 'reach',
    columns: { id: 'uuid', reachable: 'boolean' },
    rows: (changes) => changes.reached,
    text: (r) =>
      `update identities t set reachable = r.reachable from ${r} where t.organisation_id = $1 and t.id = r.id`,
  },
  insert(
    'contacts',
    {
      id: 'uuid',
      name: 'text',
      nickname: 'text',
      avatar: 'text',
      phone: 'text',
      email: 'text',
      company: 'text',
      fields: 'jsonb',
      created_at: 'timestamptz',
      updated_at: 'timestamptz',
    },
    (changes) => changes.contacts,
  ),
  insert(
    'identities',
    {
      id: 'uuid',
      contact_id: 'uuid',
      channel_id: 'uuid',
      external_id: 'text',
      name: 'text',
      avatar: 'text',
      language: 'text',
      more: 'jsonb',
      last_seen_at: 'timestamptz',
      ip: 'text',
      region: 'text',
      network: 'text',
      terminal: 'jsonb',
      created_at: 'timestamptz',
    },
    (changes) => changes.identities,
  ),
  insert(
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
  ),
  insert(
    'messages',
    {
      id: 'uuid',
      session_id: 'uuid',
      channel_id: 'uuid',
      seq: 'int',
      author_type: 'text',
      author_id: 'uuid',
      content: 'jsonb',
      external_id: 'text',
      quote_id: 'uuid',
      quote_token: 'text',
      delivery: 'text',
      error_code: 'text',
      error_text: 'text',
      hits: 'jsonb',
      rule_id: 'uuid',
      created_at: 'timestamptz',
      recalled_at: 'timestamptz',
      edited_at: 'timestamptz',
    },
    (changes) => changes.messages,
  ),
  insert(
    'waits',
    {
      id: 'uuid',
      session_id: 'uuid',
      group_id: 'uuid',
      started_at: 'timestamptz',
      ended_at: 'timestamptz',
      outcome: 'text',
      via: 'text',
      priority: 'smallint',
    },
    (changes) => changes.waits,
    { after: 'wait_ends' },
  ),
  insert(
    'services',
    {
      id: 'uuid',
      session_id: 'uuid',
      agent_id: 'uuid',
      group_id: 'uuid',
      how: 'text',
      started_at: 'timestamptz',
      ended_at: 'timestamptz',
    },
    (changes) => changes.services,
    { after: 'service_ends' },
  ),
  insert(
    'transfers',
    {
      id: 'uuid',
      session_id: 'uuid',
      from_agent_id: 'uuid',
      to_agent_id: 'uuid',
      to_group_id: 'uuid',
      at: 'timestamptz',
      taken_by: 'uuid',
      taken_at: 'timestamptz',
      failed_at: 'timestamptz',
      by_id: 'uuid',
      until: 'timestamptz',
      outcome: 'text',
    },
    (changes) => changes.transfers,
    { after: 'transfer_ends' },
  ),
  insert(
    'invitations',
    {
      id: 'uuid',
      session_id: 'uuid',
      by: 'text',
      member_id: 'uuid',
      group_id: 'uuid',
      at: 'timestamptz',
      until: 'timestamptz',
    },
    (changes) => changes.invitations,
  ),
  {
    name: 'older_ratings',
    columns: { session_id: 'uuid' },
    rows: (changes) => changes.ratings,
    text: (r) => `update ratings t set counts = false from ${r} ${bySession} and t.counts`,
  },
  insert(
    'ratings',
    {
      id: 'uuid',
      session_id: 'uuid',
      invitation_id: 'uuid',
      stars: 'smallint',
      tags: 'jsonb',
      resolved: 'boolean',
      comment: 'text',
      agent_ids: 'jsonb',
      group_id: 'uuid',
      at: 'timestamptz',
    },
    (changes) => changes.ratings,
    {
      after: 'older_ratings',
      values: {
        agent_ids: `coalesce(r.agent_ids, (select jsonb_agg(distinct v.agent_id) from services v
          where v.organisation_id = $1 and v.session_id = r.session_id), '[]')`,
      },
    },
  ),
  insert(
    'leave_messages',
    {
      id: 'uuid',
      channel_id: 'uuid',
      contact_id: 'uuid',
      identity_id: 'uuid',
      session_id: 'uuid',
      group_id: 'uuid',
      form: 'jsonb',
      text: 'text',
      at: 'timestamptz',
    },
    (changes) => changes.leftMessages,
  ),
  insert(
    'alerts',
    {
      id: 'uuid',
      kind: 'text',
      session_id: 'uuid',
      channel_id: 'uuid',
      member_id: 'uuid',
      text: 'text',
      words: 'jsonb',
      at: 'timestamptz',
    },
    (changes) => changes.alerts,
    {
      values: { words: 'array(select jsonb_array_elements_text(r.words))' },
    },
  ),
  insert(
    'channel_events',
    { id: 'uuid', channel_id: 'uuid', what: 'text', external_id: 'text', data: 'jsonb', at: 'timestamptz' },
    (changes) => changes.ignored,
    { tail: ' on conflict do nothing' },
  ),
  insert(
    'media',
    {
      id: 'uuid',
      channel_id: 'uuid',
      source: 'text',
      state: 'text',
      name: 'text',
      mime: 'text',
      size: 'bigint',
      width: 'int',
      height: 'int',
      created_by: 'text',
      created_at: 'timestamptz',
    },
    (changes) => changes.media,
  ),
  // In the sessions' order, so that two writers of many sessions meet at the same one first instead of waiting in a ring.
  insert(
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
  ),
];

const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** Texts by the parts they are made of: there are few, and PostgreSQL plans each once a connection. */
const texts = new Map<string, string>();

/**
 * One statement for all of it: a transaction in one round trip. Each column travels as one array. Where several sessions
 * change they are locked in one order first, as deliveries do too, so that writers wait for each other and never in a ring.
 */
export async function writeChanges(org: Org, changes: Changes): Promise<void> {
  const parts = PARTS.map((part) => ({ part, rows: part.rows(changes) })).filter(({ rows }) => rows.length);
  if (!parts.length) return;
  const locks = changes.sessions.size > 1 || changes.patches.length > 0 || changes.reads.length > 0;
  const key = `${parts.map(({ part }) => part.name).join()}${locks}`;
  let text = texts.get(key);
  if (!text)
    texts.set(
      key,
      (text = compose(
        parts.map(({ part }) => part),
        locks,
      )),
    );
  const parameters = parts.flatMap(({ part, rows }) =>
    Object.entries(part.columns).map(([name, type]) => column(rows, name, type)),
  );
  if (locks) parameters.push([...changes.sessions.keys()]);
  await org.statement(text, parameters);
}

function compose(parts: readonly Part[], locks: boolean): string {
  let number = 1;
  const bodies = parts.map((part) => {
    const types = Object.values(part.columns).map((type) => `$${++number}::${type}[]`);
    const body = part.text(`unnest(${types.join(', ')}) r(${Object.keys(part.columns).join(', ')})`);
    const first =
      part.after && parts.some(({ name }) => name === part.after)
        ? `(select count(*) from ${part.after}_done) >= 0`
        : 'true';
    return body.replace('{after}', first) + (locks && part.locked ? ' and (select count(*) from locked) >= 0' : '');
  });
  const last = bodies.pop()!;
  const before = bodies.map((body, index) => `${parts[index]!.name}_done as (${body} returning 1)`);
  if (locks)
    before.unshift(
      `locked as (select id from sessions where organisation_id = $1 and id = any($${number + 1}::uuid[]) order by id for no key update)`,
    );
  return before.length ? `with ${before.join(', ')} ${last}` : last;
}

function column(rows: readonly object[], name: string, type: string): unknown[] {
  return rows.map((row) => {
    const value = (row as Record<string, unknown>)[name] ?? null;
    if (value === null) return null;
    if (type === 'jsonb') return JSON.stringify(value);
    return value instanceof Date ? value.toISOString() : value;
  });
}
