import { type Selectable, sql } from 'kysely';
import type { Contact } from '../shapes/house.ts';
import type { SessionRow } from './changes.ts';
import type { Org } from './org.ts';
import type { ContactsTable, IdentitiesTable } from './schema/contacts.ts';

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
      'identities.ip',
      'identities.region',
      'identities.network',
      'identities.terminal',
      'channels.connector',
      'channels.name as channel_name',
    ])
    .where('identities.contact_id', '=', id)
    .orderBy('identities.created_at')
    .execute();
  return {
    id: row.id,
    name: row.name,
    nickname: row.nickname,
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
      ip: one.ip,
      region: one.region,
      network: one.network,
      terminal: one.terminal,
    })),
  };
}

/** What a customer's name is put together from: his own names, and where he last wrote from. */
export async function customerById(org: Org, id: string) {
  const [row] = await org.raw(
    (organisationId) => sql<
      Pick<Selectable<ContactsTable>, 'id' | 'name' | 'nickname' | 'avatar'> &
        Pick<Selectable<IdentitiesTable>, 'region' | 'network' | 'language'>
    >`
    select c.id, c.name, c.nickname, c.avatar, i.region, i.network, i.language from contacts c
    left join lateral (
      select region, network, language from identities
      where organisation_id = c.organisation_id and contact_id = c.id order by (ip is null), last_seen_at desc nulls last limit 1
    ) i on true
    where c.organisation_id = ${organisationId} and c.id = ${id}`,
  );
  return row;
}

export type ContactPatch = Partial<
  Pick<ContactsTable, 'name' | 'phone' | 'email' | 'company' | 'remark'> & { fields: Record<string, string> }
>;

/**
 * False when there is no such contact. A name that is written on the card is the real one; the one that stood there stays
 * as what the channel calls him, and writing that again takes the real one back.
 */
export async function patchContact(
  org: Org,
  id: string,
  { fields, ...patch }: ContactPatch,
  now: Date,
): Promise<boolean> {
  const row = await org
    .update('contacts')
    .set({
      ...patch,
      ...(patch.name !== undefined && {
        nickname: sql<string | null>`case when name = ${patch.name}::text then nickname
          else nullif(coalesce(nickname, name), ${patch.name}::text) end`,
      }),
      ...(fields && { fields: JSON.stringify(fields) }),
      updated_at: now,
    })
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
