import { readFileSync } from 'node:fs';
import { Hono } from 'hono';
import { z } from 'zod';
import type { WebServer } from './server.ts';

const FILES: Record<string, string> = { html: 'text/html; charset=utf-8', js: 'text/javascript; charset=utf-8' };
const id = z.string().min(1).max(200);
const text = z.string().max(70_000).optional();
const onDevice = z.object({ device: id });
const bodies = {
  open: z.object({ token: z.string().max(300).nullable() }),
  events: onDevice.extend({ after: z.number() }),
  pair: onDevice.extend({ phone: z.string().regex(/^\d{6,20}$/) }),
  logout: z.object({ token: z.string().max(300).nullable() }),
  exists: z.object({ number: id }),
  chat: onDevice.extend({ chat: id }),
  revoke: onDevice.extend({ id }),
  upload: z.object({ mimetype: id, name: z.string().max(300), data: z.base64() }),
  send: onDevice.extend({
    message: z.object({
      id,
      remote: id,
      type: id,
      body: text,
      caption: text,
      mimetype: text,
      size: z.number().optional(),
      filename: text,
      loc: text,
      lat: z.number().optional(),
      lng: z.number().optional(),
      quotedStanzaID: text,
      quotedParticipant: text,
      file: text,
    }),
  }),
};

/** What a browser gets at the place of WhatsApp Web: the page, its files and its server. */
export function webRoutes(server: WebServer): Hono {
  const app = new Hono();
  app.get('/', (c) => c.html(file('index.html')));
  app.get('/page/:name{[a-z]+\\.js}', (c) =>
    c.body(file(c.req.param('name')), 200, { 'content-type': FILES.js!, 'cache-control': 'no-store' }),
  );

  app.post('/api/open', async (c) => c.json(server.open(bodies.open.parse(await c.req.json()).token)));
  app.post('/api/events', async (c) => {
    const { device, after } = bodies.events.parse(await c.req.json());
    return c.json({ events: await server.events(device, after) });
  });
  app.post('/api/refresh', async (c) => {
    server.refresh(onDevice.parse(await c.req.json()).device);
    return c.json({});
  });
  app.post('/api/pair', async (c) => {
    const { device, phone } = bodies.pair.parse(await c.req.json());
    return c.json({ code: server.pair(device, phone) });
  });
  app.post('/api/logout', async (c) => {
    const { token } = bodies.logout.parse(await c.req.json());
    if (token) server.logout(token);
    return c.json({});
  });
  app.post('/api/exists', async (c) => {
    const { number } = bodies.exists.parse(await c.req.json());
    return c.json({ id: server.customerOf(`${number}@c.us`)?.pn ?? null });
  });
  app.post('/api/send', async (c) => {
    const { device, message } = bodies.send.parse(await c.req.json());
    return c.json(server.send(device, message));
  });
  app.post('/api/revoke', async (c) => {
    const { device, id: key } = bodies.revoke.parse(await c.req.json());
    server.takeBack(device, key);
    return c.json({});
  });
  for (const [path, what] of [
    ['/api/seen', 'read'],
    ['/api/typing', 'typing'],
  ] as const) {
    app.post(path, async (c) => {
      const { device, chat } = bodies.chat.parse(await c.req.json());
      server.sawChat(device, chat, what);
      return c.json({});
    });
  }
  app.post('/api/upload', async (c) => {
    const { mimetype, name, data } = bodies.upload.parse(await c.req.json());
    const stored = server.files.add({ name, mime: mimetype, bytes: Buffer.from(data, 'base64'), at: 0 });
    return c.json({ file: stored.id });
  });
  app.get('/api/file/:id', (c) => {
    const stored = server.files.get(c.req.param('id'));
    return stored
      ? c.body(new Uint8Array(stored.bytes), 200, { 'content-type': 'application/octet-stream' })
      : c.json({}, 404);
  });
  app.onError((error, c) => c.json({ message: error.message }, error instanceof z.ZodError ? 400 : 409));
  return app;
}

const file = (name: string): string => readFileSync(new URL(`./page/${name}`, import.meta.url), 'utf8');
