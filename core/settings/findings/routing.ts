import { isTagAgent } from '../../route/routes.ts';
import type { ConditionRule, RouteRule, Target } from '../index.ts';
import { earlier, ids, type Notes, repeats } from './notes.ts';
import { rulesSilent } from './reception.ts';
import { contradictions, covers } from './when.ts';

/** RT-05, RT-09, RT-18: rows that never decide, and targets that come to nothing. */
export function routing(at: Notes): void {
  const { rules, fallback } = at.settings.routing;
  ids(at, ['rules'], rules);
  rows(at, rules);
  const takers: { n: number; rule: ConditionRule }[] = [];
  for (const [n, rule] of rules.entries()) {
    const by = rule.enabled ? takers.find((taker) => taken(at, rule, taker.rule)) : undefined;
    if (by && rule.kind === 'rule') at.add(['rules', n], 'rule-shadowed', earlier(by.rule, by.n));
    else if (by && matters(at, rule))
      at.add(['rules', n], 'row-shadowed', { kind: rule.kind, ...earlier(by.rule, by.n) });
    if (rule.kind !== 'rule') continue;
    contradictions(at, ['rules', n, 'when'], rule.when);
    targets(at, ['rules', n], rule, rule.enabled);
    if (rule.enabled && [rule.on, rule.off ?? rule.on].every(decides)) takers.push({ n, rule });
  }
  targets(at, ['fallback'], fallback, true);
}

function rows(at: Notes, rules: readonly RouteRule[]): void {
  const kinds = rules.map(({ kind }) => kind);
  for (const { n, value } of repeats(kinds)) if (value !== 'rule') at.add(['rules', n], 'row-twice', { kind: value });
  for (const kind of ['entry', 'choice'] as const)
    if (!kinds.includes(kind)) at.add(['rules'], 'row-missing', { kind });
}

/** A last rule for everybody is what most want; it takes something away only where a menu leads somewhere. */
const matters = ({ settings: { texts } }: Notes, { kind }: RouteRule) =>
  kind === 'entry' || (texts.menu.on && texts.menu.items.length > 0);

/** Does the earlier rule decide wherever this row would? RT-07: a rule about tags that names an agent is asked before all. */
function taken(at: Notes, row: RouteRule, before: ConditionRule): boolean {
  if (row.kind !== 'rule') return covers(before.when, EVERYBODY);
  return !isTagAgent(row) && covers(before.when, row.when, at.known.connectorOf);
}
const EVERYBODY = { connectors: [], channelIds: [], tags: { any: [], all: [], none: [] }, entry: [] };

/** An agent who is not there gives way to the next rule, unless there is a group for that. */
const decides = (target: Target) => target.to !== 'agent' || target.groupId !== null;

function targets(
  at: Notes,
  path: (string | number)[],
  { on, off }: { on: Target; off: Target | null },
  enabled: boolean,
): void {
  if (off && at.settings.hours.plans.length === 0) at.add([...path, 'off'], 'off-never');
  if (!enabled || !rulesSilent(at)) return;
  if (on.to === 'bot') at.add([...path, 'on'], 'bot-silent');
  if (off?.to === 'bot') at.add([...path, 'off'], 'bot-silent');
}
