import { readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { folderName, ownerOf } from '../test/folder.ts';
import { type Embedded, openEmbedded } from './embedded.ts';
import { withClient } from './postgres/login.ts';
import { findServer, stopServer } from './postgres/postmaster.ts';
import { alive } from './process.ts';

/**
 * vitest's globalSetup: one private PostgreSQL for the whole run, without durability, with every migration applied once
 * in the database `haina`, from which `cloneDatabase` (cloneDatabase.ts) makes each test its own.
 */

/** What the setup tells the workers; `inject('database')` there. */
export type TestServer = { url: string; adminUrl: string };

declare module 'vitest' {
  interface ProvidedContext {
    database: TestServer;
  }
}

// Each project of vitest loads this file for itself; they share one server all the same.
type Shared = { users: number; server: Promise<Embedded & { remove: () => void }> };
const shared = globalThis as { hainaTestServer?: Shared };

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  shared.hainaTestServer ??= { users: 0, server: begin() };
  const { hainaTestServer } = shared;
  hainaTestServer.users++;
  const { url, adminUrl } = await hainaTestServer.server;
  project.provide('database', { url, adminUrl });
  return async () => {
    if (--hainaTestServer.users) return;
    shared.hainaTestServer = undefined;
    const server = await hainaTestServer.server;
    // Nobody is to be waited for and nothing to be kept.
    await withClient(adminUrl, (client) =>
      client.query('select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()'),
    ).catch(() => {});
    await server.stop();
    server.remove();
  };
}

async function begin() {
  await removeLeftovers();
  const folder = folderName();
  const remove = () => rmSync(folder, { recursive: true, force: true });
  let server: Embedded | undefined;
  try {
    server = await openEmbedded(folder, { testing: true });
    const { migrateToLatest } = await import('../store/migrate.ts');
    await migrateToLatest(server.url);
    return { ...server, remove };
  } catch (error) {
    await server?.stop();
    remove();
    throw error;
  }
}

/** A run that was killed could not clean up; the next one does it: servers first, then folders. */
export async function removeLeftovers(parent = realpathSync(tmpdir())): Promise<void> {
  for (const name of readdirSync(parent)) {
    const owner = ownerOf(name);
    if (!owner || alive(owner)) continue;
    const folder = join(parent, name);
    try {
      for (const cluster of [join(folder, 'postgres'), join(folder, 'data', 'postgres')]) {
        const server = findServer(cluster);
        if (server) await stopServer(server.pid);
      }
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // Somebody else's, or another run is at it: not ours to insist on.
    }
  }
}
