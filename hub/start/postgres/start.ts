import { spawn } from 'node:child_process';
import { closeSync, fstatSync, openSync, readSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { say } from '../say.mjs';
import type { Account } from './account.ts';
import { bareEnvironment, describeServerError } from './complaint.ts';
import { readPostmaster } from './postmaster.ts';

/** A log beyond this is put aside (one is kept) before the server starts. Bytes. */
const LOG_LIMIT = 20 * 1024 * 1024;
/** From here on a person should know what takes so long. Milliseconds. */
const SLOW = 3_000;

export type Running = { pid: number; ended: Promise<void> };

/**
 * Starts the server and waits until it takes connections, however long it needs to recover. It stands apart from our
 * terminal, so that Ctrl-C reaches the hub alone and the hub can end its work before it ends the server.
 * @throws StartProblem with what it complained about
 */
export async function startServer(home: string, cluster: string, account: Account, args: string[]): Promise<Running> {
  const log = `${cluster}.log`;
  if ((statSync(log, { throwIfNoEntry: false })?.size ?? 0) > LOG_LIMIT) renameSync(log, `${log}.1`);
  const output = openSync(log, 'a+', 0o600);
  const logged = fstatSync(output).size;
  const child = spawn(join(home, 'bin', 'postgres'), args, {
    ...account,
    cwd: cluster,
    env: bareEnvironment(),
    detached: true,
    windowsHide: true,
    stdio: ['ignore', output, output],
  });
  let failure: unknown;
  const ended = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      failure = error;
      resolve();
    });
    child.once('exit', (code, signal) => {
      failure = new Error(`PostgreSQL ended while starting (${signal ?? code}).`);
      resolve();
    });
  });
  child.unref();
  try {
    await ready(cluster, child.pid, () => failure !== undefined);
    if (failure) throw describeServerError(readFrom(output, logged), cluster, failure);
  } finally {
    closeSync(output);
  }
  return { pid: child.pid as number, ended };
}

async function ready(cluster: string, pid: number | undefined, failed: () => boolean): Promise<void> {
  const began = Date.now();
  for (let told = false; !failed(); await sleep(4)) {
    const server = readPostmaster(cluster);
    if (server?.ready && server.pid === pid) return;
    if (told || Date.now() - began < SLOW) continue;
    told = true;
    console.error(
      say(
        'PostgreSQL is putting its data in order after an unclean end; this may take a while …',
        'PostgreSQL 正在从上次异常退出中恢复数据，请稍候……',
      ),
    );
  }
}

/** What was written to the file since `position`, at most 64 kB. */
function readFrom(file: number, position: number): string {
  const buffer = Buffer.alloc(64 * 1024);
  return buffer.toString('utf8', 0, readSync(file, buffer, 0, buffer.length, position));
}
