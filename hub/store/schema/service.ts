import type { Defaulted } from './columns.ts';

/** The stretches of a session that reports count: each wait, each service, each transfer. */

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
export interface ServiceTables {
  waits: WaitsTable;
  services: ServicesTable;
  transfers: TransfersTable;
}
