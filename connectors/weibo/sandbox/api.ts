import { setTimeout as wait } from 'node:timers/promises';
import { Hono, type MiddlewareHandler } from 'hono';
import { accountApi } from './account-api.ts';
import { fail } from './answers.ts';
import { messaging } from './messaging.ts';
import { oauth } from './oauth.ts';
import type { Platform } from './platform.ts';

/** api.weibo.com, m.api.weibo.com and upload.api.weibo.com, told apart by their first folder as the real ones by their name. */
export function api(platform: Platform): Hono {
  const app = new Hono();
  for (const host of ['api', 'm', 'upload']) {
    app.use(`/${host}/*`, watched(platform));
    app.use(`/${host}/2/*`, troubled(platform));
  }
  app.route('/api', oauth(platform));
  app.route('/', accountApi(platform));
  app.route('/', messaging(platform));
  for (const host of ['api', 'm', 'upload']) app.all(`/${host}/*`, (c) => fail(c, platform, 'none'));
  return app;
}

/** Every exchange is written down, without what the address asks (tokens) and without forms (tokens, secrets). */
function watched({ log, host, faults }: Platform): MiddlewareHandler {
  const mount = new URL(host.url).pathname;
  return async (c, next) => {
    const at = host.now();
    const started = performance.now();
    const form = new URLSearchParams(await c.req.raw.clone().text());
    for (const secret of ['access_token', 'client_secret', 'code']) if (form.has(secret)) form.set(secret, '…');
    if (faults.number('slowMs') > 0) await wait(faults.number('slowMs'), undefined, { ref: false });
    await next();
    const isJson = c.res.headers.get('content-type')?.includes('application/json') ?? false;
    const secret = c.req.path.endsWith('/oauth2/access_token');
    log.add({
      at,
      direction: 'in',
      method: c.req.method,
      path: c.req.path.startsWith(mount) ? c.req.path.slice(mount.length) : c.req.path,
      status: c.res.status,
      ms: Math.round(performance.now() - started),
      request: form.size > 0 ? form.toString() : undefined,
      response: isJson && !secret ? await c.res.clone().text() : undefined,
    });
  };
}

/** What the switches make of every call. */
function troubled(platform: Platform): MiddlewareHandler {
  const { faults } = platform;
  return async (c, next) => {
    if (faults.on('busy')) return fail(c, platform, 'busy');
    if (faults.on('ipRefused')) return fail(c, platform, 'ip');
    if (faults.on('rateLimited')) return fail(c, platform, 'rate');
    if (faults.on('notPermitted')) return fail(c, platform, 'permission');
    return next();
  };
}
