import type { QueueRule } from '../index.ts';
import { circles } from './circles.ts';
import { earlier, ids, type Notes, plain, repeats } from './notes.ts';

/** rules that meet, rules that never decide, and where overflow comes to nothing. */
export function queues(at: Notes): void {
  const { on, rules, policies } = at.settings.queues;
  ids(at, ['rules'], rules);
  for (const [n, rule] of rules.entries()) {
    const { groupIds, overflowTo, notify } = rule;
    if (overflowTo === null && !notify) at.add(['rules', n], 'queue-idle');
    if (overflowTo !== null && groupIds?.every((id) => id === overflowTo))
      at.add(['rules', n, 'overflowTo'], 'overflow-self');
    if (rule.enabled) overlaps(at, rules, n);
  }
  for (const { n, groupId } of circles(rules)) at.add(['rules', n, 'overflowTo'], 'overflow-circle', { groupId });
  ids(at, ['policies'], policies);
  for (const { n, first } of repeats(policies.map(({ name }) => plain(name))))
    at.add(['policies', n, 'name'], 'name-twice', { name: policies[first]!.name });
  for (const [n, { groupIds }] of policies.entries())
    for (const { n: k, value } of repeats(groupIds))
      at.add(['policies', n, 'groupIds', k], 'policy-group-twice', { groupId: value });
  if (on) return;
  if (rules.some(({ enabled }) => enabled)) at.add(['rules'], 'queue-off');
  const { nobody, afterHours } = at.settings.reception;
  if (nobody === 'queue') at.add(['on'], 'queue-off-waits', { setting: 'nobody' });
  if (afterHours === 'queue') at.add(['on'], 'queue-off-waits', { setting: 'afterHours' });
}

/** Of two rules about one group, the first whose number is reached decides; where that is always the same, the other is idle. */
function overlaps(at: Notes, rules: readonly QueueRule[], n: number): void {
  const rule = rules[n]!;
  const before = rules
    .map((one, k) => ({ one, k }))
    .filter(({ one, k }) => k < n && one.enabled && meets(one.groupIds, rule.groupIds));
  const first = before[0];
  if (!first) return;
  // Reached whenever this one is.
  const sooner = before.filter(({ one }) => one.over <= rule.over);
  const all = sooner.find(({ one }) => one.groupIds === null);
  const shadowed =
    all ?? (rule.groupIds?.every((id) => sooner.some(({ one }) => one.groupIds!.includes(id))) ? sooner[0] : null);
  if (shadowed) at.add(['rules', n], 'queue-shadowed', earlier(shadowed.one, shadowed.k));
  else at.add(['rules', n, 'groupIds'], 'queue-overlaps', earlier(first.one, first.k));
}

const meets = (a: QueueRule['groupIds'], b: QueueRule['groupIds']) =>
  a === null || b === null || a.some((id) => b.includes(id));
