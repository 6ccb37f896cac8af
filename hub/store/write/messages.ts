import { bySession, insert, type Part } from './part.ts';

export const newMessages = insert(
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
);

/** Messages that are there and were taken back, edited or received. What is null stays; what was taken back loses its words. */
export const patches: Part = {
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
    error_text = coalesce(r.error_text, t.error_text), recalled_at = coalesce(r.recalled_at, t.recalled_at),
    edited_at = coalesce(r.edited_at, t.edited_at)
    from ${r} where t.organisation_id = $1 and t.id = r.id`,
};

/** Marks only move forward. */
export const reads: Part = {
  name: 'reads',
  columns: { session_id: 'uuid', seq: 'int', delivery: 'text' },
  rows: (changes) => changes.reads,
  locked: true,
  text: (
    r,
  ) => `update messages t set delivery = r.delivery from ${r} ${bySession} and t.seq <= r.seq and t.author_type <> 'visitor'
    and (t.delivery = 'sent' or (t.delivery = 'delivered' and r.delivery = 'read'))`,
};

export const media = insert(
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
);
