import { expect, inject, test } from 'vitest';
import { cloneDatabase } from './cloneDatabase.ts';
import { openDatabase } from './database.ts';
import type { ServerFacts } from './given.ts';
import { StartProblem } from './problem.ts';

const SECRET = 'hunter2hunter2';
const good: ServerFacts = { version: '16.4', number: 160_004, encoding: 'UTF8', standby: false, mayCreate: true };

/** The sentence a person reads; fails when it is not one, or holds the password. */
async function complaint(url: string, facts?: Partial<ServerFacts> | Error): Promise<string> {
  const query = facts && (async () => (facts instanceof Error ? Promise.reject(facts) : { ...good, ...facts }));
  const error = await openDatabase({ databaseUrl: url, dataDir: '/nowhere' }, query).then(
    () => expect.fail('should not open'),
    (problem) => problem,
  );
  expect(error).toBeInstanceOf(StartProblem);
  expect(error.message).not.toContain(SECRET);
  expect(error.message.trim().split('\n')).toHaveLength(1);
  return error.message;
}

test('a fit database is taken as it is, and left alone at the end', async () => {
  const databaseUrl = await cloneDatabase();
  const database = await openDatabase({ databaseUrl, dataDir: '/nowhere' });
  expect(database).toMatchObject({ url: databaseUrl, origin: 'given' });
  await database.stop();
  await expect(openDatabase({ databaseUrl, dataDir: '/nowhere' })).resolves.toBeDefined();
});

test('nobody there', async () => {
  expect(await complaint(`postgres://u:${SECRET}@127.0.0.1:9/haina`)).toMatch(
    /^No database answers at 127\.0\.0\.1:9\/haina \(ECONNREFUSED\): start it or correct DATABASE_URL/,
  );
  expect(await complaint(`postgres://u:${SECRET}@db.invalid/haina`)).toMatch(
    /^No database answers at db\.invalid:5432/,
  );
});

test('wrong password, wrong database', async () => {
  const url = new URL(inject('database').url);
  url.password = SECRET;
  expect(await complaint(url.href)).toMatch(/refuses the user or the password/);
  const other = new URL(inject('database').url);
  other.pathname = '/not_there';
  expect(await complaint(other.href)).toMatch(/no such database.*CREATE DATABASE/);
});

test('reachable, but not fit', async () => {
  const url = `postgres://u:${SECRET}@db:5433/haina`;
  expect(await complaint(url, { version: '14.9', number: 140_009 })).toMatch(
    /db:5433\/haina is PostgreSQL 14\.9: upgrade it to 15/,
  );
  expect(await complaint(url, { encoding: 'SQL_ASCII' })).toMatch(/SQL_ASCII.*ENCODING 'UTF8'/);
  expect(await complaint(url, { standby: true })).toMatch(/standby.*primary/);
  expect(await complaint(url, { mayCreate: false })).toMatch(/GRANT CREATE/);
  expect(await complaint(url, Object.assign(new Error('too many'), { code: '53300' }))).toMatch(/DATABASE_POOL/);
  expect(await complaint(url, new Error('The server does not support SSL connections'))).toMatch(/sslmode/);
});

test('a server that is still starting is waited for', async () => {
  let asked = 0;
  const query = async () => {
    if (++asked < 3) throw Object.assign(new Error('the database system is starting up'), { code: '57P03' });
    return good;
  };
  await openDatabase({ databaseUrl: 'postgres://u@db/haina', dataDir: '/nowhere' }, query);
  expect(asked).toBe(3);
});
