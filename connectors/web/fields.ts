import type { Fields } from '../connector.ts';

/** How the site vouches for its users, and how its links are kept from being read or changed (CH-18). */
export const fields: Fields = {
  identity: {
    label: { zh: '访客身份', en: 'Who may write' },
    help: {
      zh: '“仅限已登录用户”时，页面必须带上由您的服务器签名的身份，其他访客无法进入。',
      en: 'With “signed-in users only” the page must bring an identity signed by your server; others are not let in.',
    },
    choices: [
      { value: 'optional', label: { zh: '所有访客', en: 'Everybody' } },
      { value: 'required', label: { zh: '仅限已登录用户（签名身份）', en: 'Signed-in users only (signed identity)' } },
    ],
  },
  identitySecret: {
    label: { zh: '身份签名密钥', en: 'Identity secret' },
    help: {
      zh: '只放在您的服务器上。签名方式：JWT（HS256，含 sub 与 exp），或 HMAC-SHA256(密钥, 用户 ID) 的十六进制值。',
      en: 'Only for your server. Sign a JWT (HS256 with sub and exp), or give the hex HMAC-SHA256(secret, user id).',
    },
    secret: true,
    make: 43,
  },
  link: {
    label: { zh: '访问链接加密', en: 'Encrypted chat links' },
    help: {
      zh: '开启后，聊天链接的参数必须加密（参数 p：JWE，dir + A256GCM，密钥为链接密钥的 SHA-256）。',
      en: 'When on, the link’s parameters must be sealed (p: a JWE, dir + A256GCM, keyed by the SHA-256 of the link secret).',
    },
    choices: [
      { value: 'plain', label: { zh: '不加密', en: 'Not encrypted' } },
      { value: 'encrypted', label: { zh: '必须加密', en: 'Must be encrypted' } },
    ],
  },
  linkSecret: {
    label: { zh: '链接密钥', en: 'Link secret' },
    help: { zh: '只放在您的服务器上，用于加密聊天链接的参数。', en: 'Only for your server, to seal chat links.' },
    secret: true,
    make: 43,
  },
  linkPlainBelow: {
    label: { zh: '允许旧版 SDK 不加密（低于此版本）', en: 'Let older SDKs in unencrypted (below this version)' },
    help: {
      zh: '例如 4.1.0：链接参数 sdk 低于它的旧版 App 可不加密进入。',
      en: 'For example 4.1.0: apps whose link says a lower sdk may enter unencrypted.',
    },
    placeholder: '4.1.0',
  },
};
