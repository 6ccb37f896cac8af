import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { onTestFinished } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { hashPassword } from '../auth.ts';
import { newId } from '../id.ts';
import type { Org } from '../store/org.ts';
import { addUser } from '../store/users.ts';
import type { TestHub } from './hub.ts';

/** A hub on a port of its own, as main.ts serves it: for what only a real connection can prove. */
export async function serve({ app }: Pick<TestHub, 'app'>): Promise<{ url: string; close(): Promise<void> }> {
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: 65_536 });
  const server = createAdaptorServer({ fetch: app.fetch, websocket: { server: sockets } }) as Server;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = async () => {
    for (const socket of sockets.clients) socket.terminate();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  onTestFinished(close);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

let people = 0;
/** Makes a member a person who can sign in, signs in, and gives the cookie. */
export async function cookieOf(
  { hub, app }: Pick<TestHub, 'hub' | 'app'>,
  org: Org,
  memberId: string,
): Promise<string> {
  const user = {
    id: newId(),
    name: 'person',
    username: `person${++people}`,
    hash: await (fixedHash ??= hashPassword('a right password')),
  };
  await addUser(hub.db.everywhere, user);
  await org.update('members').set({ user_id: user.id }).where('id', '=', memberId).execute();
  const answer = await app.request('/api/auth/sign-in/username', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: user.username, password: 'a right password' }),
  });
  if (!answer.ok) throw new Error(`sign-in answered ${answer.status} ${await answer.text()}`);
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}
let fixedHash: Promise<string> | undefined;

export interface Line<F> {
  frames: F[];
  say(said: unknown): void;
  /** Waits for a frame; those seen by an earlier call are not seen again. Rejects after two seconds. */
  next(is: (frame: F) => boolean): Promise<F>;
  /** Resolves when what was on its way has come: the answer to a ping is behind it. */
  quiet(): Promise<void>;
  close(): Promise<void>;
  closed: Promise<{ code: number }>;
}

/** Opens a WebSocket and gathers what it says. Rejects with the HTTP status where the door stays shut. */
export async function dial<F extends { type: string }>(
  url: string,
  headers: Record<string, string> = {},
): Promise<Line<F>> {
  const socket = new WebSocket(url.replace(/^http/, 'ws'), { headers });
  const frames: F[] = [];
  let taken = 0;
  let heard = () => {};
  const closed = new Promise<{ code: number }>((resolve) => socket.on('close', (code) => resolve({ code })));
  socket.on('message', (data) => {
    frames.push(JSON.parse(String(data)) as F);
    heard();
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', () => resolve());
    socket.once('unexpected-response', (_request, response) => reject(new Error(String(response.statusCode))));
    socket.once('error', reject);
  });
  socket.on('error', () => {});
  const line: Line<F> = {
    frames,
    closed,
    say: (said) => socket.send(typeof said === 'string' ? said : JSON.stringify(said)),
    async next(is) {
      const end = Date.now() + 2000;
      for (;;) {
        const index = frames.findIndex((frame, at) => at >= taken && is(frame));
        if (index >= 0) {
          taken = index + 1;
          return frames[index]!;
        }
        if (Date.now() > end) throw new Error(`no such frame among ${JSON.stringify(frames.slice(taken))}`);
        await new Promise<void>((resolve) => {
          heard = resolve;
          setTimeout(resolve, 50);
        });
      }
    },
    async quiet() {
      await new Promise((resolve) => setTimeout(resolve, 60));
      line.say({ type: 'ping' });
      await line.next((frame) => frame.type === 'pong');
    },
    async close() {
      socket.close();
      await closed;
    },
  };
  return line;
}
