import { z } from 'zod';
import type { Field } from '../../connector.ts';

/** A form sends what was left empty as an empty text. */
export const blank = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value);

/** Versions of the Graph API that may be chosen; each lives about two years (whatsapp.md B1). */
const VERSIONS = ['v25.0', 'v24.0', 'v23.0'] as const;

/** What every product of Meta's asks for, as it is written there. */
export const shapes = {
  id: z
    .string()
    .trim()
    .regex(/^\d{5,25}$/),
  accessToken: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9_.|-]{20,1000}$/),
  appSecret: z
    .string()
    .trim()
    .regex(/^[0-9a-f]{32}$/i)
    .transform((secret) => secret.toLowerCase()),
  verifyToken: z
    .string()
    .trim()
    .regex(/^[\w.~-]{8,200}$/),
  version: z.preprocess(blank, z.enum(VERSIONS).default(VERSIONS[0])),
};

/** The same as fields of the form. */
export const appSecretField: Field = {
  label: { zh: '应用密钥（App secret）', en: 'App secret' },
  help: {
    zh: 'Meta 应用面板 → 设置 → 基本 →「应用密钥」，32 位十六进制。用于校验推送的签名。',
    en: 'Meta app dashboard → App settings → Basic → “App secret”, 32 hexadecimal characters. It proves that webhooks come from Meta.',
  },
  secret: true,
  required: true,
};
export const verifyTokenField: Field = {
  label: { zh: '验证令牌（Verify token）', en: 'Verify token' },
  help: {
    zh: '由本系统生成；填回调地址时一并复制到 Meta 应用面板。',
    en: 'We make it; copy it into the Meta app dashboard together with the callback URL.',
  },
  secret: true,
  make: 32,
};
export const versionField: Field = {
  label: { zh: 'Graph API 版本', en: 'Graph API version' },
  help: {
    zh: '应用面板中选用的版本；不确定时保留默认值。',
    en: 'The version your app uses; keep the default when in doubt.',
  },
  choices: VERSIONS.map((value) => ({ value, label: { zh: value, en: value } })),
};
export const pageIdField: Field = {
  label: { zh: '公共主页编号（Page ID）', en: 'Page ID' },
  help: {
    zh: '打开公共主页 → 关于 → 主页信息透明度，或在 Meta 商务设置 → 账户 → 主页中查看。',
    en: 'Your Page → About → Page transparency, or Meta business settings → Accounts → Pages.',
  },
  required: true,
  placeholder: '100000000000001',
};
export const pageTokenField: Field = {
  label: { zh: '公共主页访问令牌（Page access token）', en: 'Page access token' },
  help: {
    zh: 'Meta 应用面板 → Messenger → API 设置 → 生成访问令牌。用系统用户生成的令牌不会过期。',
    en: 'Meta app dashboard → Messenger → API Settings → Generate access tokens. One of a system user does not end.',
  },
  secret: true,
  required: true,
};
