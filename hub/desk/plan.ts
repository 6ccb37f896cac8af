import { isOpen } from '../../core/hours.ts';
import type { CompiledRules } from './rulebook.ts';

/** Working time of a group, by its own plan or the organisation's; null: of the organisation. */
export function isGroupOpen(rules: CompiledRules, groupId: string | null, at: number): boolean {
  return isOpen(planOf(rules, groupId), rules.settings.hours.zone, at);
}

/** The time plan a group goes by; null: it is always working time. */
export function planOf({ settings: { hours }, groups }: CompiledRules, groupId: string | null) {
  const id = (groupId && groups.get(groupId)?.planId) || hours.standard;
  return hours.plans.find((plan) => plan.id === id) ?? null;
}
