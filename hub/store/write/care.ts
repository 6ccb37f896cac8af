import { bySession, insert, type Part } from './part.ts';

/** What is kept beside the conversation: invitations and ratings, messages left, alerts, what was ignored. */

export const invitations = insert(
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
);

/** Of several ratings of a session the last one counts. */
export const olderRatings: Part = {
  name: 'older_ratings',
  columns: { session_id: 'uuid' },
  rows: (changes) => changes.ratings,
  text: (r) => `update ratings t set counts = false from ${r} ${bySession} and t.counts`,
};

export const ratings = insert(
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
    after: olderRatings.name,
    values: {
      agent_ids: `coalesce(r.agent_ids, (select jsonb_agg(distinct v.agent_id) from services v
        where v.organisation_id = $1 and v.session_id = r.session_id), '[]')`,
    },
  },
);

export const leaveMessages = insert(
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
);

export const alerts = insert(
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
  { values: { words: 'array(select jsonb_array_elements_text(r.words))' } },
);

export const ignored = insert(
  'channel_events',
  { id: 'uuid', channel_id: 'uuid', what: 'text', external_id: 'text', data: 'jsonb', at: 'timestamptz' },
  (changes) => changes.ignored,
  { tail: ' on conflict do nothing' },
);
