import { fileURLToPath } from 'node:url';
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { connectors } from '../../connectors/index.ts';
import { folder } from '../files.ts';
import { problem } from '../problem.ts';
import { type OpenSandbox, standInOf } from '../sandboxes.ts';
import type { HouseEnv } from './route.ts';

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
/** Pages that may listen at the same time. */
const MAX_LISTENERS = 20;
const KEEP_ALIVE_MS = 20_000;

/**
 * `/sandbox/`: the customers' phones of all platforms side by side, and one stream of news for all of them: a browser keeps
 * no more than six connections to one address, and every phone would hold one. Nothing where the sandbox is off.
 */
export function sandboxPage(sandboxes: ReadonlyMap<string, OpenSandbox>) {
  const app = new Hono<HouseEnv>();
  const files = folder(fileURLToPath(new URL('../sandbox-page', import.meta.url)));
  const phones = [...sandboxes].filter(([, { sandbox }]) => sandbox.phone);
  if (phones.length === 0) return app;

  const html = async (request: Request) =>
    await files.serve('index.html', request, { 'content-security-policy': POLICY, 'cache-control': 'no-cache' });
  app.get('/sandbox', async (c) => (await html(c.req.raw)) ?? problem(c, 404, 'not_found'));
  app.get('/sandbox/', async (c) => (await html(c.req.raw)) ?? problem(c, 404, 'not_found'));
  app.get(
    '/sandbox/:file{side\\.(js|css)}',
    async (c) =>
      (await files.serve(c.req.param('file'), c.req.raw, { 'cache-control': 'no-cache' })) ??
      problem(c, 404, 'not_found'),
  );
  app.get('/sandbox/phones', (c) =>
    c.json({
      items: phones.map(([name, { sandbox }]) => ({
        name,
        label: sandbox.label,
        mark:
          Object.values(connectors).find((connector) => standInOf(connector) === name && connector.mark)?.mark ?? null,
      })),
    }),
  );

  let listeners = 0;
  app.get('/sandbox/live', (c) => {
    if (listeners >= MAX_LISTENERS) return problem(c, 429, 'too_many_requests');
    return streamSSE(c, async (stream) => {
      listeners++;
      const leave = phones.map(([name, { sandbox }]) =>
        sandbox.phone?.subscribe((news) => void stream.writeSSE({ data: JSON.stringify({ of: name, news }) })),
      );
      const alive = setInterval(() => void stream.writeSSE({ event: 'alive', data: '' }), KEEP_ALIVE_MS);
      alive.unref();
      await stream.writeSSE({ event: 'alive', data: '' });
      await new Promise<void>((resolve) => stream.onAbort(resolve));
      clearInterval(alive);
      for (const end of leave) end?.();
      listeners--;
    });
  });
  return app;
}
