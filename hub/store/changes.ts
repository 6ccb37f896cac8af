import type { Selectable } from 'kysely';
import type { Org } from './org.ts';
import type { ChannelEventsTable } from './schema/channels.ts';
import type { ContactsTable, IdentitiesTable } from './schema/contacts.ts';
import type { InvitationsTable, LeaveMessagesTable, RatingsTable } from './schema/feedback.ts';
import type { MediaTable, MessagesTable } from './schema/messages.ts';
import type { ServicesTable, TransfersTable, WaitsTable } from './schema/service.ts';
import type { SessionEventsTable, SessionsTable } from './schema/sessions.ts';
import type { AlertsTable } from './schema/watch.ts';
import { writeChanges } from './write/index.ts';

type Row<T> = Omit<Selectable<T>, 'organisation_id'>;
export type SessionRow = Row<SessionsTable>;
export type MessageRow = Row<MessagesTable>;
export type EventRow = Row<SessionEventsTable>;

/** A change to a message that is already there. What is undefined stays. */
export interface MessagePatch {
  id: string;
  content?: MessageRow['content'];
  delivery?: MessageRow['delivery'];
  error_code?: string;
  error_text?: string;
  recalled_at?: Date;
  edited_at?: Date;
}

/**
 * Everything one or many decisions change, gathered in memory and written by one statement: a transaction in one round
 * trip. No lock is taken: the primary key of `session_events` is the version of a session. Two writers that read the
 * same session both want its next number, one gets it, the other gets `Conflict` and decides again on what is now true.
 */
export class Changes {
  readonly contacts: Omit<
    Row<ContactsTable>,
    'tag_ids' | 'starred' | 'blocked_at' | 'blocked_by' | 'blocked_reason'
  >[] = [];
  readonly identities: Row<IdentitiesTable>[] = [];
  readonly reached: { id: string; reachable: boolean }[] = [];
  readonly newSessions: SessionRow[] = [];
  readonly sessions = new Map<string, SessionRow>();
  /** The sessions as they were read: what is still so need not be written. `wake_at` is written whatever it was. */
  readonly before = new Map<string, SessionRow>();
  readonly messages: MessageRow[] = [];
  readonly patches: MessagePatch[] = [];
  /** The customer read everything of ours up to `seq`. */
  readonly reads: { session_id: string; seq: number; delivery: 'delivered' | 'read' }[] = [];
  readonly events: EventRow[] = [];
  readonly waits: Row<WaitsTable>[] = [];
  readonly waitEnds: {
    session_id: string;
    group_id: string | null;
    ended_at: Date;
    outcome: NonNullable<Row<WaitsTable>['outcome']>;
  }[] = [];
  readonly services: Row<ServicesTable>[] = [];
  readonly serviceEnds: { session_id: string; ended_at: Date }[] = [];
  readonly transfers: Row<TransfersTable>[] = [];
  readonly transferEnds: {
    session_id: string;
    taken_by: string | null;
    taken_at: Date | null;
    failed_at: Date | null;
    outcome: NonNullable<Row<TransfersTable>['outcome']>;
  }[] = [];
  readonly invitations: Row<InvitationsTable>[] = [];
  /** `agent_ids` null: everybody who served the session. */
  readonly ratings: (Omit<Row<RatingsTable>, 'agent_ids' | 'counts'> & { agent_ids: string[] | null })[] = [];
  readonly leftMessages: Omit<Row<LeaveMessagesTable>, 'state' | 'assignee_id' | 'updated_at'>[] = [];
  readonly alerts: Row<AlertsTable>[] = [];
  readonly ignored: Row<ChannelEventsTable>[] = [];
  readonly media: Row<MediaTable>[] = [];

  /** Throws Conflict when somebody else was faster; then nothing was written. */
  async write(org: Org): Promise<void> {
    try {
      await writeChanges(org, this);
    } catch (error) {
      throw asConflict(error);
    }
  }
}

/** Somebody else wrote first; read again and decide again. */
export class Conflict extends Error {
  override name = 'Conflict';
}

/** 23505 unique, 40001 serialisation, 40P01 deadlock. */
function asConflict(error: unknown): unknown {
  const code = (error as { code?: string } | null)?.code;
  return code === '23505' || code === '40001' || code === '40P01'
    ? new Conflict((error as Error).message, { cause: error })
    : error;
}
