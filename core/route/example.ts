import type { z } from 'zod';
import type { AgentFloor, Floor, GroupFloor } from '../floor.ts';
import {
  AREAS,
  type ConditionRule,
  defaults,
  type QueueRule,
  type RouteRule,
  type Settings,
} from '../settings/index.ts';
import { CHOICE_ROW, ENTRY_ROW } from '../settings/routing.ts';
import type { Asking } from './decision.ts';
import { compileRoutes, type Routes } from './routes.ts';

/** A small house for tests of routing: ids that read like names, documents that have passed their schemas. */

/** An id made of a name of up to six letters. */
export const id = (name: string): string =>
  `00000000-0000-4000-8000-${Buffer.from(name).toString('hex').padStart(12, '0')}`;

/** A group in working time with one agent at the desk, and free. */
export const staffed = (more: Partial<GroupFloor> = {}): GroupFloor => ({
  open: true,
  opensAt: null,
  members: 2,
  present: 1,
  free: 1,
  waiting: 0,
  pace: null,
  ...more,
});
/** All busy, and so many wait. */
export const queued = (waiting: number, more: Partial<GroupFloor> = {}) => staffed({ free: 0, waiting, ...more });
export const empty = (more: Partial<GroupFloor> = {}) => staffed({ present: 0, free: 0, ...more });
export const MORNING = Date.UTC(2026, 10, 23, 1);
export const closed = (more: Partial<GroupFloor> = {}) => empty({ open: false, opensAt: MORNING, ...more });

/** Who is there, by name; `*` is everybody. */
export function floorOf(
  groups: Record<string, GroupFloor | null> = {},
  agents: Record<string, Partial<AgentFloor> & { in?: string[] }> = {},
): Floor {
  const byGroup = new Map(Object.entries(groups).map(([name, one]) => [name === '*' ? null : id(name), one]));
  const byAgent = new Map(
    Object.entries(agents).map(([name, { in: names = [], ...one }]) => [
      id(name),
      { present: true, free: true, groupIds: names.map(id), ...one },
    ]),
  );
  return {
    group: (groupId) => byGroup.get(groupId) ?? (groupId === null && !byGroup.has(null) ? staffed() : null),
    agent: (agentId) => byAgent.get(agentId) ?? null,
  };
}

/** A customer of the web page presses the button. */
export const asking = (more: Partial<Asking> = {}): Asking => ({
  at: Date.UTC(2026, 10, 21, 8),
  via: 'button',
  channelId: id('site'),
  connector: 'web',
  channelGroupId: null,
  tags: [],
  entry: {},
  chosenGroupId: null,
  closedBy: null,
  ...more,
});

export const toGroup = (name: string) => ({ to: 'group', groupId: id(name) }) as const;
export const toAgent = (name: string, group: string | null = null) =>
  ({ to: 'agent', memberId: id(name), groupId: group && id(group) }) as const;
export const entryRow: RouteRule = { kind: 'entry', id: ENTRY_ROW, enabled: true };
export const choiceRow: RouteRule = { kind: 'choice', id: CHOICE_ROW, enabled: true };

type Given<A extends keyof typeof AREAS> = z.input<(typeof AREAS)[A]>;
type GivenRule = Partial<
  Omit<Extract<NonNullable<Given<'routing'>['rules']>[number], { kind: 'rule' }>, 'kind' | 'id'>
>;

/** A rule by its name. */
export function rule(name: string, { when, on, ...more }: GivenRule): ConditionRule {
  const [one] = AREAS.routing.parse({
    rules: [{ kind: 'rule', id: id(name), name, when, on: on ?? { to: 'everybody' }, ...more }],
  }).rules;
  return one as ConditionRule;
}

/** A queue rule about these groups (null: all), by its name. */
export function queueRule(
  name: string,
  groups: string[] | null,
  over: number,
  to: string | null,
  more: Partial<QueueRule> = {},
): QueueRule {
  const scope = groups?.map(id) ?? null;
  return { id: id(name), name, enabled: true, groupIds: scope, over, overflowTo: to && id(to), notify: true, ...more };
}

/** Settings that are the defaults but for this. */
export function settings(given: { [A in keyof Settings]?: Given<A> } = {}): Settings {
  const all = defaults();
  for (const [area, document] of Object.entries(given))
    Object.assign(all, { [area]: AREAS[area as keyof Settings].parse(document) });
  return all;
}

/** Routes of the rules between the row of the link and that of the menu, as they stand where nobody has moved them. */
export const routes = (
  rules: RouteRule[] = [],
  more: { [A in 'reception' | 'queues' | 'matching']?: Given<A> } & { fallback?: Given<'routing'>['fallback'] } = {},
): Routes => rows([entryRow, ...rules, choiceRow], more);

/** Routes of exactly these rows. */
export function rows(all: RouteRule[], { fallback, ...areas }: Parameters<typeof routes>[1] = {}): Routes {
  return compileRoutes(settings({ ...areas, routing: { rules: all, fallback } }));
}
