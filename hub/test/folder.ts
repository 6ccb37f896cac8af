import { randomUUID } from 'node:crypto';
import { chmodSync, mkdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** The name of a folder of this process, so that what a killed run leaves behind can be told from what is in use. */
export const folderName = () => join(realpathSync(tmpdir()), `haina-test-${process.pid}-${randomUUID().slice(0, 8)}`);

/** The process whose folder this is; nothing when it is none of a test's. */
export const ownerOf = (name: string) => Number(/^haina-test-(\d+)-/.exec(name)?.[1] ?? 0);

/** An empty folder of its own for one test, gone afterwards. Others may walk through it, as PostgreSQL must. */
export function testFolder(): string {
  const folder = folderName();
  mkdirSync(folder);
  chmodSync(folder, 0o711);
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
