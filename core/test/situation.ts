import { advance } from '../advance.ts';
import type { AgentFloor, Floor, GroupFloor } from '../floor.ts';
import { happenings } from '../happen.ts';
import type { Inbound, InboundKind } from '../inbound.ts';
import { compileRoutes } from '../route/index.ts';
import { type AutoReplyRule, NOTHING_FOUND, type Rules, type Scan } from '../rules.ts';
import { blank, type Session, type State } from '../session.ts';
import { defaults, type Settings } from '../settings/index.ts';
import type { GroupTexts, Situation } from '../situation.ts';
import type { Step } from '../step.ts';

/** Situations for tests: a shop with two groups, in working time, with people at their desks who are busy. */

/** 2026-11-21 12:00 in Shanghai. */
export const NOW = Date.UTC(2026, 10, 21, 4);
export const CHANNEL = 'channel';

/** Words stand for what the matching engine found: the engine has its own tests. */
export const WORDS: Record<string, Partial<Scan>> = {
  人工: { human: true },
  退款: { keywordHuman: { groupId: 'refunds' } },
  客服: { keywordHuman: { groupId: null } },
  both: { keywordHuman: { groupId: null }, human: true },
  price: { replyIds: new Set(['price']) },
  'price 人工': { replyIds: new Set(['price']), human: true },
  'price 退款': { replyIds: new Set(['price']), keywordHuman: { groupId: 'refunds' } },
  angry: { reminder: [{ kind: 'reminder', word: 'angry', start: 0, end: 5 }] },
};

const BUSY: GroupFloor = { open: true, opensAt: null, members: 5, present: 2, free: 0, waiting: 2, pace: 60 };
export const FREE_GROUP: GroupFloor = { ...BUSY, free: 2, waiting: 0 };
export const EMPTY_GROUP: GroupFloor = { ...BUSY, present: 0 };
/** Opens tomorrow at nine, in Shanghai. */
export const CLOSED_GROUP: GroupFloor = { ...BUSY, open: false, opensAt: Date.UTC(2026, 10, 22, 1), present: 0 };

/** Parts of documents over the defaults, two levels deep. */
export type Changed = {
  [A in keyof Settings]?: { [K in keyof Settings[A]]?: Partial<Settings[A][K]> | Settings[A][K] };
};

export function settingsWith(set: Changed): Settings {
  const settings = defaults() as unknown as Record<string, Record<string, unknown>>;
  for (const [area, parts] of Object.entries(set))
    for (const [key, value] of Object.entries(parts)) {
      const before = settings[area]![key];
      const nested = isObject(before) && isObject(value);
      settings[area]![key] = nested ? { ...before, ...value } : value;
    }
  return settings as unknown as Settings;
}
const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export interface Given {
  /** The session's state, or what it is over a blank one; null: none is open. */
  session?: State | null | (Partial<Session> & { state: State });
  set?: Changed;
  replies?: AutoReplyRule[];
  scan?: Rules['scan'];
  /** Of the groups `sales` and `refunds`, and of everybody (`*`). */
  floor?: Record<string, Partial<GroupFloor>>;
  agents?: Record<string, Partial<AgentFloor>>;
  groups?: Record<string, Partial<GroupTexts>>;
  more?: Partial<Situation>;
}

export function situation({
  session = null,
  set = {},
  replies = [],
  scan,
  floor = {},
  agents = {},
  groups = {},
  more,
}: Given = {}): Situation {
  const settings = settingsWith(set);
  const given = typeof session === 'string' ? { state: session } : session;
  return {
    session: given && sessionOf(given),
    channelId: CHANNEL,
    connector: 'web',
    channelGroupId: 'sales',
    rules: {
      settings,
      routes: compileRoutes(settings),
      replies,
      scan: scan ?? ((text) => ({ ...NOTHING_FOUND, ...WORDS[text] })),
    },
    floor: floorOf(floor, agents),
    at: NOW,
    ownPlace: null,
    tags: [],
    closedBy: null,
    rateable: null,
    language: 'zh',
    mayEnd: true,
    chance: 0,
    newId: () => 'new-id',
    versions: { routing: 3 },
    group: (id) =>
      ['sales', 'refunds'].includes(id) || groups[id]
        ? {
            id,
            name: id,
            planId: null,
            greeting: { on: false, text: '' },
            offHours: { on: false, text: '' },
            ...groups[id],
          }
        : null,
    ...more,
  };
}

export function sessionOf(given: Partial<Session> & { state: State }): Session {
  const { state } = given;
  return {
    ...blank('s', CHANNEL, NOW - 60_000),
    groupId: state === 'bot' ? null : 'sales',
    agentId: state === 'serving' ? 'agent' : null,
    waitingSince: state === 'waiting' ? NOW - 30_000 : null,
    servedSince: state === 'serving' ? NOW - 30_000 : null,
    ...given,
    marks: { heard: true, ...(state === 'serving' && { served: true as const }), ...given.marks },
  };
}

function floorOf(floor: NonNullable<Given['floor']>, agents: NonNullable<Given['agents']>): Floor {
  const known: Record<string, Partial<GroupFloor>> = { '*': {}, sales: {}, refunds: { waiting: 6 }, ...floor };
  return {
    group: (id) => (known[id ?? '*'] ? { ...BUSY, ...known[id ?? '*'] } : null),
    agent: (id) => (agents[id] ? { present: true, free: true, groupIds: ['sales'], ...agents[id] } : null),
  };
}

/** What the session is after these steps. */
export function become(session: Session | null, steps: readonly Step[], at = NOW): Session {
  const next = session ? structuredClone(session) : blank('s', CHANNEL, at);
  for (const step of steps) for (const event of happenings(step, at)) advance(next, event);
  return next;
}

const base = { externalId: 'e', from: 'visitor', at: NOW };
export const event = (kind: InboundKind, more: Partial<Inbound> = {}): Inbound =>
  ({ ...base, ...kind, ...more }) as Inbound;
export const said = (text: string, more: Partial<Inbound> = {}): Inbound =>
  event({ kind: 'message', messageId: 'm', content: { type: 'text', text } }, more);
export const tapped = (data: string, text?: string): Inbound =>
  event({ kind: 'message', messageId: 'm', content: { type: 'action', data, text } });
export const wish = (which: Extract<Inbound, { kind: 'wish' }>['wish'], groupId?: string): Inbound =>
  event({ kind: 'wish', wish: which, groupId });

export const rule = (
  id: string,
  type: AutoReplyRule['type'],
  texts: string[],
  more: Partial<AutoReplyRule> = {},
): AutoReplyRule => ({
  id,
  type,
  mode: 'all',
  channelIds: [],
  replies: texts.map((text) => ({ type: 'text', text })),
  ...more,
});
