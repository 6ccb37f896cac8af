import { createMiddleware } from 'hono/factory';
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { clientAddress } from './address.ts';
import { problem } from './problem.ts';
import type { HouseEnv } from './routes/route.ts';

/**
 * Slows down one address on a door that is open to strangers: `points` requests in `seconds`, then 429 `too_many` with
 * Retry-After. Counted in this hub's memory: a guard against a flood, not an account of anything.
 */
export function limited(points: number, seconds: number) {
  const limiter = new RateLimiterMemory({ points, duration: seconds });
  return createMiddleware<HouseEnv>(async (c, next) => {
    try {
      await limiter.consume(clientAddress(c));
    } catch (blocked) {
      c.header('retry-after', String(Math.ceil((blocked as RateLimiterRes).msBeforeNext / 1000)));
      return problem(c, 429, 'too_many');
    }
    await next();
  });
}
