import { sql } from 'kysely';
import type { Org } from './org.ts';

/** Who is at work, as routing and the what-if form look at it; matching locks what it gives away (`store/matching.ts`). */

export interface FloorAgent {
  id: string;
  name: string;
  status: 'online' | 'busy' | 'invisible' | 'away';
  present_until: Date | null;
  cap: number;
  level: number;
  serving: number;
  last_assigned_at: Date | null;
  groups: { id: string; skill: number; overflow: boolean }[];
}

/** Everybody who may serve, with what they serve now. */
export async function agentsOnFloor(org: Org): Promise<FloorAgent[]> {
  return await org.raw(
    (id) => sql<FloorAgent>`
    select m.id, m.name, m.status, m.present_until, m.cap, m.level, m.last_assigned_at, coalesce(s.serving, 0)::int as serving,
      coalesce((select jsonb_agg(jsonb_build_object('id', g.group_id, 'skill', g.skill, 'overflow', g.overflow))
        from group_members g where g.organisation_id = m.organisation_id and g.member_id = m.id), '[]') as groups
    from members m
    left join (select agent_id, count(*) as serving from sessions where organisation_id = ${id} and state = 'serving' group by agent_id) s
      on s.agent_id = m.id
    where m.organisation_id = ${id} and m.disabled_at is null`,
  );
}

/** How many wait in each group's queue; null: everybody's. */
export async function queueLengths(org: Org): Promise<{ groupId: string | null; waiting: number }[]> {
  const rows = await org
    .select('sessions')
    .select(['group_id as groupId', (eb) => eb.fn.countAll<number>().as('waiting')])
    .where('state', '=', 'waiting')
    .groupBy('group_id')
    .execute();
  return rows.map((row) => ({ groupId: row.groupId, waiting: Number(row.waiting) }));
}

/** Seconds between two sessions taken from each queue, over its last twenty since `since`; queues with fewer than three are left out. */
export async function paces(org: Org, since: Date): Promise<{ groupId: string | null; pace: number }[]> {
  const rows = await org.raw(
    (id) => sql<{ group_id: string | null; pace: number }>`
    select group_id, extract(epoch from max(ended_at) - min(ended_at))::float / (count(*) - 1) as pace
    from (
      select group_id, ended_at, row_number() over (partition by group_id order by ended_at desc) as n from waits
      where organisation_id = ${id} and outcome = 'served' and ended_at > ${since}
    ) w where n <= 20 group by group_id having count(*) >= 3`,
  );
  return rows.map((row) => ({ groupId: row.group_id, pace: Number(row.pace) }));
}
