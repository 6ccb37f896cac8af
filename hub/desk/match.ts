import { agentGreeting } from '../../core/greet.ts';
import { type Agent, type Hall, match, type Pair, unable, type Waiting } from '../../core/match.ts';
import type { Matching } from '../../core/settings/index.ts';
import type { Changes, SessionRow } from '../store/changes.ts';
import { agentsOnFloor } from '../store/floor.ts';
import { languagesOf, lockAble, markAssigned, regularAgents, type Servable, servable } from '../store/matching.ts';
import type { Org } from '../store/org.ts';
import { apply } from './apply/index.ts';
import { timing } from './deadline.ts';
import { agentOf, hallOf } from './hall.ts';
import type { CompiledRules, OpenChannel } from './rulebook.ts';
import { tells, tracked } from './track.ts';
import { sessionOf } from './view.ts';

/** Looked up before the transactions, which must not wait for a second connection. */
export interface About {
  channels: ReadonlyMap<string, OpenChannel>;
  rules: CompiledRules;
  people: ReadonlyMap<string, { id: string; name: string; greeting: string }>;
}

/**
 * Matches at most `most` sessions in one transaction: the first of those that somebody can take, as many as there are free
 * places. The agents are locked, so that another hub waits; a session that has changed meanwhile throws Conflict. `more`:
 * there may be others to match.
 */
export async function matchSome(
  org: Org,
  now: number,
  about: About,
  changes: Changes,
  most: number,
): Promise<{ pairs: number; more: boolean }> {
  const at = new Date(now);
  const { rules } = about;
  const hall = hallOf(rules, now);
  const statuses = rules.settings.matching.onlyOnline ? (['online'] as const) : (['online', 'busy', 'away'] as const);
  const locked = await lockAble(org, { now: at, statuses });
  if (!locked.size) return NOBODY;
  // Who came to his desk after the lock comes in the next round.
  const agents = (await agentsOnFloor(org))
    .map((row) => agentOf(row, now))
    .map((agent) =>
      locked.has(agent.id) || unable(agent, hall.matching) !== null ? agent : { ...agent, connected: false },
    );
  const free = agents.filter((agent) => unable(agent, hall.matching) === null);
  const places = free.reduce((sum, agent) => sum + agent.cap - agent.serving, 0);
  const limit = Math.min(most, places);
  const sessions = limit ? await servable(org, whom(about, free, hall, at), limit) : [];
  if (!sessions.length) return NOBODY;
  const waiting = await waitingOf(org, sessions, agents, rules.settings.matching.regular);
  const pairs = match(waiting, agents, hall);
  const byId = new Map(sessions.map((session) => [session.id, session]));
  const told = sessions.filter((session) => tells(about.channels.get(session.channel_id)!, rules));
  const languages = await languagesOf(org, told);
  for (const pair of pairs) serve(about, changes, byId.get(pair.sessionId)!, pair, at, languages);
  await changes.write(org);
  await markAssigned(org, [...new Set(pairs.map((pair) => pair.agentId))], at);
  // The first of them is always taken. Fewer than asked for were all there are.
  return { pairs: pairs.length, more: pairs.length > 0 && sessions.length === limit && pairs.length < places };
}
const NOBODY = { pairs: 0, more: false };

/** Which queues these agents can take from now (RT-13, RT-14). */
function whom({ channels, rules }: About, free: readonly Agent[], hall: Hall, now: Date): Servable {
  const isOpen = (id: string | null) => !hall.matching.onlyInHours || hall.open(id);
  const groupIds = [...new Set(free.flatMap((agent) => [null, ...Object.keys(agent.groups), ...agent.overflow]))];
  const mine = new Set(groupIds);
  return {
    channelIds: [...channels.keys()],
    groupIds: groupIds.filter(isOpen),
    otherGroupIds: [...rules.groups.keys()].filter((id) => !mine.has(id) && isOpen(id)),
    free: free.map((agent) => agent.id),
    now,
  };
}

async function waitingOf(
  org: Org,
  sessions: readonly SessionRow[],
  agents: readonly Agent[],
  regular: Matching['regular'],
): Promise<Waiting[]> {
  const contacts = sessions.map((row) => row.contact_id);
  const staff = agents.map((agent) => agent.id);
  const known = regular === 'off' ? new Map<string, string>() : await regularAgents(org, contacts, staff, regular);
  return sessions.map((row) => ({
    sessionId: row.id,
    groupId: row.group_id,
    since: row.waiting_since!.getTime(),
    priority: row.priority,
    wanted: row.wanted_id ? { agentId: row.wanted_id, until: row.wanted_until?.getTime() ?? 0 } : null,
    regularAgentId: known.get(row.contact_id) ?? null,
    lostBy: row.marks.lostBy ?? null,
  }));
}

function serve(
  { channels, rules, people }: About,
  changes: Changes,
  session: SessionRow,
  pair: Pair,
  at: Date,
  languages: ReadonlyMap<string, string | null>,
): void {
  const { agentId, why } = pair;
  const channel = channels.get(session.channel_id)!;
  const language = languages.get(session.identity_id) ?? null;
  const agent = people.get(agentId);
  const greeting = agent ? agentGreeting(sessionOf(session), agent, 'matched', rules.settings.transfers) : [];
  apply(
    {
      changes,
      at,
      channel,
      identity: { id: session.identity_id, contactId: session.contact_id },
      session,
      from: session.seq,
      found: new Map(),
      ...timing(rules),
    },
    tracked([{ do: 'serve', agentId, how: 'matched', why: { ...why } }, ...greeting], {
      channel,
      rules,
      people,
      language,
    }),
  );
}
