import type { Org } from './org.ts';

/** Messages left, newest first; an agent sees those of his groups, of nobody's, and his own. */
export async function listLeft(
  org: Org,
  where: {
    id?: string;
    state?: 'open' | 'working' | 'done' | undefined;
    groupIds: readonly string[] | null;
    memberId: string;
  },
  before: string | undefined,
  limit: number,
) {
  let query = org
    .select('leave_messages')
    .innerJoin('contacts', (join) =>
      join
        .onRef('contacts.organisation_id', '=', 'leave_messages.organisation_id')
        .onRef('contacts.id', '=', 'leave_messages.contact_id'),
    )
    .innerJoin('channels', (join) =>
      join
        .onRef('channels.organisation_id', '=', 'leave_messages.organisation_id')
        .onRef('channels.id', '=', 'leave_messages.channel_id'),
    )
    .selectAll('leave_messages')
    .select(['contacts.name as contact_name', 'channels.name as channel_name', 'channels.connector']);
  if (where.id) query = query.where('leave_messages.id', '=', where.id);
  if (where.state) query = query.where('leave_messages.state', '=', where.state);
  const { groupIds, memberId } = where;
  if (groupIds)
    query = query.where((eb) =>
      eb.or([
        eb('leave_messages.group_id', 'is', null),
        eb('leave_messages.assignee_id', '=', memberId),
        ...(groupIds.length ? [eb('leave_messages.group_id', 'in', groupIds)] : []),
      ]),
    );
  if (before) query = query.where('leave_messages.id', '<', before);
  return await query.orderBy('leave_messages.id', 'desc').limit(limit).execute();
}
export type LeftRow = Awaited<ReturnType<typeof listLeft>>[number];

export async function patchLeft(
  org: Org,
  id: string,
  patch: { state?: 'open' | 'working' | 'done'; assignee_id?: string | null },
  now: Date,
): Promise<void> {
  await org
    .update('leave_messages')
    .set({ ...patch, updated_at: now })
    .where('id', '=', id)
    .execute();
}
