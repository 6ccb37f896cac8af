import { join } from 'node:path';
import { type Logger, pino } from 'pino';
import { outbox } from './desk/deliver.ts';
import { Known } from './desk/known.ts';
import { pairing } from './desk/pair.ts';
import { receiver } from './desk/receive.ts';
import { Rulebook } from './desk/rulebook.ts';
import type { Env } from './env.ts';
import { guardedFetch } from './fetch.ts';
import type { Hub } from './hub.ts';
import { newId } from './id.ts';
import type { Jobs } from './jobs.ts';
import { links } from './links/index.ts';
import type { Live } from './live.ts';
import { diskStore } from './media/disk.ts';
import { s3Store } from './media/s3.ts';
import { Metrics } from './metrics.ts';
import { closeSandboxes } from './sandboxes.ts';
import { MemberScreens } from './screens/members.ts';
import { Presence } from './screens/presence.ts';
import { VisitorScreens } from './screens/visitors.ts';
import { Secrets } from './secrets.ts';
import { Directory } from './show/directory.ts';
import { Database } from './store/database.ts';

/** What differs between a hub that serves and one that is tested. */
export interface Parts {
  env: Env;
  databaseUrl: string;
  live: (hubId: string, log: Logger) => Promise<Live>;
  jobs: (log: Logger) => Jobs;
  log?: Logger;
  now?: () => number;
  fetch?: typeof fetch;
  systemMetrics?: boolean;
}

/** Builds a hub by hand from its parts; `close` ends them in order: no new news, deliveries finished, then the database. */
export async function openHub(parts: Parts): Promise<{ hub: Hub; close: () => Promise<void> }> {
  const { env } = parts;
  const log =
    parts.log ??
    pino({ level: env.logLevel, redact: ['*.authorization', '*.cookie', '*.config', '*.secrets', '*.token'] });
  const id = newId();
  const db = new Database(parts.databaseUrl, env.databasePool);
  const secrets = new Secrets(env.secretKey);
  const live = await parts.live(id, log);
  const jobs = parts.jobs(log);
  // The verbs below are handed the hub itself, so it is filled in before any of them runs.
  const hub = {
    id,
    env,
    db,
    jobs,
    live,
    secrets,
    log,
    media: env.s3 ? s3Store({ ...env.s3, folder: join(env.dataDir, 'media', 'unfinished') }) : diskStore(env.dataDir),
    metrics: new Metrics(parts.systemMetrics),
    now: parts.now ?? Date.now,
    fetch: parts.fetch ?? guardedFetch({ allowed: env.sandbox ? [env.publicUrl] : [] }),
    publicUrl: env.publicUrl,
  } as unknown as { -readonly [Key in keyof Hub]: Hub[Key] };
  hub.rulebook = new Rulebook(db, secrets, live);
  hub.directory = new Directory(db, live);
  hub.known = new Known(live);
  hub.receive = receiver(hub);
  hub.outbox = outbox(hub);
  hub.pairing = pairing(hub);
  hub.links = links(hub, parts.databaseUrl);
  hub.members = new MemberScreens(hub);
  hub.visitors = new VisitorScreens(hub);
  hub.presence = new Presence(hub, hub.members);
  return {
    hub,
    async close() {
      hub.presence.close();
      hub.members.close();
      hub.visitors.close();
      closeSandboxes(hub);
      await jobs.close();
      await hub.links.stop();
      await hub.pairing.idle();
      await hub.outbox.idle();
      await live.close();
      hub.rulebook.close();
      hub.directory.close();
      hub.known.close();
      await db.close();
    },
  };
}
