import { newId } from '../../id.ts';
import type { SessionRow } from '../../store/changes.ts';
import { type Draft, record } from './draft.ts';

/** A new session, with what was left of the right to write when the last one ended. */
export function open(draft: Draft, entry?: Record<string, string>): void {
  const { at, channel, identity } = draft;
  draft.from = 0;
  delete draft.view;
  const session: SessionRow = {
    id: newId(),
    channel_id: channel.id,
    contact_id: identity.contactId,
    identity_id: identity.id,
    state: 'bot',
    group_id: null,
    agent_id: null,
    seq: 0,
    unread: 0,
    seen_seq: 0,
    read_seq: 0,
    last: null,
    last_at: at,
    opened_at: at,
    waiting_since: null,
    served_since: null,
    unanswered_since: null,
    closed_at: null,
    ended_by: null,
    wake_at: null,
    inbound_at: null,
    sends: 0,
    reply_token: null,
    reply_until: null,
    receipt: null,
    delivering_until: null,
    window_until: draft.ledger ? new Date(draft.ledger.until) : null,
    window_left: draft.ledger?.left ?? null,
    hushed: false,
    entry: entry ?? null,
    locked: false,
    participants: [],
    tag_ids: [],
    priority: 11,
    wanted_id: null,
    wanted_until: null,
    offered_to: null,
    end_reason: null,
    marks: {},
  };
  draft.session = session;
  draft.changes.newSessions.push(session);
  record(draft, 'opened', 'visitor', null);
}
