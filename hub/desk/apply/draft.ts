import { advance } from '../../../core/advance.ts';
import { happenings } from '../../../core/happen.ts';
import type { AuthorType } from '../../../core/message.ts';
import type { Session } from '../../../core/session.ts';
import type { Step } from '../../../core/step.ts';
import type { Ledger } from '../../../core/window.ts';
import type { Changes, EventRow, MessageRow, SessionRow } from '../../store/changes.ts';
import type { OpenChannel } from '../rulebook.ts';
import { intoRow, sessionOf } from '../view.ts';

/** What `apply` works on: one session of one customer on one channel, as read, and where its changes go. */
export interface Draft {
  changes: Changes;
  at: Date;
  channel: Pick<OpenChannel, 'id' | 'connector' | 'config'>;
  identity: { id: string; contactId: string };
  session: SessionRow | null;
  /** The event number the session had when it was read; 0 for one that opens here. */
  from: number;
  /** Rows that steps point at (recall, edit, quotes), found beforehand: our id by the platform's or our own. */
  found: ReadonlyMap<string, MessageRow | 'tombstone'>;
  /** What was left of the right to write when the last session ended. */
  ledger?: Ledger | null;
  /** The right to answer that came with the event. */
  reply?: { token: string; until: number };
  /** When the clock must look at the session next, epoch milliseconds; see `core/timers.ts`. */
  deadline(session: Session): number | null;
  /** CS-09: a rating counts for everybody who served, or for the last. */
  ratingsFor: 'all' | 'last';
  /** A colleague has just agreed to take over: the transfer that follows is the one he was asked for. */
  agreed?: boolean;
  /** The same session as core reads it; kept by `record`. */
  view?: Session;
}

/** Takes the session's next number, writes the event that explains it, and lets core say what it makes of the session. */
export function record(
  draft: Draft,
  type: string,
  actor: AuthorType,
  actorId: string | null,
  data: Record<string, unknown> | null = null,
  messageId: string | null = null,
): EventRow {
  const session = draft.session!;
  draft.view ??= sessionOf(session);
  advance(draft.view, { type, actor, actorId, data, at: draft.at.getTime() });
  intoRow(draft.view, session);
  session.seq++;
  touch(draft);
  const row: EventRow = {
    session_id: session.id,
    seq: session.seq,
    type,
    actor_type: actor,
    actor_id: actorId,
    message_id: messageId,
    external_id: null,
    data,
    at: draft.at,
  };
  draft.changes.events.push(row);
  return row;
}

/** The events that core says a step makes. */
export function happen(draft: Draft, step: Step): void {
  for (const { type, actor, actorId, data } of happenings(step, draft.at.getTime()))
    record(draft, type, actor, actorId, data);
}

export function touch(draft: Draft): void {
  const session = draft.session!;
  if (draft.from > 0) draft.changes.sessions.set(session.id, session);
}

/**
 * A session changes only with a number of its own: the number is its version, and without one a slower writer would put
 * back what a faster one has just written. What changed without an event of its own gets one here. Then the clock is set.
 */
export function sign(draft: Draft): void {
  const { session, changes } = draft;
  if (!session) return;
  const isNew = draft.from === 0;
  if (!isNew && !changes.sessions.has(session.id)) return;
  if (!changes.events.some((event) => event.session_id === session.id)) record(draft, 'granted', 'visitor', null);
  wind(draft);
}

/**
 * Looked at too early is only looked at: a deadline that moved away leaves `wake_at` alone, so that a message rarely
 * touches its index. It never stands later than what core asks for.
 */
function wind(draft: Draft): void {
  const session = draft.session!;
  if (session.state === 'closed') {
    session.wake_at = null;
    return;
  }
  draft.view ??= sessionOf(session);
  const deadline = draft.deadline(draft.view);
  if (deadline === null) return;
  if (!session.wake_at || session.wake_at.getTime() > deadline) session.wake_at = new Date(deadline);
}
