import { Aes, Formatter, Rsa } from 'wechatpay-axios-plugin';
import { z } from 'zod';
import type { RawRequest } from '../../connector.ts';
import { BadRequest, BadSignature } from '../../errors.ts';
import type { Notification } from '../payments.ts';
import { keysOf, type WechatPayConfig } from './config.ts';
import { asRefund, asTrade, read, refundNotice, tradeShape } from './shapes.ts';

/** A timestamp further off is not believed (17.3). Milliseconds. */
const MAX_OFFSET_MS = 300_000;

const envelope = z.object({
  id: z.string().max(64),
  event_type: z.string().max(64),
  resource: z.object({
    algorithm: z.literal('AEAD_AES_256_GCM'),
    ciphertext: z.string().max(200_000),
    /** May be empty, or missing. */
    associated_data: z.string().max(64).optional(),
    nonce: z.string().min(1).max(32),
  }),
});
const unread = (text: string) => new BadRequest('not_understood', `not a notification: ${text}`);

/**
 * 17.3 and 17.6: the raw bytes are verified with the key that the serial names, before they are parsed; then the resource
 * is opened with the APIv3 key. A probe (`WECHATPAY/SIGNTEST/…`) fails like every other wrong signature, as it must.
 */
export function notification(
  { headers, body }: Pick<RawRequest, 'headers' | 'body'>,
  merchant: WechatPayConfig,
  now: number,
): Notification {
  const raw = Buffer.from(body).toString('utf8');
  verify(headers, raw, merchant, now);
  const { id, event_type: what, resource } = read(envelope, json(raw), unread);
  let plain: unknown;
  try {
    const { ciphertext, nonce, associated_data: aad = '' } = resource;
    plain = json(Aes.AesGcm.decrypt(ciphertext, merchant.apiV3Key, nonce, aad));
  } catch (error) {
    if (error instanceof BadRequest) throw error;
    // Signed for us, yet not with our APIv3 key: the merchant changed it, or it was typed wrong.
    throw new BadRequest('not_decrypted', 'the resource does not open with the APIv3 key');
  }
  if (what.startsWith('TRANSACTION.')) return { kind: 'trade', id, trade: asTrade(read(tradeShape, plain, unread)) };
  if (!what.startsWith('REFUND.')) return { kind: 'other', id, what };
  const told = read(refundNotice, plain, unread);
  const refund = asRefund({ ...told, status: told.refund_status });
  return { kind: 'refund', id, mchId: told.mchid, no: told.out_trade_no, refund };
}

function verify(headers: RawRequest['headers'], raw: string, merchant: WechatPayConfig, now: number): void {
  const {
    'wechatpay-timestamp': timestamp,
    'wechatpay-nonce': nonce,
    'wechatpay-signature': signature,
    'wechatpay-serial': serial,
  } = headers;
  if (!timestamp || !nonce || !signature || !serial) throw new BadSignature('headers are missing');
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(Number(timestamp) * 1000 - now) > MAX_OFFSET_MS)
    throw new BadSignature('the timestamp is too far off');
  const keys = keysOf(merchant);
  // Never another key than the one named, and no name that every object has.
  if (!Object.hasOwn(keys, serial)) throw new BadSignature('an unknown serial');
  if (!isTrue(() => Rsa.verify(Formatter.response(timestamp, nonce, raw), signature, keys[serial]!)))
    throw new BadSignature('the signature is wrong');
}

function isTrue(ask: () => boolean): boolean {
  try {
    return ask();
  } catch {
    return false;
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw unread('no JSON');
  }
}
