import { levelOf } from '../../core/level.ts';
import { whyNot } from '../../core/match.ts';
import { AFTER_HOURS, instead, type OffHours } from '../../core/off-hours.ts';
import type { Manner } from '../../core/plan.ts';
import { isBack } from '../../core/reception.ts';
import { type Asking, compileRoutes, explain, explainPlan, type Via } from '../../core/route/index.ts';
import type { Scan } from '../../core/rules.ts';
import type { Settings } from '../../core/settings/index.ts';
import type { Hub } from '../hub.ts';
import { regularAgents } from '../store/matching.ts';
import type { Org } from '../store/org.ts';
import type { Supposed } from '../store/supposed.ts';
import { type FloorView, lookAtFloor } from './floor.ts';
import { agentOf, hallOf } from './hall.ts';
import { offHoursOf } from './off-hours.ts';
import { isGroupOpen } from './plan.ts';
import type { CompiledRules, OpenChannel } from './rulebook.ts';

/** What somebody wants to know of a customer who is not there. `at` epoch milliseconds. */
export interface Wish {
  channel: OpenChannel;
  /** One who is known; null: a stranger. */
  contact: Supposed | null;
  /** Besides those he has. */
  tags: string[];
  entry: Record<string, string>;
  at: number;
  text: string;
  groupId: string | null;
  /** Documents not saved yet. */
  draft: Partial<Pick<Settings, 'routing' | 'queues' | 'reception'>>;
}

/**
 * RT-19: which plan and rule would hold, where he would go, who would get him and why not the others. Who is on the blacklist
 * is not heard (CT-05): nothing is decided about him. Changes nothing.
 */
export async function whatIf(hub: Hub, org: Org, wish: Wish) {
  const saved = await hub.rulebook.rules(org.id);
  const settings = { ...saved.settings, ...wish.draft };
  const rules: CompiledRules = { ...saved, settings, routes: compileRoutes(settings) };
  const floor = await lookAtFloor(hub, org, rules, wish.at);
  const offHours = offHoursOf(wish.channel, rules, wish.at);
  const asking = askingOf(wish, offHours);
  const manner = explainPlan(settings.reception, asking);
  const found = rules.scan(wish.text);
  const asked = wish.contact?.blocked
    ? null
    : askedBy(wish, found, manner, { rules, floor, asking, shown: instead(offHours) !== null });
  const { decision, reasons } = explain(
    { ...asking, via: asked ?? 'button', chosenGroupId: wish.groupId ?? found.keywordHuman?.groupId ?? null },
    rules.routes,
    floor,
  );
  const { outcome } = decision;
  const groupId = outcome.to === 'bot' ? null : outcome.groupId;
  const regularAgentId = await regularOf(org, rules, floor, wish.contact);
  const shared = {
    plan: manner.plan && { id: manner.plan.id, name: manner.plan.name },
    mode: manner.mode,
    said: { human: found.human, keyword: found.keywordHuman !== null, groupId: found.keywordHuman?.groupId ?? null },
    asked,
    contact: wish.contact && { ...known(wish.contact), closedBy: asking.closedBy, regularAgentId },
    offHours: offHours?.now ? offHours.show : null,
    hours: {
      open: isGroupOpen(rules, groupId, wish.at),
      opensAt: floor.group(groupId)?.opensAt ?? null,
    },
  };
  if (wish.contact?.blocked) return { ...shared, decision: null, reasons: [], agents: [] };
  const judging = { wish, tags: asking.tags, groupId, regularAgentId };
  return {
    ...shared,
    decision,
    reasons: [...manner.reasons, ...reasons],
    agents: outcome.to === 'wait' ? judged(rules, floor, judging, outcome.agentId, hub.now()) : [],
  };
}

const known = ({ id, name, tagIds, blocked, last }: Supposed) => ({
  id,
  name,
  tagIds,
  blocked,
  openSession: last && last.state !== 'closed' ? { id: last.id, state: last.state } : null,
});

/** As `core/reception/asking.ts` would have it. How and with which choice he asks comes later. */
function askingOf({ channel, contact, tags, entry, at }: Wish, offHours: OffHours | undefined): Asking {
  const last = contact?.last;
  return {
    at,
    via: 'button',
    channelId: channel.id,
    connector: channel.connector.name,
    channelGroupId: channel.groupId,
    tags: [...new Set([...(contact?.tagIds ?? []), ...tags])],
    entry,
    chosenGroupId: null,
    closedBy:
      last?.state === 'closed' && last.endedBy === 'agent' && last.agentId && last.closedAt
        ? { agentId: last.agentId, at: last.closedAt.getTime() }
        : null,
    ...(offHours && { afterHours: AFTER_HOURS[offHours.show] }),
  };
}

/**
 * The keyword list outranks the forced words (SW-05); who is back for his agent skips the rules (AR-23), and a person comes
 * first, only once something was said (CH-09).
 */
function askedBy(
  { text, groupId, at }: Wish,
  found: Scan,
  { mode, afterMessage }: Manner,
  { rules, floor, asking, shown }: { rules: CompiledRules; floor: FloorView; asking: Asking; shown: boolean },
): Via | null {
  if (found.keywordHuman) return 'keyword';
  if (found.human) return 'word';
  if (groupId) return 'choice';
  // Before his first word: nobody is asked for, or something else is shown (V-39).
  if (!text.trim() && (afterMessage || shown)) return null;
  if (isBack({ closedBy: asking.closedBy, floor, rules, session: null, at })) return 'back';
  return mode === 'bot' ? null : 'mode';
}

/** RT-16: who would be his regular agent now; null where none is looked for, or he has none. */
async function regularOf(org: Org, { settings }: CompiledRules, floor: FloorView, contact: Supposed | null) {
  const { regular } = settings.matching;
  if (!contact || regular === 'off') return null;
  const staff = floor.agents.map((agent) => agent.id);
  return (await regularAgents(org, [contact.id], staff, regular)).get(contact.id) ?? null;
}

interface Judging {
  wish: Wish;
  tags: readonly string[];
  groupId: string | null;
  regularAgentId: string | null;
}
function judged(
  rules: CompiledRules,
  floor: FloorView,
  { wish, tags, groupId, regularAgentId }: Judging,
  wanted: string | null,
  now: number,
) {
  const { matching } = rules.settings;
  const waiting = {
    sessionId: '',
    groupId,
    since: wish.at,
    priority: levelOf(tags, matching.levels),
    wanted: wanted && matching.hold > 0 ? { agentId: wanted, until: wish.at + matching.hold * 1000 } : null,
    regularAgentId,
    lostBy: null,
  };
  const agents = floor.agents.map((one) => agentOf(one, now));
  const names = new Map(floor.agents.map((one) => [one.id, one.name]));
  return whyNot(waiting, agents, hallOf(rules, wish.at)).map(({ agentId, ...rest }) => ({
    id: agentId,
    name: names.get(agentId) ?? '',
    ...rest,
  }));
}
