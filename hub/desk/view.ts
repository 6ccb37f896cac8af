import type { Session } from '../../core/session.ts';
import type { SessionRow } from '../store/changes.ts';

const ms = (at: Date | null): number | null => at?.getTime() ?? null;
const date = (at: number | null): Date | null => (at === null ? null : new Date(at));

/** A row as core reads it. The lists and marks are copies: core may change them. */
export function sessionOf(row: SessionRow): Session {
  return {
    id: row.id,
    channelId: row.channel_id,
    state: row.state,
    groupId: row.group_id,
    agentId: row.agent_id,
    hushed: row.hushed,
    locked: row.locked,
    participants: row.participants,
    tagIds: row.tag_ids,
    priority: row.priority,
    wanted: row.wanted_id && row.wanted_until ? { agentId: row.wanted_id, until: row.wanted_until.getTime() } : null,
    openedAt: row.opened_at.getTime(),
    waitingSince: ms(row.waiting_since),
    servedSince: ms(row.served_since),
    unansweredSince: ms(row.unanswered_since),
    closedAt: ms(row.closed_at),
    endedBy: row.ended_by,
    endReason: row.end_reason,
    marks: { ...row.marks },
  };
}

/** What events have made of a session, back into its row. */
export function intoRow(session: Session, row: SessionRow): void {
  row.state = session.state;
  row.group_id = session.groupId;
  row.agent_id = session.agentId;
  row.hushed = session.hushed;
  row.locked = session.locked;
  row.participants = [...session.participants];
  row.tag_ids = [...session.tagIds];
  row.priority = session.priority;
  row.wanted_id = session.wanted?.agentId ?? null;
  row.wanted_until = date(session.wanted?.until ?? null);
  row.offered_to = session.marks.offer?.to ?? null;
  row.waiting_since = date(session.waitingSince);
  row.served_since = date(session.servedSince);
  row.unanswered_since = date(session.unansweredSince);
  row.closed_at = date(session.closedAt);
  row.ended_by = session.endedBy;
  row.end_reason = session.endReason;
  row.marks = { ...session.marks };
}
