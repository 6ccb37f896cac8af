import { createPostgresBackend, type Job, Queue, Worker } from 'bullmq';
import type { Logger } from 'pino';

/**
 * Jobs only wake: they carry ids, and what must be done is visible in rows. A lost job costs a moment, never a message:
 * `tick` finds the row again. The only home of BullMQ; on PostgreSQL by default, on Redis when REDIS_URL is set.
 */
export interface JobData {
  /** Send what is pending in these sessions. */
  deliver: { organisationId: string; sessionIds: string[] };
  /** Match waiting sessions with agents. */
  pair: { organisationId: string };
  /** Download files that customers sent. */
  media: { organisationId: string; mediaIds: string[] };
  /** Ask the platform who these people are. */
  profile: { organisationId: string; identityIds: string[] };
  /** Taken back before it came: look whether it came at the same moment, to another hub. */
  recalled: { organisationId: string; channelId: string; messageId: string };
  /** Find whatever is due and nobody woke. */
  tick: Record<string, never>;
}
export type JobName = keyof JobData;
export type Handlers = { [Name in JobName]: (data: JobData[Name]) => Promise<void> };

export interface Jobs {
  /** Never throws: what could not be queued is found by `tick`. `delayMs` milliseconds from now. */
  add<Name extends JobName>(name: Name, data: JobData[Name], delayMs?: number): void;
  /** Begins to work. Call once. */
  start(handlers: Handlers): Promise<void>;
  close(): Promise<void>;
}

const QUEUE = 'haina';
export const TICK_SECONDS = 5;
const JOB_OPTIONS = {
  attempts: 5,
  backoff: { type: 'exponential', delay: 1000 },
  removeOnComplete: true,
  removeOnFail: { count: 1000 },
};

/** Queue and worker on the backend that the environment names; the same classes either way. */
function onBackend(options: { databaseUrl: string; redisUrl?: string | undefined }) {
  type Work = (job: Job<JobData[JobName], void, JobName>) => Promise<void>;
  if (options.redisUrl) {
    const connection = { url: options.redisUrl, maxRetriesPerRequest: null };
    return {
      queue: new Queue(QUEUE, { connection, defaultJobOptions: JOB_OPTIONS }),
      worker: (work: Work) => new Worker(QUEUE, work, { connection, concurrency: 8 }),
    };
  }
  const connection = {
    connectionString: options.databaseUrl,
    max: 2,
    migrate: true,
    schema: 'bullmq',
    application_name: 'haina jobs',
  };
  return {
    queue: new Queue(QUEUE, { connection, defaultJobOptions: JOB_OPTIONS }, createPostgresBackend),
    worker: (work: Work) => new Worker(QUEUE, work, { connection, concurrency: 8 }, createPostgresBackend),
  };
}

export function bullJobs(options: { databaseUrl: string; redisUrl?: string | undefined; log: Logger }): Jobs {
  const { log } = options;
  const { queue, worker: makeWorker } = onBackend(options);
  queue.on('error', (error: Error) => log.warn({ error: error.message }, 'the job queue has trouble'));
  let worker: ReturnType<typeof makeWorker> | undefined;
  const adding = new Set<Promise<unknown>>();

  return {
    add(name, data, delayMs) {
      const added: Promise<unknown> = queue
        .add(name, data, delayMs ? { delay: delayMs } : {})
        .catch((error: Error) =>
          log.warn({ error: error.message, name }, 'a job could not be queued; tick will find its rows'),
        )
        .finally(() => adding.delete(added));
      adding.add(added);
    },
    async start(handlers) {
      worker = makeWorker(async (job) => await handlers[job.name](job.data as never));
      worker.on('error', (error: Error) => log.warn({ error: error.message }, 'the job worker has trouble'));
      worker.on('failed', (job, error) =>
        log.warn({ name: job?.name, error: error.message, attempts: job?.attemptsMade }, 'a job failed'),
      );
      await queue.upsertJobScheduler('tick', { every: TICK_SECONDS * 1000 }, { name: 'tick', data: {} });
    },
    async close() {
      await Promise.allSettled([...adding]);
      await worker?.close();
      await queue.close();
    },
  };
}
