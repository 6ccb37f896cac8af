import type { Session } from '../../core/session.ts';
import { deadline } from '../../core/timers.ts';
import type { Draft } from './apply/index.ts';
import type { CompiledRules } from './rulebook.ts';

/** What a draft needs of the rules: when the clock looks again, and for whom a rating counts. */
export function timing({ settings }: CompiledRules): Pick<Draft, 'deadline' | 'ratingsFor'> {
  return {
    deadline: (session: Session) => deadline(session, settings),
    ratingsFor: settings.ratings.share,
  };
}
