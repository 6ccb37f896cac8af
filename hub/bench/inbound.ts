/*
 * npm run bench inbound [-- --seconds 20 --rounds 5 --connections 1,16,64 --keyword 10 --schema copy --profile]
 *
 * Signed LINE webhooks of about 600 bytes through the whole hub (rules, words, replies that are really sent, an agent's
 * screen attached), beside a floor that only checks and stores (floor.ts), on the same PostgreSQL with fsync and
 * synchronous_commit on. Hub, floor, load and the stand-in for LINE are processes of their own. In turns, so that what
 * the machine does besides falls on both; medians of the rounds, ratios round by round.
 */
import { writeFileSync } from 'node:fs';
import type { Profiler } from 'node:inspector';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { withClient } from '../start/postgres/login.ts';
import { type Cell, compare, prove } from './lib/cells.ts';
import { serverCpu } from './lib/cpu.ts';
import { table } from './lib/figures.ts';
import { startHelper } from './lib/helper.ts';
import { openScreen } from './lib/owner.ts';
import { linePlatform } from './lib/platform.ts';
import { describeProfile } from './lib/profile.ts';
import { openFloorSide, openHubSide, type Side } from './lib/sides.ts';
import { analyse, atEnd, bench, type Stage, stage } from './lib/stage.ts';
import type { Load, Wish } from './load.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '5' },
    connections: { type: 'string', default: '1,16,64' },
    keyword: { type: 'string', default: '10' },
    users: { type: 'string', default: '1000' },
    schema: { type: 'string', default: 'public' },
    profile: { type: 'boolean', default: false },
    'profile-to': { type: 'string' },
    dir: { type: 'string' },
  },
});
const [seconds, rounds, users] = [Number(values.seconds), Number(values.rounds), Number(values.users)];
const cells = values.connections.split(',').map(Number);
const shares = values.keyword.split(',').map(Number);

await bench(async () => {
  const place = await stage(values.dir);
  const platform = await linePlatform();
  const { hub, cookie } = await openHubSide(place, platform.url);
  const floor = await openFloorSide(place, values.schema);
  const load = await startHelper('load.ts', {});
  atEnd(load.stop);
  let frames = 0;
  const screen = await openScreen(hub.port, cookie, () => frames++);
  atEnd(() => screen.terminate());

  async function measure(
    side: Side,
    connections: number,
    keywordEvery: number,
    ms: number,
    most?: number,
  ): Promise<Cell> {
    const wish: Wish = {
      port: side.port,
      path: side.path,
      secret: side.secret,
      connections,
      users,
      keywordEvery,
      ms,
      most,
    };
    const before = { own: await side.helper.ask<number>('cpu'), server: serverCpu(place.postgresPid) };
    const result = await load.ask<Load>('run', wish);
    const from = performance.now();
    // Replies still on their way belong to the messages that caused them, and to no other's turn.
    if (side.name === 'hub') await side.helper.ask('settled');
    const settle = performance.now() - from;
    const own = (await side.helper.ask<number>('cpu')) - before.own;
    const cpu = own / result.sent;
    return { ...result, cpu, total: cpu + (serverCpu(place.postgresPid) - before.server) / result.sent, settle };
  }

  console.log(
    `Node ${process.version}, ${seconds} s a cell, ${rounds} rounds in turns, ${users} people, floor on ${values.schema === 'public' ? 'the hub’s own tables' : 'a copy of the tables without foreign keys'}`,
  );
  for (const side of [hub, floor]) {
    await measure(side, 16, 10, Math.max(1500, users * 2));
    await measure(side, 64, 10, 1000);
  }
  await acquainted(place, () => frames);
  await analyse(place);
  // Learning a name makes the hub forget what it knew of the person: everybody is met once more.
  for (const side of [hub, floor]) await measure(side, 16, 10, 120_000, 2 * users);
  for (const keywordEvery of shares) {
    console.log(
      `\n${keywordEvery ? `every ${keywordEvery === 1 ? '' : `${keywordEvery}th `}message is answered by the keyword rule` : 'no message is answered'}`,
    );
    const rows: (string | number)[][] = [
      [
        '',
        'floor/s',
        'hub/s',
        'ratio',
        'worst',
        'p50 ms',
        '',
        'ratio',
        'p99 ms',
        '',
        'ratio',
        'CPU ms',
        '',
        'ratio',
        'with PG',
        '',
        'ratio',
      ],
    ];
    for (const connections of cells) {
      const heard = frames;
      const replies = platform.seen.length;
      const turns: Record<Side['name'], Cell[]> = { hub: [], floor: [] };
      for (let round = 0; round < rounds; round++) {
        for (const side of round % 2 ? [floor, hub] : [hub, floor]) {
          const profiled = values.profile && round === rounds - 1;
          if (profiled) await side.helper.ask('startProfile');
          turns[side.name].push(await measure(side, connections, keywordEvery, seconds * 1000));
          if (profiled)
            showProfile(`${side.name}-c${connections}`, await side.helper.ask<Profiler.Profile>('stopProfile'));
        }
      }
      rows.push([`c=${connections}`, ...compare(turns)]);
      prove(turns.hub, frames - heard, platform.seen.length - replies, keywordEvery);
      if (turns.floor.some((cell) => cell.refused)) throw new Error('The floor refused messages.');
    }
    console.log(table(rows));
  }
  console.log(
    '\nRatios are hub ÷ floor, medians of the rounds. Aims: messages ≥ 0.70 at c=1 and 16, ≥ 1.0 at 64; p99 ≤ 2; CPU ≤ 1.6. "CPU ms" of the process a message; "with PG" with PostgreSQL’s.',
  );
});

/** New people's names are asked for and shown in the background: the warm-up ends when all are known and screens are still. */
async function acquainted(place: Stage, frames: () => number): Promise<void> {
  const strangers = async () =>
    (
      await withClient(place.url, (client) =>
        client.query('select 1 from identities where profile_at is null and name is null limit 1'),
      )
    ).rowCount;
  for (let end = Date.now() + 120_000, before = -1; Date.now() < end; await sleep(1000)) {
    const now = frames();
    if (now === before && !(await strangers())) return;
    before = now;
  }
  throw new Error('The names of new people were not asked for.');
}

function showProfile(name: string, profile: Profiler.Profile): void {
  console.log(`\n${name}\n${describeProfile(profile)}\n`);
  if (values['profile-to']) writeFileSync(join(values['profile-to'], `${name}.cpuprofile`), JSON.stringify(profile));
}
