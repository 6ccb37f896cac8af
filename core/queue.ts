import type { Floor, GroupFloor } from './floor.ts';
import type { Reason } from './route/decision.ts';
import type { QueueRule, Queues } from './settings/index.ts';

/** Queue rules, ready to be asked about a group. */
export interface QueueRules {
  /** Enabled ones whose scope has the group (null: everybody's queue), in the admin's order. */
  of(groupId: string | null): readonly QueueRule[];
  /** All, in order: for who asks why. */
  all: readonly QueueRule[];
}

/** a rule without a list is about every queue, that of everybody as well. */
export function compileQueues({ rules }: Pick<Queues, 'rules'>): QueueRules {
  const enabled = rules.filter((rule) => rule.enabled);
  const everywhere = enabled.filter((rule) => rule.groupIds === null);
  const named = new Map<string, QueueRule[]>();
  for (const id of new Set(enabled.flatMap((rule) => rule.groupIds ?? [])))
    named.set(
      id,
      enabled.filter((rule) => rule.groupIds === null || rule.groupIds.includes(id)),
    );
  return { all: rules, of: (groupId) => (groupId === null ? everywhere : (named.get(groupId) ?? everywhere)) };
}

/** Where a queue's overflow leaves a customer who joins it. */
export interface Overflow {
  groupId: string | null;
  /** From first to last. */
  overflowed: { from: string | null; ruleId: string }[];
  /** Rules whose notice admins get, each once. */
  notices: string[];
}

/**
 * Q-01…Q-08: of the queue he would join, the first rule whose number is reached decides and the others are silent; he is
 * passed on from queue to queue and never comes back to one. Who finds somebody free does not queue, so no rule is asked.
 * `takes`: could he wait there? Otherwise he stays, and so does he where the target is not there any more.
 */
export function overflow(
  start: string | null,
  rules: QueueRules,
  floor: Floor,
  takes: (to: GroupFloor, from: GroupFloor) => boolean,
  reasons: Reason[] | null = null,
): Overflow {
  const passed = new Set([start]);
  const found: Overflow = { groupId: start, overflowed: [], notices: [] };
  for (;;) {
    const from = found.groupId;
    const group = floor.group(from);
    if (!group || group.free > group.waiting) return found;
    const rule = rules.of(from).find((one) => group.waiting >= one.over);
    if (reasons) explain(reasons, rules, from, group, rule);
    if (!rule) return found;
    if (rule.notify && !found.notices.includes(rule.id)) found.notices.push(rule.id);
    const to = rule.overflowTo;
    const code = refusal(to);
    const params = { groupId: from ?? '', waiting: group.waiting, over: rule.over };
    const reason = { kind: 'queue', id: rule.id, name: rule.name, matched: true } as const;
    if (code) {
      reasons?.push({ ...reason, code, params: { ...params, to: to ?? '' } });
      return found;
    }
    reasons?.push({ ...reason, code: 'queue-over', params: { ...params, from: from ?? '', groupId: to! } });
    found.overflowed.push({ from, ruleId: rule.id });
    found.groupId = to;
    passed.add(to);

    function refusal(target: string | null): 'queue-notice' | 'queue-circle' | 'queue-gone' | 'queue-closed' | null {
      if (target === null) return 'queue-notice';
      if (passed.has(target)) return 'queue-circle';
      const there = floor.group(target);
      if (!there?.members) return 'queue-gone';
      return takes(there, group!) ? null : 'queue-closed';
    }
  }
}

/** Why each of the other rules is silent for this queue. */
function explain(
  reasons: Reason[],
  rules: QueueRules,
  groupId: string | null,
  { waiting }: GroupFloor,
  decided: QueueRule | undefined,
): void {
  const scope = new Set(rules.of(groupId));
  for (const rule of rules.all) {
    if (rule === decided) continue;
    const told = { kind: 'queue', id: rule.id, name: rule.name, matched: false } as const;
    const params = { groupId: groupId ?? '' };
    if (!rule.enabled) reasons.push({ ...told, code: 'disabled' });
    else if (!scope.has(rule)) reasons.push({ ...told, code: 'queue-scope', params });
    else if (waiting < rule.over)
      reasons.push({ ...told, code: 'queue-room', params: { ...params, waiting, over: rule.over } });
    else reasons.push({ ...told, code: 'queue-earlier', params: { ...params, by: decided!.id } });
  }
}

/**
 * How long until his turn, whole seconds; null: nothing to go by. `position` 1 is next; `pace`: seconds between two
 * sessions taken from this queue; `free`: agents who could take one now.
 */
export function estimate(position: number, pace: number | null, free: number): number | null {
  const before = position - Math.max(0, free);
  if (before <= 0) return 0;
  if (pace === null || !Number.isFinite(pace) || pace < 0) return null;
  return Math.round(before * pace);
}
