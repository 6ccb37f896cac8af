import { Refusal } from '../refusal.ts';
import type { Session } from '../session.ts';
import type { Step } from '../step.ts';
import { type By, mayRun } from './member.ts';

/** As many take part in a session as can still follow one another. */
export const MOST_PARTICIPANTS = 20;

/** another agent takes part, asked by whoever serves the session, or who leads. Twice is once. */
export function join(session: Session, by: By, memberId: string): Step[] {
  mayRun(session, by);
  if (session.agentId === memberId) throw new Refusal('taken');
  if (session.participants.includes(memberId)) return [];
  if (session.participants.length >= MOST_PARTICIPANTS) throw new Refusal('at_capacity');
  return [{ do: 'join', memberId, byId: by.id }];
}

/** he takes part no longer; whoever takes part may leave by himself. */
export function part(session: Session, by: By, memberId: string): Step[] {
  if (session.state === 'closed') throw new Refusal('session_closed');
  if (by.id !== memberId) mayRun(session, by);
  return session.participants.includes(memberId) ? [{ do: 'part', memberId, byId: by.id }] : [];
}
