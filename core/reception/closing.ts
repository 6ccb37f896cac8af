import { farewell } from '../greet.ts';
import type { HouseLanguage } from '../house-text.ts';
import { invite, inviteAtEnd } from '../rating.ts';
import type { Rules } from '../rules.ts';
import type { EndedBy, EndReason, Session } from '../session.ts';
import type { Step } from '../step.ts';

/** What an end needs to know besides the session. `at` epoch milliseconds; `newId` for the invitation. */
export interface Closing {
  rules: Pick<Rules, 'settings'>;
  language: HouseLanguage;
  at: number;
  newId(): string;
}

/**
 * The end of a session: the closing text (AR-14), the invitation to rate where one is due (CS-01) — last, for it is what he
 * answers — and the end itself. `memberId`: who of us ended it; `reason`: why the house did.
 */
export function closing(
  session: Session,
  { by, memberId, reason }: { by: EndedBy; memberId: string | null; reason?: EndReason },
  { rules, language, at, newId }: Closing,
): Step[] {
  const { ratings } = rules.settings;
  const invited = inviteAtEnd(session, ratings, reason ?? null)
    ? invite(ratings, { id: newId(), by: 'auto', memberId: null, at, language })
    : [];
  return [...farewell(rules, language), ...invited, { do: 'close', by, memberId, reason }];
}
