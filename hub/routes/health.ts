import { timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
import type { Hub } from '../hub.ts';
import { problem } from '../problem.ts';
import { readiness } from '../ready.ts';
import type { HouseEnv } from './route.ts';

/** For whoever watches over us. `/healthz`: the process answers. `/readyz`: it can do its work. */
export function health(hub: Hub) {
  return new Hono<HouseEnv>()
    .get('/healthz', (c) => c.json({ ok: true }))
    .get('/readyz', async (c) => {
      const points = await readiness(hub);
      const ready = Object.values(points).every((point) => point === 'ok');
      return c.json({ ready, ...points }, ready ? 200 : 503);
    })
    .get('/metrics', async (c) => {
      const { metricsToken } = hub.env;
      if (metricsToken && !same(c.req.header('authorization') ?? '', `Bearer ${metricsToken}`))
        return problem(c, 401, 'not_signed_in');
      return c.body(await hub.metrics.registry.metrics(), 200, { 'content-type': hub.metrics.registry.contentType });
    });
}

function same(given: string, right: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
