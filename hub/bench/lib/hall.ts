import type pg from 'pg';
import { pick, type Why } from '../../../core/match.ts';

/** A full house for `bench match`, straight into the database. */

export interface House {
  organisationId: string;
  channelId: string;
  groups: string[];
  agents: string[];
}

/** Groups, and agents who each belong to two and help out in a third; caps 5 to 25, levels 1 to 10, skills 0 to 100. Nobody is there yet. */
export async function furnishHouse(
  client: pg.Client,
  { organisationId, agents, groups }: { organisationId: string; agents: readonly string[]; groups: number },
): Promise<House> {
  const { rows } = await client.query<{ id: string }>(
    `insert into skill_groups (organisation_id, id, name) select $1, gen_random_uuid(), 'Group ' || n from generate_series(1, $2::int) n returning id`,
    [organisationId, groups],
  );
  const groupIds = rows.map((row) => row.id);
  await client.query(
    `update members m set cap = 5 + a.n * 8 % 21, level = 1 + a.n % 10 from unnest($2::uuid[]) with ordinality a(id, n)
      where m.organisation_id = $1 and m.id = a.id`,
    [organisationId, agents],
  );
  // The owner only looks on.
  await client.query(`update members set cap = 0 where organisation_id = $1 and role = 'owner'`, [organisationId]);
  const parts = agents.flatMap((id, n) =>
    [n, n * 7 + 1, n * 3 + 2].map((at, part) => ({
      id,
      group: groupIds[at % groups]!,
      skill: (n * 13 + part) % 101,
      overflow: part === 2,
    })),
  );
  await client.query(
    `insert into group_members (organisation_id, member_id, group_id, skill, overflow)
      select $1, m, g, s, o from unnest($2::uuid[], $3::uuid[], $4::int[], $5::boolean[]) r(m, g, s, o) on conflict do nothing`,
    [
      organisationId,
      parts.map((p) => p.id),
      parts.map((p) => p.group),
      parts.map((p) => p.skill),
      parts.map((p) => p.overflow),
    ],
  );
  const channel = await client.query<{ id: string }>(
    `select id from channels where organisation_id = $1 and connector = 'line'`,
    [organisationId],
  );
  return { organisationId, channelId: channel.rows[0]!.id, groups: groupIds, agents: [...agents] };
}

/** So many customers, once: each with one session that ended, served by some agent, and one that is there to wait. */
export async function furnishCustomers(client: pg.Client, house: House, count: number): Promise<void> {
  await client.query(
    `with people as materialized (
        select gen_random_uuid() as contact, gen_random_uuid() as identity, n from generate_series(1, $3::int) n
      ), c as (insert into contacts (organisation_id, id, name) select $1, contact, 'Customer ' || n from people),
      i as (insert into identities (organisation_id, id, contact_id, channel_id, external_id, name, last_seen_at, profile_at)
        select $1, identity, contact, $2, 'U' || replace(identity::text, '-', ''), 'Customer ' || n, now(), now() from people),
      old as (insert into sessions (organisation_id, id, channel_id, contact_id, identity_id, state, seq, unread, agent_id, last_at, opened_at, closed_at)
        select $1, gen_random_uuid(), $2, contact, identity, 'closed', 1, 0, ($4::uuid[])[1 + n % array_length($4::uuid[], 1)], now(), now() - interval '1 day', now() from people
        returning id, agent_id, opened_at),
      services as (insert into services (organisation_id, id, session_id, agent_id, how, started_at, ended_at)
        select $1, gen_random_uuid(), id, agent_id, 'matched', opened_at, now() from old)
      insert into sessions (organisation_id, id, channel_id, contact_id, identity_id, state, seq, unread, group_id, priority, last_at, opened_at)
        select $1, gen_random_uuid(), $2, contact, identity, 'waiting', 2, 0,
          case when n % 10 = 0 then null else ($5::uuid[])[1 + n % array_length($5::uuid[], 1)] end, 1 + n % 11, now(), now() from people`,
    [house.organisationId, house.channelId, count, house.agents, house.groups],
  );
}

