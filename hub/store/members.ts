import { type Selectable, sql } from 'kysely';
import type { Database } from './database.ts';
import type { Org } from './org.ts';
import type { MembersTable } from './schema/members.ts';

export type MemberRow = Omit<Selectable<MembersTable>, 'organisation_id'>;
export type MemberPatch = Partial<
  Pick<MemberRow, 'name' | 'avatar' | 'role' | 'status' | 'cap' | 'level' | 'greeting' | 'preferences' | 'disabled_at'>
>;

/** The membership a user signs in to: the oldest that is not disabled. */
export async function membershipOf(db: Database, userId: string) {
  return await db.everywhere
    .selectFrom('members')
    .innerJoin('organisations', 'organisations.id', 'members.organisation_id')
    .selectAll('members')
    .select('organisations.name as organisation_name')
    .where('members.user_id', '=', userId)
    .where('members.disabled_at', 'is', null)
    .orderBy('members.created_at')
    .executeTakeFirst();
}

/** Members with their sign-in name, groups and load; one when an id is given. */
export async function shownMembers(org: Org, id?: string) {
  let query = org
    .select('members')
    .leftJoin('auth_users', 'auth_users.id', 'members.user_id')
    .select([
      'members.id',
      'members.user_id',
      'members.name',
      'members.avatar',
      'members.role',
      'members.status',
      'members.cap',
      'members.level',
      'members.greeting',
      'members.disabled_at',
      'members.present_until',
      'auth_users.username',
      'auth_users.email',
      sql<
        string[]
      >`array(select g.group_id from group_members g where g.organisation_id = members.organisation_id and g.member_id = members.id order by 1)`.as(
        'group_ids',
      ),
      sql<number>`(select count(*)::int from sessions s where s.organisation_id = members.organisation_id and s.agent_id = members.id and s.state = 'serving')`.as(
        'serving',
      ),
    ]);
  if (id) query = query.where('members.id', '=', id);
  return await query.orderBy('members.created_at').orderBy('members.id').execute();
}
export type ShownMember = Awaited<ReturnType<typeof shownMembers>>[number];

/** The row, locked until the transaction ends. */
export async function lockMember(org: Org, id: string): Promise<MemberRow | undefined> {
  return await org.select('members').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
}

/** Owners who can still sign in, locked in one order, so that two of them leaving at once cannot both succeed. */
export async function lockOwners(org: Org): Promise<string[]> {
  const rows = await org
    .select('members')
    .select('id')
    .where('role', '=', 'owner')
    .where('disabled_at', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute();
  return rows.map((row) => row.id);
}

export async function addMember(
  org: Org,
  row: Pick<MemberRow, 'id' | 'user_id' | 'name' | 'role'> & { cap?: number; level?: number; greeting?: string },
): Promise<void> {
  await org.insert('members', { ...row, preferences: '{}' }).execute();
}

export async function patchMember(org: Org, id: string, patch: MemberPatch): Promise<void> {
  if (Object.keys(patch).length)
    await org
      .update('members')
      .set(patch as never)
      .where('id', '=', id)
      .execute();
}

/** Puts a member into exactly these groups. Throws 23503 when one is not there. */
export async function setGroupsOf(org: Org, memberId: string, groupIds: readonly string[]): Promise<void> {
  const rows = [...new Set(groupIds)].map((group_id) => ({ group_id, member_id: memberId }));
  let others = org.delete('group_members').where('member_id', '=', memberId);
  if (groupIds.length) others = others.where('group_id', 'not in', groupIds);
  await others.execute();
  // Who was in it before keeps his skill.
  if (rows.length)
    await org
      .insert('group_members', rows)
      .onConflict((on) => on.doNothing())
      .execute();
}

export async function memberExists(org: Org, id: string): Promise<boolean> {
  const row = await org
    .select('members')
    .select('id')
    .where('id', '=', id)
    .where('disabled_at', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}
