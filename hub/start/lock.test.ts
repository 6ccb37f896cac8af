import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testFolder } from '../test/folder.ts';
import { lockFolder } from './lock.ts';
import { StartProblem } from './problem.ts';
import { startedAt } from './process.ts';

test('one holder at a time; free again after the release', async () => {
  const folder = testFolder();
  const lock = await lockFolder(folder);
  await expect(lockFolder(folder, 0)).rejects.toThrow(StartProblem);
  await expect(lockFolder(folder, 0)).rejects.toThrow(`process ${process.pid}`);
  lock.release();
  (await lockFolder(folder, 0)).release();
  expect(existsSync(join(folder, 'hub.lock'))).toBe(false);
});

test('whoever is just ending is waited for', async () => {
  const folder = testFolder();
  const first = await lockFolder(folder);
  setTimeout(first.release, 200);
  const began = Date.now();
  (await lockFolder(folder)).release();
  expect(Date.now() - began).toBeGreaterThanOrEqual(190);
});

test('the lock of a dead process is taken over', async () => {
  const folder = testFolder();
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)']);
  await once(child, 'spawn');
  writeFileSync(
    join(folder, 'hub.lock'),
    JSON.stringify({ pid: child.pid, startedAt: startedAt(child.pid as number) }),
  );
  await expect(lockFolder(folder, 0)).rejects.toThrow(`process ${child.pid}`);
  child.kill('SIGKILL');
  await once(child, 'exit');
  (await lockFolder(folder, 0)).release();
});

test('the lock of another process with the same number is taken over', async () => {
  const folder = testFolder();
  writeFileSync(join(folder, 'hub.lock'), JSON.stringify({ pid: process.pid, startedAt: 'another time' }));
  (await lockFolder(folder, 0)).release();
});

test('of many that want it at once, over a stale lock, exactly one has it', async () => {
  const folder = testFolder();
  writeFileSync(join(folder, 'hub.lock'), JSON.stringify({ pid: 2 ** 22 + 1, startedAt: '1' }));
  const results = await Promise.allSettled(Array.from({ length: 20 }, () => lockFolder(folder, 0)));
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});
