import type { Terminal } from '../../../core/inbound.ts';
import type { Defaulted, Json, JsonOr } from './columns.ts';

/** The customers, and the names by which each platform knows them. */

export interface ContactsTable {
  organisation_id: string;
  id: string;
  /** The real name once somebody has said it, until then what the channel calls him or the house made up. */
  name: string;
  /** What the channel calls him, beside a real name; null: `name` is that. */
  nickname: Defaulted<string | null>;
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
  /** Where and with what they wrote from last (CT-10, A-60). */
  ip: Defaulted<string | null>;
  region: Defaulted<string | null>;
  network: Defaulted<string | null>;
  terminal: JsonOr<Terminal> | null;
  created_at: Defaulted<Date>;
}
/** Other ids by which a platform names the same person. */
export interface IdentityAliasesTable {
  organisation_id: string;
  channel_id: string;
  external_id: string;
  identity_id: string;
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
export interface ContactTables {
  contacts: ContactsTable;
  identities: IdentitiesTable;
  identity_aliases: IdentityAliasesTable;
  contact_activities: ContactActivitiesTable;
}
