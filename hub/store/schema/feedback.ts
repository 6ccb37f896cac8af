import type { Defaulted, Json } from './columns.ts';

/** What customers leave behind: ratings, the invitations that asked for them, and messages left when nobody was there. */

export interface InvitationsTable {
  organisation_id: string;
  id: string;
  session_id: string;
  by: 'agent' | 'auto' | 'visitor';
  member_id: string | null;
  group_id: string | null;
  at: Date;
  until: Date | null;
}
export interface RatingsTable {
  organisation_id: string;
  id: string;
  session_id: string;
  invitation_id: string | null;
  stars: number;
  tags: Json<string[]>;
  resolved: boolean | null;
  comment: string | null;
  /** The agents it counts for (CS-09). */
  agent_ids: Json<string[]>;
  group_id: string | null;
  /** Of several only one counts (CS-07). */
  counts: boolean;
  at: Date;
}
export interface LeaveMessagesTable {
  organisation_id: string;
  id: string;
  channel_id: string;
  contact_id: string;
  identity_id: string;
  session_id: string;
  group_id: string | null;
  form: Json<Record<string, string>>;
  text: string;
  state: Defaulted<'open' | 'working' | 'done'>;
  assignee_id: Defaulted<string | null>;
  at: Date;
  updated_at: Defaulted<Date>;
}
export interface FeedbackTables {
  invitations: InvitationsTable;
  ratings: RatingsTable;
  leave_messages: LeaveMessagesTable;
}
