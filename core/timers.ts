import type { Session } from './session.ts';
import type { Step } from './step.ts';
import { botSilent } from './timers/bot.ts';
import { agentSilent, inactive, lost, offer, visitorSilent } from './timers/serving.ts';
import type { Telling, Timed, Timer } from './timers/timer.ts';
import { hold, waitOver, waitReminder } from './timers/waiting.ts';

export type { Telling, Timed } from './timers/timer.ts';

/** Where several are due at one moment, the text of the first in this list is the one that is said. */
const TIMERS: readonly Timer[] = [
  offer,
  hold,
  agentSilent,
  lost,
  visitorSilent,
  inactive,
  waitOver,
  waitReminder,
  botSilent,
];

/**
 * The earliest moment, epoch milliseconds, at which time alone brings something about in this session (`sessions.wake_at`);
 * null: none, as things are. Never later than the true first one: a change of the session or of the settings may only make
 * `due` find nothing to do yet.
 */
export function deadline(session: Session, settings: Timed): number | null {
  let first = Number.POSITIVE_INFINITY;
  for (const timer of TIMERS) {
    const when = timer.when(session, settings);
    if (when !== null && when < first) first = when;
  }
  return first === Number.POSITIVE_INFINITY ? null : first;
}

/**
 * What has to happen at `about.at` (SS-17…SS-23, TR-02, RT-06): nothing before the deadline, whatever woke us. What follows
 * counts from now and not from when it should have been, so an outage or a clock put forward brings one step and not all of
 * them. After these steps the deadline is later than now, or null.
 */
export function due(session: Session, about: Telling): Step[] {
  const ready = TIMERS.map((timer) => ({ timer, when: timer.when(session, about.settings) }))
    .filter((one): one is { timer: Timer; when: number } => one.when !== null && one.when <= about.at)
    .map(({ timer, when }) => ({ when, steps: timer.what(session, about) }));
  const [end] = ready.filter(({ steps }) => steps.some(isLast)).sort((a, b) => a.when - b.when);
  if (end) return [...ready.flatMap(({ steps }) => steps.filter(isOurs)), ...end.steps];
  // The customer hears one timer at a time.
  const heard = ready.find(({ steps }) => steps.some(isSaid));
  return ready.flatMap((one) => (one === heard ? one.steps : one.steps.filter((step) => !isSaid(step))));
}

const isSaid = (step: Step) => step.do === 'say';
/** After these the session is in another state, and no other timer's business stands. */
const isLast = (step: Step) => step.do === 'close' || step.do === 'wait';

/** For ourselves: stays in the books before an end; nobody is reminded of anything in the same breath. */
const isOurs = ({ do: kind }: Step) => kind === 'alarm' || kind === 'alert' || kind === 'offer-end';
