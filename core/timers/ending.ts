import { invite, inviteAtEnd } from '../rating.ts';
import type { EndReason, Session } from '../session.ts';
import type { Step } from '../step.ts';
import type { Telling } from './timer.ts';

export const say = (text: string): Extract<Step, { do: 'say' }> => ({
  do: 'say',
  as: 'system',
  content: { type: 'text', text },
});

/** TG-05. */
export const tagged = (tagIds: readonly string[]): Step[] =>
  tagIds.length ? [{ do: 'tag', tagIds, on: true, memberId: null }] : [];

/** What is said and put on as the house ends a session. No text: it ends without a word, and without an invitation. */
interface End {
  reason: EndReason;
  text?: string;
  tagIds?: readonly string[];
}

/**
 * The house ends a session. As `closing` of `core/reception.ts`, but the timer's own text stands for the closing text: the
 * customer is told why, once. CS-01 and CS-08 decide whether he is asked to rate.
 */
export function ending(session: Session, { reason, text, tagIds = [] }: End, about: Telling): Step[] {
  const steps = tagged(tagIds);
  if (text) {
    const { ratings } = about.settings;
    const { at, language } = about;
    steps.push(say(text));
    if (inviteAtEnd(session, ratings, reason))
      steps.push(...invite(ratings, { id: about.newId(), by: 'auto', memberId: null, at, language }));
  }
  return [...steps, { do: 'close', by: 'system', memberId: null, reason }];
}
