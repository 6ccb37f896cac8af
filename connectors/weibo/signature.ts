import { createHash, timingSafeEqual } from 'node:crypto';
import { BadSignature } from '../errors.ts';

const HEX = /^[0-9a-f]{40}$/;
/** In seconds or in milliseconds: the wiki shows one, code in the wild the other (weibo.md section 2). */
const TIMESTAMP = /^\d{9,16}$/;
const NONCE_LENGTH = 200;

/** Lower-case hex SHA-1 of app secret, timestamp and nonce, sorted as strings and joined (weibo.md section 2). */
export function signature(appSecret: string, timestamp: string, nonce: string): string {
  return createHash('sha1').update([appSecret, timestamp, nonce].sort().join('')).digest('hex');
}

/**
 * Throws BadSignature unless the query was made with this secret. The body is not covered: whoever sees one address of
 * Weibo's can post anything with it, which is why our address must be https. No clock is asked (the contract's
 * `receive`): what is played back unchanged dies on its key.
 */
export function verify(query: Record<string, string>, appSecret: string): void {
  const { signature: given = '', timestamp = '', nonce = '' } = query;
  // Without a secret everybody could sign.
  if (!appSecret || !HEX.test(given) || !TIMESTAMP.test(timestamp) || nonce.length > NONCE_LENGTH)
    throw new BadSignature('The signature is missing or of another shape.');
  const wanted = signature(appSecret, timestamp, nonce);
  if (!timingSafeEqual(Buffer.from(given), Buffer.from(wanted)))
    throw new BadSignature('The signature is not of this app.');
}
