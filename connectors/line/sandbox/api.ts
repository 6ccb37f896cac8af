import { setTimeout as wait } from 'node:timers/promises';
import { Hono, type MiddlewareHandler } from 'hono';
import { accountApi } from './account-api.ts';
import { TOKEN_LIFE } from './accounts.ts';
import { fail, type LineEnv, requestId, WORDS } from './answers.ts';
import { content } from './content.ts';
import { messaging } from './messaging.ts';
import type { Platform } from './platform.ts';
import type { Webhooks } from './webhooks.ts';

/** api.line.me and api-data.line.me, told apart by their first folder as the real ones by their name. */
export function api(platform: Platform, webhooks: Webhooks, publish: () => void): Hono<LineEnv> {
  const app = new Hono<LineEnv>();
  app.use('/api/*', watched(platform));
  app.use('/data/*', watched(platform));
  app.post('/api/oauth2/v3/token', async (c) => {
    const form = new URLSearchParams(await c.req.text());
    if (form.get('grant_type') !== 'client_credentials')
      return c.json({ error: 'unsupported_grant_type', error_description: 'unsupported grant type' }, 400);
    const token = platform.accounts.issue(form.get('client_id') ?? '', form.get('client_secret') ?? '');
    if (!token)
      return c.json({ error: 'invalid_client', error_description: 'invalid client_id or client_secret' }, 400);
    return c.json({ token_type: 'Bearer', access_token: token, expires_in: TOKEN_LIFE });
  });
  app.use('/api/v2/*', allowed(platform));
  app.use('/data/v2/*', allowed(platform));
  app.route('/api', messaging(platform));
  app.route('/api', accountApi(platform, webhooks, publish));
  app.route('/data', content(platform));
  app.all('/api/*', (c) => fail(c, 404, WORDS.notFound));
  app.all('/data/*', (c) => fail(c, 404, WORDS.notFound));
  return app;
}

/** Every answer has a request id; every exchange is written down, the form with the secret without its body. */
function watched({ log, host, faults }: Platform): MiddlewareHandler {
  const mount = new URL(host.url).pathname;
  return async (c, next) => {
    const at = host.now();
    const started = performance.now();
    const isJson = (type: string | null | undefined) => type?.includes('application/json') ?? false;
    const request = isJson(c.req.header('content-type')) ? await c.req.raw.clone().text() : undefined;
    if (faults.number('slowMs') > 0) await wait(faults.number('slowMs'), undefined, { ref: false });
    await next();
    c.header('x-line-request-id', requestId());
    const secret = c.req.path.includes('/oauth2/');
    log.add({
      at,
      direction: 'in',
      method: c.req.method,
      path: c.req.path.startsWith(mount) ? c.req.path.slice(mount.length) : c.req.path,
      status: c.res.status,
      ms: Math.round(performance.now() - started),
      request,
      response: !secret && isJson(c.res.headers.get('content-type')) ? await c.res.clone().text() : undefined,
    });
  };
}

/** The token, and what the switches make of it. */
function allowed({ accounts, faults }: Platform): MiddlewareHandler<LineEnv> {
  return async (c, next) => {
    const [, token = ''] = /^Bearer (\S+)$/.exec(c.req.header('authorization') ?? '') ?? [];
    const account = accounts.byToken(token);
    if (!account || faults.on('tokensRefused')) return fail(c, 401, WORDS.unauthorised);
    if (faults.on('fail500')) return fail(c, 500, 'Internal Server Error');
    c.set('account', account);
    return next();
  };
}
