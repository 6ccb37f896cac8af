import { createHash } from 'node:crypto';
import { chownSync, cpSync, existsSync, mkdirSync, realpathSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Account, canReach } from './account.ts';
import type { Binaries } from './binaries.ts';

/**
 * Root's home is closed to others, and root often clones right there. What the server's account could not reach then
 * lives under this folder: a copy of the binaries, and the data behind a link from where it is expected.
 */
const SHELTER = '/var/lib/haina';

/** PostgreSQL's files where `account` can run them. */
export function reachableBinaries(account: Account, { home, version }: Binaries, shelter = SHELTER): string {
  if (canReach(account, join(home, 'bin', 'postgres'))) return home;
  const copy = join(shelter, `postgresql-${version}`);
  if (!existsSync(copy)) {
    const unfinished = `${copy}.${process.pid}`;
    cpSync(home, unfinished, { recursive: true, verbatimSymlinks: true });
    renameSync(unfinished, copy);
  }
  return copy;
}

/** The folder of the data as `account` can reach it: `wanted` itself, or what a link there leads to. */
export function reachableCluster(account: Account, wanted: string, shelter = SHELTER): string {
  if (existsSync(wanted)) return realpathSync(wanted);
  const parent = realpathSync(dirname(wanted));
  const plain = join(parent, 'postgres');
  if (canReach(account, plain)) return plain;
  const place = join(shelter, createHash('sha256').update(plain).digest('hex').slice(0, 12));
  mkdirSync(place, { recursive: true, mode: 0o711 });
  const cluster = join(place, 'postgres');
  // Whoever removes the link and all beside it wants to begin anew; what it led to is put aside, not destroyed.
  if (existsSync(cluster)) renameSync(cluster, `${cluster}.${Date.now()}`);
  rmSync(plain, { force: true });
  symlinkSync(cluster, plain);
  return cluster;
}

/** An empty folder for the server's account alone. */
export function privateFolder(account: Account, folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (account.uid !== undefined) chownSync(folder, account.uid, account.gid);
}
