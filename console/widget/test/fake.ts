import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { newId } from '../chat/lib/id.ts';
import { House, Refusal } from './house.ts';

/**
 * A hub for one channel: the built files, the visitor's routes and the socket, over a House. Headers are those the hub
 * is to send, so that a policy the page cannot live with fails here. Stays out of the hub's code on purpose.
 */
export const CHAT_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob: http: https:; media-src 'self' blob: http: https:; connect-src 'self'; base-uri 'none'; form-action 'none'";

const build = new URL('../build/', import.meta.url);
const types: Record<string, string> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
};

export class Fake {
  house = new House();
  url = '';
  /** Every request that came, as `METHOD /path`. */
  requests: string[] = [];
  /** Refuses all but files, as a dead network would. */
  down = false;
  /** ms an upload takes at least. */
  uploadDelay = 0;
  /** Pages of embedding sites, by path. */
  sites = new Map<string, { html: string; policy?: string }>();
  #server = createServer((request, response) => void this.#answer(request, response));
  #sockets = new WebSocketServer({ noServer: true });

  async start(port = 0): Promise<this> {
    this.#server.on('upgrade', (request, socket, head) => {
      if (this.down) return socket.destroy();
      this.#sockets.handleUpgrade(request, socket, head, (ws) => this.#live(ws, new URL(request.url!, this.url)));
    });
    await new Promise<void>((resolve) => this.#server.listen(port, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return this;
  }

  /** The network goes: sockets break, requests die. */
  cut(): void {
    this.down = true;
    for (const socket of this.#sockets.clients) socket.terminate();
  }

  async stop(): Promise<void> {
    this.cut();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #live(ws: WebSocket, url: URL): void {
    try {
      const send = (frame: object) => ws.send(JSON.stringify(frame));
      const detach = this.house.attach(url.searchParams.get('token') ?? '', url.searchParams.get('after'), send);
      ws.on('close', detach);
      ws.on('message', (data) => {
        const said = JSON.parse(String(data));
        if (said.type === 'ping') send({ type: 'pong' });
        else this.requests.push(`SAID ${said.type}`);
      });
    } catch {
      ws.send(JSON.stringify({ type: 'bye', code: 'bad_token' }));
      ws.close();
    }
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url!, this.url);
    this.requests.push(`${request.method} ${url.pathname}`);
    const site = this.sites.get(url.pathname);
    try {
      if (site)
        return this.#send(
          response,
          200,
          types.html!,
          site.html,
          site.policy ? { 'content-security-policy': site.policy } : {},
        );
      if (url.pathname === '/widget.js') {
        const style = JSON.stringify({ key: url.searchParams.get('key'), style: this.house.style }).replace(
          /</g,
          '\\u003c',
        );
        return this.#send(
          response,
          200,
          types.js!,
          `window.__haina=${style};\n${await readFile(new URL('widget.js', build), 'utf8')}`,
        );
      }
      if (url.pathname.startsWith('/chat/'))
        return this.#send(response, 200, types.html!, await readFile(new URL('chat.html', build)), {
          'content-security-policy': CHAT_POLICY,
        });
      if (url.pathname.startsWith('/chat-assets/'))
        return this.#send(
          response,
          200,
          types[url.pathname.split('.').at(-1)!]!,
          await readFile(new URL(`.${url.pathname}`, build)),
        );
      if (this.down) return void request.socket.destroy();
      if (url.pathname.startsWith('/media/')) {
        const held = this.house.media.get(url.pathname.split('/')[2]!);
        return this.#send(response, held ? 200 : 404, held?.mime ?? 'text/plain', Buffer.from(held?.bytes ?? []));
      }
      this.#send(response, 200, 'application/json', JSON.stringify(await this.#call(request, url)));
    } catch (error) {
      const refusal = error instanceof Refusal ? error : new Refusal(500, String(error));
      this.#send(
        response,
        refusal.status,
        'application/problem+json',
        JSON.stringify({ code: refusal.code, status: refusal.status }),
      );
    }
  }

  async #call(request: IncomingMessage, url: URL): Promise<unknown> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const token = (request.headers.authorization ?? '').replace(/^Visitor /, '');
    if (url.pathname.includes('/gone/')) throw new Refusal(404, 'no_such_channel');
    if (url.pathname.endsWith('/hello')) return this.house.hello(JSON.parse(String(body)));
    if (url.pathname.endsWith('/messages')) return this.house.older(token, url.searchParams.get('before')!);
    if (url.pathname.startsWith('/webhooks/web/')) return this.house.post(token, JSON.parse(String(body)));
    if (url.pathname.endsWith('/media')) return this.#upload(token, request, body);
    throw new Refusal(404, 'not_found');
  }

  async #upload(token: string, request: IncomingMessage, body: Buffer): Promise<unknown> {
    this.house.visitor(token);
    await new Promise((resolve) => setTimeout(resolve, this.uploadDelay));
    const form = await new Response(new Uint8Array(body), {
      headers: { 'content-type': request.headers['content-type']! },
    }).formData();
    const file = form.get('file') as File;
    if (file.name.endsWith('.exe')) throw new Refusal(415, 'file_type_refused');
    const id = newId();
    this.house.media.set(id, {
      mime: file.type,
      name: file.name,
      size: file.size,
      bytes: new Uint8Array(await file.arrayBuffer()),
    });
    return { ...this.house.mediaOf(id), previewUrl: null, width: null, height: null };
  }

  #send(
    response: ServerResponse,
    status: number,
    type: string,
    body: string | Uint8Array,
    more: Record<string, string> = {},
  ): void {
    response.writeHead(status, { 'content-type': type, 'x-content-type-options': 'nosniff', ...more }).end(body);
  }
}
