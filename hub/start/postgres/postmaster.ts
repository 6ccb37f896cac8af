import { readFileSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { alive, gone, program } from '../process.ts';

/** How long a server may take to end on SIGINT before SIGQUIT, and after that. Milliseconds. */
const [FAST, IMMEDIATE] = [20_000, 5_000];

/** What a running server writes about itself into its folder. */
export type Postmaster = { pid: number; port: number; ready: boolean };

/** Reads postmaster.pid: process, folder, start, port, socket, address, memory, status, a line each. */
export function readPostmaster(cluster: string): Postmaster | undefined {
  try {
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
    const [pid, port] = [Number(lines[0]), Number(lines[3])];
    return pid > 0 ? { pid, port, ready: lines[7]?.trim() === 'ready' } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The server that runs on this folder, left behind by a hub that was killed. A pid file whose process has gone, or is
 * another program or another server by now, is stale and removed: PostgreSQL would take it for a running server.
 */
export function findServer(cluster: string): Postmaster | undefined {
  const found = readPostmaster(cluster);
  if (found && alive(found.pid) && runsOn(found.pid, cluster)) return found;
  rmSync(join(cluster, 'postmaster.pid'), { force: true });
  return undefined;
}

function runsOn(pid: number, cluster: string): boolean {
  const name = program(pid);
  if (name && name !== 'postgres') return false;
  try {
    // A server works inside its folder.
    return process.platform !== 'linux' || readlinkSync(`/proc/${pid}/cwd`) === cluster;
  } catch {
    // Not ours to look at: let PostgreSQL itself decide, it refuses rather than run twice on one folder.
    return true;
  }
}

/** Whether it was started with these arguments; its port may differ. */
export function startedWith(cluster: string, args: (port: number) => string[], { port }: Postmaster): boolean {
  try {
    const line = readFileSync(join(cluster, 'postmaster.opts'), 'utf8').trim();
    return line.endsWith(
      args(port)
        .map((argument) => ` "${argument}"`)
        .join(''),
    );
  } catch {
    return false;
  }
}

/** Ends a server in order: disconnects everybody, writes its checkpoint, waits until it has gone. */
export async function stopServer(pid: number): Promise<void> {
  for (const [signal, patience] of [
    ['SIGINT', FAST],
    ['SIGQUIT', IMMEDIATE],
    ['SIGKILL', IMMEDIATE],
  ] as const) {
    if (!alive(pid)) return;
    try {
      process.kill(pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ESRCH') return;
      throw error;
    }
    if (await gone(pid, patience)) return;
  }
}
