import { createHmac, timingSafeEqual } from 'node:crypto';
import { BadSignature } from '../errors.ts';

/** Says what the signature is for, so that it can never pass for another one made with the same secret. */
const PURPOSE = 'haina visitor 1:';
const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const form = new RegExp(`^(${uuid})\\.([A-Za-z0-9_-]{43})$`);

/**
 * The proof a visitor's browser keeps: `<visitor id>.<HMAC-SHA256, base64url>`. Good for one channel, because every
 * channel has its own secret; good until the secret changes. `visitorId` is a lower-case UUID.
 */
export function signVisitor(secret: string, visitorId: string): string {
  return `${visitorId}.${mac(secret, visitorId)}`;
}

/** The visitor's id, or `undefined` when the token was not made by `signVisitor` with this secret. Constant time. */
export function visitorOf(secret: string, token: string): string | undefined {
  const [, visitorId, given] = form.exec(token) ?? [];
  if (!visitorId || !given) return undefined;
  // The texts are compared, not the bytes they stand for: base64url has more than one spelling of the same bytes.
  return timingSafeEqual(Buffer.from(given), Buffer.from(mac(secret, visitorId))) ? visitorId : undefined;
}

/** The visitor of an `authorization: Visitor <token>` header. Throws BadSignature; its text never shows the token. */
export function visitorFrom(authorization: string | undefined, secret: string): string {
  const token = /^visitor +(\S+)$/i.exec(authorization ?? '')?.[1];
  const visitorId = token && visitorOf(secret, token);
  if (!visitorId) throw new BadSignature('The visitor token is missing or was not made for this channel.');
  return visitorId;
}

function mac(secret: string, visitorId: string): string {
  return createHmac('sha256', secret)
    .update(PURPOSE + visitorId)
    .digest('base64url');
}
