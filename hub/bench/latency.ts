/*
 * npm run bench latency [-- --seconds 10 --rounds 5 --rate 100 --agents 10]
 *
 * Web visitor → agent's screen, and back: the visitor's page posts, the agent's open conversation hears it; the agent
 * posts a reply, the visitor's page hears it. From the moment the request is written to the moment the frame is there.
 * Beside it a bare WebSocket that does one INSERT and echoes, at the same rate, in turns, on the same PostgreSQL.
 * At a steady rate, whatever the answers take; everything that listens is one process, apart from those measured.
 */

import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { median, spread, table } from './lib/figures.ts';
import { type Air, Flights } from './lib/flights.ts';
import { openEchoes, openHubPairs } from './lib/pairs.ts';
import { analyse, bench, stage } from './lib/stage.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    rounds: { type: 'string', default: '5' },
    rate: { type: 'string', default: '100' },
    agents: { type: 'string', default: '10' },
    dir: { type: 'string' },
  },
});
const [seconds, rounds, rate, agents] = [
  Number(values.seconds),
  Number(values.rounds),
  Number(values.rate),
  Number(values.agents),
];

const flights: Air = { toAgent: new Flights(), toVisitor: new Flights(), echo: new Flights() };

await bench(async () => {
  const place = await stage(values.dir);
  const pairs = await openHubPairs(place, agents, flights);
  const echoes = await openEchoes(place, agents, flights);
  console.log(
    `Node ${process.version}, ${rate} messages/s each way, ${agents} agents and visitors, ${seconds} s a turn, ${rounds} rounds`,
  );
  const turns = {
    toAgent: () => steadily((turn) => pairs[turn % pairs.length]!.say(), flights.toAgent),
    toVisitor: () => steadily((turn) => pairs[turn % pairs.length]!.reply(), flights.toVisitor),
    echo: () => steadily(async (turn) => echoes[turn % echoes.length]!(), flights.echo),
  };
  for (const turn of Object.values(turns)) await turn();
  await analyse(place);
  const results = { toAgent: [] as Spread[], toVisitor: [] as Spread[], echo: [] as Spread[] };
  for (let round = 0; round < rounds; round++) {
    const names = Object.keys(turns) as (keyof typeof turns)[];
    for (const name of round % 2 ? names.toReversed() : names) results[name].push(await turns[name]());
  }
  const row = (title: string, list: Spread[]) => {
    const ratio = (key: 'p50' | 'p99') => median(list.map((one, round) => one[key] / results.echo[round]![key]));
    return [
      title,
      list.reduce((sum, one) => sum + one.count, 0),
      median(list.map((one) => one.p50)),
      ratio('p50'),
      median(list.map((one) => one.p99)),
      ratio('p99'),
      Math.max(...list.map((one) => one.worst)),
    ];
  };
  console.log(
    table([
      ['', 'messages', 'p50 ms', '÷ floor', 'p99 ms', '÷ floor', 'worst'],
      row('visitor → agent’s screen', results.toAgent),
      row('agent → visitor’s page', results.toVisitor),
      row('floor: echo with one INSERT', results.echo),
    ]),
  );
  console.log('Medians of the rounds. Aim: p50 and p99 at most 2.5 times the floor’s.');
});

type Spread = ReturnType<typeof spread>;

/** At the rate, by the clock and not by the answers. Everything that was sent must arrive. */
async function steadily(send: (turn: number) => Promise<void>, carried: Flights): Promise<Spread> {
  carried.times = [];
  const begun = performance.now();
  const sent: Promise<void>[] = [];
  for (let turn = 0; turn < seconds * rate; turn++) {
    const due = begun + (turn * 1000) / rate - performance.now();
    if (due > 0) await sleep(due);
    sent.push(send(turn));
  }
  await Promise.all(sent);
  for (const end = Date.now() + 10_000; carried.open && Date.now() < end; ) await sleep(5);
  if (carried.open) throw new Error(`${carried.open} messages did not arrive.`);
  return spread(carried.times);
}
