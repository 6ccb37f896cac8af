import { chmodSync, existsSync, mkdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testFolder } from '../../test/folder.ts';
import { canReach } from './account.ts';
import { reachableBinaries, reachableCluster } from './shelter.ts';

/** Somebody who owns nothing here. */
const stranger = { uid: 4_000_000, gid: 4_000_000 };

test('what an account can reach stays where it is', () => {
  const folder = testFolder();
  expect(canReach(stranger, join(folder, 'data', 'postgres'))).toBe(true);
  expect(reachableCluster(stranger, join(folder, 'postgres'), '/nowhere')).toBe(join(folder, 'postgres'));
  expect(reachableBinaries(stranger, { home: folder, version: '18.4' }, '/nowhere')).toBe(folder);
  // Who runs the server as himself is never sheltered.
  chmodSync(folder, 0o700);
  expect(reachableCluster({}, join(folder, 'postgres'), '/nowhere')).toBe(join(folder, 'postgres'));
});

test('below a closed folder the data moves behind a link, and the binaries are copied once', () => {
  const [home, shelter] = [join(testFolder(), 'home'), testFolder()];
  mkdirSync(join(home, 'bin'), { recursive: true });
  writeFileSync(join(home, 'bin', 'postgres'), 'binary');
  chmodSync(home, 0o700);
  const wanted = join(home, 'postgres');

  const cluster = reachableCluster(stranger, wanted, shelter);
  expect(cluster.startsWith(shelter)).toBe(true);
  expect(readlinkSync(wanted)).toBe(cluster);
  mkdirSync(cluster);
  writeFileSync(join(cluster, 'PG_VERSION'), '18');
  expect(reachableCluster(stranger, wanted, shelter)).toBe(cluster);
  expect(existsSync(join(cluster, 'PG_VERSION'))).toBe(true);

  // The link removed: a fresh beginning, and nothing destroyed.
  rmSync(wanted);
  expect(reachableCluster(stranger, wanted, shelter)).toBe(cluster);
  expect(existsSync(cluster)).toBe(false);

  const copy = reachableBinaries(stranger, { home, version: '18.4' }, shelter);
  expect(copy).toBe(join(shelter, 'postgresql-18.4'));
  expect(existsSync(join(copy, 'bin', 'postgres'))).toBe(true);
  expect(reachableBinaries(stranger, { home, version: '18.4' }, shelter)).toBe(copy);
});
