import { sql } from 'kysely';
import type { Matching } from '../../core/settings/index.ts';
import type { SessionRow } from './changes.ts';
import type { Org } from './org.ts';
import type { MembersTable } from './schema/members.ts';

/** What matching reads and locks (`desk/pair.ts`). Whoever gives anybody a session locks his row first, so nobody exceeds his cap, however many hubs there are. */

/** Channels on which somebody waits. */
export async function channelsWaiting(org: Org): Promise<string[]> {
  const rows = await org.select('sessions').select('channel_id').distinct().where('state', '=', 'waiting').execute();
  return rows.map((row) => row.channel_id);
}

/**
 * Locks those who may be given a session, in one order, until the transaction ends; what they serve has to be read after
 * this. Gives their ids.
 */
export async function lockAble(
  org: Org,
  { now, statuses }: { now: Date; statuses: readonly MembersTable['status']['__select__'][] },
): Promise<Set<string>> {
  const rows = await org
    .select('members')
    .select('id')
    .where('disabled_at', 'is', null)
    .where('present_until', '>', now)
    .where('cap', '>', 0)
    .where('status', 'in', statuses)
    .orderBy('id')
    .forUpdate()
    .execute();
  return new Set(rows.map((row) => row.id));
}

/** Who could be served now: in these groups (null: everybody's queue), or wanting one of these agents. */
export interface Servable {
  channelIds: readonly string[];
  groupIds: readonly (string | null)[];
  /** Groups where nobody has room, but it is working time: only for whom somebody in `free` is wanted by name. */
  otherGroupIds: readonly (string | null)[];
  /** Agents with room. */
  free: readonly string[];
  now: Date;
}

const NONE = '00000000-0000-0000-0000-000000000000';
const ids = (groupIds: readonly (string | null)[]) => groupIds.map((id) => id ?? NONE);

/**
 * Sessions in the order of `sooner` (DS-01), at most `most`. Only such as somebody can take: queues that nobody can serve,
 * and sessions held for an agent who has no room, stay out, so that a long queue hides no other.
 */
export async function servable(
  org: Org,
  { channelIds, groupIds, otherGroupIds, free, now }: Servable,
  most: number,
): Promise<SessionRow[]> {
  return await org.raw(
    (id) => sql<SessionRow>`
    select s.* from sessions s join (
      select id from sessions
      where organisation_id = ${id} and state = 'waiting' and channel_id = any(${channelIds}::uuid[]) and (
        (coalesce(group_id, ${NONE}) = any(${ids(groupIds)}::uuid[])
          and (wanted_id is null or wanted_until <= ${now} or wanted_id = any(${free}::uuid[])))
        or (wanted_id = any(${free}::uuid[]) and coalesce(group_id, ${NONE}) = any(${ids(otherGroupIds)}::uuid[])))
      order by priority, waiting_since, id limit ${most}
    ) q on q.id = s.id
    where s.organisation_id = ${id} order by s.priority, s.waiting_since, s.id`,
  );
}

/** So far back somebody who served most often is looked for: what it costs does not grow with a customer's years. */
const SESSIONS_BACK = 200;

/**
 * RT-16: who of these agents served each contact last, or served in most of his latest sessions before those that wait now:
 * once for each, whether he began, took over or passed it on; of two with the same number who did it later.
 */
export async function regularAgents(
  org: Org,
  contactIds: readonly string[],
  agentIds: readonly string[],
  how: Exclude<Matching['regular'], 'off'>,
): Promise<Map<string, string>> {
  const among = (id: string) => sql`s.organisation_id = ${id} and s.contact_id = c.id`;
  const best = (id: string) =>
    how === 'last'
      ? sql`select s.agent_id from sessions s
          where ${among(id)} and s.agent_id = any(${agentIds}::uuid[]) order by s.opened_at desc limit 1`
      : sql`select v.agent_id from (
            select s.id from sessions s where ${among(id)} and s.state <> 'waiting' order by s.opened_at desc limit ${SESSIONS_BACK}
          ) s join services v on v.organisation_id = ${id} and v.session_id = s.id
          where v.agent_id = any(${agentIds}::uuid[])
          group by v.agent_id order by count(distinct s.id) desc, max(v.started_at) desc limit 1`;
  const rows = await org.raw(
    (id) => sql<{ contact_id: string; agent_id: string }>`
    select c.id as contact_id, a.agent_id from unnest(${[...new Set(contactIds)]}::uuid[]) c(id) cross join lateral (${best(id)}) a`,
  );
  return new Map(rows.map((row) => [row.contact_id, row.agent_id]));
}

export async function markAssigned(org: Org, memberIds: readonly string[], at: Date): Promise<void> {
  if (memberIds.length)
    await org.update('members').set({ last_assigned_at: at }).where('id', 'in', memberIds).execute();
}

/** Who waits, with the tags of the contact: for ranking anew when levels change. */
export async function waitingWithTags(org: Org): Promise<{ id: string; priority: number; tagIds: string[] }[]> {
  return await org.raw(
    (id) => sql<{ id: string; priority: number; tagIds: string[] }>`
    select s.id, s.priority, c.tag_ids as "tagIds" from sessions s
    join contacts c on c.organisation_id = s.organisation_id and c.id = s.contact_id
    where s.organisation_id = ${id} and s.state = 'waiting'`,
  );
}

/** The languages of the customers of these sessions, by their identity. No query for none. */
export async function languagesOf(
  org: Org,
  sessions: readonly { identity_id: string }[],
): Promise<Map<string, string | null>> {
  if (!sessions.length) return new Map();
  const ids = sessions.map((session) => session.identity_id);
  const rows = await org.select('identities').select(['id', 'language']).where('id', 'in', ids).execute();
  return new Map(rows.map((row) => [row.id, row.language]));
}
