import type { Contact } from '../shapes/house.ts';
import type { SessionRow } from './changes.ts';
import type { Org } from './org.ts';
import type { ContactsTable } from './schema/contacts.ts';

/** A contact with all their identities, as the card shows it; undefined when there is none. */
export async function shownContact(org: Org, id: string): Promise<Contact | undefined> {
  const row = await org.select('contacts').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) return undefined;
  const identities = await org
    .select('identities')
    .innerJoin('channels', (join) =>
      join
        .onRef('channels.organisation_id', '=', 'identities.organisation_id')
        .onRef('channels.id', '=', 'identities.channel_id'),
    )
    .select([
      'identities.id',
      'identities.channel_id',
      'identities.external_id',
      'identities.name',
      'identities.reachable',
      'identities.last_seen_at',
      'identities.more',
      'channels.connector',
      'channels.name as channel_name',
    ])
    .where('identities.contact_id', '=', id)
    .orderBy('identities.created_at')
    .execute();
  return {
    id: row.id,
    name: row.name,
    avatar: row.avatar,
    phone: row.phone,
    email: row.email,
    company: row.company,
    remark: row.remark,
    fields: row.fields,
    tagIds: row.tag_ids,
    starred: row.starred,
    blocked: row.blocked_at && { at: row.blocked_at.toISOString(), by: row.blocked_by, reason: row.blocked_reason },
    createdAt: row.created_at.toISOString(),
    identities: identities.map((one) => ({
      id: one.id,
      channelId: one.channel_id,
      connector: one.connector,
      channelName: one.channel_name,
      externalId: one.external_id,
      name: one.name,
      reachable: one.reachable,
      lastSeenAt: one.last_seen_at?.toISOString() ?? null,
      more: one.more,
    })),
  };
}

export type ContactPatch = Partial<
  Pick<ContactsTable, 'name' | 'phone' | 'email' | 'company' | 'remark'> & { fields: Record<string, string> }
>;

/** False when there is no such contact. */
export async function patchContact(
  org: Org,
  id: string,
  { fields, ...patch }: ContactPatch,
  now: Date,
): Promise<boolean> {
  const row = await org
    .update('contacts')
    .set({ ...patch, ...(fields && { fields: JSON.stringify(fields) }), updated_at: now })
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** A contact's sessions over all their identities, newest first; `before` is the id of the last one seen. */
export async function sessionsOfContact(
  org: Org,
  id: string,
  before: string | undefined,
  limit: number,
): Promise<SessionRow[]> {
  const identities = await org.select('identities').select('id').where('contact_id', '=', id).execute();
  if (!identities.length) return [];
  let query = org
    .select('sessions')
    .selectAll()
    .where(
      'identity_id',
      'in',
      identities.map((row) => row.id),
    );
  if (before) query = query.where('id', '<', before);
  return (await query.orderBy('id', 'desc').limit(limit).execute()) as SessionRow[];
}
