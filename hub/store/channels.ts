import { type Selectable, sql } from 'kysely';
import type { CheckPoint } from '../../connectors/connector.ts';
import type { Hub } from '../hub.ts';
import { raiseAlert } from './alerts.ts';
import type { Database } from './database.ts';
import type { Org } from './org.ts';
import type { ChannelsTable } from './schema/channels.ts';

export type ChannelRow = Omit<Selectable<ChannelsTable>, 'organisation_id'>;
export type ChannelPatch = Partial<
  Pick<
    ChannelRow,
    | 'name'
    | 'enabled'
    | 'group_id'
    | 'config'
    | 'secrets'
    | 'style'
    | 'deleted_at'
    | 'app_id'
    | 'account'
    | 'folder_id'
    | 'order'
    | 'avatar'
    | 'intro'
    | 'expires_at'
    | 'upkeep_at'
  >
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
  } & Partial<Pick<ChannelRow, 'app_id' | 'account' | 'folder_id' | 'avatar' | 'intro' | 'expires_at' | 'upkeep_at'>>,
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

/** The state a channel shows. `points`: what was found, in both languages; those kept stay when nothing is said of them. */
export interface Health {
  health: ChannelRow['health'];
  code?: string | null;
  text?: string | null;
  points?: CheckPoint[] | null;
}

/** True when it was different before. With `onlyFrom`, only a channel whose code is that one is changed. */
export async function setHealth(
  org: Org,
  id: string,
  { health, code = null, text = null, points }: Health,
  { onlyFrom, unless }: { onlyFrom?: string; unless?: ChannelRow['health'] } = {},
): Promise<boolean> {
  const words = text?.slice(0, 500) ?? null;
  const told = points === undefined ? undefined : points && JSON.stringify(points.slice(0, 30));
  const row = await org
    .update('channels')
    .set({ health, health_code: code, health_text: words, ...(told !== undefined && { points: told }) })
    .where('id', '=', id)
    .$if(unless !== undefined, (query) => query.where('health', '<>', unless!))
    .$if(onlyFrom !== undefined, (query) => query.where('health_code', '=', onlyFrom!))
    .where((eb) =>
      eb.or([
        eb('health', '<>', health),
        eb('health_code', 'is distinct from', code),
        eb('health_text', 'is distinct from', words),
        ...(told !== undefined ? [eb('points', 'is distinct from', sql<never>`${told}::jsonb`)] : []),
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
  points?: CheckPoint[],
): Promise<void> {
  const org = hub.db.org(organisationId);
  if (!(await setHealth(org, id, { health: 'attention', code, text, ...(points && { points }) }))) return;
  hub.live.publish(organisationId, [{ kind: 'changed', area: 'channels' }]);
  await raiseAlert(hub, org, { kind: 'channel', channelId: id, text: `${code}: ${text}`.slice(0, 500) });
}

/** Puts what the platform says of the account beside what is known. True when something was different. */
export async function mergeConfig(org: Org, id: string, more: Record<string, string>): Promise<boolean> {
  const rows = await org.raw(
    (organisation) => sql<{ id: string }>`update channels set config = config || ${JSON.stringify(more)}::jsonb
    where organisation_id = ${organisation} and id = ${id} and not config @> ${JSON.stringify(more)}::jsonb returning id`,
  );
  return rows.length > 0;
}

/** Another channel of the whole house that is this account already. */
export async function channelWithAccount(
  org: Org,
  connector: string,
  account: string,
): Promise<(Pick<ChannelRow, 'id' | 'app_id'> & { mine: boolean }) | undefined> {
  const [row] = await org.raw(
    (id) => sql<Pick<ChannelRow, 'id' | 'app_id'> & { mine: boolean }>`
    select id, app_id, organisation_id = ${id} as mine from channels
    where connector = ${connector} and account = ${account} and deleted_at is null`,
  );
  return row;
}

/** Channels of the house that are to be looked after by now; each is put off by `pauseMs`, so that one hub does it. */
export async function takeUpkeep(
  db: Database,
  now: Date,
  pauseMs: number,
  most: number,
): Promise<{ organisationId: string; id: string }[]> {
  const { rows } = await sql<{ organisation_id: string; id: string }>`
    update channels set upkeep_at = ${new Date(now.getTime() + pauseMs)} where (organisation_id, id) in (
      select organisation_id, id from channels where upkeep_at <= ${now} and deleted_at is null and enabled
      order by upkeep_at limit ${most} for update skip locked
    ) returning organisation_id, id`.execute(db.everywhere);
  return rows.map((row) => ({ organisationId: row.organisation_id, id: row.id }));
}

/** Sandbox channels of the house, oldest first. */
export async function sandboxChannels(db: Database) {
  return await db.everywhere
    .selectFrom('channels')
    .select(['id', 'organisation_id', 'connector', 'key', 'app_id', 'account'])
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
