import type { Reason } from './route/decision.ts';
import { MODES, type Mode, type Reception, type ReceptionPlan } from './settings/index.ts';
import { type About, holds, missing } from './when.ts';

/** How a customer is received. */
export interface Manner {
  /** Null: the organisation's standard. */
  plan: ReceptionPlan | null;
  mode: Mode;
  /** CH-09: nobody is asked for before he has said something. */
  afterMessage: boolean;
}

/** CH-07, CH-08: the first enabled plan in order that is about this customer; a mode in the chat link outranks its mode. */
export function planFor(reception: Reception, about: About): Manner {
  const plan = reception.plans.find((one) => one.enabled && holds(one.when, about) === true) ?? null;
  const { mode, afterMessage } = plan ?? reception;
  return { plan, mode: modeIn(about.entry) ?? mode, afterMessage };
}

/** The same, and why: each plan in order, then what made the mode (seed 001, questions 9 and 11). */
export function explainPlan(reception: Reception, about: About): Manner & { reasons: Reason[] } {
  const manner = planFor(reception, about);
  const chosen = manner.plan ? reception.plans.indexOf(manner.plan) : reception.plans.length;
  const reasons = reception.plans.map((plan, n): Reason => {
    const told = { kind: 'plan', id: plan.id, name: plan.name } as const;
    if (n === chosen) return { ...told, matched: true, code: 'plan-first' };
    if (!plan.enabled) return { ...told, matched: false, code: 'disabled' };
    const why = holds(plan.when, about);
    if (why !== true) return { ...told, matched: false, code: why, params: missing(plan.when, why, about) };
    return { ...told, matched: false, code: 'earlier', params: { by: manner.plan!.id } };
  });
  const code = modeIn(about.entry) ? 'mode-link' : manner.plan ? 'mode-plan' : 'mode-standard';
  reasons.push({ kind: 'mode', matched: true, code, params: { mode: manner.mode } });
  if (manner.afterMessage && manner.mode !== 'bot')
    reasons.push({ kind: 'mode', matched: true, code: 'mode-after-message', params: { mode: manner.mode } });
  return { ...manner, reasons };
}

/** What the link says of the mode, if it is one of ours. */
function modeIn(entry: About['entry']): Mode | null {
  const wished = entry.mode;
  return MODES.find((mode) => mode === wished) ?? null;
}
