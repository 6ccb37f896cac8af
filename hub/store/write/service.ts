import { bySession, insert, type Part } from './part.ts';

/** Waits, services and transfers: what is open ends, what begins comes after it. A session has at most one of each open. */

export const waitEnds: Part = {
  name: 'wait_ends',
  columns: { session_id: 'uuid', ended_at: 'timestamptz', outcome: 'text' },
  rows: (changes) => changes.waitEnds,
  text: (r) =>
    `update waits t set ended_at = r.ended_at, outcome = r.outcome from ${r} ${bySession} and t.ended_at is null`,
};

export const waits = insert(
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
  { after: waitEnds.name },
);

export const serviceEnds: Part = {
  name: 'service_ends',
  columns: { session_id: 'uuid', ended_at: 'timestamptz' },
  rows: (changes) => changes.serviceEnds,
  text: (r) => `update services t set ended_at = r.ended_at from ${r} ${bySession} and t.ended_at is null`,
};

export const services = insert(
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
  { after: serviceEnds.name },
);

export const transferEnds: Part = {
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
};

export const transfers = insert(
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
  { after: transferEnds.name },
);
