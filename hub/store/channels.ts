import { type Selectable, sql } from 'kysely';
import type { Hub } from '../hub.ts';
import { newId } from '../id.ts';
import { insertAlert } from './alerts.ts';
import type { Database } from './database.ts';
import type { Org } from './org.ts';
import type { ChannelsTable } from './schema.ts';

export type ChannelRow = Omit<Selectable<ChannelsTable>, 'organisation_id'>;
export type ChannelPatch = Partial<
  Pick<ChannelRow, 'name' | 'enabled' | 'group_id' | 'config' | 'secrets' | 'style' | 'deleted_at'>
>;

export async function listChannels(org: Org): Promise<ChannelRow[]> {
  return await org
    .select('channels')
    .selectAll()
    .where('deleted_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

export async function oneChannel(org: Org, id: string): Promise<ChannelRow | undefined> {
  return await org
    .select('channels')
    .selectAll()
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
}

/** Held until the transaction ends. */
export async function lockChannel(org: Org, id: string): Promise<ChannelRow | undefined> {
  return await org
    .select('channels')
    .selectAll()
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
}

/** Lets one at a time connect accounts of a kind, in any organisation, so that two cannot connect the same at once. */
export async function lockConnecting(org: Org, connector: string): Promise<void> {
  await org.raw(() => sql`select pg_advisory_xact_lock(hashtextextended(${`haina:connect:${connector}`}, 0))`);
}

/** Channels of this kind in the whole house: a platform sends an account's events to one address only. */
export async function channelsOfKind(
  org: Org,
  connector: string,
): Promise<Pick<ChannelRow, 'id' | 'config' | 'secrets'>[]> {
  return await org.raw(
    () =>
      sql<
        Pick<ChannelRow, 'id' | 'config' | 'secrets'>
      >`select id, config, secrets from channels where connector = ${connector} and deleted_at is null`,
  );
}

export async function addChannel(
  org: Org,
  row: Pick<ChannelRow, 'id' | 'connector' | 'name' | 'key' | 'group_id' | 'config' | 'secrets' | 'style'> & {
    sandbox?: boolean;
  },
): Promise<void> {
  await org
    .insert('channels', { ...row, config: JSON.stringify(row.config), style: row.style && JSON.stringify(row.style) })
    .execute();
}

export async function patchChannel(org: Org, id: string, { config, style, ...rest }: ChannelPatch): Promise<void> {
  const set = {
    ...rest,
    ...(config && { config: JSON.stringify(config) }),
    ...(style !== undefined && { style: style && JSON.stringify(style) }),
  };
  if (Object.keys(set).length)
    await org
      .update('channels')
      .set(set as never)
      .where('id', '=', id)
      .execute();
}

export async function setHealth(
  org: Org,
  id: string,
  health: ChannelRow['health'],
  code: string | null = null,
  text: string | null = null,
): Promise<boolean> {
  const row = await org
    .update('channels')
    .set({ health, health_code: code, health_text: text?.slice(0, 500) ?? null })
    .where('id', '=', id)
    .where((eb) =>
      eb.or([
        eb('health', '<>', health),
        eb('health_code', 'is distinct from', code),
        eb('health_text', 'is distinct from', text),
      ]),
    )
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * The platform says that the account needs its admin: the channel shows it, and supervisors are told once, not with each
 * message that fails for the same reason.
 */
export async function channelNeedsAttention(
  hub: Hub,
  organisationId: string,
  id: string,
  code: string,
  text: string,
): Promise<void> {
  const org = hub.db.org(organisationId);
  if (!(await setHealth(org, id, 'attention', code, text))) return;
  const alertId = newId();
  await insertAlert(org, {
    id: alertId,
    kind: 'channel',
    session_id: null,
    channel_id: id,
    member_id: null,
    text: `${code}: ${text}`.slice(0, 500),
    words: [],
    at: new Date(hub.now()),
  });
  hub.live.publish(organisationId, [
    { kind: 'changed', area: 'channels' },
    { kind: 'alert', id: alertId },
  ]);
}

/** Sandbox channels of the house, oldest first. */
export async function sandboxChannels(db: Database) {
  return await db.everywhere
    .selectFrom('channels')
    .select(['id', 'organisation_id', 'connector', 'key'])
    .where('sandbox', '=', true)
    .where('deleted_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

/** Which of these never were channels of this organisation; deleted ones still count. */
export async function unknownChannels(org: Org, ids: readonly string[]): Promise<string[]> {
  if (!ids.length) return [];
  const known = new Set(
    (
      await org
        .select('channels')
        .select('id')
        .where('id', 'in', [...new Set(ids)])
        .execute()
    ).map((row) => row.id),
  );
  return ids.filter((id) => !known.has(id));
}

/** The platform has reached us. True when the channel was new until now. */
export async function channelHeard(org: Org, id: string, at: Date): Promise<boolean> {
  const first = await org
    .update('channels')
    .set({ health: 'ok', last_inbound_at: at })
    .where('id', '=', id)
    .where('health', '=', 'new')
    .returning('id')
    .executeTakeFirst();
  if (first) return true;
  await org.update('channels').set({ last_inbound_at: at }).where('id', '=', id).execute();
  return false;
}
