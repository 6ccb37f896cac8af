import { earlier, ids, type Notes } from './notes.ts';
import { contradictions, covers } from './when.ts';

/** CH-07, CH-08: plans that no customer reaches. */
export function reception(at: Notes): void {
  const { plans, fallback } = at.settings.reception;
  ids(at, ['plans'], plans);
  for (const [n, plan] of plans.entries()) {
    contradictions(at, ['plans', n, 'when'], plan.when);
    if (!plan.enabled) continue;
    const by = plans.findIndex((one, k) => k < n && one.enabled && covers(one.when, plan.when, at.known.connectorOf));
    if (by >= 0) at.add(['plans', n], 'plan-shadowed', earlier(plans[by]!, by));
  }
  if (fallback.trim() && rulesSilent(at)) at.add(['fallback'], 'fallback-silent');
}

/** Do the rules never answer anybody? Only a link could make them. */
export function rulesSilent({
  settings: {
    reception: { mode, plans },
  },
}: Notes): boolean {
  return mode === 'human-only' && plans.every((plan) => !plan.enabled || plan.mode === 'human-only');
}
