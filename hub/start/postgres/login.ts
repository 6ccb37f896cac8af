import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** How long a connection may take. Milliseconds. */
const PATIENCE = 5_000;

export const localUrl = (port: number, user: string, password: string, database: string) =>
  `postgres://${user}:${password}@127.0.0.1:${port}/${database}`;

/** Runs `work` on one connection of its own. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: PATIENCE,
    application_name: 'haina start',
  });
  // An ending server may drop the connection after the last answer; that is told by `work`, not by a crash.
  client.on('error', () => {});
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => {});
  }
}

/** Whether a server lets us in. SCRAM proves both sides: it knows our password, so it is ours. */
export async function letsUsIn(url: string): Promise<boolean> {
  for (let tries = 0; tries < 20; tries++) {
    try {
      return await withClient(url, async (client) => (await client.query('select 1')).rowCount === 1);
    } catch (error) {
      // 57P03: it is still starting.
      if ((error as { code?: string }).code !== '57P03') return false;
      await sleep(100);
    }
  }
  return false;
}

/** Makes the role and the database of the hub. Safe to repeat after a kill in the middle. */
export async function makeDatabase(adminUrl: string, name: string, password: string): Promise<void> {
  await withClient(adminUrl, async (client) => {
    const role = await client.query('select 1 from pg_roles where rolname = $1', [name]);
    const verb = role.rowCount ? 'alter' : 'create';
    await client.query(
      `${verb} role ${client.escapeIdentifier(name)} login password ${client.escapeLiteral(password)}`,
    );
    const database = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (!database.rowCount)
      await client.query(`create database ${client.escapeIdentifier(name)} owner ${client.escapeIdentifier(name)}`);
  });
}
