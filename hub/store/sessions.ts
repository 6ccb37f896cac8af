import { sql } from 'kysely';
import type { MessageRow, SessionRow } from './changes.ts';
import type { Org } from './org.ts';

/** One session as it is now, or undefined. */
export async function session(org: Org, id: string): Promise<SessionRow | undefined> {
  return (await org.select('sessions').selectAll().where('id', '=', id).executeTakeFirst()) as SessionRow | undefined;
}

/** The ended session of this customer that an invitation to rate is about; undefined where there is none. */
export async function invitedSession(
  org: Org,
  invitationId: string,
  identityId: string,
): Promise<SessionRow | undefined> {
  const [row] = await org.raw(
    (id) => sql<SessionRow>`
    select s.* from invitations i join sessions s on s.organisation_id = i.organisation_id and s.id = i.session_id
    where i.organisation_id = ${id} and i.id = ${invitationId} and s.identity_id = ${identityId} and s.state = 'closed'`,
  );
  return row;
}

/** Whether this member ever served the session. */
export async function hasServed(org: Org, sessionId: string, memberId: string): Promise<boolean> {
  return (
    (await org
      .select('services')
      .select('id')
      .where('session_id', '=', sessionId)
      .where('agent_id', '=', memberId)
      .limit(1)
      .executeTakeFirst()) !== undefined
  );
}

/** Whether this member serves this contact now. */
export async function servesContact(org: Org, contactId: string, memberId: string): Promise<boolean> {
  const row = await org
    .select('sessions')
    .select('id')
    .where('contact_id', '=', contactId)
    .where('agent_id', '=', memberId)
    .where('state', '=', 'serving')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Words of the customer after this number. */
export async function unseenAfter(org: Org, sessionId: string, seq: number): Promise<number> {
  const row = await org
    .select('messages')
    .select((eb) => eb.fn.countAll<number>().as('many'))
    .where('session_id', '=', sessionId)
    .where('seq', '>', seq)
    .where('author_type', '=', 'visitor')
    .executeTakeFirstOrThrow();
  return Number(row.many);
}

export async function messagesById(org: Org, ids: readonly string[]): Promise<MessageRow[]> {
  if (!ids.length) return [];
  return (await org.select('messages').selectAll().where('id', 'in', ids).execute()) as MessageRow[];
}

/** Who the session is with, and where his words come from. */
export async function identityOf(org: Org, identityId: string) {
  return await org
    .select('identities')
    .select(['id', 'contact_id', 'channel_id', 'external_id', 'language', 'reachable'])
    .where('id', '=', identityId)
    .executeTakeFirstOrThrow();
}

/**
 * These members with what they serve, their rows locked in one order until the transaction ends: whoever gives anybody a
 * session locks him first (matching too, `store/matching.ts`), so nobody exceeds his cap.
 */
export async function lockAgents(org: Org, { ids }: { ids: readonly string[] }) {
  const members = await org
    .select('members')
    .select(['id', 'role', 'cap', 'status', 'present_until', 'disabled_at'])
    .where('id', 'in', ids)
    .orderBy('id')
    .forUpdate()
    .execute();
  if (!members.length) return [];
  const [serving, groups] = [
    await org
      .select('sessions')
      .select(['agent_id', (eb) => eb.fn.countAll<number>().as('serving')])
      .where('state', '=', 'serving')
      .where('agent_id', 'in', ids)
      .groupBy('agent_id')
      .execute(),
    await org.select('group_members').select(['group_id', 'member_id']).where('member_id', 'in', ids).execute(),
  ];
  return members.map((member) => ({
    ...member,
    serving: Number(serving.find((row) => row.agent_id === member.id)?.serving ?? 0),
    groupIds: groups.filter((row) => row.member_id === member.id).map((row) => row.group_id),
  }));
}

export async function groupSize(org: Org, groupId: string): Promise<number | null> {
  const group = await org.select('skill_groups').select('id').where('id', '=', groupId).executeTakeFirst();
  if (!group) return null;
  const row = await org
    .select('group_members')
    .select((eb) => eb.fn.countAll<number>().as('members'))
    .where('group_id', '=', groupId)
    .executeTakeFirstOrThrow();
  return Number(row.members);
}
