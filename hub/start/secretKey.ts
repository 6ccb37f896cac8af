import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeFolderError, prepareDataFolder } from './folder.ts';
import { StartProblem } from './problem.ts';
import { say } from './say.mjs';

/**
 * The key kept in `dataDir`/secret.key, made on the first start and readable by its owner alone. It seals credentials
 * in the database: without it they cannot be read again. 43 characters, 256 bits.
 * @throws StartProblem
 */
export function openSecretKey(dataDir: string): string {
  prepareDataFolder(dataDir);
  const path = join(dataDir, 'secret.key');
  try {
    if (!existsSync(path)) make(path);
    const key = readFileSync(path, 'utf8').trim();
    if (key.length >= 32) return key;
  } catch (error) {
    throw describeFolderError(error, dataDir);
  }
  throw new StartProblem(
    say(
      `The secret key in ${path} is damaged: restore the file from a backup; deleting it makes a new key, and the credentials of all channels must then be entered again.`,
      `${path} 中的密钥已损坏：请从备份恢复；若删除该文件，将生成新密钥，届时所有渠道的凭证都需要重新填写。`,
    ),
  );
}

/** Appears whole or not at all, and never over an older one: hubs that share the folder agree on the first. */
function make(path: string): void {
  const unfinished = `${path}.${process.pid}`;
  writeFileSync(unfinished, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 });
  try {
    linkSync(unfinished, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(unfinished, { force: true });
  }
}
