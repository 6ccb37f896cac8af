import { hash, timingSafeEqual } from 'node:crypto';
import type { RawRequest } from '../connector.ts';
import { BadSignature } from '../errors.ts';
import type { DouyinApp } from './app-config.ts';

export const HEADER = 'x-douyin-signature';
/** Lower-case hex of a SHA-1. */
const SHAPE = /^[0-9a-f]{40}$/;

/** SHA-1 of the secret followed by the raw body: plain concatenation, no HMAC (douyin.md section 2). */
export function signature(body: Uint8Array, secret: string): string {
  return hash('sha1', Buffer.concat([Buffer.from(secret), body]), 'hex');
}

/** Throws BadSignature unless the request was signed with the app's secret over these very bytes. */
export function verify({ headers, body }: RawRequest, { clientSecret, webhookSecret }: DouyinApp): void {
  const given = headers[HEADER] ?? '';
  const right = signature(body, webhookSecret ?? clientSecret);
  if (!SHAPE.test(given) || !timingSafeEqual(Buffer.from(given), Buffer.from(right)))
    throw new BadSignature('The signature is not of this app.');
}
