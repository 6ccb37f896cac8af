import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import { z } from 'zod';
import type { Fields } from '../../connector.ts';

const blank = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value);
const maybe = <T extends z.ZodType>(shape: T) => z.preprocess(blank, shape.optional());

const parses = (read: (pem: string) => unknown) => (pem: string) => {
  try {
    read(pem);
    return true;
  } catch {
    return false;
  }
};
const isRsa = (key: { asymmetricKeyType?: string | undefined }) => {
  if (key.asymmetricKeyType !== 'rsa') throw new Error('not RSA');
};
const pem = z.string().trim().max(20_000);

/** Each certificate of a text of several. */
export const certificatesIn = (text: string): string[] =>
  text.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];

const shape = z.strictObject({
  mchId: z
    .string()
    .trim()
    .regex(/^\d{8,10}$/, 'A merchant number has 8 to 10 digits.'),
  appId: z
    .string()
    .trim()
    .regex(/^wx[0-9a-zA-Z]{6,30}$/, 'An AppID begins with wx.'),
  appSecret: maybe(
    z
      .string()
      .trim()
      .regex(/^[0-9a-zA-Z]{16,64}$/),
  ),
  serial: z
    .string()
    .trim()
    .regex(/^[0-9A-Fa-f]{16,64}$/, 'A serial number is hexadecimal.')
    .transform((text) => text.toUpperCase()),
  privateKey: pem.refine(
    parses((text) => isRsa(createPrivateKey(text))),
    'This is no RSA private key in PEM (apiclient_key.pem).',
  ),
  /** 32 bytes, not characters of whatever length: it is an AES-256 key. */
  apiV3Key: z
    .string()
    .trim()
    .regex(/^[\x21-\x7e]{32}$/, 'The APIv3 key has 32 characters.'),
  publicKeyId: maybe(
    z
      .string()
      .trim()
      .regex(/^PUB_KEY_ID_[0-9A-Za-z]+$/, 'It begins with PUB_KEY_ID_.'),
  ),
  publicKey: maybe(
    pem.refine(
      parses((text) => isRsa(createPublicKey(text))),
      'This is no RSA public key in PEM (pub_key.pem).',
    ),
  ),
  certificates: maybe(
    pem.refine(
      parses((text) => {
        const all = certificatesIn(text);
        if (!all.length) throw new Error('none');
        for (const one of all) isRsa(new X509Certificate(one).publicKey);
      }),
      'These are no certificates in PEM.',
    ),
  ),
});

/** A merchant's keys. A merchant in migration has both a public key and certificates: whichever the serial names is used. */
export const config = shape.superRefine((value, context) => {
  const missing = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
  if (value.publicKey && !value.publicKeyId) missing('publicKeyId', 'The public key’s id is needed.');
  if (value.publicKeyId && !value.publicKey) missing('publicKey', 'The public key is needed.');
  if (!value.publicKey && !value.certificates)
    missing('publicKey', 'WeChat Pay’s public key is needed, or its platform certificates.');
});
export type WechatPayConfig = z.infer<typeof shape>;

/** WeChat Pay's own keys by the serial that names them: never another than the named one. */
export function keysOf(merchant: WechatPayConfig): Record<string, string> {
  const keys: Record<string, string> = {};
  for (const one of certificatesIn(merchant.certificates ?? ''))
    keys[new X509Certificate(one).serialNumber.toUpperCase()] = one;
  if (merchant.publicKeyId && merchant.publicKey) keys[merchant.publicKeyId] = merchant.publicKey;
  return keys;
}

export const fields: Fields = {
  mchId: {
    label: { zh: '商户号 mchid', en: 'Merchant number (mchid)' },
    help: { zh: '商户平台 → 账户中心 → 商户信息。', en: 'Merchant platform → 账户中心 → 商户信息.' },
    required: true,
  },
  appId: {
    label: { zh: '绑定的 AppID', en: 'Bound AppID' },
    help: {
      zh: '商户平台 → 产品中心 → AppID 账号管理。在微信里付款须为公众号（服务号）的 AppID。',
      en: 'Merchant platform → 产品中心 → AppID 账号管理. To be paid inside WeChat it is the AppID of a service account.',
    },
    required: true,
    placeholder: 'wx…',
  },
  appSecret: {
    label: { zh: '公众号 AppSecret', en: 'AppSecret of the account' },
    help: {
      zh: '在微信里打开收款页时用来识别付款人。不填则只能扫码付款。',
      en: 'Tells who pays when the page is opened inside WeChat. Without it people can only scan.',
    },
    secret: true,
  },
  serial: {
    label: { zh: '商户 API 证书序列号', en: 'Serial of the merchant API certificate' },
    help: {
      zh: '商户平台 → 账户中心 → API 安全 → 商户 API 证书。',
      en: 'Merchant platform → 账户中心 → API 安全 → 商户 API 证书.',
    },
    required: true,
  },
  privateKey: {
    label: { zh: '商户 API 私钥（apiclient_key.pem）', en: 'Merchant API private key (apiclient_key.pem)' },
    secret: true,
    required: true,
    lines: true,
  },
  apiV3Key: {
    label: { zh: 'APIv3 密钥', en: 'APIv3 key' },
    help: {
      zh: '商户平台 → 账户中心 → API 安全 → APIv3 密钥，32 个字符。',
      en: 'Merchant platform → 账户中心 → API 安全 → APIv3 密钥, 32 characters.',
    },
    secret: true,
    required: true,
  },
  publicKeyId: {
    label: { zh: '微信支付公钥 ID', en: 'WeChat Pay public key ID' },
    help: {
      zh: '商户平台 → 账户中心 → API 安全 → 微信支付公钥。',
      en: 'Merchant platform → 账户中心 → API 安全 → 微信支付公钥.',
    },
    placeholder: 'PUB_KEY_ID_…',
  },
  publicKey: { label: { zh: '微信支付公钥（pub_key.pem）', en: 'WeChat Pay public key (pub_key.pem)' }, lines: true },
  certificates: {
    label: { zh: '微信支付平台证书', en: 'WeChat Pay platform certificates' },
    help: {
      zh: '仅老商户需要；可粘贴多张，更换期间新旧证书都填。',
      en: 'Only for older merchants; several may be pasted: while they change, both the old and the new.',
    },
    lines: true,
  },
};
