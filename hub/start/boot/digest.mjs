import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * One hash over names and contents of everything below `paths`, in a fixed order. Folders called by one of the names
 * in `without`, and tests, do not count.
 * @param {string[]} paths files or folders; missing ones count as empty @param {string[]} without
 */
export function digest(paths, without) {
  const hash = createHash('sha256');
  /** @param {string} path */
  const add = (path) => {
    if (statSync(path).isFile()) return hash.update(`${path}\0`).update(readFileSync(path)).update('\0');
    for (const name of readdirSync(path).sort())
      if (!without.includes(name) && !/\.test\.ts$/.test(name)) add(join(path, name));
  };
  for (const path of paths) if (existsSync(path)) add(path);
  return hash.digest('hex');
}
