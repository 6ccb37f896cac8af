import { createHmac, timingSafeEqual } from 'node:crypto';
import { BadSignature } from '../errors.ts';

/** Says what the signature is for, so that it can never pass for another one made with the same secret. */
const PURPOSES = { anybody: 'haina visitor 1:', user: 'haina user 1:' } as const;
const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const form = new RegExp(`^(${uuid})\\.([A-Za-z0-9_-]{43})$`);

/** Whom a visitor's token is of. `user`: the site has vouched for him (`identity.ts`). */
export interface Visitor {
  id: string;
  user: boolean;
}

/**
 * The proof a visitor's browser keeps: `<visitor id>.<HMAC-SHA256, base64url>`. Good for one channel, because every
 * channel has its own secret; good until the secret changes. `visitorId` is a lower-case UUID.
 */
export function signVisitor(secret: string, visitorId: string, user = false): string {
  return `${visitorId}.${mac(secret, visitorId, user)}`;
}

/** Whose token it is, or `undefined` when it was not made by `signVisitor` with this secret. Constant time. */
export function visitorOf(secret: string, token: string): Visitor | undefined {
  const [, id, given] = form.exec(token) ?? [];
  if (!id || !given) return undefined;
  // The texts are compared, not the bytes they stand for: base64url has more than one spelling of the same bytes.
  const is = (user: boolean) => timingSafeEqual(Buffer.from(given), Buffer.from(mac(secret, id, user)));
  const [anybody, user] = [is(false), is(true)];
  return anybody || user ? { id, user } : undefined;
}

/** What of the channel decides who may speak: with `identity: required` only those the site has vouched for. */
export interface Door {
  secret: string;
  identity?: string;
}

/** The visitor of an `authorization: Visitor <token>` header. Throws BadSignature; its text never shows the token. */
export function visitorFrom(authorization: string | undefined, door: Door): string {
  const token = /^visitor +(\S+)$/i.exec(authorization ?? '')?.[1];
  const visitor = token && admitted(door, token);
  if (!visitor) throw new BadSignature('The visitor token is missing or was not made for this channel.');
  return visitor.id;
}

/** Whose token it is, if he may speak here. */
export function admitted(door: Door, token: string): Visitor | undefined {
  const visitor = visitorOf(door.secret, token);
  return visitor && (visitor.user || door.identity !== 'required') ? visitor : undefined;
}

function mac(secret: string, visitorId: string, user: boolean): string {
  return createHmac('sha256', secret)
    .update(PURPOSES[user ? 'user' : 'anybody'] + visitorId)
    .digest('base64url');
}
