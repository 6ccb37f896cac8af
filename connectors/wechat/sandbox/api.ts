import { setTimeout as wait } from 'node:timers/promises';
import { Hono, type MiddlewareHandler } from 'hono';
import { cut } from '../../lib/text.ts';
import { accountApi } from './account-api.ts';
import { answer, newRid, type WechatContext, type WechatEnv } from './answers.ts';
import { componentApi } from './component-api.ts';
import type { ComponentEvents } from './component-events.ts';
import { messaging as messagingFunc } from './funcs.ts';
import { mediaApi } from './media-api.ts';
import { messaging } from './messaging.ts';
import type { Platform } from './platform.ts';

/** Query values that are secrets, and bodies that hold some. */
const SECRET = /^(access_token|component_access_token|secret)$/;
const UNTOLD = /\/(stable_token|token|api_\w+)$/;
/** Characters of a body that are kept. */
const BODY = 4_000;
/** An answer of a proxy where WeChat's was meant to be. */
const PROXY = '<html><head><title>200</title></head><body><center><h1>nginx</h1></center></body></html>';

/** api.weixin.qq.com, under `/api`. */
export function api(platform: Platform, events: ComponentEvents): Hono<WechatEnv> {
  const app = new Hono<WechatEnv>();
  app.use('*', watched(platform), spoilt(platform));
  app.route('/', accountApi(platform, allowed(platform)));
  app.route('/', componentApi(platform, events));
  app.route('/', messaging(platform, allowed(platform, true)));
  app.route('/', mediaApi(platform, allowed(platform, true)));
  app.all('*', (c) => answer(c, 40066));
  return app;
}

/** Every call has an rid by which it can be asked for, and is written down, without tokens and secrets. */
function watched({ log, host, calls }: Platform): MiddlewareHandler<WechatEnv> {
  const mount = new URL(host.url).pathname;
  return async (c, next) => {
    const at = host.now();
    const rid = newRid(at);
    c.set('rid', rid);
    const started = performance.now();
    const untold = UNTOLD.test(c.req.path);
    const isText = /json|text/.test(c.req.header('content-type') ?? 'text');
    const request = c.req.method === 'POST' && isText && !untold ? await c.req.raw.clone().text() : undefined;
    await next();
    const path = shortened(c, mount);
    const ms = Math.round(performance.now() - started);
    const told = !untold && c.res.headers.get('content-type')?.includes('json');
    const response = told ? await c.res.clone().text() : undefined;
    log.add({ at, direction: 'in', method: c.req.method, path, status: c.res.status, ms, request, response });
    calls.set(rid, {
      invoke_time: Math.floor(at / 1000),
      cost_in_ms: ms,
      request_url: path.replace(/^\/api/, ''),
      request_body: cut(request ?? '', BODY),
      response_body: cut(response ?? '', BODY),
      client_ip: '198.51.100.7',
    });
  };
}

function shortened(c: WechatContext, mount: string): string {
  const url = new URL(c.req.url);
  const query = [...url.searchParams].filter(([name]) => !SECRET.test(name));
  const path = url.pathname.startsWith(mount) ? url.pathname.slice(mount.length) : url.pathname;
  return query.length ? `${path}?${new URLSearchParams(query)}` : path;
}

/** What the switches make of every call. */
function spoilt({ faults }: Platform): MiddlewareHandler<WechatEnv> {
  return async (c, next) => {
    if (faults.number('slowMs') > 0) await wait(faults.number('slowMs'), undefined, { ref: false });
    if (faults.on('fail500')) return c.text('Internal Server Error', 500);
    if (faults.on('garbage')) return c.html(PROXY);
    return next();
  };
}

/** The account's token, and what the switches make of it. `granted`: the platform needs the account's messaging set. */
function allowed({ tokens, accounts, grants, faults }: Platform, granted = false): MiddlewareHandler<WechatEnv> {
  return async (c, next) => {
    const claims = tokens.check(c.req.query('access_token'));
    if (claims === 'missing') return answer(c, 41001);
    if (claims === 'invalid' || faults.on('tokensRefused')) return answer(c, 40001);
    if (claims === 'expired' || faults.on('tokensExpired')) return answer(c, 42001);
    if (claims.is === 'component') return answer(c, 61015);
    if (faults.on('ipBlocked')) return answer(c, claims.by ? 61004 : 40164);
    if (claims.by && !grants.remember(claims)) return answer(c, 61003);
    const account = accounts.byAppId(claims.app);
    if (!account) return answer(c, 40013);
    if (faults.on('quotaUsedUp')) return answer(c, 45009);
    if (faults.on('rateLimited')) return answer(c, 45011);
    if (faults.on('busy')) return answer(c, -1);
    if (faults.on('frozen')) return answer(c, 50002);
    const lacks = claims.by && !grants.get(claims.by, claims.app)?.funcs.includes(messagingFunc(account.kind));
    if (granted && claims.by && (lacks || faults.on('permissionMissing'))) return answer(c, 61007);
    c.set('claims', claims);
    c.set('account', account);
    return next();
  };
}
