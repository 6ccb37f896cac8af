import { join } from 'node:path';
import { describeFolderError, prepareDataFolder } from './folder.ts';
import { lockFolder } from './lock.ts';
import { locateCluster, prepareCluster, runServer } from './postgres/cluster.ts';
import { localUrl, makeDatabase } from './postgres/login.ts';
import { stopServer } from './postgres/postmaster.ts';
import { openRecord, saveRecord } from './postgres/record.ts';

const NAME = 'haina';

export type Embedded = {
  /** Of the role that owns the database `haina`; not a superuser. */
  url: string;
  /** For the server's own affairs: tests make databases with it. */
  adminUrl: string;
  adopted: boolean;
  pid: number;
  /** Settles when the server ends without `stop` having been called. */
  died: Promise<void>;
  stop: () => Promise<void>;
};

/**
 * PostgreSQL of our own in `dataDir`/postgres: made on the first start, adopted when a killed hub left it running,
 * started otherwise. Holds the folder's lock until `stop`. `testing` gives up durability for speed.
 * @throws StartProblem
 */
export async function openEmbedded(dataDir: string, { testing = false } = {}): Promise<Embedded> {
  prepareDataFolder(dataDir);
  let lock: { release: () => void } | undefined;
  try {
    lock = await lockFolder(dataDir);
    return await open(dataDir, testing, lock.release);
  } catch (error) {
    lock?.release();
    throw describeFolderError(error, dataDir);
  }
}

async function open(dataDir: string, testing: boolean, release: () => void): Promise<Embedded> {
  const cluster = locateCluster(dataDir, testing);
  const recordPath = join(dataDir, 'postgres.json');
  const record = openRecord(recordPath, cluster.folder);
  await prepareCluster(cluster, record.adminPassword);
  const adminUrl = (port: number) => localUrl(port, 'postgres', record.adminPassword, 'postgres');
  const server = await runServer(cluster, adminUrl, record.port);
  try {
    if (!record.made) await makeDatabase(adminUrl(server.port), NAME, record.password);
    if (!record.made || record.port !== server.port)
      saveRecord(recordPath, { ...record, port: server.port, made: true });
  } catch (error) {
    await stopServer(server.pid);
    throw error;
  }
  let stopping: Promise<void> | undefined;
  return {
    url: localUrl(server.port, NAME, record.password, NAME),
    adminUrl: adminUrl(server.port),
    adopted: server.adopted,
    pid: server.pid,
    died: new Promise((resolve) => server.ended.then(() => stopping ?? resolve())),
    stop: () => (stopping ??= stopServer(server.pid).finally(release)),
  };
}
