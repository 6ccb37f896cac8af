import { type Inviting, invite, isOpen } from '../rating.ts';
import { Refusal } from '../refusal.ts';
import type { Session } from '../session.ts';
import type { Ratings } from '../settings/index.ts';
import type { Step } from '../step.ts';
import { type By, isIn, leads } from './member.ts';

/** What became of the click: `sent`; `open`: he was asked already and may still answer; `rated`: he has answered, and only the first counts. */
export interface Invited {
  state: 'sent' | 'open' | 'rated';
  steps: Step[];
}

/** CS-13, A-53: whoever serves it, or takes part, asks for a rating; several clicks are one invitation. */
export function inviteNow(session: Session, by: By, ratings: Ratings, how: Omit<Inviting, 'by' | 'memberId'>): Invited {
  if (session.state === 'closed') throw new Refusal('session_closed');
  if (!ratings.on) throw new Refusal('not_allowed');
  if (session.state !== 'serving' || (!leads(by) && !isIn(session, by.id))) throw new Refusal('not_your_session');
  const { invited, rated } = session.marks;
  if (rated && ratings.firstOnly) return { state: 'rated', steps: [] };
  if (invited && isOpen(invited, how.at)) return { state: 'open', steps: [] };
  return { state: 'sent', steps: invite(ratings, { ...how, by: 'agent', memberId: by.id }) };
}
