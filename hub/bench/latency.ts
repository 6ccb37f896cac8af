/*
 * npm run bench latency [-- --seconds 10 --rounds 5 --rate 100 --agents 10]
 *
 * Web visitor → agent's screen, and back: the visitor's page posts, the agent's open conversation hears it; the agent
 * posts a reply, the visitor's page hears it. From the moment the request is written to the moment the frame is there.
 * Beside it a bare WebSocket that does one INSERT and echoes, at the same rate, in turns, on the same PostgreSQL.
 * At a steady rate, whatever the answers take; everything that listens is one process, apart from those measured.
 */

import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { WebSocket } from 'ws';
import { freePort } from '../start/port.ts';
import type { EchoOptions } from './echo.ts';
import type { Furnished, HubOptions } from './hub.ts';
import { Connection, request } from './lib/connection.ts';
import { median, spread, table } from './lib/figures.ts';
import { startHelper } from './lib/helper.ts';
import { openPage, openScreen, setUp, signIn } from './lib/owner.ts';
import { linePlatform } from './lib/platform.ts';
import { analyse, atEnd, bench, type Stage, stage } from './lib/stage.ts';

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

/** A visitor and the agent who serves him, both connected. */
interface Pair {
  say(): Promise<void>;
  reply(): Promise<void>;
}

/** What is on its way, by the id its text carries. */
class Flights {
  readonly #begun = new Map<string, number>();
  times: number[] = [];
  begin(): string {
    const id = randomUUID();
    this.#begun.set(id, performance.now());
    return id;
  }
  /** A frame that may carry one of ours. */
  land(frame: string): void {
    const id = /flight:([0-9a-f-]{36})/.exec(frame)?.[1];
    const begun = id && this.#begun.get(id);
    if (!begun) return;
    this.#begun.delete(id);
    this.times.push(performance.now() - begun);
  }
  get open(): number {
    return this.#begun.size;
  }
}

const flights = { toAgent: new Flights(), toVisitor: new Flights(), echo: new Flights() };

await bench(async () => {
  const place = await stage(values.dir);
  const pairs = await openHubPairs(place);
  const echoes = await openEchoes(place);
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

async function openHubPairs(place: Stage): Promise<Pair[]> {
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
  const { organisationId, web } = await hub.ask<Furnished>('furnish', { visitors: agents });
  const memberIds = await hub.ask<string[]>('members', { organisationId, count: agents, cap: 1 });
  return await Promise.all(
    memberIds.map(async (_, index) => {
      const cookie = await signIn(port, `agent${index}`);
      const { token } = web.visitors[index]!;
      const calls = pool(port);
      const webhook = (event: object) =>
        calls(
          'POST',
          `/webhooks/web/${web.key}`,
          { authorization: `Visitor ${token}` },
          { events: [{ id: randomUUID(), ...event }] },
        );
      const page = await openPage(port, web.key, token, (frame) => flights.toVisitor.land(frame));
      let sessionId = '';
      const screen = await openScreen(port, cookie, (frame) => {
        const said = JSON.parse(frame) as {
          type: string;
          session?: { id: string; state: string; agent: { id: string } | null };
        };
        if (said.type === 'message') flights.toAgent.land(frame);
        if (
          said.type === 'session' &&
          said.session!.state === 'serving' &&
          said.session!.agent?.id === memberIds[index]
        )
          sessionId ||= said.session!.id;
      });
      atEnd(() => {
        page.terminate();
        screen.terminate();
      });
      await webhook({ type: 'human' });
      // Each agent takes one: whoever is free gets the visitor, so visitor and agent of a pair may be of different numbers.
      for (const end = Date.now() + 15_000; !sessionId; await sleep(20))
        if (Date.now() > end) throw new Error('An agent was given no visitor.');
      screen.send(JSON.stringify({ type: 'watch', sessionId }));
      await sleep(200);
      return {
        say: () =>
          webhook({
            type: 'message',
            content: { type: 'text', text: `Where is my parcel? flight:${flights.toAgent.begin()}` },
          }),
        reply: () =>
          calls(
            'POST',
            `/api/v1/sessions/${sessionId}/messages`,
            { cookie },
            { id: randomUUID(), content: { type: 'text', text: `On its way. flight:${flights.toVisitor.begin()}` } },
          ),
      };
    }),
  );
}

/** As many connections as needed at the time, each kept for the next. */
function pool(port: number) {
  const free: Connection[] = [];
  atEnd(() => {
    for (const connection of free) connection.close();
  });
  return async (method: string, path: string, headers: Record<string, string>, body: object): Promise<void> => {
    const connection = free.pop() ?? new Connection(port);
    const answer = await connection.send(request(method, path, headers, JSON.stringify(body)));
    free.push(connection);
    if (answer.status >= 300) throw new Error(`${path} was answered ${answer.status}: ${answer.body}`);
  };
}

async function openEchoes(place: Stage): Promise<(() => void)[]> {
  const port = await freePort();
  const echo = await startHelper('echo.ts', { databaseUrl: place.url, port } satisfies EchoOptions);
  atEnd(echo.stop);
  return await Promise.all(
    Array.from({ length: agents }, async () => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: false });
      await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
      socket.on('message', (data) => flights.echo.land(String(data)));
      atEnd(() => socket.terminate());
      return () => socket.send(`Where is my parcel? flight:${flights.echo.begin()}`);
    }),
  );
}
