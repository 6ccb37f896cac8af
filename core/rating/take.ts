import { type HouseLanguage, houseText } from '../house-text.ts';
import type { Rating } from '../message.ts';
import type { Marks } from '../session.ts';
import type { Ratings } from '../settings/index.ts';
import type { Step } from '../step.ts';
import { type Answer, fault } from './answer.ts';
import { isOpen } from './invite.ts';
import { WORDS } from './words.ts';

/** The invitation an answer is for, and whether it, or an earlier one of the session, has been answered. */
export interface Asked {
  invitation: NonNullable<Marks['invited']>;
  rated: boolean;
}

/** CS-04, CS-07: may an answer be taken? `over`: too late. `before`: there is one, and only the first counts. */
export function accepts({ invitation, rated }: Asked, ratings: Ratings, at: number): 'yes' | 'over' | 'before' {
  if (rated && ratings.firstOnly) return 'before';
  return isOpen(invitation, at) ? 'yes' : 'over';
}

/**
 * An answer becomes a rating and, CS-05, a receipt; or the customer hears why it cannot be one and nothing is kept. `as`:
 * the invitation as it was put, where a page answers it with tags; null where a menu was answered.
 */
export function take(
  answer: Answer,
  asked: Asked,
  ratings: Ratings,
  { at, language, as }: { at: number; language: HouseLanguage; as: Pick<Rating, 'options' | 'resolved'> | null },
): Step[] {
  const say = (text: string): Step => ({ do: 'say', as: 'system', content: { type: 'text', text } });
  const may = accepts(asked, ratings, at);
  if (may === 'over') return [say(houseText('rateOver', language))];
  if (may === 'before') return [say(houseText('ratedBefore', language))];
  if (as && fault(answer, as)) return [say(WORDS[language].tags)];
  const { stars, tags, resolved, comment } = answer;
  return [
    {
      do: 'rate',
      invitationId: asked.invitation.id,
      stars,
      tags: [...new Set(tags)],
      resolved: as?.resolved ? resolved : null,
      comment: comment?.trim() || null,
    },
    ...(ratings.receipt.on ? [say(houseText('rated', language, ratings.receipt.text))] : []),
  ];
}
