import type pg from 'pg';
import { RateLimiterPostgres, type RateLimiterRes } from 'rate-limiter-flexible';
import { z } from 'zod';
import { clientAddress } from '../address.ts';
import { authOf, type HouseContext, IP_HEADER, whoIs } from '../auth.ts';
import { jsonBody } from '../body.ts';
import type { Hub } from '../hub.ts';
import { errorsOf, problem } from '../problem.ts';
import { usernameOf } from '../store/users.ts';
import { house } from './route.ts';

/** Wrong passwords allowed before a pause. Right ones cost nothing, so one office behind one address is not locked out. */
const MINUTES_15 = 900;
const LIMITS = {
  /** One account from one address: a person who forgot. */
  both: { points: 8, duration: MINUTES_15 },
  /** One account from everywhere: a list of passwords tried from many addresses. */
  account: { points: 60, duration: 3600 },
  /** One address on all accounts: one password tried on many names. */
  address: { points: 100, duration: MINUTES_15 },
};

const credentials = z
  .object({
    username: z.string().max(254),
    email: z.string().max(254),
    password: z.string().max(128),
    rememberMe: z.boolean(),
  })
  .partial();

/** Sign in and out. Only these doors of better-auth are open: `/api/auth/sign-in/{username,email}` and `/sign-out`. */
export function authRoutes(hub: Hub) {
  const limiters = Object.entries(LIMITS).map(
    ([name, limit]) =>
      new RateLimiterPostgres({
        ...limit,
        keyPrefix: name,
        storeClient: hub.db.pool as pg.Pool,
        storeType: 'pool',
        tableName: 'auth_tries',
        tableCreated: true,
      }),
  );

  async function signIn(c: HouseContext): Promise<Response> {
    const given = credentials.safeParse(await c.req.json().catch(() => null));
    if (!given.success) return problem(c, 400, 'invalid_input', undefined, { errors: errorsOf(given.error) });
    const { username, email, ...rest } = given.data;
    const name = usernameOf(username ?? email ?? '');
    const address = clientAddress(c);
    const keys = [`${name}|${address}`, name, address];
    const waits = await Promise.all(limiters.map((limiter, i) => limiter.get(keys[i]!)));
    const blocked = waits.find((found, i) => found && found.consumedPoints >= limiters[i]!.points);
    if (blocked) return tooMany(c, blocked);
    // An address holds an `@`, a name never does: both may be typed into either field.
    const body = name.includes('@') ? { email: name, ...rest } : { username: name, ...rest };
    const answer = await handOn(c, `/sign-in/${name.includes('@') ? 'email' : 'username'}`, body);
    if (answer.ok) {
      await limiters[0]!.delete(keys[0]!);
      // Not better-auth's own body: it holds the token that only the cookie should.
      for (const cookie of answer.headers.getSetCookie()) c.header('set-cookie', cookie, { append: true });
      return c.json({ ok: true });
    }
    const { code } = (await answer.json().catch(() => ({}))) as { code?: string };
    if (code === 'member_disabled') return problem(c, 403, code);
    await Promise.all(limiters.map((limiter, i) => limiter.consume(keys[i]!).catch(() => {})));
    // One answer for a wrong name and a wrong password: nobody learns here who works with us.
    if (answer.status < 500) return problem(c, 401, 'wrong_credentials');
    throw new Error(`better-auth answered ${answer.status} ${code ?? ''}`);
  }

  async function handOn(c: HouseContext, path: string, body: object): Promise<Response> {
    const headers = new Headers(c.req.raw.headers);
    for (const name of ['content-length', 'transfer-encoding']) headers.delete(name);
    headers.set(IP_HEADER, clientAddress(c));
    headers.set('content-type', 'application/json');
    return await authOf(hub).handler(
      new Request(`${hub.publicUrl}/api/auth${path}`, { method: 'POST', headers, body: JSON.stringify(body) }),
    );
  }

  /** Screens that this sign-in opened end with it, on every hub. */
  async function signOut(c: HouseContext): Promise<Response> {
    const who = await whoIs(hub, c.req.raw.headers);
    const answer = await handOn(c, '/sign-out', {});
    if (who) {
      hub.live.publish(who.me.org.id, [{ kind: 'signed-out', proof: hub.secrets.sign('screen', who.me.token) }]);
    }
    return answer;
  }

  return house()
    .post('/sign-in/username', jsonBody(16_384), signIn)
    .post('/sign-in/email', jsonBody(16_384), signIn)
    .post('/sign-out', signOut);
}

function tooMany(c: HouseContext, { msBeforeNext }: RateLimiterRes): Response {
  c.header('retry-after', String(Math.ceil(msBeforeNext / 1000)));
  return problem(c, 429, 'too_many_tries');
}
