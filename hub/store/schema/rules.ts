import type { Sendable } from '../../../core/message.ts';
import type { Defaulted, Json } from './columns.ts';

/** What an admin writes down. */

export interface SettingsTable {
  organisation_id: string;
  area: string;
  version: number;
  document: Json<Record<string, unknown>>;
  updated_at: Defaulted<Date>;
  updated_by: Defaulted<string | null>;
}
export interface SettingsRevisionsTable {
  organisation_id: string;
  area: string;
  version: number;
  document: Json<Record<string, unknown>>;
  member_id: string | null;
  at: Defaulted<Date>;
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
export interface RuleTables {
  settings: SettingsTable;
  settings_revisions: SettingsRevisionsTable;
  auto_replies: AutoRepliesTable;
  words: WordsTable;
}
