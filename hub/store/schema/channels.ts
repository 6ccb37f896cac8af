import type { CheckPoint } from '../../../connectors/connector.ts';
import type { LinkState } from '../../../connectors/link.ts';
import type { Defaulted, Json } from './columns.ts';

/** The connected accounts, the apps they came through, and what they told us besides messages. */

/** What a lasting connection was last said to be; see `connectors/link.ts`. */
export type StoredLink = LinkState & { at: string };
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
export interface ChannelGroupsTable {
  organisation_id: string;
  id: string;
  name: string;
  order: Defaulted<number>;
  created_at: Defaulted<Date>;
}
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
export interface ChannelTables {
  channels: ChannelsTable;
  channel_groups: ChannelGroupsTable;
  apps: AppsTable;
  channel_events: ChannelEventsTable;
  parked: ParkedTable;
}
