import { insert, type Part } from './part.ts';

export const reach: Part = {
  name: 'reach',
  columns: { id: 'uuid', reachable: 'boolean' },
  rows: (changes) => changes.reached,
  text: (r) => `update identities t set reachable = r.reachable from ${r} where t.organisation_id = $1 and t.id = r.id`,
};

export const contacts = insert(
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
);

export const identities = insert(
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
);
