import { createSign, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Aes } from 'wechatpay-axios-plugin';
import { BadRequest, BadSignature } from '../errors.ts';
import { config, keysOf } from './wechatpay/config.ts';
import { notification } from './wechatpay/notification.ts';
import { prepay } from './wechatpay/orders.ts';
import { chinaTime, cutBytes } from './wechatpay/shapes.ts';

const NOW = 1_760_000_000_000;
const pair = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
const [ours, newer, merchantKeys] = [pair(), pair(), pair()];
/** A self-signed certificate, and what was signed with its key before that was thrown away. */
const certificate = readFileSync(new URL('./fixtures/platform-certificate.pem', import.meta.url), 'utf8');
const recorded = JSON.parse(
  readFileSync(new URL('./fixtures/signed-by-certificate.json', import.meta.url), 'utf8'),
) as {
  headers: Record<string, string>;
  body: string;
};
const merchant = config.parse({
  mchId: '1900000001',
  appId: 'wxd678efh567hg6787',
  serial: '5157f09efdc096de15ebe81a47057a7232f1b8e1',
  privateKey: merchantKeys.privateKey,
  apiV3Key: 'a'.repeat(16) + 'b'.repeat(16),
  publicKeyId: 'PUB_KEY_ID_0119000000012025',
  publicKey: ours.publicKey,
  certificates: certificate,
});
const paid = {
  appid: merchant.appId,
  mchid: merchant.mchId,
  out_trade_no: '0123456789abcdef0123456789abcdef',
  transaction_id: '4200001234202510091234567890',
  trade_state: 'SUCCESS',
  success_time: '2025-10-09T16:53:20+08:00',
  amount: { total: 1, payer_total: 1, currency: 'CNY', payer_currency: 'CNY' },
};

interface Told {
  plain?: object;
  event?: string;
  aad?: string;
  at?: number;
  serial?: string;
  key?: string;
  apiV3Key?: string;
  body?: (text: string) => string;
  headers?: Record<string, string>;
}
/** A notification as the platform makes it, each part of which a test may bend. */
function made({
  plain = paid,
  event = 'TRANSACTION.SUCCESS',
  aad = 'transaction',
  at = NOW,
  serial = merchant.publicKeyId!,
  key = ours.privateKey,
  apiV3Key = merchant.apiV3Key,
  body = (text) => text,
  headers = {},
}: Told = {}) {
  const nonce = 'fdasfjihfgk0';
  const text = JSON.stringify({
    id: 'EV-2018022511223320873',
    create_time: '2025-10-09T16:53:20+08:00',
    resource_type: 'encrypt-resource',
    event_type: event,
    summary: '支付成功',
    resource: {
      original_type: 'transaction',
      algorithm: 'AEAD_AES_256_GCM',
      ciphertext: Aes.AesGcm.encrypt(JSON.stringify(plain), apiV3Key, nonce, aad),
      ...(aad && { associated_data: aad }),
      nonce,
    },
  });
  const timestamp = String(Math.floor(at / 1000));
  const signature = createSign('RSA-SHA256').update(`${timestamp}\nn0nce\n${text}\n`).sign(key, 'base64');
  return {
    body: new TextEncoder().encode(body(text)),
    headers: {
      'wechatpay-timestamp': timestamp,
      'wechatpay-nonce': 'n0nce',
      'wechatpay-serial': serial,
      'wechatpay-signature': signature,
      ...headers,
    },
  };
}
const read = (told?: Told) => notification(made(told), merchant, NOW);
const certificateSerial = new X509Certificate(certificate).serialNumber;

