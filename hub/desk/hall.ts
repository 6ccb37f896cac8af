import type { Agent, Hall } from '../../core/match.ts';
import type { FloorAgent } from '../store/floor.ts';
import { isGroupOpen } from './plan.ts';
import type { CompiledRules } from './rulebook.ts';

/** A member as matching looks at him. `now` epoch milliseconds. */
export function agentOf(row: FloorAgent, now: number): Agent {
  return {
    id: row.id,
    groups: Object.fromEntries(row.groups.filter((group) => !group.overflow).map(({ id, skill }) => [id, skill])),
    overflow: row.groups.filter((group) => group.overflow).map((group) => group.id),
    status: row.status,
    connected: row.present_until !== null && row.present_until.getTime() > now,
    serving: row.serving,
    cap: row.cap,
    level: row.level,
    lastAssigned: row.last_assigned_at?.getTime() ?? 0,
  };
}

/** The organisation's will, at this moment. */
export const hallOf = (rules: CompiledRules, at: number): Hall => ({
  matching: rules.settings.matching,
  at,
  open: (groupId) => isGroupOpen(rules, groupId, at),
});
