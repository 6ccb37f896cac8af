import { sql } from 'kysely';
import type { Database } from './database.ts';

/** Names of the migrations that this database has been through. */
export async function appliedMigrations(db: Database): Promise<string[]> {
  return (await sql<{ name: string }>`select name from kysely_migration`.execute(db.everywhere)).rows.map(
    (row) => row.name,
  );
}
