import { excerpt, wordsOf } from '../excerpt.ts';
import { type Content, type Sendable, textOf } from '../message.ts';
import { Refusal } from '../refusal.ts';
import type { Rules } from '../rules.ts';
import type { Session } from '../session.ts';
import type { Step } from '../step.ts';
import { isIn } from './member.ts';

/** Whoever serves it writes, and whoever was asked to take part. */
export function mayReply(session: Session, memberId: string): void {
  if (session.state === 'closed') throw new Refusal('session_closed');
  const part = isIn(session, memberId);
  if (!part || session.state !== 'serving') throw new Refusal('not_your_session');
}

/** Forbidden words stop the message and alert supervisors (SW-07); sensitive words let it pass and alert (SW-08). */
export function reply(
  session: Session,
  memberId: string,
  message: { id: string; content: Sendable; quoteId?: string },
  rules: Pick<Rules, 'scan'>,
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
