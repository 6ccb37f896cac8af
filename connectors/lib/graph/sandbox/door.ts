import { setTimeout as wait } from 'node:timers/promises';
import type { Context, MiddlewareHandler } from 'hono';
import { parseJson } from '../../http.ts';
import { FAILURES, fail } from './answers.ts';
import type { GraphPlatform } from './platform.ts';

/** Keys of bodies that hold secrets; the log shows that they were there. */
const SECRET = /^(verify_token|pin|access_token)$/;

/** Every exchange is written down, without query (a token may be in it) and without secrets, and as slow as told. */
export function watched({ log, host, faults }: GraphPlatform): MiddlewareHandler {
  const mount = new URL(host.url).pathname;
  return async (c, next) => {
    const at = host.now();
    const started = performance.now();
    const isJson = (type: string | null | undefined) => type?.includes('application/json') ?? false;
    const request = isJson(c.req.header('content-type')) ? covered(await c.req.raw.clone().text()) : undefined;
    if (faults.number('slowMs') > 0) await wait(faults.number('slowMs'), undefined, { ref: false });
    await next();
    log.add({
      at,
      direction: 'in',
      method: c.req.method,
      path: c.req.path.startsWith(mount) ? c.req.path.slice(mount.length) : c.req.path,
      status: c.res.status,
      ms: Math.round(performance.now() - started),
      request,
      response: isJson(c.res.headers.get('content-type')) ? await c.res.clone().text() : undefined,
    });
  };
}

function covered(body: string): string {
  const value = parseJson(body);
  if (typeof value !== 'object' || value === null) return body;
  return JSON.stringify(value, (key, inner) => (SECRET.test(key) && typeof inner === 'string' ? '…' : inner));
}

/** Whose token is it? The failure of an unknown one, and of what the switches make of a known one. */
export function admitted<Account>(
  c: Context,
  { faults }: GraphPlatform,
  byToken: (token: string) => Account | undefined,
): { account: Account } | { failure: Response } {
  const [, token = ''] = /^Bearer (\S+)$/.exec(c.req.header('authorization') ?? '') ?? [];
  const account = byToken(token);
  if (!account || faults.on('tokensRefused')) return { failure: fail(c, FAILURES.token) };
  if (faults.on('fail500'))
    return { failure: c.html('<!doctype html><title>Error</title><p>Sorry, something went wrong.', 500) };
  if (faults.on('temporary')) return { failure: fail(c, FAILURES.down) };
  return { account };
}
