import { countsFor } from '../../../core/rating.ts';
import type { Step } from '../../../core/step.ts';
import { newId } from '../../id.ts';
import { type Draft, happen } from './draft.ts';

/** What is done about a session besides talking: tags, invitations and ratings, messages left, alerts. */

export function tag(draft: Draft, step: Extract<Step, { do: 'tag' }>): void {
  const has = new Set(draft.session!.tag_ids);
  const tagIds = step.tagIds.filter((id) => has.has(id) !== step.on);
  if (tagIds.length) happen(draft, { ...step, tagIds });
}

export function invite(draft: Draft, step: Extract<Step, { do: 'invite' }>): void {
  const session = draft.session!;
  const { id, by, memberId, until } = step;
  draft.changes.invitations.push({
    id,
    session_id: session.id,
    by,
    member_id: memberId,
    group_id: session.group_id,
    at: draft.at,
    until: until === null ? null : new Date(until),
  });
  happen(draft, step);
}

/** CS-09: where core names nobody, the write puts in everybody who served. */
export function rate(draft: Draft, step: Extract<Step, { do: 'rate' }>): void {
  const session = draft.session!;
  const { invitationId, stars, tags, resolved, comment } = step;
  draft.changes.ratings.push({
    id: newId(),
    session_id: session.id,
    invitation_id: invitationId,
    stars,
    tags: [...tags],
    resolved,
    comment,
    agent_ids: countsFor({ agentId: session.agent_id, marks: session.marks }, draft.ratingsFor),
    group_id: session.group_id,
    at: draft.at,
  });
  happen(draft, step);
}

export function leaveMessage(draft: Draft, step: Extract<Step, { do: 'leave-message' }>): void {
  const session = draft.session!;
  draft.changes.leftMessages.push({
    id: newId(),
    channel_id: draft.channel.id,
    contact_id: draft.identity.contactId,
    identity_id: draft.identity.id,
    session_id: session.id,
    group_id: step.groupId,
    form: step.form,
    text: step.text,
    at: draft.at,
  });
  happen(draft, step);
}

export function alert(draft: Draft, step: Extract<Step, { do: 'alert' }>): void {
  draft.changes.alerts.push({
    id: newId(),
    kind: step.kind,
    session_id: draft.session?.id ?? null,
    channel_id: draft.channel.id,
    member_id: step.agentId ?? null,
    text: step.text,
    words: step.words,
    at: draft.at,
  });
}