describe('a notification', () => {
  it('is opened and read', () => {
    expect(read()).toEqual({
      kind: 'trade',
      id: 'EV-2018022511223320873',
      trade: {
        no: paid.out_trade_no,
        mchId: merchant.mchId,
        appId: merchant.appId,
        state: 'paid',
        transactionId: paid.transaction_id,
        paidAt: Date.UTC(2025, 9, 9, 8, 53, 20),
        amount: 1,
        currency: 'CNY',
      },
    });
  });

  it('may be signed with any of the merchant’s keys, each by its own name', () => {
    expect(Object.keys(keysOf(merchant)).sort()).toEqual([certificateSerial, merchant.publicKeyId].sort());
    const taken = (headers: object = {}) =>
      notification(
        { headers: { ...recorded.headers, ...headers }, body: new TextEncoder().encode(recorded.body) },
        merchant,
        NOW,
      );
    expect(taken()).toEqual(read());
    expect(() => taken({ 'wechatpay-serial': merchant.publicKeyId! })).toThrow(BadSignature);
    expect(() => read({ serial: certificateSerial })).toThrow(BadSignature);
  });

  it('may come without associated data, or 300 s early or late', () => {
    expect(read({ aad: '' })).toMatchObject({ kind: 'trade' });
    expect(read({ at: NOW - 300_000 })).toMatchObject({ kind: 'trade' });
    expect(read({ at: NOW + 300_000 })).toMatchObject({ kind: 'trade' });
  });

  it('of a refund says what became of it', () => {
    const { appid: _, trade_state: _state, ...rest } = paid;
    const plain = {
      ...rest,
      out_refund_no: 'R1',
      refund_id: '50000',
      refund_status: 'ABNORMAL',
      amount: { total: 1, refund: 1, payer_total: 1, payer_refund: 1 },
    };
    expect(read({ plain, event: 'REFUND.ABNORMAL' })).toEqual({
      kind: 'refund',
      id: 'EV-2018022511223320873',
      mchId: merchant.mchId,
      no: paid.out_trade_no,
      refund: { refundNo: 'R1', refundId: '50000', state: 'abnormal', amount: 1 },
    });
  });

  it('of another kind is named', () => {
    expect(read({ event: 'COUPON.USE', plain: {} })).toMatchObject({ kind: 'other', what: 'COUPON.USE' });
  });

  it.each<[string, Told]>([
    ['a probe', { headers: { 'wechatpay-signature': 'WECHATPAY/SIGNTEST/abcdefg==' } }],
    ['no signature', { headers: { 'wechatpay-signature': '' } }],
    ['no serial', { headers: { 'wechatpay-serial': '' } }],
    ['another key', { key: newer.privateKey }],
    ['an unknown serial', { serial: 'PUB_KEY_ID_0000' }],
    ['a serial that every object has', { serial: 'constructor' }],
    ['the merchant’s own serial', { serial: merchant.serial, key: merchantKeys.privateKey }],
    ['301 s ago', { at: NOW - 301_000 }],
    ['301 s ahead', { at: NOW + 301_000 }],
    ['a timestamp that is none', { headers: { 'wechatpay-timestamp': '1e9' } }],
    ['another nonce', { headers: { 'wechatpay-nonce': 'other' } }],
    ['a changed byte', { body: (text) => text.replace('EV-2018', 'EV-2019') }],
    ['the same JSON written anew', { body: (text) => JSON.stringify(JSON.parse(text), null, 1) }],
  ])('%s is not believed', (_what, told) => {
    expect(() => read(told)).toThrow(BadSignature);
  });

  it.each<[string, Told]>([
    ['another APIv3 key', { apiV3Key: 'c'.repeat(32) }],
    ['half an order', { plain: { out_trade_no: 'x' } }],
    ['an amount in fractions', { plain: { ...paid, amount: { total: 0.5, currency: 'CNY' } } }],
  ])('%s is authentic, and not understood', (_what, told) => {
    expect(() => read(told)).toThrow(BadRequest);
  });

  it('that is no JSON is not understood', () => {
    const body = new TextEncoder().encode('no JSON');
    const { headers } = made();
    const signature = createSign('RSA-SHA256')
      .update(`${headers['wechatpay-timestamp']}\nn0nce\nno JSON\n`)
      .sign(ours.privateKey, 'base64');
    expect(() =>
      notification({ body, headers: { ...headers, 'wechatpay-signature': signature } }, merchant, NOW),
    ).toThrow(BadRequest);
  });
});

describe('the merchant’s keys', () => {
  const whole = { ...merchant };
  it.each<[string, Record<string, unknown>, string]>([
    ['a short APIv3 key', { apiV3Key: 'short' }, 'apiV3Key'],
    ['an APIv3 key of 32 characters that are more bytes', { apiV3Key: '密'.repeat(32) }, 'apiV3Key'],
    ['no private key', { privateKey: 'MIIEvg' }, 'privateKey'],
    ['a public key in its place', { privateKey: merchantKeys.publicKey }, 'privateKey'],
    ['a serial with other letters', { serial: 'XYZ' }, 'serial'],
    ['a public key without its id', { publicKeyId: '' }, 'publicKeyId'],
    ['an id without its key', { publicKey: undefined }, 'publicKey'],
    ['no key of the platform’s', { publicKey: '', publicKeyId: '', certificates: '' }, 'publicKey'],
    [
      'a certificate that is none',
      { certificates: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----' },
      'certificates',
    ],
  ])('%s is refused where it stands', (_what, more, path) => {
    const parsed = config.safeParse({ ...whole, ...more });
    expect(parsed.success ? [] : parsed.error.issues.map((issue) => issue.path.join('.'))).toContain(path);
  });

  it('may be the old ones, certificates alone, several of them', () => {
    const old = config.parse({
      ...whole,
      publicKey: '',
      publicKeyId: '',
      certificates: `${certificate}\n${certificate}`,
    });
    expect(Object.keys(keysOf(old))).toEqual([certificateSerial]);
  });
});

describe('what goes to the platform', () => {
  it('is signed for the bridge as its page says', () => {
    const told = prepay('wx201410272009395522657a690389285100', merchant, NOW, '593BEC0C930BF1AFEB40B4A08C8FB242');
    expect(told).toMatchObject({
      appId: merchant.appId,
      timeStamp: '1760000000',
      signType: 'RSA',
      package: 'prepay_id=wx201410272009395522657a690389285100',
    });
    const message =
      'wxd678efh567hg6787\n1760000000\n593BEC0C930BF1AFEB40B4A08C8FB242\nprepay_id=wx201410272009395522657a690389285100\n';
    expect(told.paySign).toBe(createSign('RSA-SHA256').update(message).sign(merchantKeys.privateKey, 'base64'));
  });

  it('has its times and lengths', () => {
    expect(chinaTime(Date.UTC(2018, 5, 8, 2, 34, 56))).toBe('2018-06-08T10:34:56+08:00');
    expect(cutBytes('拿铁咖啡', 7)).toBe('拿铁');
    expect(cutBytes('a😀b', 4)).toBe('a');
  });
});
