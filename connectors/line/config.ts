import { z } from 'zod';
import type { Fields } from '../connector.ts';

/** A form sends what was left empty as an empty text. */
const blank = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value);

/**
 * What an admin pastes from LINE's console. Two ways in: a long-lived access token, or the channel id, with which we
 * issue our own short tokens (line.md section 1).
 */
export const config = z
  .strictObject({
    channelId: z.preprocess(
      blank,
      z
        .string()
        .trim()
        .regex(/^\d{5,20}$/)
        .optional(),
    ),
    channelSecret: z
      .string()
      .trim()
      .regex(/^[0-9a-f]{32}$/i)
      .transform((secret) => secret.toLowerCase()),
    accessToken: z.preprocess(
      blank,
      z
        .string()
        .trim()
        .regex(/^[A-Za-z0-9+/=._~-]{20,1000}$/)
        .optional(),
    ),
  })
  .refine((value) => value.accessToken ?? value.channelId, {
    path: ['accessToken'],
    message: 'Either the access token or the channel id is needed.',
  });
export type LineConfig = z.infer<typeof config>;

export const fields: Fields = {
  channelId: {
    label: { zh: '频道 ID（Channel ID）', en: 'Channel ID' },
    help: {
      zh: 'LINE Developers 控制台 → 频道 → Basic settings。填写后由系统自动签发短期令牌；若已粘贴长期令牌可留空。',
      en: 'LINE Developers console → your channel → Basic settings. With it we issue short-lived tokens ourselves; leave it empty if you paste a long-lived token.',
    },
    placeholder: '1234567890',
  },
  channelSecret: {
    label: { zh: '频道密钥（Channel secret）', en: 'Channel secret' },
    help: {
      zh: 'LINE Developers 控制台 → 频道 → Basic settings，32 位十六进制。用于校验 LINE 推送的签名。',
      en: 'LINE Developers console → your channel → Basic settings, 32 hexadecimal characters. It proves that webhooks come from LINE.',
    },
    secret: true,
    required: true,
  },
  accessToken: {
    label: { zh: '频道访问令牌（Channel access token）', en: 'Channel access token' },
    help: {
      zh: 'LINE Developers 控制台 → 频道 → Messaging API → Channel access token (long-lived)。填写了频道 ID 时可留空。',
      en: 'LINE Developers console → your channel → Messaging API → Channel access token (long-lived). May stay empty when the channel ID is given.',
    },
    secret: true,
  },
};
