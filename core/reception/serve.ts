import { ask, handOff } from '../handoff.ts';
import { planFor } from '../plan.ts';
import type { Outcome } from '../route/decision.ts';
import type { Scan } from '../rules.ts';
import type { Situation } from '../situation.ts';
import type { Step } from '../step.ts';
import { autoReply, fallback } from './answer.ts';
import { decideOn } from './asking.ts';
import { answerAfterHours } from './off-hours.ts';

/** How this customer is received (CH-07…CH-09). */
export const mannerOf = (at: Situation) =>
  planFor(at.rules.settings.reception, {
    connector: at.connector,
    channelId: at.channelId,
    tags: at.tags,
    entry: at.entry ?? {},
  });

/**
 * The rules have the word: people outrank answers. Where nothing comes of his words after hours, and the plugin has something
 * to say then, it says it (V-39). `greeted`: something was said already, so the fallback is not.
 */
export function serve(found: Scan, at: Situation, greeted: boolean): Step[] {
  const steps = respond(found, at, greeted);
  const silent = !at.session?.hushed && !steps.some((step) => step.do === 'say');
  return silent ? [...steps, ...answerAfterHours(at)] : steps;
}

/** The keyword list outranks the forced words (SW-05) and gives way to the rules where it finds nobody (SW-04). */
function respond(found: Scan, at: Situation, greeted: boolean): Step[] {
  const rules = () => {
    const known = autoReply(found, at);
    return known.length || greeted ? known : fallback(at);
  };
  const hushed = at.session?.hushed === true;
  const { mode } = mannerOf(at);
  if (found.keywordHuman) {
    const { decision, trace } = decideOn('keyword', found.keywordHuman.groupId, at);
    const { outcome } = decision;
    if (outcome.to !== 'bot') return handOff(decision, trace, at, true);
    // Nobody free for his word: where he is received by people anyway, as if he had not said it.
    if (hushed || mode === 'bot' || outcome.why === 'rule')
      return [...handOff(decision, trace, at, true), ...(hushed ? [] : rules())];
  } else if (found.human) {
    const steps = ask('word', null, at, true);
    const stays = !steps.some((step) => step.do === 'wait' || step.do === 'leaving');
    return stays && !hushed ? [...steps, ...autoReply(found, at)] : steps;
  }
  if (hushed) return [];
  if (isBack(at)) return ask('back', null, at, true);
  return mode === 'bot' ? rules() : askFirst(mode, at, rules);
}

/** CH-08: a person is asked for without the customer's doing. `human`: where there is none the rules answer, if they can. */
function askFirst(mode: 'human' | 'human-only', at: Situation, rules: () => Step[]): Step[] {
  const { decision, trace } = decideOn('mode', null, at);
  const { outcome } = decision;
  const steps = handOff(decision, trace, at, true);
  if (outcome.to === 'bot') return [...steps, ...rules()];
  if (mode === 'human' && !reaches(outcome, at)) {
    const said = rules();
    if (said.length) return [{ do: 'decided', trace }, ...said];
  }
  // Nobody asked, and he has just been told: not with every line he writes.
  return outcome.to === 'hours' && toldLately(at) ? [{ do: 'decided', trace }] : steps;
}

/** As much of a situation as it takes. */
type Returning = Pick<Situation, 'closedBy' | 'floor' | 'session' | 'at'> & {
  rules: Pick<Situation['rules'], 'settings'>;
};

/** AR-23: the agent who closed his last session is there, and this is the beginning of a new one. */
export function isBack({ closedBy, floor, rules, session, at }: Returning): boolean {
  const { back } = rules.settings.reception;
  if (!back.on || !closedBy || session?.marks.heard) return false;
  return at - closedBy.at <= back.within * 1000 && floor.agent(closedBy.agentId)?.present === true;
}

/** Somebody will come: he is there, and it is working time. */
export const reaches = (outcome: Outcome, at: Situation) =>
  outcome.to === 'wait' && outcome.present && (outcome.idle || at.floor.group(outcome.groupId)?.open === true);

/** AR-16: at most once a minute. A clock that was put back makes nobody wait longer for it. */
const MINUTE = 60_000;
export const toldLately = ({ session, at }: Pick<Situation, 'session' | 'at'>): boolean =>
  session?.marks.toldAt !== undefined && Math.abs(at - session.marks.toldAt) < MINUTE;
