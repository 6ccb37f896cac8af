/*
 * npm run bench accept [-- --agents 200 --times 50]
 *
 * Two races over HTTP with cookies of people who signed in. First: all agents press accept on one waiting session at
 * once, again and again: exactly one gets it, the others hear `taken`. Then few agents with small caps press on many
 * sessions at once: nobody exceeds his cap. The process ends with 1 when that is not so.
 */
import { parseArgs } from 'node:util';
import pg from 'pg';
import { freePort } from '../start/port.ts';
import type { Furnished, HubOptions } from './hub.ts';
import { type Answered, Connection, request } from './lib/connection.ts';
import { median, short, spread } from './lib/figures.ts';
import { startHelper } from './lib/helper.ts';
import { setUp, signIn } from './lib/owner.ts';
import { linePlatform } from './lib/platform.ts';
import { atEnd, bench, stage } from './lib/stage.ts';
import { bodyOf, userOf, webhook } from './lib/webhook.ts';

const { values } = parseArgs({
  options: { agents: { type: 'string', default: '200' }, times: { type: 'string', default: '50' } },
});
const [agents, times] = [Number(values.agents), Number(values.times)];
/** The second race. */
const [FEW, CAP, MANY] = [10, 3, 60];

interface Presser {
  cookie: string;
  connection: Connection;
}

await bench(async () => {
  const place = await stage();
  const platform = await linePlatform();
  const port = await freePort();
  const hub = await startHelper('hub.ts', {
    dataDir: place.folder,
    databaseUrl: place.url,
    port,
    lineUrl: platform.url,
  } satisfies HubOptions);
  atEnd(hub.stop);
  await setUp(port);
  const { organisationId, line } = await hub.ask<Furnished>('furnish', {});
  const client = new pg.Client({ connectionString: place.url });
  await client.connect();
  atEnd(() => client.end());
  const wrong: string[] = [];

  /** Nobody has a screen open, so nothing is matched automatically: who waits, waits until somebody presses. */
  async function wait(from: number, count: number): Promise<string[]> {
    const connection = new Connection(port);
    for (let number = from; number < from + count; number++) {
      const answer = await connection.send(
        webhook(
          `/webhooks/line/${line.key}`,
          line.secret,
          bodyOf(userOf(number), `7${String(number).padStart(11, '0')}`, 'hello'),
        ),
      );
      if (answer.status !== 200) throw new Error(`A webhook was answered ${answer.status}.`);
    }
    connection.close();
    const users = Array.from({ length: count }, (_, index) => userOf(from + index));
    // The words that hand a customer over are the house's matter and have tests; here the queue is filled by hand.
    const { rows } = await client.query(
      `with queued as (
        update sessions s set state = 'waiting', group_id = null, waiting_since = now(), seq = s.seq + 1 from identities i
        where i.id = s.identity_id and i.external_id = any($1) returning s.organisation_id, s.id, s.seq
      ), written as (insert into waits (organisation_id, id, session_id, started_at) select organisation_id, gen_random_uuid(), id, now() from queued)
      insert into session_events (organisation_id, session_id, seq, type, actor_type, at) select organisation_id, id, seq, 'waiting', 'system', now() from queued returning session_id`,
      [users],
    );
    return rows.map((row) => row.session_id);
  }
  async function people(count: number, cap: number, from: number): Promise<Presser[]> {
    await hub.ask('members', { organisationId, count, cap, from });
    return await Promise.all(
      Array.from({ length: count }, async (_, index) => ({
        cookie: await signIn(port, `agent${from + index}`),
        connection: new Connection(port),
      })),
    );
  }
  const press = async ({ cookie, connection }: Presser, id: string): Promise<Answered & { ms: number }> => {
    const from = performance.now();
    const answer = await connection.send(request('POST', `/api/v1/sessions/${id}/accept`, { cookie }));
    return { ...answer, ms: performance.now() - from };
  };

  const all = await people(agents, 99, 0);
  const sessions = await wait(0, times);
  if (sessions.length !== times) throw new Error(`${sessions.length} sessions wait.`);
  const [waits, firsts, lasts]: [number[], number[], number[]] = [[], [], []];
  const said = new Map<string, number>();
  for (const id of sessions) {
    const answers = await Promise.all(all.map((one) => press(one, id)));
    const winners = answers.filter((answer) => answer.status === 200);
    if (winners.length !== 1) wrong.push(`${winners.length} agents won session ${id}`);
    for (const { status, body } of answers) {
      const what = status === 200 ? '200' : `${status} ${(JSON.parse(body) as { code?: string }).code}`;
      said.set(what, (said.get(what) ?? 0) + 1);
    }
    waits.push(...answers.map((answer) => answer.ms));
    firsts.push(winners[0]?.ms ?? Number.NaN);
    lasts.push(Math.max(...answers.map((answer) => answer.ms)));
  }
  for (const what of said.keys()) if (what !== '200' && what !== '409 taken') wrong.push(`somebody was told ${what}`);
  const { rows: served } = await client.query(
    'select count(*)::int as n, count(distinct session_id)::int as sessions from services',
  );
  if (served[0].n !== times || served[0].sessions !== times)
    wrong.push(`${served[0].n} services of ${served[0].sessions} sessions`);
  const { p50, p99 } = spread(waits);
  console.log(
    `${agents} agents on one session, ${times} times: ${[...said].map(([what, count]) => `${count} × ${what}`).join(', ')}`,
  );
  console.log(
    `winner told after ${short(median(firsts))} ms, the last of all after ${short(median(lasts))} ms (medians); any answer p50 ${short(p50)} ms, p99 ${short(p99)} ms`,
  );
  for (const one of all) one.connection.close();

  const few = await people(FEW, CAP, agents);
  const many = await wait(times, MANY);
  const pressed = await Promise.all(
    few.flatMap((one, index) =>
      many.map(async (_, turn) => {
        const presser = { cookie: one.cookie, connection: new Connection(port) };
        const answer = await press(presser, many[(turn + index * 7) % many.length]!);
        presser.connection.close();
        return answer.status === 200
          ? '200'
          : `${answer.status} ${(JSON.parse(answer.body) as { code?: string }).code}`;
      }),
    ),
  );
  const { rows: loads } = await client.query(
    "select m.name, m.cap, count(s.id)::int as n from members m join sessions s on s.agent_id = m.id and s.state = 'serving' where m.cap = $1 group by 1, 2",
    [CAP],
  );
  const over = loads.filter((row) => row.n > row.cap);
  const taken = loads.reduce((sum, row) => sum + row.n, 0);
  if (over.length) wrong.push(`${over.length} agents serve more than their cap`);
  if (taken !== FEW * CAP) wrong.push(`${taken} of ${FEW * CAP} free places were taken`);
  const counts = Map.groupBy(pressed, (what) => what);
  console.log(
    `${FEW} agents with a cap of ${CAP} on ${MANY} sessions, ${pressed.length} at once: ${[...counts].map(([what, list]) => `${list.length} × ${what}`).join(', ')}; ${taken} served, most by one ${Math.max(...loads.map((row) => row.n))}`,
  );
  if (pressed.some((what) => !/^(200|409 (taken|at_capacity))$/.test(what)))
    wrong.push('somebody was told something else');
  for (const one of wrong) console.log(`✗ ${one}`);
  if (wrong.length) process.exitCode = 1;
  else console.log('✓ exactly one each time, nobody over the cap');
});
