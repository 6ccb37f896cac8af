import { z } from 'zod';
import { AES_KEY } from '../crypt.ts';

const blank = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value);
const token = z
  .string()
  .trim()
  .regex(/^[0-9a-zA-Z]{3,32}$/);
const aesKey = z.string().trim().regex(AES_KEY);

/** A third-party platform (第三方平台) of open.weixin.qq.com: one set of credentials for all its accounts. */
export const openConfig = z.strictObject({
  appId: z
    .string()
    .trim()
    .regex(/^wx[0-9a-zA-Z]{6,30}$/),
  appSecret: z
    .string()
    .trim()
    .regex(/^[0-9a-zA-Z]{16,64}$/),
  token,
  aesKey,
  /** For a while after a change, pushes come with what was there before. */
  previousToken: z.preprocess(blank, token.optional()),
  previousAesKey: z.preprocess(blank, aesKey.optional()),
});
export type OpenConfig = z.infer<typeof openConfig>;
