import type { ColumnType, Generated } from 'kysely';
import type { CheckPoint } from '../../connectors/connector.ts';
import type { LinkState } from '../../connectors/link.ts';
import type { AuthorType, Content, Delivery, Sendable } from '../../core/message.ts';
import type { EndReason, Marks, State } from '../../core/session.ts';
import type { PayTables } from './pay-tables.ts';
import type { SignInTables } from './sign-in.ts';

/** The tables as TypeScript sees them; `migrations/` shapes them. Times are Dates here, never texts. */

type Json<T> = ColumnType<T, T | string, T | string>;
type JsonOr<T> = ColumnType<T, T | string | undefined, T | string>;
type Defaulted<T> = Generated<T>;

export interface Hit {
  kind: string;
  word: string;
  start: number;
  end: number;
}
export interface LastMessage {
  /** Its number in the session. */ seq?: number;
  text: string;
  type: string;
  author: AuthorType;
  at: string;
}

export interface OrganisationsTable {
  id: string;
  name: string;
  created_at: Defaulted<Date>;
}

export interface MembersTable {
  organisation_id: string;
  id: string;
  user_id: string;
  name: string;
  avatar: string | null;
  role: 'owner' | 'admin' | 'supervisor' | 'agent';
  status: Defaulted<'online' | 'busy' | 'invisible' | 'away'>;
  cap: Defaulted<number>;
  preferences: Json<Record<string, unknown>>;
  disabled_at: Date | null;
  last_assigned_at: Date | null /** Some screen of theirs is connected, and will say so again before this. */;
  present_until: Date | null;
  /** 1 to 10: who stands higher takes more (RT-12). */
  level: Defaulted<number>;
  /** Said when they take a session. */
  greeting: Defaulted<string>;
  created_at: Defaulted<Date>;
}
export interface SkillGroupsTable {
  organisation_id: string;
  id: string;
  name: string;
  plan_id: Defaulted<string | null>;
  greeting_on: Defaulted<boolean>;
  greeting: Defaulted<string>;
  off_on: Defaulted<boolean>;
  off_text: Defaulted<string>;
  created_at: Defaulted<Date>;
}
export interface GroupMembersTable {
  organisation_id: string;
  group_id: string;
  member_id: string;
  skill: Defaulted<number>;
  /** Helps out only when nobody else of the group has room (RT-13). */
  overflow: Defaulted<boolean>;
}
export interface ChannelsTable {
  organisation_id: string;
  id: string;
  connector: string;
  name: string;
  key: string;
  enabled: Defaulted<boolean>;
  sandbox: Defaulted<boolean>;
  group_id: string | null;
  config: Json<Record<string, string>>;
  secrets: Buffer | null;
  style: Json<Record<string, unknown>> | null;
  health: Defaulted<'new' | 'ok' | 'attention'>;
  health_code: string | null;
  health_text: string | null;
  last_inbound_at: Date | null;
  /** The app this account was connected through, and the platform's id of the account. */
  app_id: Defaulted<string | null>;
  account: Defaulted<string | null>;
  /** The channel group it stands in (CH-02). */
  folder_id: Defaulted<string | null>;
  order: Defaulted<number>;
  avatar: Defaulted<string | null>;
  intro: Defaulted<string | null>;
  /** When it stops working unless somebody authorises again. */
  expires_at: Defaulted<Date | null>;
  /** When it is looked after again. */
  upkeep_at: Defaulted<Date | null>;
  link: Json<StoredLink> | null;
  /** What the last look at the account found. */
  points: Json<CheckPoint[]> | null;
  created_at: Defaulted<Date>;
  deleted_at: Date | null;
}
/** What a lasting connection was last said to be; see `connectors/link.ts`. */
export type StoredLink = LinkState & { at: string };

