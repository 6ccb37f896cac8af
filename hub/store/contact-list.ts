import { sql } from 'kysely';
import { newId } from '../id.ts';
import type { Org } from './org.ts';

export interface ContactWish {
  search?: string | undefined;
  channelId?: string | undefined;
  tagId?: string | undefined;
  blocked?: boolean | undefined;
  starred?: boolean | undefined;
  /** The last one seen. */
  cursor?: string | undefined;
  limit: number;
}

/** Contacts, newest first, found by either name, phone, e-mail or company (CT-02). What the person typed is never a pattern. */
export async function listContacts(org: Org, wish: ContactWish) {
  let query = org
    .select('contacts')
    .select(['id', 'name', 'avatar', 'phone', 'email', 'company', 'tag_ids', 'starred', 'blocked_at', 'created_at'])
    .select((eb) =>
      eb
        .selectFrom('identities')
        .innerJoin('channels', (join) =>
          join
            .onRef('channels.organisation_id', '=', 'identities.organisation_id')
            .onRef('channels.id', '=', 'identities.channel_id'),
        )
        .select(
          sql<{ id: string; connector: string; name: string }[]>`coalesce(jsonb_agg(distinct jsonb_build_object(
            'id', channels.id, 'connector', channels.connector, 'name', channels.name)), '[]')`.as('channels'),
        )
        .whereRef('identities.organisation_id', '=', 'contacts.organisation_id')
        .whereRef('identities.contact_id', '=', 'contacts.id')
        .as('channels'),
    );
  if (wish.search) {
    const like = `%${wish.search.replace(/[\\%_]/g, (char) => `\\${char}`)}%`;
    query = query.where((eb) =>
      eb.or((['name', 'nickname', 'phone', 'email', 'company'] as const).map((column) => eb(column, 'ilike', like))),
    );
  }
  if (wish.channelId)
    query = query.where(
      sql<boolean>`exists (select 1 from identities i where i.organisation_id = contacts.organisation_id and i.contact_id = contacts.id and i.channel_id = ${wish.channelId})`,
    );
  if (wish.tagId) query = query.where(sql<boolean>`tag_ids @> jsonb_build_array(${wish.tagId}::text)`);
  if (wish.blocked !== undefined) query = query.where('blocked_at', wish.blocked ? 'is not' : 'is', null);
  if (wish.starred !== undefined) query = query.where('starred', '=', wish.starred);
  if (wish.cursor) query = query.where('id', '<', wish.cursor);
  return await query
    .orderBy('id', 'desc')
    .limit(wish.limit + 1)
    .execute();
}

/** Their tags, the rows locked in one order until the transaction ends. */
export async function lockTags(org: Org, ids: readonly string[]): Promise<{ id: string; tag_ids: string[] }[]> {
  return await org
    .select('contacts')
    .select(['id', 'tag_ids'])
    .where('id', 'in', ids)
    .orderBy('id')
    .forUpdate()
    .execute();
}

export async function setTags(org: Org, id: string, tagIds: readonly string[], now: Date): Promise<void> {
  await org
    .update('contacts')
    .set({ tag_ids: JSON.stringify(tagIds), updated_at: now })
    .where('id', '=', id)
    .execute();
}

export async function setStar(org: Org, id: string, on: boolean): Promise<boolean> {
  const row = await org.update('contacts').set({ starred: on }).where('id', '=', id).returning('id').executeTakeFirst();
  return row !== undefined;
}

/** Puts a contact on the blacklist or takes him off; false when he was, or was not, on it already. */
export async function setBlocked(
  org: Org,
  id: string,
  blocked: { by: string; reason: string | null } | null,
  now: Date,
): Promise<boolean> {
  const row = await org
    .update('contacts')
    .set({
      blocked_at: blocked && now,
      blocked_by: blocked?.by ?? null,
      blocked_reason: blocked?.reason ?? null,
      updated_at: now,
    })
    .where('id', '=', id)
    .where('blocked_at', blocked ? 'is' : 'is not', null)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Sessions of a contact that are not over. */
export async function openSessionsOf(org: Org, contactIds: readonly string[]) {
  return await org
    .select('sessions')
    .select(['id', 'contact_id', 'state', 'priority'])
    .where('contact_id', 'in', contactIds)
    .where('state', '<>', 'closed')
    .execute();
}

/** CT-06: what happened to a contact besides conversations. */
export async function noteActivity(
  org: Org,
  row: { contactId: string; kind: string; memberId: string | null; data: Record<string, unknown> | null; at: Date },
): Promise<void> {
  const { contactId, kind, memberId, data, at } = row;
  await org
    .insert('contact_activities', {
      id: newId(),
      contact_id: contactId,
      kind,
      member_id: memberId,
      data: data && JSON.stringify(data),
      at,
    })
    .execute();
}

export async function activitiesOf(org: Org, contactId: string, before: string | undefined, limit: number) {
  let query = org
    .select('contact_activities')
    .leftJoin('members', (join) =>
      join
        .onRef('members.organisation_id', '=', 'contact_activities.organisation_id')
        .onRef('members.id', '=', 'contact_activities.member_id'),
    )
    .selectAll('contact_activities')
    .select('members.name as member_name')
    .where('contact_activities.contact_id', '=', contactId);
  if (before) query = query.where('contact_activities.id', '<', before);
  return await query.orderBy('contact_activities.id', 'desc').limit(limit).execute();
}
