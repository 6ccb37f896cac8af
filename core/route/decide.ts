import { type Floor, type GroupFloor, replayed } from '../floor.ts';
import { overflow } from '../queue.ts';
import { afterHoursOf, floorOf, type Look, wait } from './aim.ts';
import { chain, type Found } from './chain.ts';
import type { Asking, Decision, Outcome, Reason, Trace } from './decision.ts';
import { rest } from './rest.ts';
import type { Routes } from './routes.ts';

/**
 * What becomes of a customer who asks for a person (RT-01…RT-18, Q-01…Q-09, SW-01…SW-06): always an outcome, never
 * nothing. Looks only at rules that could be about him. Pure: `floor` says who is there, `asking.at` what time it is.
 */
export const decide = (asking: Asking, routes: Routes, floor: Floor): Decision =>
  settle({ asking, routes, floor, reasons: null });

/** The same decision, and for each step and each rule, in order, whether it decided or why not (RT-19). */
export function explain(asking: Asking, routes: Routes, floor: Floor): { decision: Decision; reasons: Reason[] } {
  const reasons: Reason[] = [];
  return { decision: settle({ asking, routes, floor, reasons }), reasons };
}

/** Decides again on what was seen then; `routes` made of the documents in `trace.versions`. Equal to `trace.decision`. */
export const again = (trace: Trace, routes: Routes): Decision => decide(trace.asking, routes, replayed(trace.seen));

/** Queue rules and the silent keyword on what the chain has found. */
function settle(look: Look): Decision {
  const found = chain(look);
  rest(look, found);
  const { by, open } = found;
  const queued = inQueue(look, found);
  if (!silent(look, queued)) {
    const { outcome, overflowed, notices } = queued;
    return { outcome, by, open, overflowed, notices };
  }
  look.reasons?.push({ kind: 'keyword', matched: true, code: 'keyword-silent' });
  return { outcome: { to: 'bot', why: 'keyword' }, by, open, overflowed: [], notices: [] };
}

interface Queued extends Pick<Decision, 'outcome' | 'overflowed' | 'notices'> {
  working: boolean;
}

/** Who is to wait: whether there is a queue at all, and which. Who waits for a named agent stays with him (RT-06). */
function inQueue(look: Look, { outcome, working }: Found): Queued {
  const plain = { outcome, working, overflowed: [], notices: [] };
  if (outcome.to !== 'wait' || outcome.agentId !== null) return plain;
  const { groupId } = outcome;
  if (!look.routes.settings.queues.on) {
    if (outcome.idle) return plain;
    look.reasons?.push({ kind: 'queue', matched: true, code: 'queue-off', params: { groupId: groupId ?? '' } });
    return { ...plain, outcome: { to: 'leave', groupId, why: working ? 'no-queue' : 'off-hours' } };
  }
  const end = overflow(groupId, look.routes.queues, look.floor, (to, from) => takes(look, to, from), look.reasons);
  if (!end.overflowed.length) return { ...plain, notices: end.notices };
  const group = floorOf(look, end.groupId)!;
  return { ...end, outcome: wait(look, end.groupId, group), working: group.open };
}

/** Could he wait there, and would it be no worse than where he is? */
function takes(look: Look, to: GroupFloor, from: GroupFloor): boolean {
  if (!to.open) return !from.open && afterHoursOf(look) === 'queue';
  return to.present > 0 || look.routes.settings.reception.nobody === 'queue';
}

/** SW-04, SW-06: a keyword only ever finds somebody who is free, in working time; otherwise not a word is said. */
function silent({ asking, routes }: Look, { outcome, working }: { outcome: Outcome; working: boolean }): boolean {
  if (asking.via !== 'keyword' || !routes.settings.reception.silentKeyword || outcome.to === 'bot') return false;
  return !(outcome.to === 'wait' && outcome.idle && working);
}
