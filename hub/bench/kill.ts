/*
 * npm run bench kill [-- --messages 10000 --kills 5 --connections 32 --dir FOLDER]
 *
 * kill -9 of the hub, in the middle of signed webhooks, on its own PostgreSQL that it adopts at each start. The sender
 * repeats what was not answered 2xx and keeps each person's order by waiting for the answer. Afterwards every message
 * must be there once and in order, every reply written once and delivered. The process ends with 1 when one is not.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { freePort } from '../start/port.ts';
import type { Furnished, HubOptions } from './hub.ts';
import { Connection } from './lib/connection.ts';
import { ask, judge, judgeReplies, type Sent } from './lib/evidence.ts';
import { short, spread } from './lib/figures.ts';
import { startHelper } from './lib/helper.ts';
import { setUp } from './lib/owner.ts';
import { linePlatform } from './lib/platform.ts';
import { atEnd, bench, folder } from './lib/stage.ts';
import { bodyOf, KEYWORD, userOf, webhook } from './lib/webhook.ts';

const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '10000' },
    kills: { type: 'string', default: '5' },
    connections: { type: 'string', default: '32' },
    users: { type: 'string', default: '500' },
    keyword: { type: 'string', default: '10' },
    dir: { type: 'string' },
  },
});
const [messages, kills, connections, users, keywordEvery] = [
  Number(values.messages),
  Number(values.kills),
  Number(values.connections),
  Number(values.users),
  Number(values.keyword),
];
/** A claim of a killed hub holds for a minute, then the next tick takes it over. */
const PATIENCE_MS = 120_000;

/** In the order each person said it. */
const plan: Sent[] = Array.from({ length: messages }, (_, number) => ({
  user: userOf(number % users),
  id: `6${String(number).padStart(11, '0')}`,
  asks: (number + Math.floor(number / users)) % keywordEvery === 0,
}));

await bench(async () => {
  const platform = await linePlatform();
  const options: HubOptions = { dataDir: folder(values.dir), port: await freePort(), lineUrl: platform.url };
  let hub = await startHelper('hub.ts', options);
  atEnd(() => hub.stop());
  await setUp(options.port);
  const { line } = await hub.ask<Furnished>('furnish', {});

  const state = { acknowledged: 0, again: 0, done: false };
  const sending = send(options.port, `/webhooks/line/${line.key}`, line.secret, state).finally(
    () => (state.done = true),
  );
  const away: number[] = [];
  const origins: string[] = [];
  for (let number = 1; number <= kills; number++) {
    // Somewhere in its part of the whole, not at a round number.
    const at = (messages * (number - 0.5 + (Math.random() - 0.5) * 0.6)) / kills;
    while (state.acknowledged < at && !state.done) await sleep(1);
    if (state.done) throw new Error('The sender ended before the hub was killed.');
    const from = performance.now();
    await hub.kill();
    hub = await startHelper('hub.ts', options);
    away.push(performance.now() - from);
    origins.push(await hub.ask<string>('origin'));
    console.log(
      `kill ${number} at ${state.acknowledged} acknowledged; back after ${short(away.at(-1)!)} ms, database ${origins.at(-1)}`,
    );
  }
  await sending;
  console.log(
    `${state.acknowledged} messages of ${users} people acknowledged on ${connections} connections, ${state.again} sent again`,
  );
  const calm = performance.now();
  const url = await hub.ask<string>('databaseUrl');
  const left = await delivered(url);
  console.log(
    `after the last acknowledgement everything was delivered within ${short((performance.now() - calm) / 1000)} s`,
  );
  const { wrong, unknown } = await judge(plan, url);
  wrong.push(...judgeReplies(plan, platform.seen, unknown));
  if (left) wrong.push(`${left} messages are still pending`);
  console.log(
    `the platform refused ${platform.refused.token} spent reply tokens and ${platform.refused.key} repeated retry keys`,
  );
  if (origins.some((origin) => origin !== 'adopted'))
    wrong.push(`the orphaned database was not adopted each time: ${origins.join(', ')}`);
  for (const one of wrong) console.log(`✗ ${one}`);
  if (wrong.length) process.exitCode = 1;
  else console.log('✓ nothing acknowledged was lost, nothing doubled, every order kept, every reply delivered');
});

/** Every person's messages go one after another over the same connection, each until it is answered 2xx. */
async function send(
  port: number,
  path: string,
  secret: string,
  state: { acknowledged: number; again: number },
): Promise<void> {
  const times: number[] = [];
  await Promise.all(
    Array.from({ length: connections }, async (_, lane) => {
      const connection = new Connection(port);
      for (let number = 0; number < messages; number++) {
        if ((number % users) % connections !== lane) continue;
        const { user, id, asks } = plan[number]!;
        for (let tries = 0, from = performance.now(); ; tries++) {
          const text = asks ? `${KEYWORD}？${id}` : `message ${id}`;
          const answer = await connection
            .send(webhook(path, secret, bodyOf(user, id, text, tries > 0)))
            .catch(() => undefined);
          if (answer && answer.status >= 200 && answer.status < 300) {
            state.acknowledged++;
            times.push(performance.now() - from);
            break;
          }
          state.again++;
          await sleep(20);
        }
      }
      connection.close();
    }),
  );
  const { p50, p99, worst } = spread(times);
  console.log(`answered after p50 ${short(p50)} ms, p99 ${short(p99)} ms, at worst ${short(worst)} ms (the hub away)`);
}

/** Waits until nothing is pending; gives how many still are when patience ends. */
async function delivered(url: string): Promise<number> {
  for (const end = Date.now() + PATIENCE_MS; ; await sleep(500)) {
    const [row] = await ask<{ n: number }>(url, "select count(*)::int as n from messages where delivery = 'pending'");
    if (!row!.n || Date.now() > end) return row!.n;
  }
}
