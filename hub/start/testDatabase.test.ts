import pg from 'pg';
import { expect, test } from 'vitest';
import { cloneDatabase } from './cloneDatabase.ts';

const query = async (url: string, text: string) => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
};

test('every clone has the migrated tables and nothing of another clone', async () => {
  await cloneDatabase();
  const [one, other] = [await cloneDatabase(), await cloneDatabase()];
  await query(one, 'create table only_here (n int)');
  expect(await query(one, "select to_regclass('sessions')::text as name")).toEqual([{ name: 'sessions' }]);
  expect(await query(other, "select to_regclass('only_here')::text as name")).toEqual([{ name: null }]);
});

test('the tests own their database and do not rule the server', async () => {
  const url = await cloneDatabase();
  expect(await query(url, 'select usesuper from pg_user where usename = current_user')).toEqual([{ usesuper: false }]);
  expect(await query(url, 'show fsync')).toEqual([{ fsync: 'off' }]);
});
