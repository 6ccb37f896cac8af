import type { HouseLanguage } from '../house-text.ts';
import type { Rating } from '../message.ts';
import type { Marks } from '../session.ts';
import type { Ratings } from '../settings/index.ts';
import { WORDS } from './words.ts';

/** What an invitation is made of. */
type Asking = Pick<Ratings, 'guide' | 'options' | 'resolved' | 'reversed'>;

/**
 * How an invitation was put, kept with it: an answer is judged by what its customer was shown, whatever an admin has
 * changed since. What was left to the house is left out, so that it is a few bytes for most.
 */
export interface Put {
  language: HouseLanguage;
  guide?: string;
  options?: Ratings['options'];
  resolved?: Omit<Ratings['resolved'], 'on'>;
  reversed?: true;
}

export function putOf({ guide, options, resolved, reversed }: Asking, language: HouseLanguage): Put {
  const { on, ...question } = resolved;
  return {
    language,
    ...(guide && { guide }),
    ...(options.length > 0 && { options }),
    ...(on && { resolved: question }),
    ...(reversed && { reversed }),
  };
}

/** The invitation as its customer was shown it; one from before this was kept, as it would be put now. */
export function asPut({ id, until, put }: NonNullable<Marks['invited']>, now: Asking, language: HouseLanguage): Rating {
  if (!put) return invitation(now, language, id, until);
  const { guide = '', options = [], resolved, reversed = false } = put;
  const question = { on: resolved !== undefined, text: '', yes: '', no: '', ...resolved };
  return invitation({ guide, options, resolved: question, reversed }, put.language, id, until);
}

/**
 * The invitation's content. `options` in the order a menu counts them: one star is number 1, so that "5" means five; CS-06
 * turned round, five stars are number 1. `until` epoch milliseconds, null: open end.
 */
export function invitation(asking: Asking, language: HouseLanguage, id: string, until: number | null): Rating {
  const words = WORDS[language];
  const options = words.stars.map((text, index) => ({
    stars: index + 1,
    text: asking.options[index]?.text ?? text,
    tags: [...(asking.options[index]?.tags ?? [])],
  }));
  const { resolved } = asking;
  return {
    type: 'rating',
    id,
    text: asking.guide || words.guide,
    options: asking.reversed ? options.reverse() : options,
    resolved: resolved.on
      ? { text: resolved.text || words.solved, yes: resolved.yes || words.yes, no: resolved.no || words.no }
      : null,
    until,
  };
}