export interface AppsTable {
  organisation_id: string;
  id: string;
  kind: string;
  name: string;
  key: string;
  sandbox: Defaulted<boolean>;
  config: Json<Record<string, string>>;
  secrets: Buffer | null;
  health: Defaulted<'new' | 'ok' | 'attention'>;
  health_code: string | null;
  health_text: string | null;
  last_inbound_at: Date | null;
  created_at: Defaulted<Date>;
  deleted_at: Date | null;
}
export interface ChannelGroupsTable {
  organisation_id: string;
  id: string;
  name: string;
  order: Defaulted<number>;
  created_at: Defaulted<Date>;
}
/** Other ids by which a platform names the same person. */
export interface IdentityAliasesTable {
  organisation_id: string;
  channel_id: string;
  external_id: string;
  identity_id: string;
}
export interface ContactsTable {
  organisation_id: string;
  id: string;
  name: string;
  avatar: string | null;
  phone: string | null;
  email: string | null;
  company: string | null;
  remark: string | null;
  fields: Json<Record<string, string>>;
  tag_ids: JsonOr<string[]>;
  starred: Defaulted<boolean>;
  blocked_at: Defaulted<Date | null>;
  blocked_by: Defaulted<string | null>;
  blocked_reason: Defaulted<string | null>;
  created_at: Defaulted<Date>;
  updated_at: Defaulted<Date>;
}
/** What happened to a contact besides conversations (CT-06). */
export interface ContactActivitiesTable {
  organisation_id: string;
  id: string;
  contact_id: string;
  kind: string;
  member_id: string | null;
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
export interface SettingsRevisionsTable {
  organisation_id: string;
  area: string;
  version: number;
  document: Json<Record<string, unknown>>;
  member_id: string | null;
  at: Defaulted<Date>;
}
export interface IdentitiesTable {
  organisation_id: string;
  id: string;
  contact_id: string;
  channel_id: string;
  external_id: string;
  name: string | null;
  avatar: string | null;
  language: string | null;
  more: Json<Record<string, string>>;
  reachable: Defaulted<boolean>;
  profile_at: Date | null;
  last_seen_at: Date | null;
  created_at: Defaulted<Date>;
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
  reply_token: Generated<string | null>;
  reply_until: Generated<Date | null>;
  attempts: Defaulted<number>;
  retry_at: Date | null;
  hits: Json<Hit[]> | null;
  rule_id: string | null;
  created_at: Date;
  recalled_at: Date | null;
  edited_at: Date | null;
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
export interface WaitsTable {
  organisation_id: string;
  id: string;
  session_id: string;
  group_id: string | null;
  started_at: Date;
  ended_at: Date | null;
  outcome: 'served' | 'left' | 'closed' | 'transferred' | 'overflow' | null;
  /** What brought him here: asked for a person, was transferred, or his agent lost him. */
  via: Defaulted<'asked' | 'transfer' | 'lost'>;
  priority: Defaulted<number>;
}
export interface ServicesTable {
  organisation_id: string;
  id: string;
  session_id: string;
  agent_id: string;
  group_id: string | null;
  how: 'accepted' | 'matched' | 'transferred';
  started_at: Date;
  ended_at: Date | null;
}
export interface TransfersTable {
  organisation_id: string;
  id: string;
  session_id: string;
  from_agent_id: string | null;
  to_agent_id: string | null;
  to_group_id: string | null;
  at: Date;
  taken_by: string | null;
  taken_at: Date | null;
  failed_at: Date | null;
  /** Who transferred it; `from_agent_id` is who had it. */
  by_id: Defaulted<string | null>;
  /** Asked until then (TR-02). */
  until: Defaulted<Date | null>;
  outcome: Defaulted<'taken' | 'failed' | 'refused' | 'expired' | 'withdrawn' | null>;
}
export interface AutoRepliesTable {
  organisation_id: string;
  id: string;
  name: string;
  type: 'welcome' | 'keyword';
  enabled: Defaulted<boolean>;
  channel_ids: Defaulted<string[]>;
  keywords: Json<{ text: string; match: 'contains' | 'equals' }[]>;
  replies: Json<Sendable[]>;
  mode: Defaulted<'all' | 'random'>;
  order: Defaulted<number>;
  updated_at: Defaulted<Date>;
}
export interface WordsTable {
  organisation_id: string;
  id: string;
  kind: 'forced-human' | 'keyword-to-human' | 'forbidden' | 'sensitive' | 'reminder';
  text: string;
  match: Defaulted<'contains' | 'equals'>;
  group_id: string | null;
  created_at: Defaulted<Date>;
}
export interface SettingsTable {
  organisation_id: string;
  area: string;
  version: number;
  document: Json<Record<string, unknown>>;
  updated_at: Defaulted<Date>;
  updated_by: Defaulted<string | null>;
}
export interface AuditTable {
  organisation_id: string;
  id: string;
  member_id: string | null;
  action: string;
  subject: string | null;
  before: Json<unknown> | null;
  after: Json<unknown> | null;
  at: Defaulted<Date>;
}
export interface AlertsTable {
  organisation_id: string;
  id: string;
  kind:
    | 'forbidden'
    | 'sensitive'
    | 'reminder'
    | 'channel'
    | 'parked'
    | 'payment'
    | 'queue'
    | 'agent-silent'
    | 'transfer';
  session_id: string | null;
  channel_id: string | null;
  member_id: string | null;
  text: string;
  words: string[];
  at: Defaulted<Date>;
}
export interface AlertViewsTable {
  organisation_id: string;
  member_id: string;
  seen_at: Date;
}
export interface ChannelEventsTable {
  organisation_id: string;
  id: string;
  channel_id: string;
  what: string;
  external_id: string;
  data: Json<unknown> | null;
  at: Defaulted<Date>;
}
export interface ParkedTable {
  organisation_id: string;
  id: string;
  channel_id: string;
  request: Json<{ method: string; path: string; query: Record<string, string>; headers: Record<string, string> }>;
  body: Buffer;
  error: string;
  attempts: Defaulted<number>;
  at: Defaulted<Date>;
  replayed_at: Date | null;
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
export interface KeepTable {
  key: string;
  value: Buffer;
  /** Null: without an end. */
  expires_at: Date | null;
}

/** Tables that belong to one organisation: reachable only through `Org`. */
export interface OrgTables extends PayTables {
  members: MembersTable;
  skill_groups: SkillGroupsTable;
  group_members: GroupMembersTable;
  apps: AppsTable;
  channels: ChannelsTable;
  channel_groups: ChannelGroupsTable;
  identity_aliases: IdentityAliasesTable;
  contacts: ContactsTable;
  identities: IdentitiesTable;
  sessions: SessionsTable;
  messages: MessagesTable;
  session_events: SessionEventsTable;
  waits: WaitsTable;
  services: ServicesTable;
  transfers: TransfersTable;
  auto_replies: AutoRepliesTable;
  words: WordsTable;
  settings: SettingsTable;
  settings_revisions: SettingsRevisionsTable;
  contact_activities: ContactActivitiesTable;
  session_marks: SessionMarksTable;
  invitations: InvitationsTable;
  ratings: RatingsTable;
  leave_messages: LeaveMessagesTable;
  audit: AuditTable;
  alerts: AlertsTable;
  alert_views: AlertViewsTable;
  channel_events: ChannelEventsTable;
  parked: ParkedTable;
  media: MediaTable;
}
export interface Tables extends OrgTables, SignInTables {
  organisations: OrganisationsTable;
  keep: KeepTable;
}
