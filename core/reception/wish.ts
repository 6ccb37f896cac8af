import { welcome } from '../greet.ts';
import { ask, handOff } from '../handoff.ts';
import type { Inbound } from '../inbound.ts';
import { instead } from '../off-hours.ts';
import type { Situation } from '../situation.ts';
import type { Step } from '../step.ts';
import { decideOn } from './asking.ts';
import { chooseGroup } from './choose.ts';
import { closing } from './closing.ts';
import { wishToRate } from './rate.ts';
import { isBack, mannerOf, reaches } from './serve.ts';
import { quit, whereNow } from './waiting.ts';

/** What the customer wants done, with a button. */
export function grantWish(event: Extract<Inbound, { kind: 'wish' }>, at: Situation): Step[] {
  const { session } = at;
  switch (event.wish) {
    case 'enter':
      return enter(at, event.entry);
    case 'human':
      return human(event, at);
    case 'leave-queue':
      return quit(at);
    case 'end':
      return session && at.mayEnd ? closing(session, { by: 'visitor', memberId: null }, at) : [];
    case 'rate':
      return wishToRate(at);
  }
}

function human({ entry, groupId }: Extract<Inbound, { kind: 'wish' }>, at: Situation): Step[] {
  const state = at.session?.state;
  if (state === 'serving') return [];
  if (groupId) return [...open(at, entry), ...chooseGroup(groupId, at)];
  return state === 'waiting' ? whereNow(at) : [...open(at, entry), ...ask('button', null, at)];
}

const open = (at: Situation, entry?: Record<string, string>): Step[] => (at.session ? [] : [{ do: 'open', entry }]);

/**
 * A new session begins without a word of the customer: with a welcome, if there is one (AR-10, AR-11), and with a person where
 * he is received by people and need not speak first (CH-08, CH-09). With neither, none begins; nor where the plugin shows
 * something else after hours (V-39).
 */
export function enter(at: Situation, entry?: Record<string, string>): Step[] {
  if (at.session || instead(at.offHours)) return [];
  const steps = [...welcome(at), ...personAtOnce(at)];
  return steps.length ? [{ do: 'open', entry }, ...steps] : [];
}

function personAtOnce(at: Situation): Step[] {
  const { mode, afterMessage } = mannerOf(at);
  if (afterMessage) return [];
  if (isBack(at)) return ask('back', null, at, false);
  if (mode === 'bot') return [];
  const { decision, trace } = decideOn('mode', null, at);
  // Human first, and nobody there: the rules will answer what he says.
  const nobody = decision.outcome.to === 'bot' || (mode === 'human' && !reaches(decision.outcome, at));
  return nobody ? [] : handOff(decision, trace, at, false);
}
