import type { HouseLanguage } from '../house-text.ts';
import type { EndReason, Marks, Session } from '../session.ts';
import type { Ratings } from '../settings/index.ts';
import type { Step } from '../step.ts';
import { invitation, putOf } from './put.ts';

/** CS-03 looks at so many messages from the last one back. */
const LOOKED_AT = 50;
/** CS-08: ends that come of the customer's silence. */
const OF_SILENCE: readonly (EndReason | null)[] = ['visitor-silent', 'inactive', 'bot-silent'];
/** Ends after which nobody is asked anything. */
const NEVER: readonly (EndReason | null)[] = ['blacklisted', 'moved'];

/**
 * CS-01: is the customer asked to rate as the session ends? Only where a person served it, and nobody invited him and he did
 * not rate before; CS-02, CS-03 and CS-08 may forbid it. `reason`: why the house ended it, null where a person did.
 */
export function inviteAtEnd(session: Session, ratings: Ratings, reason: EndReason | null): boolean {
  const { marks } = session;
  if (!ratings.on || !ratings.autoInvite || !marks.served || marks.invited || marks.rated) return false;
  if (NEVER.includes(reason) || (ratings.skipAutoEnded && OF_SILENCE.includes(reason))) return false;
  const { on, visitor, agent } = ratings.least;
  if (on && ((marks.visitor ?? 0) < visitor || (marks.agent ?? 0) < agent)) return false;
  return !(ratings.skipOneSided && oneSided(marks));
}

/** CS-03: did only one side write, or nobody, among the last 50 messages since a person took it? The house's words are nobody's. */
export function oneSided({ visitor = 0, agent = 0, streak = 0 }: Marks): boolean {
  return Math.abs(streak) >= Math.min(LOOKED_AT, visitor + agent);
}

/** Who invites (`visitor`: V-10, he asks for it himself), when (epoch milliseconds) and in which language; `id` is fresh. */
export interface Inviting {
  id: string;
  by: 'agent' | 'auto' | 'visitor';
  memberId: string | null;
  at: number;
  language: HouseLanguage;
}

/** Invites: what is remembered (and how it was put), and what the customer gets. CS-04: answered within `ratings.valid` seconds. */
export function invite(ratings: Ratings, { id, by, memberId, at, language }: Inviting): Step[] {
  const until = ratings.valid === null ? null : at + ratings.valid * 1000;
  return [
    { do: 'invite', id, by, memberId, until, put: putOf(ratings, language) },
    { do: 'say', as: 'system', content: invitation(ratings, language, id, until) },
  ];
}

/** CS-04: can this invitation still be answered? */
export const isOpen = (invited: NonNullable<Marks['invited']>, at: number): boolean =>
  invited.until === null || at < invited.until;
