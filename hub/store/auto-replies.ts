import { type Selectable, sql } from 'kysely';
import type { Org } from './org.ts';
import type { AutoRepliesTable } from './schema/rules.ts';

export type AutoReplyRow = Omit<Selectable<AutoRepliesTable>, 'organisation_id'>;
type Values = Partial<Omit<AutoReplyRow, 'id' | 'order' | 'updated_at'>>;

export async function listAutoReplies(org: Org): Promise<AutoReplyRow[]> {
  return await org.select('auto_replies').selectAll().orderBy('order').orderBy('id').execute();
}

export async function oneAutoReply(org: Org, id: string): Promise<AutoReplyRow | undefined> {
  return await org.select('auto_replies').selectAll().where('id', '=', id).executeTakeFirst();
}

const asColumns = ({ keywords, replies, ...rest }: Values) => ({
  ...rest,
  ...(keywords && { keywords: JSON.stringify(keywords) }),
  ...(replies && { replies: JSON.stringify(replies) }),
});

/** Comes last in the order. */
export async function addAutoReply(org: Org, id: string, values: Required<Values>): Promise<void> {
  const { last } = await org
    .select('auto_replies')
    .select((eb) => eb.fn.max('order').as('last'))
    .executeTakeFirstOrThrow();
  await org.insert('auto_replies', { id, order: (last ?? -1) + 1, ...asColumns(values) } as never).execute();
}

export async function patchAutoReply(org: Org, id: string, values: Values, now: Date): Promise<void> {
  await org
    .update('auto_replies')
    .set({ ...asColumns(values), updated_at: now } as never)
    .where('id', '=', id)
    .execute();
}

export async function removeAutoReply(org: Org, id: string): Promise<{ name: string } | undefined> {
  return await org.delete('auto_replies').where('id', '=', id).returning('name').executeTakeFirst();
}

/** These first, in this order; the others after them as they were. */
export async function orderAutoReplies(org: Org, ids: readonly string[]): Promise<void> {
  await org.raw(
    (organisation) => sql`update auto_replies a set "order" = n.place from (
    select id, (row_number() over (order by array_position(${ids}::uuid[], id) nulls last, "order", id) - 1)::int as place
    from auto_replies where organisation_id = ${organisation}) n
    where a.organisation_id = ${organisation} and a.id = n.id`,
  );
}
