/*
 * npm run bench screens [-- --screens 1000 --rounds 5 --times 20]
 *
 * One event of a session to everybody who looks at it, from the moment the webhook is written to the last screen, and
 * what an idle connection costs in memory; beside them a bare WebSocket server with one INSERT. All listening sockets
 * live in one process apart from those measured.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { WebSocket } from 'ws';
import { freePort } from '../start/port.ts';
import type { EchoOptions } from './echo.ts';
import type { Furnished, HubOptions } from './hub.ts';
import { Connection, request } from './lib/connection.ts';
import type { Memory } from './lib/cpu.ts';
import { Crowd } from './lib/crowd.ts';
import { median, short, table } from './lib/figures.ts';
import { type Helper, startHelper } from './lib/helper.ts';
import { openScreen, setUp } from './lib/owner.ts';
import { linePlatform } from './lib/platform.ts';
import { analyse, atEnd, bench, stage } from './lib/stage.ts';
import { bodyOf, userOf, webhook } from './lib/webhook.ts';

const { values } = parseArgs({
  options: {
    screens: { type: 'string', default: '1000' },
    rounds: { type: 'string', default: '5' },
    times: { type: 'string', default: '20' },
  },
});
const [screens, rounds, times] = [Number(values.screens), Number(values.rounds), Number(values.times)];

await bench(async () => {
  const place = await stage();
  const platform = await linePlatform();
  const [port, echoPort] = [await freePort(), await freePort()];
  const hub = await startHelper('hub.ts', {
    dataDir: place.folder,
    databaseUrl: place.url,
    port,
    lineUrl: platform.url,
  } satisfies HubOptions);
  atEnd(hub.stop);
  const cookie = await setUp(port);
  const { line } = await hub.ask<Furnished>('furnish', {});
  const echo = await startHelper('echo.ts', { databaseUrl: place.url, port: echoPort } satisfies EchoOptions);
  atEnd(echo.stop);

  const connection = new Connection(port);
  const say = async (number: number, text: string) => {
    const { status } = await connection.send(
      webhook(
        `/webhooks/line/${line.key}`,
        line.secret,
        bodyOf(userOf(1), `8${String(number).padStart(11, '0')}`, text),
      ),
    );
    if (status !== 200) throw new Error(`A webhook was answered ${status}.`);
  };
  await say(0, 'hello');
  await sleep(1000);
  const [session] = (
    JSON.parse((await connection.send(request('GET', '/api/v1/sessions?view=all', { cookie }))).body) as {
      items: { id: string }[];
    }
  ).items;

  const hubCrowd = new Crowd('{"type":"message"');
  const echoCrowd = new Crowd('');
  const before = { hub: await memory(hub), echo: await memory(echo) };
  const hubSockets: WebSocket[] = [];
  for (let number = 0; number < screens; number += 50)
    hubSockets.push(
      ...(await Promise.all(
        Array.from({ length: Math.min(50, screens - number) }, () =>
          openScreen(port, cookie, (text) => hubCrowd.hear(text)),
        ),
      )),
    );
  const echoSockets: WebSocket[] = [];
  for (let number = 0; number < screens; number++)
    echoSockets.push(await openBare(echoPort, (text) => echoCrowd.hear(text)));
  atEnd(() => {
    for (const socket of [...hubSockets, ...echoSockets]) socket.terminate();
  });
  await sleep(2000);
  const after = { hub: await memory(hub), echo: await memory(echo) };
  const each = (side: 'hub' | 'echo', what: keyof Memory) => (after[side][what] - before[side][what]) / screens / 1000;

  for (const socket of hubSockets) socket.send(JSON.stringify({ type: 'watch', sessionId: session!.id }));
  await sleep(1000);
  await analyse(place);
  const [hubTimes, echoTimes]: [number[], number[]] = [[], []];
  let number = 0;
  for (let round = 0; round <= rounds; round++) {
    const [a, b]: [number[], number[]] = [[], []];
    for (let turn = 0; turn < times; turn++) {
      const word = `word-${++number}-end`;
      a.push(await hubCrowd.time(word, screens, () => void say(number, word)));
      b.push(await echoCrowd.time(word, screens, () => void echo.ask('broadcast', word)));
    }
    // The first is for warming up.
    if (round) hubTimes.push(median(a));
    if (round) echoTimes.push(median(b));
  }
  const fanOut = median(hubTimes.map((time, round) => time / echoTimes[round]!));

  // Only those who look at a conversation may be sent its messages.
  for (const socket of hubSockets.slice(1)) socket.send(JSON.stringify({ type: 'watch', sessionId: null }));
  await sleep(1000);
  hubCrowd.frames = 0;
  await hubCrowd.time('only one hears', 1, () => void say(++number, 'only one hears'));
  await sleep(500);
  console.log(
    table([
      ['', 'hub', 'bare ws', 'ratio', 'aim'],
      [`webhook → last of ${screens} screens, ms`, median(hubTimes), median(echoTimes), fanOut, '≤ 1.5'],
      [
        'idle connection, live objects, kB',
        each('hub', 'live'),
        each('echo', 'live'),
        each('hub', 'live') / each('echo', 'live'),
        '≤ 3, ≤ 20 kB',
      ],
      [
        'idle connection, of the machine, kB',
        each('hub', 'resident'),
        each('echo', 'resident'),
        each('hub', 'resident') / each('echo', 'resident'),
        '',
      ],
    ]),
  );
  console.log(
    `one watches, ${screens} are connected: ${hubCrowd.frames} frames (a row of the inbox each, and one message)`,
  );
  console.log(
    `medians of ${rounds} rounds of ${short(times)}; the hub’s include verifying, deciding and storing, the floor’s one INSERT`,
  );
});

/** After collecting garbage. */
async function memory(helper: Helper): Promise<Memory> {
  return await helper.ask<Memory>('memory');
}

async function openBare(port: number, heard: (text: string) => void): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: false });
  socket.on('message', (data) => heard(String(data)));
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  return socket;
}
