import { execFile } from 'node:child_process';
import { chownSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Account } from './account.ts';
import { bareEnvironment, describeServerError } from './complaint.ts';
import { privateFolder } from './shelter.ts';

/**
 * Makes an empty cluster at `cluster`: all of it or nothing, so that a kill in the middle leaves no half database.
 * Text sorts by code point, the same on every machine and after every upgrade; people's order is the query's business.
 * @throws StartProblem
 */
export async function initialise(home: string, cluster: string, account: Account, password: string, sync = true) {
  const unfinished = `${cluster}.unfinished`;
  const passwordFile = `${cluster}.password`;
  try {
    privateFolder(account, unfinished);
    rmSync(passwordFile, { force: true });
    writeFileSync(passwordFile, `${password}\n`, { mode: 0o600, flag: 'wx' });
    if (account.uid !== undefined) chownSync(passwordFile, account.uid, account.gid);
    await promisify(execFile)(
      join(home, 'bin', 'initdb'),
      [
        ...['-D', unfinished, '--username=postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256'],
        ...['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
        ...(sync ? [] : ['--no-sync']),
      ],
      { ...account, cwd: unfinished, env: bareEnvironment(), windowsHide: true },
    );
    renameSync(unfinished, cluster);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    throw describeServerError(String((error as { stderr?: string }).stderr ?? ''), cluster, error);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}
