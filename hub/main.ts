import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { WebSocketServer } from 'ws';
import { createApp } from './app.ts';
import { connectDemo } from './desk/demo.ts';
import { handlers } from './desk/handlers.ts';
import { seedDemo } from './desk/seed.ts';
import { startWaking } from './desk/wake.ts';
import { loadEnv } from './env.ts';
import type { Hub } from './hub.ts';
import { bullJobs } from './jobs.ts';
import { overPostgres, overRedis, wiredLive } from './live.ts';
import { openHub } from './open.ts';
import { openDatabase } from './start/database.ts';
import { describeListenError } from './start/listen.ts';
import { describeFailure } from './start/problem.ts';
import { say } from './start/say.mjs';
import { onStopRequest } from './start/stop.ts';
import { endLeases } from './store/deliveries.ts';
import { migrateToLatest } from './store/migrate.ts';

/** Environment, database, shape, hub, port: in this order, and back in the other when asked to stop. */
async function main(): Promise<void> {
  const undo: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (let step = undo.pop(); step; step = undo.pop()) await step();
  };
  onStopRequest(stop);
  try {
    const env = loadEnv();
    const database = await openDatabase(env);
    undo.push(database.stop);
    await migrateToLatest(database.url);
    const { hub, close } = await openHub({
      env,
      databaseUrl: database.url,
      live: (id, log) =>
        wiredLive(id, env.redisUrl ? overRedis(env.redisUrl, log) : overPostgres(database.url, log), log),
      jobs: (log) => bullJobs({ databaseUrl: database.url, redisUrl: env.redisUrl, log }),
      systemMetrics: true,
    });
    undo.push(close);
    // Nobody else has our own database: what a killed hub was sending is free again.
    if (database.origin !== 'given') await endLeases(hub.db);
    const owner = env.sandbox ? await seedDemo(hub) : null;
    undo.push(await serve(hub));
    if (owner) await connectDemo(hub, owner.organisationId);
    await hub.jobs.start(handlers(hub));
    hub.links.start();
    undo.push(startWaking(hub));
    greet(env.publicUrl, owner);
    void database.died.then(async () => {
      console.error(
        say(
          '✗ The database server ended unexpectedly; start again with npm start.',
          '✗ 数据库意外停止，请重新运行 npm start。',
        ),
      );
      await stop();
      process.exit(1);
    });
  } catch (error) {
    console.error(describeFailure(error));
    process.exitCode = 1;
    await stop();
    process.exit();
  }
}

/** Listens on the one port. Gives how to stop: no new connection, the running requests finished. */
async function serve(hub: Hub): Promise<() => Promise<void>> {
  const { host, port } = hub.env;
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: 65_536 });
  const server = createAdaptorServer({ fetch: createApp(hub).fetch, websocket: { server: sockets } }) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(describeListenError(error, port, host)));
    server.listen(port, host, () => resolve());
  });
  return async () => {
    for (const socket of sockets.clients) socket.close(1001, 'going away');
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 5_000).unref();
    await closed;
  };
}

function greet(url: string, owner: { username: string; password: string } | null): void {
  console.log(say(`\n  Haina is ready: ${url}`, `\n  海纳已就绪：${url}`));
  if (!owner) return;
  console.log(
    say(
      `  Sign in as ${owner.username} with the password ${owner.password} (shown only this once).`,
      `  请用账号 ${owner.username}、密码 ${owner.password} 登录（仅显示这一次）。`,
    ),
  );
}

await main();
