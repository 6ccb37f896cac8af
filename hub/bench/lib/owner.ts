import { WebSocket } from 'ws';
import { Connection, request } from './connection.ts';
import { PASSWORD } from './members.ts';

/** Somebody who is signed in: his cookie. */
export type Cookie = string;

const cookieOf = (head: string): Cookie =>
  [...head.matchAll(/\r\nset-cookie: *([^;\r]+)/gi)].map((found) => found[1]).join('; ');

async function post(port: number, path: string, body: object): Promise<Cookie> {
  const connection = new Connection(port);
  const answer = await connection.send(request('POST', path, {}, JSON.stringify(body)));
  connection.close();
  if (answer.status !== 200) throw new Error(`${path} was answered ${answer.status}: ${answer.body}`);
  return cookieOf(answer.head);
}

/** Makes the organisation by the first page, as a person would. */
export const setUp = (port: number): Promise<Cookie> =>
  post(port, '/api/v1/setup', { organisation: 'Bench', name: 'Owner', username: 'owner', password: PASSWORD });
export const signIn = (port: number, username: string): Promise<Cookie> =>
  post(port, '/api/auth/sign-in/username', { username, password: PASSWORD });

/** A member's screen: `/live`, ready. `heard` gets every frame after that. */
export async function openScreen(port: number, cookie: Cookie, heard: (text: string) => void): Promise<WebSocket> {
  return await ready(
    new WebSocket(`ws://127.0.0.1:${port}/live`, { headers: { cookie }, perMessageDeflate: false }),
    heard,
  );
}

/** A visitor's page. */
export async function openPage(
  port: number,
  key: string,
  token: string,
  heard: (text: string) => void,
): Promise<WebSocket> {
  return await ready(
    new WebSocket(`ws://127.0.0.1:${port}/visitor/live?${new URLSearchParams({ key, token })}`, {
      perMessageDeflate: false,
    }),
    heard,
  );
}

async function ready(socket: WebSocket, heard: (text: string) => void): Promise<WebSocket> {
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.once('close', (code) => reject(new Error(`The socket was closed: ${code}`)));
    socket.on('message', (data) => {
      const text = String(data);
      if (text.startsWith('{"type":"ready"')) resolve();
      else heard(text);
    });
  });
  return socket;
}
