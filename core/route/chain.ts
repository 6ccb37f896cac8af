import type { RouteRule } from '../settings/index.ts';
import { holds, missing } from '../when.ts';
import { type Aim, type Look, type Pass, targetNow, toAgent, toGroup, toTarget } from './aim.ts';
import type { DecidedBy, Reason } from './decision.ts';

/** A link of the chain that decides. */
export interface Found extends Aim {
  by: DecidedBy;
  /** Working time, as the deciding rule saw it. */
  open: boolean;
}

/**
 * Who decides (RT-06…RT-09): the agent of the link; else a rule about tags that names an agent; else the agent who closed
 * last; else the rows in the admin's order, with the overflow policy of the link before the rules; else the channel's
 * group; else the fallback, which always decides.
 */
export function chain(look: Look): Found {
  return namedAgent(look) ?? tagAgent(look) ?? back(look) ?? rows(look) ?? channel(look) ?? fallback(look);
}

function namedAgent(look: Look): Found | null {
  const { agent } = look.asking.entry;
  return agent ? link(look, { kind: 'agent' }, toAgent(look, agent, null)) : null;
}

/** RT-07: wherever the rule stands. An agent who is not there leaves the rule to its place in the order. */
function tagAgent(look: Look): Found | null {
  const candidates = look.routes.tagAgents.candidates(look.asking);
  for (let n = candidates.next(); n >= 0; n = candidates.next()) {
    const row = look.routes.rows[n]!;
    if (row.kind !== 'rule' || holds(row.when, look.asking) !== true) continue;
    const { open, target, asked } = targetNow(look, row);
    if (target.to !== 'agent') continue;
    const by = { kind: 'tag-agent', id: row.id } as const;
    const found = link(look, by, toAgent(look, target.memberId, target.groupId, asked), open, row.name);
    if (found) return found;
  }
  return null;
}

/** AR-23. A clock that jumped back forgets nobody. */
function back(look: Look): Found | null {
  const { on, within } = look.routes.settings.reception.back;
  const { closedBy, at } = look.asking;
  if (!on || !closedBy) return null;
  const late = at - closedBy.at > within * 1000;
  const to: Aim | Pass = late
    ? { pass: 'back-late', params: { memberId: closedBy.agentId } }
    : toAgent(look, closedBy.agentId, null);
  return link(look, { kind: 'back' }, to);
}

/** Entry, choice and rules in order; only those that could be about him, unless somebody asks why. */
function rows(look: Look): Found | null {
  const { rows: all, rules, policyAt } = look.routes;
  let policy = look.asking.entry.overflow !== undefined;
  const candidates = look.reasons ? counting(all.length) : rules.candidates(look.asking);
  for (let n = candidates.next(); n >= 0; n = candidates.next()) {
    if (policy && n >= policyAt) {
      policy = false;
      const found = overflowPolicy(look);
      if (found) return found;
    }
    const found = row(look, all[n]!);
    if (found) return found;
  }
  return policy ? overflowPolicy(look) : null;
}

function row(look: Look, one: RouteRule): Found | null {
  const { asking, reasons } = look;
  const by: DecidedBy = { kind: one.kind, id: one.id };
  if (!one.enabled) {
    reasons?.push({ ...by, ...named(one), matched: false, code: 'disabled' });
    return null;
  }
  if (one.kind === 'rule') {
    const why = holds(one.when, asking);
    if (why === true) {
      const { open, to } = toTarget(look, one);
      return link(look, by, to, open, one.name);
    }
    reasons?.push({ ...by, ...named(one), matched: false, code: why, params: missing(one.when, why, asking) });
    return null;
  }
  const groupId = one.kind === 'entry' ? asking.entry.group : asking.chosenGroupId;
  return link(look, by, groupId ? toGroup(look, groupId) : { pass: `${one.kind}-none` });
}

/** RT-08: the first group of the policy with somebody free. */
function overflowPolicy(look: Look): Found | null {
  const { overflow } = look.asking.entry;
  if (!overflow) return null;
  const policy = look.routes.policies.get(overflow);
  if (!policy) return link(look, { kind: 'overflow' }, { pass: 'policy-unknown', params: { overflow } });
  for (const groupId of policy.groupIds) {
    const to = toGroup(look, groupId);
    if (!('pass' in to) && to.outcome.to === 'wait' && to.outcome.idle)
      return link(look, { kind: 'overflow', id: policy.id }, to, to.working, policy.name);
  }
  return link(look, { kind: 'overflow', id: policy.id }, { pass: 'policy-nobody' }, false, policy.name);
}

function channel(look: Look): Found | null {
  const { channelGroupId } = look.asking;
  return link(look, { kind: 'channel' }, channelGroupId ? toGroup(look, channelGroupId) : { pass: 'channel-none' });
}

/** Somebody always hears: where nothing else comes of it, everybody. */
function fallback(look: Look): Found {
  const by = { kind: 'fallback' } as const;
  const { open, to } = toTarget(look, look.routes.settings.routing.fallback);
  return link(look, by, to, open) ?? (link(look, by, toGroup(look, null), open) as Found);
}

/** What became of one link of the chain, written down for whoever asks. */
function link(look: Look, by: DecidedBy, to: Aim | Pass, open?: boolean, name?: string): Found | null {
  const called = name ? { name } : {};
  if ('pass' in to) {
    look.reasons?.push({ ...by, ...called, matched: false, code: to.pass, params: to.params });
    return null;
  }
  const found = { ...to, by, open: open ?? to.working };
  look.reasons?.push({
    ...by,
    ...called,
    matched: true,
    code: to.code,
    params: { ...to.params, open: found.open ? 1 : 0 },
  });
  return found;
}

export const named = (one: RouteRule): Pick<Reason, 'name'> =>
  one.kind === 'rule' && one.name ? { name: one.name } : {};

/** Every row. */
function counting(length: number): { next(): number } {
  let n = 0;
  return { next: () => (n < length ? n++ : -1) };
}
