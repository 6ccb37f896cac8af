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
    const code = rule && after(rule, group);
    if (reasons) explain(reasons, rules, { from, waiting: group.waiting, rule, code });
    if (!rule) return found;
    if (rule.notify && !found.notices.includes(rule.id)) found.notices.push(rule.id);
    if (code !== 'queue-over') return found;
    found.overflowed.push({ from, ruleId: rule.id });
    found.groupId = rule.overflowTo;
    passed.add(rule.overflowTo);
  }

  /** What a rule that speaks comes to. */
  function after({ overflowTo }: QueueRule, from: GroupFloor) {
    if (overflowTo === null) return 'queue-notice';
    if (passed.has(overflowTo)) return 'queue-circle';
    const to = floor.group(overflowTo);
    if (!to?.members) return 'queue-gone';
    return takes(to, from) ? 'queue-over' : 'queue-closed';
  }
}

/** Why each of the rules spoke or was silent for this queue, in their order. */
function explain(
  reasons: Reason[],
  rules: QueueRules,
  at: { from: string | null; waiting: number; rule?: QueueRule; code?: Reason['code'] },
): void {
  const scope = new Set(rules.of(at.from));
  const groupId = at.from ?? '';
  for (const one of rules.all) {
    const { id, name, over, overflowTo } = one;
    const say = (code: Reason['code'], params?: Reason['params']) =>
      reasons.push({ kind: 'queue', id, name, matched: one === at.rule, code, params });
    if (one === at.rule) say(at.code!, { groupId, to: overflowTo ?? '', waiting: at.waiting, over });
    else if (!one.enabled) say('disabled');
    else if (!scope.has(one)) say('queue-scope', { groupId });
    else if (at.waiting < over) say('queue-room', { groupId, waiting: at.waiting, over });
    else say('queue-earlier', { groupId, by: at.rule!.id });
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
