import type { AuthorType } from '../../../core/message.ts';
import type { EndReason, Marks, State } from '../../../core/session.ts';
import type { Defaulted, Json, JsonOr } from './columns.ts';

/** The sessions, what happened in them, and how each member keeps them in view. */

export interface LastMessage {
  /** Its number in the session. */
  seq?: number;
  text: string;
  type: string;
  author: AuthorType;
  at: string;
}
export interface SessionsTable {
  organisation_id: string;
  id: string;
  channel_id: string;
  contact_id: string;
  identity_id: string;
  state: State;
  group_id: string | null;
  agent_id: string | null;
  seq: number;
  unread: number;
  seen_seq: number;
  read_seq: number;
  last: Json<LastMessage> | null;
  last_at: Date;
  opened_at: Date;
  waiting_since: Date | null;
  served_since: Date | null;
  unanswered_since: Date | null;
  closed_at: Date | null;
  ended_by: 'visitor' | 'agent' | 'system' | null;
  wake_at: Date | null;
  inbound_at: Date | null;
  sends: number;
  reply_token: string | null;
  reply_until: Date | null;
  receipt: string | null;
  delivering_until: Defaulted<Date | null>;
  /** The ledger of what we may still write (`core/window.ts`). */
  window_until: Defaulted<Date | null>;
  window_left: Defaulted<number | null>;
  /** Somebody of ours answers elsewhere: the rules keep silent. */
  hushed: Defaulted<boolean>;
  /** What the customer came with. */
  entry: Json<Record<string, string>> | null;
  locked: Defaulted<boolean>;
  participants: JsonOr<string[]>;
  tag_ids: JsonOr<string[]>;
  priority: Defaulted<number>;
  wanted_id: Defaulted<string | null>;
  wanted_until: Defaulted<Date | null>;
  offered_to: Defaulted<string | null>;
  end_reason: Defaulted<EndReason | null>;
  marks: JsonOr<Marks>;
}
export interface SessionEventsTable {
  organisation_id: string;
  session_id: string;
  seq: number;
  type: string;
  actor_type: AuthorType;
  actor_id: string | null;
  message_id: string | null;
  external_id: string | null;
  data: Json<Record<string, unknown>> | null;
  at: Date;
}
/** How one member keeps a session in his own list (A-14…A-16). */
export interface SessionMarksTable {
  organisation_id: string;
  member_id: string;
  session_id: string;
  pinned: Defaulted<boolean>;
  muted: Defaulted<boolean>;
  starred: Defaulted<boolean>;
}
export interface SessionTables {
  sessions: SessionsTable;
  session_events: SessionEventsTable;
  session_marks: SessionMarksTable;
}
