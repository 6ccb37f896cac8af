import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../port.ts';
import { StartProblem } from '../problem.ts';
import { alive } from '../process.ts';
import { say } from '../say.mjs';
import { type Account, serverAccount } from './account.ts';
import { findBinaries } from './binaries.ts';
import { initialise } from './initialise.ts';
import { letsUsIn } from './login.ts';
import { findServer, startedWith, stopServer } from './postmaster.ts';
import { serverArguments } from './settings.ts';
import { reachableBinaries, reachableCluster } from './shelter.ts';
import { startServer } from './start.ts';

/** Backends of a server that was killed need a moment to notice. Milliseconds. */
const LEFTOVERS = 10_000;
/** How often an adopted server, which is not our child, is looked after. Milliseconds. */
const LOOK = 1_000;

/** A folder of data and what is needed to run a server on it. */
export type Cluster = { folder: string; home: string; version: string; account: Account; testing: boolean };
export type Server = { pid: number; port: number; adopted: boolean; ended: Promise<void> };

/** Finds the place of the data below `dataDir`, whether or not there is any yet. */
export function locateCluster(dataDir: string, testing: boolean): Cluster {
  const binaries = findBinaries();
  const wanted = join(dataDir, 'postgres');
  const account = serverAccount(wanted);
  const folder = reachableCluster(account, wanted);
  return { folder, home: reachableBinaries(account, binaries), version: binaries.version, account, testing };
}

/** Makes the data where there is none; refuses data of another major version. @throws StartProblem */
export async function prepareCluster(cluster: Cluster, adminPassword: string): Promise<void> {
  const { folder, home, account, testing, version } = cluster;
  if (!existsSync(folder)) return initialise(home, folder, account, adminPassword, !testing);
  const made = existsSync(join(folder, 'PG_VERSION')) ? readFileSync(join(folder, 'PG_VERSION'), 'utf8').trim() : '?';
  if (made === version.split('.')[0]) return;
  throw new StartProblem(
    say(
      `${folder} holds data of PostgreSQL ${made}, and this Haina brings ${version}: go back to the Haina that made it, point DATABASE_URL at a PostgreSQL ${made} running on it, or move the folder away to begin with an empty database.`,
      `${folder} 中是 PostgreSQL ${made} 的数据，而当前海纳自带 ${version}：请改回创建它的海纳版本，或用 DATABASE_URL 指向运行该数据的 PostgreSQL ${made}，或移走该目录以从空数据库开始。`,
    ),
  );
}

/**
 * A running server for the cluster: the one a killed hub left behind when it is ours, well and started as we would
 * start it today; else that one is ended and a new one begins.
 * @param url how we get in at a port
 * @throws StartProblem
 */
export async function runServer(cluster: Cluster, url: (port: number) => string, lastPort?: number): Promise<Server> {
  const { folder, testing } = cluster;
  const left = findServer(folder);
  if (left) {
    const sameWay = startedWith(folder, (port) => serverArguments(folder, port, testing), left);
    if (sameWay && (await letsUsIn(url(left.port)))) return { ...left, adopted: true, ended: ended(left.pid) };
    await stopServer(left.pid);
    // One that did not end in order leaves its pid file.
    findServer(folder);
  }
  const port = await freePort(lastPort);
  return { ...(await startPatiently(cluster, port)), port, adopted: false };
}

async function startPatiently({ home, folder, account, testing }: Cluster, port: number) {
  for (const end = Date.now() + LEFTOVERS; ; await sleep(200)) {
    try {
      return await startServer(home, folder, account, serverArguments(folder, port, testing));
    } catch (error) {
      if (Date.now() > end || !/pre-existing shared memory|is another postmaster/.test(String(error))) throw error;
    }
  }
}

async function ended(pid: number): Promise<void> {
  while (alive(pid)) await sleep(LOOK, undefined, { ref: false });
}
