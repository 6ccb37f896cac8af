/* A hub in a process of its own, for the benches: what main.ts starts, with LINE's API led to a stand-in. */

import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { WebSocketServer } from 'ws';
import { createApp } from '../app.ts';
import { handlers } from '../desk/handlers.ts';
import { pair } from '../desk/pair.ts';
import { startWaking, wake } from '../desk/wake.ts';
import { readEnv } from '../env.ts';
import { guardedFetch } from '../fetch.ts';
import { bullJobs } from '../jobs.ts';
import { overPostgres, wiredLive } from '../live.ts';
import { openHub } from '../open.ts';
import { openDatabase } from '../start/database.ts';
import { migrateToLatest } from '../store/migrate.ts';
import { group, keywordRule, LINE_CONFIG, lineChannel, webChannel, word } from '../test/build.ts';
import { ownCpu, ownMemory } from './lib/cpu.ts';
import { given, helperReady } from './lib/helping.ts';
import { members } from './lib/members.ts';
import { startProfile, stopProfile } from './lib/profile.ts';
import { KEYWORD } from './lib/webhook.ts';

export interface HubOptions {
  dataDir: string;
  port: number;
  lineUrl: string /** Without one it opens its own in dataDir, as main.ts does. */;
  databaseUrl?: string;
}
export interface Furnished {
  organisationId: string;
  line: { key: string; secret: string };
  web: { key: string; visitors: { id: string; token: string }[] };
}

const { dataDir, port, lineUrl, databaseUrl } = given<HubOptions>();
const env = {
  ...readEnv({
    NODE_ENV: 'production',
    SANDBOX: '0',
    HOST: '127.0.0.1',
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl,
    SECRET_KEY: 'a secret key for benches and for nothing else',
  }),
  secretKey: 'a secret key for benches and for nothing else',
};
const database = await openDatabase(env);
await migrateToLatest(database.url);
const leave = guardedFetch({ allowed: [lineUrl] });
const { hub, close } = await openHub({
  env,
  databaseUrl: database.url,
  live: (id, log) => wiredLive(id, overPostgres(database.url, log), log),
  jobs: (log) => bullJobs({ databaseUrl: database.url, log }),
  systemMetrics: true,
  fetch: ((input: string | URL, init?: RequestInit) =>
    leave(String(input).replace(/^https:\/\/api(-data)?\.line\.me/, lineUrl), init)) as typeof fetch,
});
const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: 65_536 });
const server = createAdaptorServer({ fetch: createApp(hub).fetch, websocket: { server: sockets } }) as Server;
await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
await hub.jobs.start(handlers(hub));
const stopWaking = startWaking(hub);

helperReady(
  {
    cpu: ownCpu,
    memory: ownMemory,
    origin: () => database.origin,
    databaseUrl: () => database.url,
    /** Nothing is being matched or delivered any more. */
    settled: async () => {
      await hub.pairing.idle();
      await hub.outbox.idle();
    },
    /** Matches until nobody is left whom anybody can take; gives how many. */
    pair: async (organisationId: string) => await pair(hub, hub.db.org(organisationId)),
    /** How long so many looks at the clock take, each. Milliseconds. */
    looks: async (many: number) => {
      const times: number[] = [];
      for (let i = 0; i < many; i++) {
        const from = performance.now();
        await wake(hub);
        times.push(performance.now() - from);
      }
      return times;
    },
    startProfile,
    stopProfile,
    /** An organisation as `POST /api/v1/setup` made it gets channels, a keyword rule and visitors. */
    furnish: async ({ visitors = 0 }: { visitors?: number }): Promise<Furnished> => {
      const { id } = await hub.db.everywhere.selectFrom('organisations').select('id').executeTakeFirstOrThrow();
      const org = hub.db.org(id);
      const line = await lineChannel(hub, org, await group(org, 'Bench'));
      const web = await webChannel(hub, org, null);
      await keywordRule(hub, org, KEYWORD, '感谢咨询！价格请见 https://example.com/prices');
      return {
        organisationId: id,
        line: { key: line.key, secret: LINE_CONFIG.channelSecret },
        web: { key: web.key, visitors: Array.from({ length: visitors }, web.visitor) },
      };
    },
    words: async ({ organisationId, words }: { organisationId: string; words: string[] }) => {
      for (const one of words) await word(hub, hub.db.org(organisationId), 'reminder', one);
    },
    members: async (wish: Parameters<typeof members>[1]) => await members(hub, wish),
  },
  async () => {
    for (const socket of sockets.clients) socket.terminate();
    server.close();
    server.closeAllConnections();
    await stopWaking();
    await close();
    await database.stop();
  },
);
