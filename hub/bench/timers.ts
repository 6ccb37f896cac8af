/*
 * npm run bench timers [-- --sessions 100000 --spread 100 --sleeping 1000000]
 *
 * Sessions whose time in the queue runs out, spread over some seconds, on two hubs of one database; one hub is killed
 * with -9 in the middle and started again five seconds later. Each deadline must be acted on exactly once: the text is
 * said, the session ended. Lateness is from the deadline to the end that was written. Then, with a million sessions that
 * sleep in the table: what a look at the clock costs, beside the same look at an almost empty one. Ends with 1 when a
 * deadline was missed, doubled, or the 99th of a hundred came later than 2 s.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { freePort } from '../start/port.ts';
import type { Furnished, HubOptions } from './hub.ts';
import { Connection, request } from './lib/connection.ts';
import { median, short, spread, table } from './lib/figures.ts';
import { type Helper, startHelper } from './lib/helper.ts';
import { setUp, signIn } from './lib/owner.ts';
import { linePlatform } from './lib/platform.ts';
import { atEnd, bench, stage } from './lib/stage.ts';

const { values } = parseArgs({
  options: {
    sessions: { type: 'string', default: '100000' },
    spread: { type: 'string', default: '100' },
    sleeping: { type: 'string', default: '1000000' },
  },
});
const [sessions, seconds, sleeping] = [Number(values.sessions), Number(values.spread), Number(values.sleeping)];
/** Seconds in the queue after which a session ends, and until the first of them does. */
const AFTER = 3600;
const AHEAD = 10;
const AIM_MS = 2000;
/** So many people of the web chat, to begin a `with` with. */
const PEOPLE = `with people as materialized (select gen_random_uuid() as contact, gen_random_uuid() as identity, gen_random_uuid() as session, n from generate_series(1, $2::int) n),
  ch as (select id from channels where organisation_id = $1 and connector = 'web' limit 1),
  c as (insert into contacts (organisation_id, id, name) select $1, contact, 'Customer ' || n from people),
  i as (insert into identities (organisation_id, id, contact_id, channel_id, external_id, name, last_seen_at, profile_at)
    select $1, identity, contact, ch.id, identity::text, 'Customer ' || n, now(), now() from people, ch)`;

await bench(async () => {
  const place = await stage();
  const platform = await linePlatform();
  const options = async (): Promise<HubOptions> => ({
    dataDir: place.folder,
    databaseUrl: place.url,
    port: await freePort(),
    lineUrl: platform.url,
  });
  const [one, two] = [await options(), await options()];
  let first = await startHelper('hub.ts', one);
  atEnd(() => first.stop());
  await setUp(one.port);
  const second = await startHelper('hub.ts', two);
  atEnd(() => second.stop());
  const { organisationId } = await second.ask<Furnished>('furnish', {});
  const client = new pg.Client({ connectionString: place.url });
  await client.connect();
  atEnd(() => client.end());
  await endAfter(two.port);

  const empty = await looks(second);
  await client.query('create table due (id uuid primary key, at timestamptz not null)');
  await wait(client, organisationId, sessions);
  await client.query('vacuum analyze');
  await client.query(
    `with s as (select id, row_number() over (order by md5(id::text)) as n from sessions where organisation_id = $1 and state = 'waiting'),
      d as (insert into due select id, now() + interval '1 second' * ($2 + n * $3::float / $4) from s returning id, at)
      update sessions t set waiting_since = d.at - interval '1 second' * $5, wake_at = d.at from d where t.organisation_id = $1 and t.id = d.id`,
    [organisationId, AHEAD, seconds, sessions, AFTER],
  );
  await sleep((AHEAD + seconds * 0.4) * 1000);
  await first.kill();
  const killed = performance.now();
  await sleep(5000);
  first = await startHelper('hub.ts', one);
  console.log(`one of two hubs was away for ${short((performance.now() - killed) / 1000)} s`);
  for (const end = Date.now() + (seconds + 60) * 1000; Date.now() < end; await sleep(500)) {
    const { rows } = await client.query<{ n: number }>(
      `select count(*)::int as n from sessions where organisation_id = $1 and state = 'waiting'`,
      [organisationId],
    );
    if (!rows[0]!.n) break;
  }
  const wrong = await judge(client, organisationId);
  await client.query('drop table due');
  await sleepers(client, organisationId, sleeping);
  await client.query('vacuum analyze');
  const full = await looks(second);
  console.log(
    table([
      ['a look at the clock', 'ms', 'of the empty table'],
      ['no sessions', empty, 1],
      [`${sleeping} asleep`, full, full / empty],
    ]),
  );
  for (const fault of wrong) console.log(`✗ ${fault}`);
  if (wrong.length) process.exitCode = 1;
  else console.log(`✓ ${sessions} deadlines, each acted on once`);
});

