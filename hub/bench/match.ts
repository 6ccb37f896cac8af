/*
 * npm run bench match [-- --agents 300 --waiting 5000 --rounds 3]
 *
 * Two hubs on one database match everybody who waits: ten groups, eleven levels of customers, skills, levels, regular
 * customers and helpers all switched on, a screen on each hub. Beside them a bare loop of two connections on the same
 * rows: one `update … for update skip locked` a session, no rules, no caps, no events. In turns; medians of the rounds.
 * Ends with 1 when anybody was given twice, got more than his cap or was passed over, or below half of the bare loop.
 */
import { parseArgs } from 'node:util';
import pg from 'pg';
import { freePort } from '../start/port.ts';
import type { Furnished, HubOptions } from './hub.ts';
import { Connection, request } from './lib/connection.ts';
import { median, short, table } from './lib/figures.ts';
import { faults, furnishCustomers, furnishHouse, type House, waitAgain } from './lib/hall.ts';
import { startHelper } from './lib/helper.ts';
import { openScreen, setUp, signIn } from './lib/owner.ts';
import { linePlatform } from './lib/platform.ts';
import { atEnd, bench, stage } from './lib/stage.ts';

const { values } = parseArgs({
  options: {
    agents: { type: 'string', default: '300' },
    waiting: { type: 'string', default: '5000' },
    rounds: { type: 'string', default: '3' },
  },
});
const [agents, waiting, rounds] = [Number(values.agents), Number(values.waiting), Number(values.rounds)];
/** The hub's share of the bare loop's pace, at least. */
const AIM = 0.5;

await bench(async () => {
  const place = await stage();
  const platform = await linePlatform();
  const ports = [await freePort(), await freePort()];
  const hubs = [];
  for (const port of ports) {
    const options: HubOptions = { dataDir: place.folder, databaseUrl: place.url, port, lineUrl: platform.url };
    const hub = await startHelper('hub.ts', options);
    atEnd(hub.stop);
    if (!hubs.length) await setUp(port);
    hubs.push(hub);
  }
  const { organisationId } = await hubs[0]!.ask<Furnished>('furnish', {});
  const ids = await hubs[0]!.ask<string[]>('members', { organisationId, count: agents, cap: 1 });
  const [client, other] = await Promise.all([connect(place.url), connect(place.url)]);
  const house = await furnishHouse(client, { organisationId, agents: ids, groups: 10 });
  await furnishCustomers(client, house, waiting);
  let frames = 0;
  for (const port of ports) {
    const screen = await openScreen(port, await signIn(port, 'owner'), () => frames++);
    atEnd(() => screen.terminate());
  }
  await switchOn(ports[0]!);

  const rows: { what: 'hubs' | 'bare' | 'bulk'; served: number; ms: number }[] = [];
  const wrong: string[] = [];
  for (let round = 0; round < rounds; round++) {
    await waitAgain(client, house);
    await client.query(
      `update members set present_until = now() + interval '1 hour' where organisation_id = $1 and cap > 0`,
      [organisationId],
    );
    const began = performance.now();
    await Promise.all(hubs.map((hub) => hub.ask('pair', organisationId)));
    // The clock of either hub may have begun a round of its own meanwhile.
    await Promise.all(hubs.map((hub) => hub.ask('settled')));
    const ms = performance.now() - began;
    rows.push({ what: 'hubs', served: await servedOf(client, house), ms });
    wrong.push(...(await faults(client, house)).map((fault) => `round ${round + 1}: ${fault}`));
    const { served } = rows.at(-1)!;
    for (const [what, size] of [
      ['bare', 1],
      ['bulk', 250],
    ] as const) {
      await waitAgain(client, house);
      rows.push({ what, served, ms: await loop([client, other], house, served, size) });
    }
  }
  const pace = (what: string) =>
    median(rows.filter((row) => row.what === what).map(({ served, ms }) => (served / ms) * 1000));
  const { served } = rows[0]!;
  console.log(
    `${agents} agents, ${waiting} waiting, two hubs: ${served} matched, the rest found everybody full (${frames} frames to two screens)`,
  );
  console.log(
    table([
      ['', 'matched/s', 'of the hubs'],
      ['two hubs', pace('hubs'), 1],
      ['two connections, one session a statement', pace('bare'), pace('hubs') / pace('bare')],
      ['two connections, 250 sessions a statement', pace('bulk'), pace('hubs') / pace('bulk')],
    ]),
  );
  const ratio = pace('hubs') / pace('bare');
  if (ratio < AIM) wrong.push(`${short(ratio)} of the bare loop, not ${AIM}`);
  for (const one of wrong) console.log(`✗ ${one}`);
  if (wrong.length) process.exitCode = 1;
  else console.log(`✓ nobody twice, nobody over his cap, nobody passed over; ${short(ratio)} of the bare loop`);
});

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  atEnd(() => client.end());
  return client;
}

/** Everything matching can look at. */
async function switchOn(port: number): Promise<void> {
  const connection = new Connection(port);
  const document = { byLevel: true, bySkill: true, regular: 'last' };
  const cookie = await signIn(port, 'owner');
  const answer = await connection.send(
    request('PUT', '/api/v1/settings/matching', { cookie }, JSON.stringify({ version: 0, document })),
  );
  connection.close();
  if (answer.status !== 200) throw new Error(`The settings were answered ${answer.status}: ${answer.body}`);
}

/** The bare loop: the next of each queue in turn, given to one agent after the other, until so many are. Milliseconds. */
async function loop(
  clients: pg.Client[],
  { organisationId, groups, agents }: House,
  many: number,
  size: number,
): Promise<number> {
  const began = performance.now();
  let [given, turn] = [0, 0];
  const queues = [null, ...groups];
  await Promise.all(
    clients.map(async (client) => {
      for (let empty = 0; given < many && empty < queues.length; turn++) {
        const groupId = queues[turn % queues.length]!;
        const text = `with next as (
            select id from sessions where organisation_id = $1 and state = 'waiting' and group_id ${groupId ? '= $3' : 'is null and $3::uuid is null'}
            order by priority, waiting_since limit ${Math.min(size, many)} for update skip locked
          ) update sessions s set state = 'serving', agent_id = $2, served_since = now(), waiting_since = null, seq = seq + 1
          from next where s.organisation_id = $1 and s.id = next.id`;
        const name = `${size}${groupId ? 'group' : 'all'}`;
        const agent = agents[turn % agents.length];
        const { rowCount } = await client.query({ name, text, values: [organisationId, agent, groupId] });
        given += rowCount ?? 0;
        empty = rowCount ? 0 : empty + 1;
      }
    }),
  );
  return performance.now() - began;
}

async function servedOf(client: pg.Client, { organisationId }: House): Promise<number> {
  const { rows } = await client.query<{ n: number }>(
    'select count(*)::int as n from services where organisation_id = $1',
    [organisationId],
  );
  return rows[0]!.n;
}
