import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { createApp } from '../app.ts';
import { handlers } from '../desk/handlers.ts';
import { readEnv } from '../env.ts';
import type { Hub } from '../hub.ts';
import type { JobData, JobName, Jobs } from '../jobs.ts';
import type { Listener, Live } from '../live.ts';
import { openHub, type Parts } from '../open.ts';
import { cloneDatabase } from '../start/cloneDatabase.ts';
import { testFolder } from './folder.ts';

/** Live news inside one process. Test hubs that share a `wire` hear each other as hubs on one database do: by ids. */
export function memoryLive(
  wire: Set<{ hubId: string; listener: Listener }> = new Set(),
): (hubId: string) => Promise<Live> {
  return async (hubId) => ({
    publish(organisationId, news) {
      const ids = news.map((item) => (item.kind === 'session' ? { ...item, rows: undefined } : item));
      for (const ear of [...wire]) ear.listener(organisationId, ear.hubId === hubId ? news : ids);
    },
    subscribe(listener) {
      const ear = { hubId, listener };
      wire.add(ear);
      return () => void wire.delete(ear);
    },
    close: async () => {},
  });
}

/** Jobs that run in this process, at once; with a delay they run when `runLater` is called. */
export interface TestJobs extends Jobs {
  /** What waits for its time. */
  readonly later: { name: JobName; data: JobData[JobName]; delayMs: number }[];
  runLater(): Promise<void>;
  idle(): Promise<void>;
}

export function memoryJobs(): TestJobs {
  let work: ReturnType<typeof handlers> | undefined;
  const running = new Set<Promise<void>>();
  const later: TestJobs['later'] = [];
  const run = (name: JobName, data: JobData[JobName]) => {
    const done: Promise<void> = Promise.resolve(work?.[name](data as never))
      .catch(() => {})
      .finally(() => running.delete(done));
    running.add(done);
  };
  return {
    later,
    add: (name, data, delayMs) => (delayMs ? void later.push({ name, data, delayMs }) : run(name, data)),
    start: async (given) => void (work = given),
    async runLater() {
      for (const job of later.splice(0)) run(job.name, job.data);
      await this.idle();
    },
    async idle() {
      while (running.size) await Promise.all(running);
    },
    close: async () => {},
  };
}

export interface TestHub {
  hub: Hub;
  jobs: TestJobs;
  app: ReturnType<typeof createApp>;
  /** Nothing is being delivered, matched or worked on any more. */
  settled(): Promise<void>;
}

/** A hub on a database of its own, gone when the test has finished. `env` as in process.env. */
export async function testHub(parts: Partial<Parts> & { vars?: Record<string, string> } = {}): Promise<TestHub> {
  const databaseUrl = parts.databaseUrl ?? (await cloneDatabase());
  const env = {
    ...readEnv({
      NODE_ENV: 'test',
      SANDBOX: '0',
      LOG_LEVEL: 'silent',
      DATA_DIR: testFolder(),
      DATABASE_POOL: '5',
      ...parts.vars,
    }),
    secretKey: 'a secret key that only this test knows',
  };
  const jobs = memoryJobs();
  const { hub, close } = await openHub({
    env,
    live: memoryLive(),
    log: pino({ level: process.env.TEST_LOG ?? 'silent' }),
    ...parts,
    jobs: () => jobs,
    databaseUrl,
  });
  await jobs.start(handlers(hub));
  onTestFinished(close);
  return {
    hub,
    jobs,
    app: createApp(hub),
    async settled() {
      for (let round = 0; round < 3; round++) {
        await jobs.idle();
        await hub.pairing.idle();
        await hub.outbox.idle();
      }
    },
  };
}
