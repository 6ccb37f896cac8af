import { type Selectable, sql } from 'kysely';
import type { Org } from './org.ts';
import type { SkillGroupsTable } from './schema/members.ts';

/** A member's place in a group: his skill, 0 to 100, and whether he only helps out (RT-12, RT-13). */
export interface InGroup {
  id: string;
  skill: number;
  overflow: boolean;
}

/** Groups with their members and how many wait in their queue; one when an id is given. */
export async function shownGroups(org: Org, id?: string) {
  let query = org.select('skill_groups').select([
    'id',
    'name',
    'created_at',
    'plan_id',
    'greeting_on',
    'greeting',
    'off_on',
    'off_text',
    sql<
      InGroup[]
    >`coalesce((select jsonb_agg(jsonb_build_object('id', m.member_id, 'skill', m.skill, 'overflow', m.overflow) order by m.member_id)
        from group_members m where m.organisation_id = skill_groups.organisation_id and m.group_id = skill_groups.id), '[]')`.as(
      'members',
    ),
    sql<number>`(select count(*)::int from sessions s where s.organisation_id = skill_groups.organisation_id and s.group_id = skill_groups.id and s.state = 'waiting')`.as(
      'waiting',
    ),
  ]);
  if (id) query = query.where('id', '=', id);
  return await query.orderBy('created_at').orderBy('id').execute();
}
export type GroupRow = Awaited<ReturnType<typeof shownGroups>>[number];

/** Throws 23505 when there is one of that name. */
export async function addGroup(org: Org, id: string, name: string): Promise<void> {
  await org.insert('skill_groups', { id, name }).execute();
}

export type GroupPatch = Partial<
  Pick<Selectable<SkillGroupsTable>, 'name' | 'plan_id' | 'greeting_on' | 'greeting' | 'off_on' | 'off_text'>
>;

/** Throws 23505 when there is one of that name. */
export async function patchGroup(org: Org, id: string, patch: GroupPatch): Promise<void> {
  if (Object.values(patch).some((value) => value !== undefined))
    await org
      .update('skill_groups')
      .set(patch as never)
      .where('id', '=', id)
      .execute();
}

/** Exactly these members. Throws 23503 when one is not there. */
export async function setMembersOf(org: Org, groupId: string, members: readonly InGroup[]): Promise<void> {
  await org.delete('group_members').where('group_id', '=', groupId).execute();
  const rows = members.map(({ id, skill, overflow }) => ({ group_id: groupId, member_id: id, skill, overflow }));
  if (rows.length) await org.insert('group_members', rows).execute();
}

/** What points at a group from the tables: channels, how many words, how many sessions that are not over. */
export async function usesOfGroup(org: Org, id: string) {
  const channels = await org
    .select('channels')
    .select(['id', 'name'])
    .where('group_id', '=', id)
    .where('deleted_at', 'is', null)
    .orderBy('name')
    .execute();
  const words = await org
    .select('words')
    .select((eb) => eb.fn.countAll<string>().as('n'))
    .where('group_id', '=', id)
    .executeTakeFirstOrThrow();
  const sessions = await org
    .select('sessions')
    .select((eb) => eb.fn.countAll<string>().as('n'))
    .where('group_id', '=', id)
    .where('state', '!=', 'closed')
    .executeTakeFirstOrThrow();
  return { channels, words: Number(words.n), sessions: Number(sessions.n) };
}

export async function removeGroup(org: Org, id: string): Promise<{ name: string } | undefined> {
  return await org.delete('skill_groups').where('id', '=', id).returning('name').executeTakeFirst();
}

/** Which of these are not groups of this organisation. */
export async function unknownGroups(org: Org, ids: readonly string[]): Promise<string[]> {
  if (!ids.length) return [];
  const known = new Set(
    (
      await org
        .select('skill_groups')
        .select('id')
        .where('id', 'in', [...new Set(ids)])
        .execute()
    ).map((row) => row.id),
  );
  return ids.filter((id) => !known.has(id));
}
