import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { testFolder } from '../test/folder.ts';
import { readPostmaster, stopServer } from './postgres/postmaster.ts';
import { alive } from './process.ts';
import { removeLeftovers } from './testDatabase.ts';

test('what a killed run left behind, servers and folders, is removed; what is in use stays', async () => {
  const parent = testFolder();
  // A run that dies with its server running.
  const script = `import(${JSON.stringify(new URL('embedded.ts', import.meta.url).href)}).then(async ({ openEmbedded }) => {
    await openEmbedded(${JSON.stringify(parent)} + '/haina-test-' + process.pid + '-x', { testing: true });
    process.kill(process.pid, 'SIGKILL');
  })`;
  const run = spawn(process.execPath, ['-e', script], { stdio: 'inherit' });
  await once(run, 'exit');
  const left = join(parent, `haina-test-${run.pid}-x`);
  const server = readPostmaster(join(left, 'postgres'));
  onTestFinished(() => stopServer(server?.pid ?? 0));
  expect(server && alive(server.pid)).toBe(true);
  const [mine, foreign] = [join(parent, `haina-test-${process.pid}-y`), join(parent, 'something-else')];
  for (const folder of [mine, foreign]) mkdirSync(folder);
  writeFileSync(join(mine, 'file'), '');

  await removeLeftovers(parent);
  expect(server && alive(server.pid)).toBe(false);
  expect([left, mine, foreign].map((folder) => existsSync(folder))).toEqual([false, true, true]);
});
