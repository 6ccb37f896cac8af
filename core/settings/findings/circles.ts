import { compileQueues } from '../../queue.ts';
import type { QueueRule } from '../index.ts';

/**
 * Queue rules whose overflow may lead back to the group it came from, with the group that is the first step of the circle.
 * A rule that passes on to a group of its own scope is none (Q-07's example A does): there it is simply silent.
 */
export function circles(rules: readonly QueueRule[]): { n: number; groupId: string }[] {
  const queues = compileQueues({ rules: [...rules] });
  const groups = new Set(
    rules.flatMap(({ groupIds, overflowTo }) => [...(groupIds ?? []), ...(overflowTo ? [overflowTo] : [])]),
  );
  const edges = new Map<string, { to: string; rule: QueueRule }[]>();
  for (const from of groups)
    edges.set(
      from,
      ways(queues.of(from)).flatMap((rule) =>
        rule.overflowTo !== null && rule.overflowTo !== from ? [{ to: rule.overflowTo, rule }] : [],
      ),
    );
  const circle = new Map<QueueRule, string>();
  const reached = new Map<string, Set<string>>();
  for (const [from, out] of edges)
    for (const { to, rule } of out) {
      if (circle.has(rule)) continue;
      let all = reached.get(to);
      if (!all) reached.set(to, (all = reach(to, edges)));
      if (all.has(from)) circle.set(rule, to);
    }
  return rules.flatMap((rule, n) => (circle.has(rule) ? [{ n, groupId: circle.get(rule)! }] : []));
}

/** Those of a group's rules that can decide: each number lower than all before it. */
const ways = (rules: readonly QueueRule[]): QueueRule[] =>
  rules.filter(({ over }, n) => rules.slice(0, n).every((one) => one.over > over));

/** Where overflow can lead from a group, in any number of steps. */
function reach(start: string, edges: ReadonlyMap<string, { to: string }[]>): Set<string> {
  const seen = new Set<string>();
  const open = [start];
  for (let at = open.pop(); at !== undefined; at = open.pop())
    for (const { to } of edges.get(at) ?? []) if (!seen.has(to)) seen.add(to) && open.push(to);
  return seen;
}
