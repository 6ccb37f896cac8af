import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { folderName, testFolder } from '../test/folder.ts';
import { openDatabase } from './database.ts';
import { withClient } from './postgres/login.ts';
import { readPostmaster, stopServer } from './postgres/postmaster.ts';
import { alive, gone } from './process.ts';

const module = new URL('database.ts', import.meta.url).href;

/** A hub of its own that holds the database of `dataDir` until it is killed. */
async function otherHub(dataDir: string): Promise<ChildProcess> {
  const script = `import(${JSON.stringify(module)}).then(({ openDatabase }) => openDatabase({ dataDir: ${JSON.stringify(dataDir)} }))
    .then(() => { console.log('open'); process.on('disconnect', process.exit); })`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout as Readable, 'data');
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

const postmaster = (dataDir: string) => readPostmaster(join(dataDir, 'postgres'));

/** Data of a first start, made once: every later test gets a copy. */
let pattern: string | undefined;
afterAll(() => pattern && rmSync(pattern, { recursive: true, force: true }));

/** A data folder, with or without a database; whatever server is left on it at the end is stopped. */
async function dataFolder({ empty = false } = {}): Promise<string> {
  const dataDir = join(testFolder(), 'data');
  if (!empty) {
    if (!pattern) {
      pattern = folderName();
      await (await openDatabase({ dataDir: pattern })).stop();
    }
    // Owners stay what they are, unlike with cpSync.
    execFileSync('cp', ['-a', pattern, dataDir]);
  }
  onTestFinished(async () => {
    const left = postmaster(dataDir);
    if (left) await stopServer(left.pid);
  });
  return dataDir;
}

const open = async (dataDir: string) => {
  const database = await openDatabase({ dataDir });
  onTestFinished(database.stop);
  return database;
};

const ask = async (url: string, question: string) =>
  withClient(url, async (client) => Object.values((await client.query(question)).rows[0])[0]);

test('a first start makes a database of our own: local, durable, behind a password, stopped in order', async () => {
  const dataDir = await dataFolder({ empty: true });
  const database = await open(dataDir);
  expect(database.origin).toBe('started');
  expect(await ask(database.url, 'show server_version')).toMatch(/^18\./);
  expect(await ask(database.url, 'show fsync')).toBe('on');
  expect(await ask(database.url, 'show synchronous_commit')).toBe('on');
  expect(await ask(database.url, 'show listen_addresses')).toBe('127.0.0.1');
  expect(await ask(database.url, 'show server_encoding')).toBe('UTF8');
  expect(await ask(database.url, 'select rolsuper from pg_roles where rolname = current_user')).toBe(false);
  expect(Number(new URL(database.url).port)).toBeLessThan(32_768);
  const stranger = new URL(database.url);
  stranger.password = 'guess';
  await expect(ask(stranger.href, 'select 1')).rejects.toThrow(/password authentication failed/);
  for (const secret of ['postgres.json', 'postgres.log']) expect(statSync(join(dataDir, secret)).mode & 0o077).toBe(0);

  await database.stop();
  expect(existsSync(join(dataDir, 'postgres', 'postmaster.pid'))).toBe(false);
  expect(existsSync(join(dataDir, 'hub.lock'))).toBe(false);
});

test('a second start is on the same port, with the same data', async () => {
  const dataDir = await dataFolder();
  const first = await open(dataDir);
  await withClient(first.url, (client) => client.query("create table kept as select 'still here' as word"));
  await first.stop();
  const second = await open(dataDir);
  expect(second.url).toBe(first.url);
  expect(await ask(second.url, 'select word from kept')).toBe('still here');
});

test('after kill -9 of the hub its server lives on, is adopted, and ends with us', async () => {
  const dataDir = await dataFolder();
  await kill(await otherHub(dataDir));
  const left = postmaster(dataDir);
  expect(left && alive(left.pid)).toBe(true);

  const database = await open(dataDir);
  expect(database.origin).toBe('adopted');
  expect(postmaster(dataDir)?.pid).toBe(left?.pid);
  expect(await ask(database.url, 'select 1')).toBe(1);
  await database.stop();
  expect(await gone(left?.pid ?? 0, 0)).toBe(true);
});

