import { createMiddleware } from 'hono/factory';
import type { Hub } from './hub.ts';
import type { HouseEnv } from './routes/route.ts';

/**
 * Headers every answer carries. A handler that says its own (`content-security-policy` of a page, `cache-control` of a
 * file) is not overruled.
 */
export function headers(hub: Hub) {
  const secure = hub.publicUrl.startsWith('https:');
  return createMiddleware<HouseEnv>(async (c, next) => {
    await next();
    const set = (name: string, value: string) => {
      if (!c.res.headers.has(name)) c.res.headers.set(name, value);
    };
    set('x-content-type-options', 'nosniff');
    set('referrer-policy', 'strict-origin-when-cross-origin');
    set('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
    set('cache-control', 'no-store');
    set('x-request-id', c.get('requestId'));
    if (secure) set('strict-transport-security', 'max-age=31536000');
  });
}

/** `'self'` for WebSockets too: older browsers take it for HTTP only. */
export const socketOf = (publicUrl: string): string => publicUrl.replace(/^http/, 'ws');
