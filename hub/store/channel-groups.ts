import type { Selectable } from 'kysely';
import type { Org } from './org.ts';
import type { ChannelGroupsTable } from './schema/channels.ts';

/** Groups of channels in the settings' tree (CH-02). */
export type ChannelGroupRow = Selectable<ChannelGroupsTable>;

export async function listChannelGroups(org: Org): Promise<ChannelGroupRow[]> {
  return await org.select('channel_groups').selectAll().orderBy('order').orderBy('created_at').orderBy('id').execute();
}

export async function channelGroup(org: Org, id: string): Promise<ChannelGroupRow | undefined> {
  return await org.select('channel_groups').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function addChannelGroup(org: Org, id: string, name: string): Promise<void> {
  const { last } = await org
    .select('channel_groups')
    .select((eb) => eb.fn.max('order').as('last'))
    .executeTakeFirstOrThrow();
  await org.insert('channel_groups', { id, name, order: (last ?? 0) + 1 }).execute();
}

export async function renameChannelGroup(org: Org, id: string, name: string): Promise<void> {
  await org.update('channel_groups').set({ name }).where('id', '=', id).execute();
}

/** Its channels stand outside of groups from then on. */
export async function removeChannelGroup(org: Org, id: string): Promise<ChannelGroupRow | undefined> {
  return await org.delete('channel_groups').where('id', '=', id).returningAll().executeTakeFirst();
}

/** The order in which they are shown; those not named follow. */
export async function orderChannelGroups(org: Org, ids: readonly string[]): Promise<void> {
  for (const [index, id] of ids.entries())
    await org
      .update('channel_groups')
      .set({ order: index + 1 })
      .where('id', '=', id)
      .execute();
}
