import { z } from 'zod';
import type { Fields } from '../connector.ts';
import { fields } from './fields.ts';

export { fields };

/** A form sends what was left empty as an empty text. */
const blank = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value);
/** People paste the address of their profile as often as the number in it. */
const fromProfile = (value: unknown) =>
  typeof value === 'string' ? (/weibo\.(?:com|cn)\/(?:u\/)?(\d{5,20})/.exec(value)?.[1] ?? blank(value)) : value;

const appKey = z
  .string()
  .trim()
  .regex(/^\d{5,20}$/);
const appSecret = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9_-]{8,128}$/);
const uid = z
  .string()
  .trim()
  .regex(/^\d{5,20}$/);
const token = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9._~-]{10,1000}$/);

/** A Weibo app through which accounts are connected by OAuth2 (weibo.md section 1). */
export const appConfig = z.strictObject({ appKey, appSecret });
export type WeiboApp = z.infer<typeof appConfig>;

/**
 * An account: with an app's key and secret of its own, or connected through an app (`app`; then its token is in the
 * vault). Without any token it can only answer inside the response to a push.
 */
export const config = z
  .strictObject({
    appKey: z.preprocess(blank, appKey.optional()),
    appSecret: z.preprocess(blank, appSecret.optional()),
    accessToken: z.preprocess(blank, token.optional()),
    /** The account's number; learnt from the token where nobody entered it. */
    uid: z.preprocess(fromProfile, uid.optional()),
    /** Kept with accounts that were connected by OAuth2: their app's key and secret are the app's own. */
    through: z.literal('weibo-app').optional(),
    app: appConfig.optional(),
  })
  .superRefine((value, context) => {
    if (value.app || value.through) return;
    for (const key of ['appKey', 'appSecret'] as const) {
      if (!value[key]) context.addIssue({ code: 'custom', path: [key], message: 'Needed to verify what Weibo sends.' });
    }
  });
export type WeiboConfig = z.infer<typeof config>;

/** Whose app signs this account's pushes. */
export function appOf({ app, appKey = '', appSecret = '' }: WeiboConfig): WeiboApp {
  return app ?? { appKey, appSecret };
}

/** The account may be written to at any time within its window; otherwise only in the very answer to a push. */
export const hasToken = ({ accessToken, app, through }: WeiboConfig): boolean => Boolean(accessToken ?? app ?? through);

/** What an admin fills in for an app. */
export const appFields: Fields = {
  appKey: { ...fields.appKey!, required: true },
  appSecret: { ...fields.appSecret!, required: true },
};