test('a server left behind that was started otherwise, or does not know us, is replaced', async () => {
  const dataDir = await dataFolder();
  await kill(await otherHub(dataDir));
  const left = postmaster(dataDir);
  const options = join(dataDir, 'postgres', 'postmaster.opts');
  writeFileSync(
    options,
    readFileSync(options, 'utf8')
      .replace('fsync', 'other')
      .replace(/jit=off/, 'jit=on'),
  );
  const database = await open(dataDir);
  expect(database.origin).toBe('started');
  expect(await gone(left?.pid ?? 0, 0)).toBe(true);
  expect(await ask(database.url, 'select 1')).toBe(1);
});

test('after kill -9 of hub and server the next start recovers what was committed', async () => {
  const dataDir = await dataFolder();
  const hub = await otherHub(dataDir);
  const { port, password } = JSON.parse(readFileSync(join(dataDir, 'postgres.json'), 'utf8'));
  await withClient(`postgres://haina:${password}@127.0.0.1:${port}/haina`, (client) =>
    client.query('create table kept as select generate_series(1, 1000) as n'),
  );
  const server = postmaster(dataDir);
  process.kill(server?.pid ?? 0, 'SIGKILL');
  await kill(hub);
  const database = await open(dataDir);
  expect(database.origin).toBe('started');
  expect(await ask(database.url, 'select count(*)::int from kept')).toBe(1000);
});

test('a stale pid file is not believed: nobody there, or another program by now', async () => {
  const dataDir = await dataFolder();
  await (await open(dataDir)).stop();
  const file = join(dataDir, 'postgres', 'postmaster.pid');
  for (const pid of [2 ** 22 + 1, process.pid]) {
    writeFileSync(file, `${pid}\n${join(dataDir, 'postgres')}\n1700000000\n25432\n\n127.0.0.1\n  1 2\nready   \n`);
    const database = await open(dataDir);
    expect(database.origin).toBe('started');
    await database.stop();
  }
});

test('a second hub on the same folder is refused in one sentence', async () => {
  const dataDir = await dataFolder();
  const hub = await otherHub(dataDir);
  await expect(openDatabase({ dataDir })).rejects.toThrow(
    `Another Haina (process ${hub.pid}) already uses ${dataDir}: stop it first, or give this one its own folder with DATA_DIR.`,
  );
  expect(postmaster(dataDir)?.ready).toBe(true);
});

test('a server that dies is noticed, one that we stop is not', async () => {
  const dataDir = await dataFolder();
  const first = await open(dataDir);
  process.kill(postmaster(dataDir)?.pid ?? 0, 'SIGKILL');
  await first.died;
  await first.stop();
  const second = await open(dataDir);
  await second.stop();
  expect(
    await Promise.race([second.died.then(() => 'died'), new Promise((done) => setTimeout(done, 100, 'quiet'))]),
  ).toBe('quiet');
});

test('data of another PostgreSQL, and data without its password, are named', async () => {
  const dataDir = await dataFolder();
  await (await open(dataDir)).stop();
  const version = join(dataDir, 'postgres', 'PG_VERSION');
  writeFileSync(version, '17\n');
  await expect(openDatabase({ dataDir })).rejects.toThrow(/holds data of PostgreSQL 17, and this Haina brings 18/);
  writeFileSync(version, '18\n');
  rmSync(join(dataDir, 'postgres.json'));
  await expect(openDatabase({ dataDir })).rejects.toThrow(/postgres\.json is missing or damaged/);
  // A refused start holds nothing back.
  expect(existsSync(join(dataDir, 'hub.lock'))).toBe(false);
});

test('a folder that is a file, and a folder of somebody else', async () => {
  const folder = testFolder();
  writeFileSync(join(folder, 'file'), '');
  await expect(openDatabase({ dataDir: join(folder, 'file') })).rejects.toThrow(/is a file.*DATA_DIR/);
  await expect(openDatabase({ dataDir: join(folder, 'file', 'data') })).rejects.toThrow(/is a file.*DATA_DIR/);

  chmodSync(folder, 0o555);
  const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  const script = `import(${JSON.stringify(module)}).then(({ openDatabase }) => openDatabase({ dataDir: ${JSON.stringify(join(folder, 'data'))} }))
    .catch((error) => console.log(error.name, error.message))`;
  const child = spawn(process.execPath, ['-e', script], { ...nobody, cwd: '/', stdio: ['ignore', 'pipe', 'inherit'] });
  expect(await text(child.stdout)).toMatch(/^StartProblem The data folder .*data cannot be written to.*DATA_DIR\.\n$/);
});
