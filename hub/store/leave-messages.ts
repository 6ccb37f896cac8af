import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import type { Org } from './org.ts';
import type { Tables } from './schema.ts';

/** An agent sees those of his groups, of nobody's, and his own; `groupIds` null: all. */
interface Sight {
  groupIds: readonly string[] | null;
  memberId: string;
}
const inSight =
  ({ groupIds, memberId }: Sight) =>
  (eb: ExpressionBuilder<Tables, 'leave_messages'>): Expression<SqlBool> =>
    groupIds === null
      ? sql`true`
      : eb.or([
          eb('leave_messages.group_id', 'is', null),
          eb('leave_messages.assignee_id', '=', memberId),
          ...(groupIds.length ? [eb('leave_messages.group_id', 'in', groupIds)] : []),
        ]);

/** Messages left that he sees, newest first. */
export async function listLeft(
  org: Org,
  where: Sight & { id?: string; state?: 'open' | 'working' | 'done' | undefined },
  before: string | undefined,
  limit: number,
) {
  let query = org
    .select('leave_messages')
    .innerJoin('channels', (join) =>
      join
        .onRef('channels.organisation_id', '=', 'leave_messages.organisation_id')
        .onRef('channels.id', '=', 'leave_messages.channel_id'),
    )
    .selectAll('leave_messages')
    .select(['channels.name as channel_name', 'channels.connector']);
  if (where.id) query = query.where('leave_messages.id', '=', where.id);
  if (where.state) query = query.where('leave_messages.state', '=', where.state);
  if (before) query = query.where('leave_messages.id', '<', before);
  return await query.where(inSight(where)).orderBy('leave_messages.id', 'desc').limit(limit).execute();
}
export type LeftRow = Awaited<ReturnType<typeof listLeft>>[number];

/** How many that he sees nobody has taken on, counted up to `most`. */
export async function countOpen(org: Org, sight: Sight, most: number): Promise<number> {
  const rows = await org
    .select('leave_messages')
    .select('id')
    .where('state', '=', 'open')
    .where(inSight(sight))
    .limit(most)
    .execute();
  return rows.length;
}

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
