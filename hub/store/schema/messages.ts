import type { AuthorType, Content, Delivery } from '../../../core/message.ts';
import type { Defaulted, Json } from './columns.ts';

/** What was said, and the files it came with. */

export interface Hit {
  kind: string;
  word: string;
  start: number;
  end: number;
}
export interface MessagesTable {
  organisation_id: string;
  id: string;
  session_id: string;
  channel_id: string;
  seq: number;
  author_type: AuthorType;
  author_id: string | null;
  content: Json<Content> | null;
  external_id: string | null;
  quote_id: string | null;
  quote_token: string | null;
  delivery: Delivery;
  error_code: string | null;
  error_text: string | null;
  batch_id: string | null;
  /** The right to answer this message was last tried with: its outcome may be unknown, and only the same token can tell. */
  reply_token: Defaulted<string | null>;
  reply_until: Defaulted<Date | null>;
  attempts: Defaulted<number>;
  retry_at: Date | null;
  hits: Json<Hit[]> | null;
  rule_id: string | null;
  created_at: Date;
  recalled_at: Date | null;
  edited_at: Date | null;
}
export interface MediaTable {
  organisation_id: string;
  id: string;
  channel_id: string | null;
  source: string | null;
  state: 'ready' | 'fetching' | 'expired' | 'failed';
  name: string;
  mime: string;
  size: Defaulted<number>;
  width: number | null;
  height: number | null;
  preview: Defaulted<boolean>;
  attempts: Defaulted<number>;
  created_by: string;
  created_at: Defaulted<Date>;
}
export interface MessageTables {
  messages: MessagesTable;
  media: MediaTable;
}
