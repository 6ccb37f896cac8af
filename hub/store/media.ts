import type { Selectable } from 'kysely';
import type { Org } from './org.ts';
import type { MediaTable } from './schema/messages.ts';

export type MediaRow = Omit<Selectable<MediaTable>, 'organisation_id'>;

export async function mediaById(org: Org, id: string): Promise<MediaRow | undefined> {
  return (await mediaByIds(org, [id]))[0];
}

export async function mediaByIds(org: Org, ids: readonly string[]): Promise<MediaRow[]> {
  if (!ids.length) return [];
  return await org.select('media').selectAll().where('id', 'in', ids).execute();
}

export async function addMedia(org: Org, row: MediaRow): Promise<void> {
  await org.insert('media', row).execute();
}

/** What a fetched file turned out to be, if it is still being waited for. False when another hub was faster. */
export async function settleMedia(org: Org, id: string, found: Partial<Omit<MediaRow, 'id'>>): Promise<boolean> {
  const row = await org
    .update('media')
    .set(found)
    .where('id', '=', id)
    .where('state', '=', 'fetching')
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** One more try that brought nothing. */
export async function countAttempt(org: Org, id: string): Promise<void> {
  await org
    .update('media')
    .set((eb) => ({ attempts: eb('attempts', '+', 1) }))
    .where('id', '=', id)
    .execute();
}

/** The message an inbound file belongs to: they share their id. */
export async function sessionOfMessage(org: Org, id: string): Promise<string | undefined> {
  return (await org.select('messages').select('session_id').where('id', '=', id).executeTakeFirst())?.session_id;
}
