import { hash, verify } from '@node-rs/argon2';
import { betterAuth } from 'better-auth';
import { APIError } from 'better-auth/api';
import { username } from 'better-auth/plugins/username';
import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { Hub } from './hub.ts';
import { newId } from './id.ts';
import { problem } from './problem.ts';
import type { HouseEnv, Role } from './routes/route.ts';
import { type MemberRow, membershipOf } from './store/members.ts';
import type { Org } from './store/org.ts';
import { USERNAME, usernameOf } from './store/users.ts';

/** Who is asking. `org` is their share of the database: whatever they name is looked for in there and nowhere else. */
export interface Me {
  org: Org;
  organisation: { id: string; name: string };
  member: MemberRow;
  userId: string;
  role: Role;
  /** Of this sign-in; never leaves the hub. */
  token: string;
}

/** OWASP's least for argon2id: 19 MiB, two passes. About 25 ms. */
const ARGON = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
export const hashPassword = (password: string): Promise<string> => hash(password, ARGON);
export const rightPassword = (stored: string, password: string): Promise<boolean> => verify(stored, password);
export const PASSWORD = { min: 8, max: 128 };

const DAY = 86_400;
/** The header in which `routes/auth.ts` hands on the address it found; whatever a client puts there is removed first. */
export const IP_HEADER = 'x-haina-address';

/** better-auth, cut down to what we use: sign in by name or address, sign out. Accounts are made by our own routes. */
function makeAuth(hub: Hub) {
  return betterAuth({
    appName: 'Haina',
    baseURL: hub.publicUrl,
    basePath: '/api/auth',
    secret: hub.secrets.derive('sign-in').toString('base64url'),
    database: { db: hub.db.everywhere as never, type: 'postgres', transaction: true },
    plugins: [
      username({
        displayUsername: false,
        minUsernameLength: 2,
        maxUsernameLength: 30,
        usernameNormalization: usernameOf,
        usernameValidator: (name) => USERNAME.test(name),
        validationOrder: { username: 'post-normalization' },
      }),
    ],
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: 1,
      maxPasswordLength: PASSWORD.max,
      password: { hash: hashPassword, verify: ({ hash: stored, password }) => rightPassword(stored, password) },
    },
    user: { modelName: 'auth_users', fields: { emailVerified: 'email_verified', ...TIMES } },
    session: {
      modelName: 'auth_sessions',
      expiresIn: 30 * DAY,
      updateAge: DAY,
      fields: {
        userId: 'user_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        ...TIMES,
      },
    },
    account: {
      modelName: 'auth_accounts',
      fields: {
        userId: 'user_id',
        accountId: 'account_id',
        providerId: 'provider_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        ...TIMES,
      },
    },
    verification: { modelName: 'auth_verifications', fields: { expiresAt: 'expires_at', ...TIMES } },
    databaseHooks: {
      session: {
        create: {
          // A right password of somebody who no longer works here opens nothing.
          before: async (session) => {
            if (!(await membershipOf(hub.db, session.userId)))
              throw new APIError('FORBIDDEN', { code: 'member_disabled', message: 'disabled' });
          },
        },
      },
    },
    advanced: {
      cookiePrefix: 'haina',
      useSecureCookies: hub.publicUrl.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' },
      ipAddress: { ipAddressHeaders: [IP_HEADER] },
      database: { generateId: () => newId() },
      // `sameOrigin` stands before every route of ours, these included, and knows about several names for one hub.
      disableCSRFCheck: true,
      disableOriginCheck: true,
    },
    // Guessing is slowed down in `routes/auth.ts`, by account as well as by address.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
  });
}
const TIMES = { createdAt: 'created_at', updatedAt: 'updated_at' } as const;

export type Auth = ReturnType<typeof makeAuth>;
const made = new WeakMap<Hub, Auth>();
/** The one of this hub, made when first asked for. */
export function authOf(hub: Hub): Auth {
  const auth = made.get(hub) ?? makeAuth(hub);
  made.set(hub, auth);
  return auth;
}

/**
 * The member whose cookie this is, or null. `cookies` are to be sent back where the answer is an HTTP one: a sign-in
 * in use lives on.
 */
export async function whoIs(hub: Hub, headers: Headers): Promise<{ me: Me; cookies: string[] } | null> {
  if (!headers.has('cookie')) return null;
  const found = await authOf(hub).api.getSession({ headers, returnHeaders: true });
  if (!found.response) return null;
  const { session } = found.response;
  const row = await membershipOf(hub.db, session.userId);
  if (!row) return null;
  const { organisation_id, organisation_name, ...member } = row;
  const me: Me = {
    org: hub.db.org(organisation_id),
    organisation: { id: organisation_id, name: organisation_name },
    member,
    userId: session.userId,
    role: member.role,
    token: session.token,
  };
  return { me, cookies: found.headers.getSetCookie() };
}

/** Lets members in and puts them into `c.get('me')`; 401 `not_signed_in` otherwise. */
export const signedIn = createMiddleware<HouseEnv>(async (c, next) => {
  const found = await whoIs(c.get('hub'), c.req.raw.headers);
  if (!found) return problem(c, 401, 'not_signed_in');
  c.set('me', found.me);
  await next();
  for (const cookie of found.cookies) c.header('set-cookie', cookie, { append: true });
});

const RANK: Record<Role, number> = { agent: 0, supervisor: 1, admin: 2, owner: 3 };
export const isAtLeast = (role: Role, least: Role): boolean => RANK[role] >= RANK[least];
/** After `signedIn`: 403 `not_allowed` below this role. */
export const atLeast = (least: Role) =>
  createMiddleware<HouseEnv>(async (c, next) => {
    if (!isAtLeast(c.get('me').role, least)) return problem(c, 403, 'not_allowed');
    await next();
  });

/**
 * Cookies travel with requests that other sites cause. What changes something is taken only from our own pages, or from
 * programs, which send neither header. Also for the opening of a WebSocket.
 */
export function sameOrigin(headers: Headers, publicUrl: string): boolean {
  const site = headers.get('sec-fetch-site');
  if (site && site !== 'same-origin' && site !== 'none') return false;
  const origin = headers.get('origin');
  if (!origin) return true;
  if (origin === publicUrl) return true;
  return URL.canParse(origin) && new URL(origin).host === headers.get('host');
}

export type HouseContext = Context<HouseEnv>;
