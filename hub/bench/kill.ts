/*
 * npm run bench kill [-- --messages 10000 --kills 5 --connections 32 --dir FOLDER]
 *
 * kill -9 of the hub, in the middle of signed webhooks, on its own PostgreSQL that it adopts at each start. The sender
 * repeats what was not answered 2xx and keeps each person's order by waiting for the answer. Afterwards every message
 * must be there once and in order, every reply written once and delivered. The process ends with 1 when one is not.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { freePort } from '../start/port.ts';
import type { Furnished, HubOptions } from './hub.ts';
import { Connection } from './lib/connection.ts';
import { short, spread } from './lib/figures.ts';
import { startHelper } from './lib/helper.ts';
import { setUp } from './lib/owner.ts';
import { linePlatform, type Seen } from './lib/platform.ts';
import { atEnd, bench, folder } from './lib/stage.ts';
import { bodyOf, KEYWORD, tokenOf, userOf, webhook } from './lib/webhook.ts';

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
/** Requests a hub has open to one account at most; see desk/deliver.ts. */
const AT_ONCE = 16;

interface Sent {
  user: string;
  id: string;
  asks: boolean;
}
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
  const wrong = [
    ...(await judge(url)),
    ...judgeReplies(platform.seen),
    ...(left ? [`${left} messages are still pending`] : []),
  ];
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

async function judge(url: string): Promise<string[]> {
  const wrong: string[] = [];
  const rows = await ask<{ external_id: string; user: string; session_id: string; seq: number }>(
    url,
    `select m.external_id, i.external_id as "user", m.session_id, m.seq from messages m join sessions s on s.id = m.session_id join identities i on i.id = s.identity_id
     where m.author_type = 'visitor' order by m.session_id, m.seq`,
  );
  const times = new Map<string, number>();
  for (const row of rows) times.set(row.external_id, (times.get(row.external_id) ?? 0) + 1);
  const lost = plan.filter((one) => !times.has(one.id)).length;
  const doubled = [...times.values()].filter((count) => count > 1).length;
  console.log(`acknowledged and lost: ${lost}; stored twice: ${doubled}; stored in all: ${rows.length}`);
  if (lost) wrong.push(`${lost} acknowledged messages are lost`);
  if (doubled || rows.length !== plan.length)
    wrong.push(`${rows.length} messages are stored, ${plan.length} were sent`);
  const said = Map.groupBy(plan, (one) => one.user);
  const stored = Map.groupBy(rows, (row) => row.user);
  const mixed = [...said].filter(
    ([user, list]) =>
      list.map((one) => one.id).join() !== (stored.get(user) ?? []).map((row) => row.external_id).join(),
  ).length;
  const sessions = new Set(rows.map((row) => row.session_id)).size;
  console.log(`people whose order is not kept: ${mixed}; open sessions: ${sessions} of ${said.size} people`);
  if (mixed) wrong.push(`the order of ${mixed} people is not kept`);
  if (sessions !== said.size) wrong.push(`${sessions} sessions for ${said.size} people`);
  const gaps = await ask(
    url,
    'select session_id from session_events group by session_id having count(*) <> max(seq) or min(seq) <> 1',
  );
  const behind = await ask(
    url,
    'select 1 from sessions s where seq <> (select max(seq) from session_events e where e.session_id = s.id)',
  );
  if (gaps.length || behind.length)
    wrong.push(`${gaps.length} sessions have gaps in their numbers, ${behind.length} do not know their last`);
  const parked = await ask(url, 'select 1 from parked');
  if (parked.length) wrong.push(`${parked.length} requests were parked`);
  const replies = await ask<{ delivery: string; code: string; n: number }>(
    url,
    "select delivery, coalesce(error_code, '') as code, count(*)::int as n from messages where author_type = 'bot' group by 1, 2 order by 3 desc",
  );
  const asked = plan.filter((one) => one.asks).length;
  console.log(
    `replies to write: ${asked}; written: ${replies.map((row) => `${row.n} ${row.delivery}${row.code && ` (${row.code})`}`).join(', ')}`,
  );
  if (replies.reduce((sum, row) => sum + row.n, 0) !== asked)
    wrong.push('replies are missing or doubled in the database');
  const failed = replies.filter((row) => row.delivery === 'failed').reduce((sum, row) => sum + row.n, 0);
  if (failed) wrong.push(`${failed} replies were given up`);
  return wrong;
}

/**
 * What customers saw: a reply token tells whose it was, a push says so. LINE repeats nothing under one retry key, and a
 * reply has none: one that LINE took just before a kill, its answer unwritten, is pushed again. Those are counted and
 * shown, and may be no more than were on their way when the hub was killed.
 */
function judgeReplies(seen: readonly Seen[]): string[] {
  const byToken = new Map(plan.map((one) => [tokenOf(one.id), one.user]));
  const got = new Map<string, number>();
  for (const { how, key, to, texts } of seen) {
    const user = how === 'push' ? to : (byToken.get(key) ?? '');
    got.set(user, (got.get(user) ?? 0) + texts.length);
  }
  const keys = new Set(seen.map((one) => one.key));
  let [missing, extra] = [0, 0];
  for (const [user, list] of Map.groupBy(plan, (one) => one.user)) {
    const difference = (got.get(user) ?? 0) - list.filter((one) => one.asks).length;
    if (difference < 0) missing -= difference;
    else extra += difference;
  }
  const pushes = seen.filter((one) => one.how === 'push').length;
  console.log(
    `customers saw ${seen.reduce((sum, one) => sum + one.texts.length, 0)} replies in ${seen.length} requests (${pushes} pushes): ${missing} missing; under one key twice: ${seen.length - keys.size}; first as a reply, after a kill as a push: ${extra}`,
  );
  return [
    ...(missing ? [`${missing} replies never reached the customer`] : []),
    ...(keys.size < seen.length ? ['a key was used twice'] : []),
    ...(extra > kills * AT_ONCE ? [`${extra} replies reached the customer twice`] : []),
  ];
}

async function ask<T>(url: string, text: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows as T[];
  } finally {
    await client.end();
  }
}
