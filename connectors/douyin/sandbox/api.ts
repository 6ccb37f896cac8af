import { setTimeout as wait } from 'node:timers/promises';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { verdict } from './answers.ts';
import type { Account } from './apps.ts';
import { imApi } from './im.ts';
import { mediaApi } from './media.ts';
import { oauthApi } from './oauth.ts';
import type { Platform } from './platform.ts';
import type { Token } from './tokens.ts';
import type { Webhooks } from './webhooks.ts';

export type Env = { Variables: { account: Account; scopes: string[] } };
export type Ctx = Context<Env>;
/** Events an app may subscribe to; all of them are ticked here. */
const EVENTS = [
  'im_receive_msg',
  'im_send_msg',
  'im_enter_direct_msg',
  'im_recall_msg',
  'im_message_read',
  'im_authorize',
  'authorize',
  'unauthorize',
];

/** open.douyin.com. */
export function api(platform: Platform, webhooks: Webhooks): Hono<Env> {
  const { tokens } = platform;
  const app = new Hono<Env>();
  app.use('/api/*', watched(platform), troubled(platform));
  app.route('/api', oauthApi(platform, webhooks));
  app.get('/api/event/status/list/', (c) => {
    const token = tokens.read(c.req.header('access-token') ?? '', 'client');
    if (typeof token === 'string') return verdict(c, platform, 28001003);
    return c.json({
      data: { error_code: 0, description: '', list: EVENTS.map((event) => ({ event, status: 1 })) },
      extra: { error_code: '0' },
    });
  });
  app.use('/api/im/*', allowed(platform));
  app.use('/api/tool/*', allowed(platform));
  app.use('/api/api/*', allowed(platform));
  app.route('/api', imApi(platform, webhooks));
  app.route('/api', mediaApi(platform));
  app.all('/api/*', (c) => c.text('404 page not found', 404));
  return app;
}

/** Every exchange is written down, the tokens' without their bodies. */
function watched({ log, host, faults }: Platform): MiddlewareHandler {
  const mount = new URL(host.url).pathname;
  return async (c, next) => {
    const at = host.now();
    const started = performance.now();
    const isJson = (type: string | null | undefined) => type?.includes('application/json') ?? false;
    const request = isJson(c.req.header('content-type')) ? await c.req.raw.clone().text() : undefined;
    if (faults.number('slowMs') > 0) await wait(faults.number('slowMs'), undefined, { ref: false });
    await next();
    const secret = c.req.path.includes('/oauth/');
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

/** Failures that come before anybody looks at the request. */
function troubled({ faults }: Platform): MiddlewareHandler {
  return async (c, next) => {
    if (faults.on('fail500')) return c.text('Internal Server Error', 500);
    if (faults.on('garbage')) return c.html('<html>sorry</html>');
    return next();
  };
}

/** The account's token (or, for uploads, the app's), and what the switches make of it. */
function allowed(platform: Platform): MiddlewareHandler<Env> {
  const { tokens, apps, faults, admit } = platform;
  return async (c, next) => {
    const given = c.req.header('access-token') ?? '';
    const isUpload = c.req.path.includes('/tool/');
    const token: Token | 'expired' | 'invalid' =
      isUpload && given.startsWith('clt.') ? tokens.read(given, 'client') : tokens.read(given, 'access');
    if (token === 'expired' || faults.on('tokensRefused')) return verdict(c, platform, 28001008);
    if (token === 'invalid') return verdict(c, platform, 28001003);
    for (const [fault, code] of [
      ['busy', 28001006],
      ['tooMany', 28003018],
      ['quotaUsedUp', 28003017],
    ] as const)
      if (faults.on(fault)) return verdict(c, platform, code);
    const account = apps.of(apps.app(token.app), token.account ?? '');
    // Somebody we met before the last start.
    if (token.account) admit(account);
    const openId = c.req.query('open_id');
    if (openId !== undefined && openId !== account.openId) return verdict(c, platform, 28001015);
    c.set('account', account);
    c.set('scopes', token.kind === 'client' ? ['tool.image.upload'] : token.scopes);
    return next();
  };
}
