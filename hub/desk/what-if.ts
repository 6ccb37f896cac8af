import { isDeepStrictEqual } from 'node:util';
import { replayed } from '../../core/floor.ts';
import { levelOf } from '../../core/level.ts';
import { pick, whyNot } from '../../core/match.ts';
import {
  type Asking,
  again,
  compileRoutes,
  explain,
  explainPlan,
  type Trace,
  type Via,
} from '../../core/route/index.ts';
import type { Scan } from '../../core/rules.ts';
import type { Settings } from '../../core/settings/index.ts';
import type { Hub } from '../hub.ts';
import { deciding, readAll } from '../settings/areas.ts';
import type { DecisionMade } from '../shapes/routing.ts';
import type { EventRow } from '../store/changes.ts';
import type { Org } from '../store/org.ts';
import { revisionsAt } from '../store/revisions.ts';
import { type FloorView, lookAtFloor } from './floor.ts';
import { agentOf, hallOf } from './hall.ts';
import { isGroupOpen } from './plan.ts';
import type { CompiledRules, OpenChannel } from './rulebook.ts';

/** What somebody wants to know of a customer who is not there. `at` epoch milliseconds. */
export interface Wish {
  channel: OpenChannel;
  tags: string[];
  entry: Record<string, string>;
  at: number;
  text: string;
  groupId: string | null;
  /** Documents not saved yet. */
  draft: Partial<Pick<Settings, 'routing' | 'queues' | 'reception'>>;
}

/** RT-19: which plan and rule would hold, where he would go, who would get him and why not the others. Changes nothing. */
export async function whatIf(hub: Hub, org: Org, wish: Wish) {
  const saved = await hub.rulebook.rules(org.id);
  const settings = { ...saved.settings, ...wish.draft };
  const rules: CompiledRules = { ...saved, settings, routes: compileRoutes(settings) };
  const floor = await lookAtFloor(hub, org, rules, wish.at);
  const about = {
    connector: wish.channel.connector.name,
    channelId: wish.channel.id,
    tags: wish.tags,
    entry: wish.entry,
  };
  const manner = explainPlan(settings.reception, about);
  const found = rules.scan(wish.text);
  const asked = askedBy(wish, found, manner);
  const asking: Asking = {
    at: wish.at,
    via: asked ?? 'button',
    channelId: wish.channel.id,
    connector: wish.channel.connector.name,
    channelGroupId: wish.channel.groupId,
    tags: wish.tags,
    entry: wish.entry,
    chosenGroupId: wish.groupId ?? found.keywordHuman?.groupId ?? null,
    closedBy: null,
  };
  const { decision, reasons } = explain(asking, rules.routes, floor);
  const { outcome } = decision;
  const groupId = outcome.to === 'bot' ? null : outcome.groupId;
  return {
    plan: manner.plan && { id: manner.plan.id, name: manner.plan.name },
    mode: manner.mode,
    said: { human: found.human, keyword: found.keywordHuman !== null, groupId: found.keywordHuman?.groupId ?? null },
    asked,
    decision,
    reasons: [...manner.reasons, ...reasons],
    agents: outcome.to === 'wait' ? judged(rules, floor, wish, groupId, outcome.agentId, hub.now()) : [],
    hours: {
      open: isGroupOpen(rules, groupId, wish.at),
      opensAt: floor.group(groupId)?.opensAt ?? null,
    },
  };
}

/** The keyword list outranks the forced words (SW-05); a person comes first only once something was said (CH-09). */
function askedBy({ text, groupId }: Wish, found: Scan, manner: { mode: string; afterMessage: boolean }): Via | null {
  if (found.keywordHuman) return 'keyword';
  if (found.human) return 'word';
  if (groupId) return 'choice';
  return manner.mode !== 'bot' && (!manner.afterMessage || text.trim()) ? 'mode' : null;
}

function judged(
  rules: CompiledRules,
  floor: FloorView,
  wish: Wish,
  groupId: string | null,
  wanted: string | null,
  now: number,
) {
  const { matching } = rules.settings;
  const waiting = {
    sessionId: '',
    groupId,
    since: wish.at,
    priority: levelOf(wish.tags, matching.levels),
    wanted: wanted && matching.hold > 0 ? { agentId: wanted, until: wish.at + matching.hold * 1000 } : null,
    regularAgentId: null,
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

/** Decisions of a session, each made again from what was written down then: `same` says that it comes out as it did. */
export async function decisions(org: Org, events: readonly EventRow[]): Promise<DecisionMade[]> {
  const traced = events.flatMap((event) => {
    const trace = event.data?.trace as Trace | undefined;
    return trace ? [{ event, trace }] : [];
  });
  const revisions = await revisionsAt(
    org,
    traced.flatMap(({ trace }) => Object.entries(trace.versions) as [string, number][]),
  );
  const documents = (trace: Trace): Settings =>
    deciding(
      readAll(
        Object.entries(trace.versions).flatMap(([area, version]) => {
          const document = revisions.get(`${area}:${version}`);
          return document ? [{ area, document }] : [];
        }),
      ),
    );
  const routed = traced.map(({ event, trace }): DecisionMade => {
    const routes = compileRoutes(documents(trace));
    return {
      seq: event.seq,
      at: event.at.toISOString(),
      kind: 'routing',
      trace: trace as unknown as Record<string, unknown>,
      reasons: explain(trace.asking, routes, replayed(trace.seen)).reasons,
      same: isDeepStrictEqual(plain(again(trace, routes)), plain(trace.decision)),
    };
  });
  const matched = events.flatMap((event): DecisionMade[] => {
    const why = event.data?.why as { order: Parameters<typeof pick>[0] } | undefined;
    if (event.type !== 'served' || !why) return [];
    const same = pick(why.order) === event.actor_id;
    return [{ seq: event.seq, at: event.at.toISOString(), kind: 'matching', trace: { ...why }, reasons: [], same }];
  });
  return [...routed, ...matched].sort((a, b) => a.seq - b.seq);
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
