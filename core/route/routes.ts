import { compileQueues, type QueueRules } from '../queue.ts';
import type { ConditionRule, RouteRule, Settings } from '../settings/index.ts';
import { type Lookup, lookup } from './lookup.ts';

/** The settings a decision reads. */
export type RouteSettings = Pick<Settings, 'reception' | 'routing' | 'queues' | 'matching'>;

/** Routing, compiled for deciding: made once per change of the settings. */
export interface Routes {
  settings: RouteSettings;
  rows: readonly RouteRule[];
  /** Enabled rows by what they ask for. */
  rules: Lookup;
  /** RT-07: enabled rules about tags that name an agent. */
  tagAgents: Lookup;
  /** The position before which the overflow policy of a link stands (RT-08). */
  policyAt: number;
  /** Groups of each policy, by id and by name. */
  policies: ReadonlyMap<string, { id: string; name: string; groupIds: readonly string[] }>;
  queues: QueueRules;
}

/** Compiles; what a decision costs then grows with the rules that could be about the customer, not with all of them. */
export function compileRoutes(settings: RouteSettings): Routes {
  const { rules: rows } = settings.routing;
  const { policies } = settings.queues;
  return {
    settings,
    rows,
    rules: lookup(rows.map((row) => (row.enabled ? (row.kind === 'rule' ? row.when : null) : undefined))),
    tagAgents: lookup(
      rows.map((row) => (row.enabled && row.kind === 'rule' && isTagAgent(row) ? row.when : undefined)),
    ),
    policyAt: policyAt(rows),
    // Ids before names, and of two with one name the first.
    policies: new Map([
      ...policies.toReversed().map((policy) => [policy.name, policy] as const),
      ...policies.map((policy) => [policy.id, policy] as const),
    ]),
    queues: compileQueues(settings.queues),
  };
}

/** RT-07: a rule about the customer's tags, one of whose targets is an agent. */
export function isTagAgent({ when, on, off }: ConditionRule): boolean {
  const { any, all, none } = when.tags;
  return any.length + all.length + none.length > 0 && (on.to === 'agent' || off?.to === 'agent');
}

/** RT-08: after the group of the link, before the smart rules; where there are none, right after that group. */
function policyAt(rows: readonly RouteRule[]): number {
  const rule = rows.findIndex((row) => row.kind === 'rule');
  return rule >= 0 ? rule : rows.findIndex((row) => row.kind === 'entry') + 1;
}
