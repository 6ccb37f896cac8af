import { type Content, type Sendable, textOf } from './message.ts';
import { excerpt, wordsOf } from './reception.ts';
import { Refusal } from './refusal.ts';
import type { Rules } from './rules.ts';
import type { Session } from './session.ts';
import type { Step } from './step.ts';

/** What members do with a session. Each function gives the steps or throws a Refusal that the screen can explain. */

export interface Member {
  id: string;
  role: 'owner' | 'admin' | 'supervisor' | 'agent';
  cap: number;
  /** Sessions being served now. */
  serving: number;
  groupIds: readonly string[];
}

/** Supervisors and up see every session; an agent sees his own and the queues of his groups. */
export function maySee(session: Session, member: Pick<Member, 'id' | 'role' | 'groupIds'>): boolean {
  if (member.role !== 'agent') return true;
  if (session.agentId === member.id) return true;
  return session.state === 'waiting' && (session.groupId === null || member.groupIds.includes(session.groupId));
}

export function mayReply(session: Session, memberId: string): void {
  if (session.state === 'closed') throw new Refusal('session_closed');
  if (session.agentId !== memberId || session.state !== 'serving') throw new Refusal('not_your_session');
}

/** Forbidden words stop the message and alert supervisors (SW-07); sensitive words let it pass and alert (SW-08). */
export function reply(
  session: Session,
  memberId: string,
  message: { id: string; content: Sendable; quoteId?: string },
  rules: Rules,
): Step[] {
  mayReply(session, memberId);
  const text = textOf(message.content as Content);
  const found = rules.scan(text);
  if (found.forbidden.length)
    throw new Refusal('forbidden_word', wordsOf(found.forbidden).join(', '), {
      hits: found.forbidden,
      text: excerpt(text),
    });
  const steps: Step[] = [
    {
      do: 'reply',
      id: message.id,
      agentId: memberId,
      content: message.content,
      quoteId: message.quoteId,
      hits: found.sensitive,
    },
  ];
  if (found.sensitive.length) {
    steps.push({
      do: 'alert',
      kind: 'sensitive',
      text: excerpt(text),
      words: wordsOf(found.sensitive),
      agentId: memberId,
    });
  }
  return steps;
}

/** Takes a session from the queue, or from the rules. The cap holds here too. */
export function accept(session: Session, member: Member): Step[] {
  if (session.state === 'closed') throw new Refusal('session_closed');
  if (session.state === 'serving') throw new Refusal('taken');
  if (session.state === 'bot' && member.role === 'agent') throw new Refusal('not_waiting');
  if (!maySee(session, member)) throw new Refusal('not_allowed');
  if (member.serving >= member.cap) throw new Refusal('at_capacity');
  return [{ do: 'serve', agentId: member.id, how: 'accepted' }];
}

export type Target =
  | { kind: 'member'; member: Member; available: boolean }
  | { kind: 'group'; groupId: string; members: number };

/**
 * TR-01, TR-03. A colleague takes over at once, cap or not (A-33: transfers are still accepted at the cap), unless he is
 * not there; a group's queue takes it otherwise.
 */
export function transfer(session: Session, by: Pick<Member, 'id' | 'role'>, to: Target): Step[] {
  if (session.state === 'closed') throw new Refusal('session_closed');
  if (by.role === 'agent' && session.agentId !== by.id) throw new Refusal('not_your_session');
  if (to.kind === 'group') {
    if (to.members === 0) throw new Refusal('group_empty');
    return [
      { do: 'transfer', byId: by.id, toAgentId: null, toGroupId: to.groupId },
      { do: 'wait', groupId: to.groupId },
    ];
  }
  if (to.member.id === session.agentId) throw new Refusal('taken');
  if (!to.available) throw new Refusal('member_unavailable');
  return [
    { do: 'transfer', byId: by.id, toAgentId: to.member.id, toGroupId: null },
    { do: 'serve', agentId: to.member.id, how: 'transferred' },
  ];
}

export function mayEnd(session: Session, member: Pick<Member, 'id' | 'role'>): void {
  if (session.state === 'closed') throw new Refusal('session_closed');
  if (member.role === 'agent' && session.agentId !== member.id) throw new Refusal('not_your_session');
}

/** within one minute of sending, by its author. Milliseconds. */
export const RECALL_MS = 60_000;

export function recall(
  message: { authorId: string | null; createdAt: number; recalledAt: number | null; messageId: string },
  memberId: string,
  now: number,
): Step[] {
  if (message.authorId !== memberId) throw new Refusal('not_your_session');
  if (message.recalledAt !== null) throw new Refusal('already_recalled');
  if (now - message.createdAt > RECALL_MS) throw new Refusal('too_late');
  return [{ do: 'recall', messageId: message.messageId }];
}
