import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { compactDecrypt, errors, jwtVerify } from 'jose';
import { BadRequest, BadSignature } from '../errors.ts';
import { readJson } from '../lib/json.ts';
import { readVisit, type Visit } from './entry.ts';

/** What of the channel's config this needs. */
export interface Secrets {
  secret: string;
  identitySecret?: string;
  linkSecret?: string;
}

/** How a site vouches for its user: a JWT (HS256), or his id with `hex(HMAC-SHA256(identity secret, id))`. */
export interface Proof {
  jwt?: string;
  userId?: string;
  userHash?: string;
}

/** Clocks of sites go wrong by so much. Seconds. */
const TOLERANCE = 60;

/**
 * Who the site says its user is. The JWT carries `sub` and `exp`, and may carry what a link may (`name`, `company`,
 * `field.level` …). Gives a visitor id that is always the same for this user on this channel and that nobody can guess.
 * Throws BadSignature when it was not signed with the channel's identity secret, or is over.
 */
export async function identify(config: Secrets, proof: Proof): Promise<(Visit & { visitorId: string }) | null> {
  const secret = config.identitySecret;
  if (proof.jwt) {
    if (!secret) throw new BadSignature('This channel has no identity secret.');
    try {
      const { payload } = await jwtVerify(proof.jwt, new TextEncoder().encode(secret), {
        algorithms: ['HS256'],
        requiredClaims: ['sub', 'exp'],
        clockTolerance: TOLERANCE,
      });
      const visit = readVisit(payload as Record<string, unknown>);
      return { ...visit, visitorId: idOf(config.secret, String(payload.sub)) };
    } catch (error) {
      const code = error instanceof errors.JOSEError ? error.code : 'ERR_JWT';
      throw new BadSignature(`The identity token is not good (${code}).`);
    }
  }
  if (!proof.userId) return null;
  const right = secret && createHmac('sha256', secret).update(proof.userId).digest('hex');
  const given = proof.userHash?.toLowerCase() ?? '';
  if (!right || given.length !== right.length || !timingSafeEqual(Buffer.from(right), Buffer.from(given)))
    throw new BadSignature('The identity hash is not good.');
  return { entry: {}, profile: {}, visitorId: idOf(config.secret, proof.userId) };
}

/** A UUID (version 8, of our own making) that stands for a user of the site. */
function idOf(secret: string, userId: string): string {
  const bytes = createHmac('sha256', secret).update(`haina user id 1:${userId}`).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/**
 * The parameters of an encrypted link (CH-18): `p` is a JWE in compact form, `dir` with A256GCM, the key being the
 * SHA-256 of the channel's link secret; inside, a JSON object of the parameters, with `exp` in seconds where the link
 * shall end. Throws BadSignature when it does not open, BadRequest when it is over.
 */
export async function openSealed(config: Secrets, sealed: string, now: number): Promise<Record<string, unknown>> {
  if (!config.linkSecret) throw new BadSignature('This channel has no link secret.');
  let inside: Record<string, unknown>;
  try {
    const key = createHash('sha256').update(config.linkSecret).digest();
    const { plaintext } = await compactDecrypt(sealed, key, {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    inside = readJson(plaintext) as Record<string, unknown>;
  } catch {
    throw new BadSignature('The link was not sealed for this channel.');
  }
  if (typeof inside.exp === 'number' && inside.exp * 1000 < now - TOLERANCE * 1000)
    throw new BadRequest('link_over', 'The link has ended; ask for a new one.');
  return inside;
}

/** Whether version `a` comes before `b`, part by part. */
export function isBefore(a: string, b: string): boolean {
  const [x, y] = [a, b].map((version) => version.split('.').map(Number));
  for (let part = 0; part < 4; part++) {
    const difference = (x![part] ?? 0) - (y![part] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
