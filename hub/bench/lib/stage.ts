import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbedded } from '../../start/embedded.ts';
import { withClient } from '../../start/postgres/login.ts';
import { findServer, stopServer } from '../../start/postgres/postmaster.ts';
import { alive } from '../../start/process.ts';
import { migrateToLatest } from '../../store/migrate.ts';

/** What a bench runs on: an empty folder and, unless told otherwise, a durable PostgreSQL in it with every migration. */
export interface Stage {
  folder: string;
  url: string;
  adminUrl: string;
  postgresPid: number;
}

const undo: (() => unknown)[] = [];
let ending: Promise<void> | undefined;

/** `step` is done when the bench ends, however it ends; the last one first. */
export const atEnd = (step: () => unknown): void => void undo.push(step);

async function end(): Promise<void> {
  for (let step = undo.pop(); step; step = undo.pop()) {
    try {
      await step();
    } catch (error) {
      console.error(error);
    }
  }
}

/** Runs a bench and puts everything away again, also after an error, Ctrl-C or when nobody reads on (`| head`). */
export async function bench(work: () => Promise<void>): Promise<void> {
  const giveUp = (code: number) => void (ending ??= end().finally(() => process.exit(code)));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => giveUp(130));
  process.on('disconnect', () => giveUp(130));
  process.stdout.on('error', () => giveUp(1));
  const fail = (error: unknown) => {
    console.error(error);
    giveUp(1);
  };
  process.on('uncaughtException', fail);
  process.on('unhandledRejection', fail);
  try {
    await removeLeftovers();
    await work();
  } catch (error) {
    console.error(error);
    process.exitCode = 1;
  } finally {
    await (ending ??= end());
  }
  process.exit();
}

/** What a bench that was killed could not put away: its server first, then its folders. */
async function removeLeftovers(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const owner = Number(/^haina-bench-(\d+)-/.exec(name)?.[1] ?? 0);
    if (!owner || alive(owner)) continue;
    const server = findServer(join(tmpdir(), name, 'postgres'));
    if (server) await stopServer(server.pid);
    rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}

/** A folder that the server's account can walk through, gone at the end. Below `parent`, or the system's for such things. */
export function folder(parent = tmpdir()): string {
  const made = mkdtempSync(join(parent, `haina-bench-${process.pid}-`));
  chmodSync(made, 0o711);
  atEnd(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

export async function stage(parent?: string): Promise<Stage> {
  const place = folder(parent);
  const server = await openEmbedded(place);
  atEnd(server.stop);
  await migrateToLatest(server.url);
  return { folder: place, url: server.url, adminUrl: server.adminUrl, postgresPid: server.pid };
}

/** What autovacuum does within a minute or two of ordinary growth: until then PostgreSQL plans as for empty tables. */
export async function analyse(place: Stage): Promise<void> {
  await withClient(place.url, (client) => client.query('analyze'));
}