/** All wait again, nobody is there, and nothing tells of the last round. */
export async function waitAgain(client: pg.Client, { organisationId }: House): Promise<void> {
  const all = [organisationId];
  await client.query(
    `update members set present_until = null, last_assigned_at = null where organisation_id = $1`,
    all,
  );
  await client.query(
    `delete from services v using sessions s
      where v.organisation_id = $1 and s.organisation_id = $1 and s.id = v.session_id and s.state <> 'closed'`,
    all,
  );
  await client.query(`delete from waits where organisation_id = $1`, all);
  await client.query(`delete from session_events where organisation_id = $1`, all);
  await client.query(
    `update sessions s set state = 'waiting', agent_id = null, served_since = null, seq = 2, marks = '{}', wake_at = null,
        waiting_since = now() - interval '1 hour' + interval '1 second' * r.n
      from (select id, row_number() over (order by md5(id::text)) as n from sessions where organisation_id = $1 and state <> 'closed') r
      where s.organisation_id = $1 and s.id = r.id`,
    all,
  );
  await client.query(
    `insert into session_events (organisation_id, session_id, seq, type, actor_type, at)
      select organisation_id, id, n, case n when 1 then 'opened' else 'waiting' end, 'system', opened_at from sessions, generate_series(1, 2) n
      where organisation_id = $1 and state = 'waiting'`,
    all,
  );
  await client.query(
    `insert into waits (organisation_id, id, session_id, group_id, started_at, priority)
      select organisation_id, gen_random_uuid(), id, group_id, waiting_since, priority from sessions where organisation_id = $1 and state = 'waiting'`,
    all,
  );
  await client.query('vacuum analyze');
}

/** What is wrong with what was matched; nothing, if all is well. */
export async function faults(client: pg.Client, { organisationId }: House): Promise<string[]> {
  const all = [organisationId];
  const one = async (what: string, text: string) => {
    const { rows } = await client.query<{ n: number }>(text, all);
    return rows[0]!.n ? [`${rows[0]!.n} ${what}`] : [];
  };
  const { rows } = await client.query<{ agent: string; why: Why }>(
    `select actor_id as agent, data -> 'why' as why from session_events where organisation_id = $1 and type = 'served'`,
    all,
  );
  const strange = rows.filter(({ agent, why }) => pick(why.order) !== agent).length;
  return [
    ...(await one(
      'sessions served twice',
      `select (count(*) - count(distinct session_id))::int as n from services where organisation_id = $1`,
    )),
    ...(await one(
      'sessions whose agent is not in their services',
      `select count(*)::int as n from sessions s left join services v on v.organisation_id = s.organisation_id and v.session_id = s.id and v.agent_id = s.agent_id
        where s.organisation_id = $1 and s.state = 'serving' and v.id is null`,
    )),
    ...(await one(
      'agents over their cap',
      `select count(*)::int as n from (select m.id from members m join sessions s on s.organisation_id = m.organisation_id and s.agent_id = m.id and s.state = 'serving'
        where m.organisation_id = $1 group by m.id, m.cap having count(*) > m.cap) o`,
    )),
    ...(await one(
      'sessions with an agent from outside their group',
      `select count(*)::int as n from sessions s where s.organisation_id = $1 and s.state = 'serving' and s.group_id is not null and not exists (
        select 1 from group_members g where g.organisation_id = s.organisation_id and g.group_id = s.group_id and g.member_id = s.agent_id)`,
    )),
    ...(await one(
      'sessions left behind by one of the same queue that should have come after them (DS-01)',
      `select count(*)::int as n from sessions w where w.organisation_id = $1 and w.state = 'waiting' and exists (
        select 1 from sessions s join waits q on q.organisation_id = s.organisation_id and q.session_id = s.id
        where s.organisation_id = w.organisation_id and s.state = 'serving' and s.group_id is not distinct from w.group_id
          and (q.priority, q.started_at, s.id) > (w.priority, w.waiting_since, w.id))`,
    )),
    ...(await one(
      'sessions that somebody with room could take',
      `select count(*)::int as n from sessions w where w.organisation_id = $1 and w.state = 'waiting' and exists (
        select 1 from members m where m.organisation_id = w.organisation_id and m.present_until > now() and m.cap > (
            select count(*) from sessions s where s.organisation_id = m.organisation_id and s.agent_id = m.id and s.state = 'serving')
          and (w.group_id is null or exists (select 1 from group_members g where g.organisation_id = m.organisation_id and g.group_id = w.group_id and g.member_id = m.id)))`,
    )),
    ...(strange ? [`${strange} choices that come out otherwise when they are made again`] : []),
  ];
}
