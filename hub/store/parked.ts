import { type Insertable, sql } from 'kysely';
import type { Org } from './org.ts';
import type { ParkedTable } from './schema/channels.ts';

export async function insertParked(org: Org, row: Omit<Insertable<ParkedTable>, 'organisation_id'>): Promise<void> {
  await org.insert('parked', { ...row, request: JSON.stringify(row.request) }).execute();
}

export async function parkedById(org: Org, id: string) {
  return await org.select('parked').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Newest first, without the bodies; `before` is the id of the last one seen. */
export async function parkedPage(org: Org, before: string | undefined, limit: number, id?: string) {
  let query = org
    .select('parked')
    .innerJoin('channels', (join) =>
      join
        .onRef('channels.organisation_id', '=', 'parked.organisation_id')
        .onRef('channels.id', '=', 'parked.channel_id'),
    )
    .select([
      'parked.id',
      'parked.channel_id',
      'channels.connector',
      'parked.at',
      'parked.error',
      'parked.attempts',
      'parked.replayed_at',
      sql<number>`length(parked.body)`.as('bytes'),
    ]);
  if (before) query = query.where('parked.id', '<', before);
  if (id) query = query.where('parked.id', '=', id);
  return await query.orderBy('parked.id', 'desc').limit(limit).execute();
}

export async function parkedReplayed(org: Org, id: string, at: Date): Promise<void> {
  await org.update('parked').set({ replayed_at: at }).where('id', '=', id).execute();
}

export async function parkedFailed(org: Org, id: string, error: string): Promise<void> {
  await org
    .update('parked')
    .set((eb) => ({ error, attempts: eb('attempts', '+', 1) }))
    .where('id', '=', id)
    .execute();
}

export async function removeParked(org: Org, id: string): Promise<boolean> {
  return (await org.delete('parked').where('id', '=', id).returning('id').executeTakeFirst()) !== undefined;
}
