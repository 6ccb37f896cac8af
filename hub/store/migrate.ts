import { readdir } from 'node:fs/promises';
import { type Migration, Migrator } from 'kysely/migration';
import { Database } from './database.ts';

const folder = new URL('../../migrations/', import.meta.url);

/** Every numbered file of `migrations/`, in order. */
export async function migrations(): Promise<Record<string, Migration>> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}_.*\.ts$/.test(name)).sort();
  const entries = await Promise.all(
    names.map(async (name) => [name.slice(0, -3), await import(new URL(name, folder).href)] as const),
  );
  return Object.fromEntries(entries);
}

/** Brings the database to the newest shape. Safe to run from several hubs at once: one migrates, the others wait. */
export async function migrateToLatest(url: string): Promise<{ applied: string[] }> {
  const db = new Database(url, 2);
  try {
    const migrator = new Migrator({ db: db.everywhere, provider: { getMigrations: migrations } });
    const { error, results } = await migrator.migrateToLatest();
    if (error) throw error;
    return {
      applied: (results ?? []).filter((result) => result.status === 'Success').map((result) => result.migrationName),
    };
  } finally {
    await db.close();
  }
}
