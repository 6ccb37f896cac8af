import { sql } from 'kysely';
import type { Database } from './database.ts';

/** Small sealed values with an end: access tokens and the like. Of the house; the key names whose it is. */

export async function kept(
  db: Database,
  key: string,
  now: Date,
): Promise<{ value: Buffer; expires_at: Date } | undefined> {
  const row = await db.everywhere
    .selectFrom('keep')
    .select(['value', 'expires_at'])
    .where('key', '=', key)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return row?.expires_at ? { value: row.value, expires_at: row.expires_at } : undefined;
}

/** A value without an end. */
export async function vaulted(db: Database, key: string): Promise<Buffer | undefined> {
  const row = await db.everywhere
    .selectFrom('keep')
    .select('value')
    .where('key', '=', key)
    .where('expires_at', 'is', null)
    .executeTakeFirst();
  return row?.value;
}

/** All that is kept under names that begin so, goes. */
export async function dropAllKept(db: Database, prefix: string): Promise<void> {
  await sql`delete from keep where starts_with(key, ${prefix})`.execute(db.everywhere);
}

/** @param expiresAt null: without an end. */
export async function putKept(db: Database, key: string, value: Buffer, expiresAt: Date | null): Promise<void> {
  await db.everywhere
    .insertInto('keep')
    .values({ key, value, expires_at: expiresAt })
    .onConflict((on) => on.column('key').doUpdateSet({ value, expires_at: expiresAt }))
    .execute();
}

/** Only if it is still this very value: another hub may have made a new one meanwhile. */
export async function dropKept(db: Database, key: string, value?: Buffer): Promise<void> {
  let query = db.everywhere.deleteFrom('keep').where('key', '=', key);
  if (value) query = query.where('value', '=', value);
  await query.execute();
}

/**
 * Takes a lease, or tells that another has it. A row, not an advisory lock: that would hold a connection while a platform
 * takes its time, and ten slow platforms would be the whole pool.
 */
export async function takeLease(db: Database, key: string, owner: Buffer, now: Date, until: Date): Promise<boolean> {
  const { rows } = await sql`insert into keep (key, value, expires_at) values (${`lease:${key}`}, ${owner}, ${until})
    on conflict (key) do update set value = excluded.value, expires_at = excluded.expires_at where keep.expires_at <= ${now} returning 1`.execute(
    db.everywhere,
  );
  return rows.length > 0;
}

export const dropLease = (db: Database, key: string, owner: Buffer): Promise<void> =>
  dropKept(db, `lease:${key}`, owner);

/** Sweeps what is over. Returns how many went. */
export async function sweepKept(db: Database, now: Date): Promise<number> {
  return Number(
    (await db.everywhere.deleteFrom('keep').where('expires_at', '<', now).executeTakeFirst()).numDeletedRows,
  );
}
