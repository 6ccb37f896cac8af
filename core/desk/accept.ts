import { Refusal } from '../refusal.ts';
import type { Session } from '../session.ts';
import type { Step } from '../step.ts';
import { leads, type Member } from './member.ts';
import { mayTake } from './see.ts';

/** Takes a session from the queue, or from the rules. The cap holds here too. */
export function accept(session: Session, member: Member): Step[] {
  if (session.state === 'closed') throw new Refusal('session_closed');
  if (session.state === 'serving') throw new Refusal('taken');
  if (!leads(member)) {
    if (session.state === 'bot') throw new Refusal('not_waiting');
    if (!mayTake(session, member)) throw new Refusal('not_allowed');
  }
  if (member.serving >= member.cap) throw new Refusal('at_capacity');
  return [{ do: 'serve', agentId: member.id, how: 'accepted' }];
}