/** The organisation ends what waits too long, with a text. */
async function endAfter(port: number): Promise<void> {
  const connection = new Connection(port);
  const document = { waitOver: { on: true, after: AFTER, then: 'end', text: '抱歉，客服繁忙，请稍后再来。' } };
  const cookie = await signIn(port, 'owner');
  const answer = await connection.send(
    request('PUT', '/api/v1/settings/timers', { cookie }, JSON.stringify({ version: 0, document })),
  );
  connection.close();
  if (answer.status !== 200) throw new Error(`The settings were answered ${answer.status}: ${answer.body}`);
}

/** So many wait in the queue of everybody; nobody is there to take them. */
async function wait(client: pg.Client, organisationId: string, many: number): Promise<void> {
  await client.query(
    `${PEOPLE},
      s as (insert into sessions (organisation_id, id, channel_id, contact_id, identity_id, state, seq, unread, last_at, opened_at, waiting_since)
        select $1, session, ch.id, contact, identity, 'waiting', 2, 0, now(), now(), now() from people, ch),
      e as (insert into session_events (organisation_id, session_id, seq, type, actor_type, at)
        select $1, session, k, case k when 1 then 'opened' else 'waiting' end, 'system', now() from people, generate_series(1, 2) k)
      insert into waits (organisation_id, id, session_id, started_at) select $1, gen_random_uuid(), session, now() from people`,
    [organisationId, many],
  );
}

/** So many are served, and due tomorrow. */
async function sleepers(client: pg.Client, organisationId: string, many: number): Promise<void> {
  await client.query(
    `${PEOPLE} insert into sessions (organisation_id, id, channel_id, contact_id, identity_id, state, seq, unread, last_at, opened_at, served_since, wake_at)
      select $1, session, ch.id, contact, identity, 'serving', 2, 0, now(), now(), now(), now() + interval '1 day' + interval '1 millisecond' * n from people, ch`,
    [organisationId, many],
  );
}

/** Milliseconds of a look at the clock when nothing is due; the middle of two hundred. */
async function looks(hub: Helper): Promise<number> {
  return median(await hub.ask<number[]>('looks', 200));
}

async function judge(client: pg.Client, organisationId: string): Promise<string[]> {
  const { rows } = await client.query<{ late: number; ends: number; said: number }>(
    `select extract(epoch from s.closed_at - due.at)::float * 1000 as late,
      (select count(*)::int from session_events e where e.organisation_id = $1 and e.session_id = due.id and e.type = 'closed') as ends,
      (select count(*)::int from messages m where m.organisation_id = $1 and m.session_id = due.id) as said
      from due join sessions s on s.organisation_id = $1 and s.id = due.id`,
    [organisationId],
  );
  const ended = rows.filter((row) => row.ends === 1);
  const { p50, p99, worst } = spread(ended.map((row) => row.late));
  console.log(
    `${ended.length} of ${rows.length} ended; late p50 ${short(p50)} ms, p99 ${short(p99)} ms, at worst ${short(worst)} ms`,
  );
  const count = (what: string, of: (row: (typeof rows)[number]) => boolean) => {
    const many = rows.filter(of).length;
    return many ? [`${many} ${what}`] : [];
  };
  return [
    ...count('were never ended', (row) => row.ends === 0),
    ...count('were ended more than once', (row) => row.ends > 1),
    ...count('heard no text, or more than one closing', (row) => row.ends === 1 && (row.said < 1 || row.said > 2)),
    ...count('were ended before their time', (row) => row.late < 0),
    ...(p99 > AIM_MS ? [`the 99th of a hundred came ${short(p99)} ms late, not ${AIM_MS}`] : []),
  ];
}
