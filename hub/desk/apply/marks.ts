import type { Step } from '../../../core/step.ts';
import { newId } from '../../id.ts';
import type { MessageRow } from '../../store/changes.ts';
import { type Draft, record } from './draft.ts';

/** What happens to messages that are there: taken back, changed, received, read. */

export function recall(draft: Draft, messageId: string): void {
  const target = draft.found.get(messageId);
  if (target === undefined) {
    // Taken back before it arrived: remembered by its id, so that what comes later is born recalled.
    draft.changes.ignored.push({
      id: newId(),
      channel_id: draft.channel.id,
      what: 'recalled',
      external_id: `recalled:${messageId}`,
      data: null,
      at: draft.at,
    });
    return;
  }
  if (target === 'tombstone' || target.recalled_at) return;
  if (draft.session?.id !== target.session_id) {
    // Its session is over: the words go all the same, the closed record stays as it is.
    draft.changes.patches.push({ id: target.id, recalled_at: draft.at });
    return;
  }
  target.recalled_at = draft.at;
  target.content = null;
  if (!draft.changes.messages.includes(target)) draft.changes.patches.push({ id: target.id, recalled_at: draft.at });
  if (draft.session.last?.seq === target.seq)
    draft.session.last = { ...draft.session.last, text: '', type: 'recalled' };
  record(draft, 'recalled', target.author_type, target.author_id, null, target.id);
}

export function edit(draft: Draft, step: Extract<Step, { do: 'edit' }>): void {
  const target = draft.found.get(step.messageId);
  if (typeof target !== 'object' || target.recalled_at || draft.session?.id !== target.session_id) return;
  if (target.edited_at && target.edited_at > draft.at) return;
  if (JSON.stringify(target.content) === JSON.stringify(step.content)) return;
  target.content = step.content;
  target.edited_at = draft.at;
  if (!draft.changes.messages.includes(target))
    draft.changes.patches.push({ id: target.id, content: step.content, edited_at: draft.at });
  record(draft, 'edited', target.author_type, target.author_id, null, target.id);
}

export function receipt(draft: Draft, step: Extract<Step, { do: 'receipt' }>): void {
  const session = draft.session!;
  if (step.seq !== undefined && step.state !== 'failed') {
    const seq = Math.min(step.seq, session.seq);
    if (step.state === 'read' && seq <= session.read_seq) return;
    draft.changes.reads.push({ session_id: session.id, seq, delivery: step.state });
    if (step.state === 'read') session.read_seq = seq;
    record(draft, step.state, 'visitor', null, { seq });
    return;
  }
  for (const messageId of step.messageIds ?? []) {
    const target = draft.found.get(messageId);
    if (typeof target !== 'object' || target.session_id !== session.id || target.author_type === 'visitor') continue;
    if (!isAhead(target.delivery, step.state)) continue;
    target.delivery = step.state;
    const { error } = step;
    draft.changes.patches.push({
      id: target.id,
      delivery: step.state,
      ...(error && { error_code: error.code.slice(0, 100), error_text: error.text.slice(0, 500) }),
    });
    record(draft, step.state, 'visitor', null, null, target.id);
  }
}

/** Marks only move forward; a failure told later is believed until the customer has it. */
function isAhead(from: MessageRow['delivery'], to: 'delivered' | 'read' | 'failed'): boolean {
  if (to === 'failed') return from === 'sent' || from === 'pending';
  return to === 'read' ? from !== 'read' : from === 'sent' || from === 'pending';
}

export function see(draft: Draft, step: Extract<Step, { do: 'see' }>): void {
  const session = draft.session!;
  const seq = Math.min(step.seq, session.seq);
  if (seq <= session.seen_seq) return;
  session.seen_seq = seq;
  session.unread = step.unread;
  record(draft, 'seen', 'agent', step.agentId, { seq });
}
