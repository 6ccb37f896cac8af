import { z } from 'zod';
import { AES_KEY } from './crypt.ts';
import { openConfig } from './open/config.ts';

/** A form sends what was left empty as an empty text. */
const blank = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value);
const maybe = <T extends z.ZodType>(shape: T) => z.preprocess(blank, shape.optional());

export const appId = z
  .string()
  .trim()
  .regex(/^wx[0-9a-zA-Z]{6,30}$/);
export const appSecret = z
  .string()
  .trim()
  .regex(/^[0-9a-zA-Z]{16,64}$/);
export const token = z
  .string()
  .trim()
  .regex(/^[0-9a-zA-Z]{3,32}$/);
export const aesKey = z.string().trim().regex(AES_KEY);
const yesNo = z.enum(['yes', 'no']);

/** What WeChat says of the account, learnt when it is connected and every day (`upkeep`); all plain. */
const facts = {
  /** Its original id (`gh_…`): the name it has in pushes. */
  ghId: maybe(z.string().max(64)),
  /** `subscription`, `service`, `mini`. */
  kind: maybe(z.string().max(20)),
  /** Permission sets granted to our platform, with commas between. */
  funcIds: maybe(z.string().max(500)),
  /** 1 normal, 14 cancelled, 16 banned, 18 warned, 19 frozen. */
  status: maybe(z.string().max(10)),
};

const shape = z.strictObject({
  appId,
  appSecret: maybe(appSecret),
  token: maybe(token),
  aesKey: maybe(aesKey),
  /** For a while after a change, pushes come with what was there before (`Field.formerAs`). */
  previousToken: maybe(token),
  previousAesKey: maybe(aesKey),
  plaintext: maybe(yesNo),
  /** Whether the account is verified (认证): only then may it write by the send API. */
  verified: maybe(yesNo),
  ...facts,
  /** Came by consent to a third-party platform and has no secrets of its own. */
  via: maybe(z.literal('platform')),
  /** The platform's own config, lent by the hub. */
  app: openConfig.optional(),
});

/** An account: by its own credentials, all of which are needed, or in the hands of a third-party platform. */
export const config = shape.superRefine((value, context) => {
  if (value.app || value.via) return;
  for (const key of ['appSecret', 'token', 'aesKey'] as const)
    if (!value[key]) context.addIssue({ code: 'custom', path: [key], message: 'This is needed.' });
});
export type WechatConfig = z.infer<typeof shape>;

/** Whether the account may write at any time within the window, or only in the answer to a push. Unknown counts as may. */
export const maySend = ({ verified }: Pick<WechatConfig, 'verified'>): boolean => verified !== 'no';
