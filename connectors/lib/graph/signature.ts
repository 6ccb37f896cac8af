import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { RawRequest } from '../../connector.ts';
import { BadSignature } from '../../errors.ts';

const SIGNATURE = /^sha256=[0-9a-f]{64}$/;

/** What Meta puts into `X-Hub-Signature-256`: lower-case hex of HMAC-SHA256 over the raw body (whatsapp.md B3). */
export function signature(body: Uint8Array, appSecret: string): string {
  return `sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}`;
}

/**
 * Throws BadSignature unless the body was signed with this app's secret. Meta writes characters outside ASCII as `\u`
 * escapes and signs that form; over the bytes as they came both forms match.
 */
export function verify({ headers, body }: Pick<RawRequest, 'headers' | 'body'>, appSecret: string): void {
  const given = headers['x-hub-signature-256'] ?? '';
  if (!SIGNATURE.test(given) || !timingSafeEqual(Buffer.from(given), Buffer.from(signature(body, appSecret))))
    throw new BadSignature('The signature is not of this app.');
}

/** Whether two secrets are equal, in a time that tells neither length nor place of the first difference. */
export function same(one: string, other: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(one), hash(other));
}
