import type { Defaulted, Json } from './columns.ts';

/** What a supervisor watches: who changed what, and what needs a look. */

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
export interface WatchTables {
  audit: AuditTable;
  alerts: AlertsTable;
  alert_views: AlertViewsTable;
}
