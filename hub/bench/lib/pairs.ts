import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { freePort } from '../../start/port.ts';
import type { EchoOptions } from '../echo.ts';
import type { Furnished, HubOptions } from '../hub.ts';
import { Connection, request } from './connection.ts';
import type { Air } from './flights.ts';
import { startHelper } from './helper.ts';
import { openPage, openScreen, setUp, signIn } from './owner.ts';
import { linePlatform } from './platform.ts';
import { atEnd, type Stage } from './stage.ts';

/** A visitor and the agent who serves him, both connected. */
export interface Pair {
  say(): Promise<void>;
  reply(): Promise<void>;
}

/** Visitors of a hub, each with the agent who was given him. */
export async function openHubPairs(place: Stage, agents: number, flights: Air): Promise<Pair[]> {
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

/** Sockets of the floor, each with how to say something on it. */
export async function openEchoes(place: Stage, agents: number, flights: Air): Promise<(() => void)[]> {
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
