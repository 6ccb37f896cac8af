import { z } from 'zod';

/** What the platform itself is told (授权事件接收URL); fields come with CDATA or without (channels/wechat.md §12.1, §12.6). */
const some = z.preprocess((value) => (value === '' ? undefined : value), z.string().optional().catch(undefined));

export const platformPush = z.looseObject({
  AppId: z.string().min(1).max(64),
  CreateTime: z.preprocess(
    (value) => (typeof value === 'string' && /^\d{1,12}$/.test(value) ? Number(value) : value),
    z.int().nonnegative().max(8.64e12),
  ),
  InfoType: z.string().min(1).max(60),
  ComponentVerifyTicket: some,
  AuthorizerAppid: some,
  AuthorizationCode: some,
  PreAuthCode: some,
});
export type PlatformPush = z.infer<typeof platformPush>;

/** What an authorisation code is good for. The refresh token is missing where no API was granted, or nothing changed. */
export const queryAuth = z.looseObject({
  authorization_info: z.looseObject({
    authorizer_appid: z.string().min(1).max(64),
    authorizer_access_token: some,
    authorizer_refresh_token: some,
  }),
});

export const preAuthCode = z.looseObject({
  pre_auth_code: z.string().min(1).max(500),
  expires_in: z.coerce.number().positive().catch(600),
});
