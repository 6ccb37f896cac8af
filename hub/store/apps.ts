import type { Kysely, Selectable } from 'kysely';
import type { Database } from './database.ts';
import type { Org } from './org.ts';
import type { AppsTable } from './schema/channels.ts';
import type { Tables } from './schema.ts';

export type AppRow = Selectable<AppsTable>;

export async function listApps(org: Org): Promise<(AppRow & { channels: number })[]> {
  const rows = await org
    .select('apps')
    .selectAll('apps')
    .select((eb) =>
      eb
        .selectFrom('channels')
        .select(eb.fn.countAll<number>().as('n'))
        .whereRef('channels.organisation_id', '=', 'apps.organisation_id')
        .whereRef('channels.app_id', '=', 'apps.id')
        .where('channels.deleted_at', 'is', null)
        .as('channels'),
    )
    .where('apps.deleted_at', 'is', null)
    .orderBy('apps.created_at')
    .orderBy('apps.id')
    .execute();
  return rows.map((row) => ({ ...row, channels: Number(row.channels) }));
}

export async function appById(org: Org, id: string): Promise<AppRow | undefined> {
  return await org.select('apps').selectAll().where('id', '=', id).where('deleted_at', 'is', null).executeTakeFirst();
}

/** The app a webhook names: the key is all it has. */
export async function appByKey(db: Kysely<Tables>, key: string): Promise<AppRow | undefined> {
  return await db
    .selectFrom('apps')
    .selectAll()
    .where('key', '=', key)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
}

/** Accounts connected through an app: the platform's id of each, its channel, and what is plainly known of it. */
export async function accountsOfApp(
  org: Org,
  appId: string,
): Promise<{ id: string; account: string; config: Record<string, string> }[]> {
  const rows = await org
    .select('channels')
    .select(['id', 'account', 'config'])
    .where('app_id', '=', appId)
    .where('deleted_at', 'is', null)
    .where('account', 'is not', null)
    .execute();
  return rows.map((row) => ({ id: row.id, account: row.account!, config: row.config }));
}

export async function addApp(
  org: Org,
  row: Pick<AppRow, 'id' | 'kind' | 'name' | 'key' | 'config' | 'secrets'> & { sandbox?: boolean },
): Promise<void> {
  await org.insert('apps', { ...row, config: JSON.stringify(row.config) }).execute();
}

export async function patchApp(
  org: Org,
  id: string,
  { config, ...rest }: Partial<Pick<AppRow, 'name' | 'config' | 'secrets' | 'deleted_at'>>,
): Promise<void> {
  const set = { ...rest, ...(config && { config: JSON.stringify(config) }) };
  if (Object.keys(set).length)
    await org
      .update('apps')
      .set(set as never)
      .where('id', '=', id)
      .execute();
}

export async function setAppHealth(
  org: Org,
  id: string,
  health: AppRow['health'],
  code: string | null = null,
  text: string | null = null,
): Promise<void> {
  await org
    .update('apps')
    .set({ health, health_code: code, health_text: text?.slice(0, 500) ?? null })
    .where('id', '=', id)
    .execute();
}

export async function appHeard(org: Org, id: string, at: Date): Promise<void> {
  await org.update('apps').set({ last_inbound_at: at }).where('id', '=', id).execute();
}

/** Sandbox apps of the house, oldest first. */
export async function sandboxApps(db: Database) {
  return await db.everywhere
    .selectFrom('apps')
    .select(['id', 'organisation_id', 'kind', 'key'])
    .where('sandbox', '=', true)
    .where('deleted_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}
