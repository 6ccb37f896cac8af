import { randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import type { WechatAccount } from './accounts.ts';
import type { Claims } from './signed.ts';

export type WechatEnv = { Variables: { account: WechatAccount; claims: Claims; rid: string } };
export type WechatContext = Context<WechatEnv>;

/** WeChat's own words, where they are known (wechat.md §8, §16). */
const WORDS: Record<number, string> = {
  [-1]: 'system error',
  0: 'ok',
  40001: 'invalid credential, access_token is invalid or not latest, could get access_token by getStableAccessToken',
  40002: 'invalid grant_type',
  40003: 'invalid openid',
  40004: 'invalid media type',
  40005: 'invalid file type',
  40006: 'invalid meida size',
  40007: 'invalid media_id',
  40008: 'invalid message type',
  40013: 'invalid appid',
  40033: 'invalid charset. please check your request, if include \\uxxxx will create fail!',
  40035: 'invalid args',
  40066: 'invalid url',
  40091: 'invalid component ticket',
  40125: 'invalid appsecret',
  40130: 'invalid openid list size, at least two openid',
  40164: 'invalid ip 198.51.100.7 ipv6 ::ffff:198.51.100.7, not in whitelist',
  41001: 'access_token missing',
  41005: 'media data missing',
  42001: 'access_token expired',
  42006: 'component_access_token expired',
  43002: 'require POST method',
  44002: 'empty post data',
  45001: 'media size out of limit',
  45002: 'content size out of limit',
  45008: 'article size out of limit',
  45009: 'reach max api daily quota limit',
  45011: 'api minute-quota reach limit  must slower  retry next minute',
  45015: 'response out of time limit or subscription is canceled',
  45047: 'out of response count limit',
  45072: 'invalid command',
  45080: 'can not typing',
  45081: 'has send typing',
  45098: 'menu list size out of limit',
  45099: 'menu item content size out of limit',
  45162: 'unsupport msgtype for this account',
  47001: 'data format error',
  48001: 'api unauthorized',
  50002: 'user limited',
  61003: 'component is not authorized by this account',
  61004: 'access clientip is not registered',
  61005: 'component ticket is expired',
  61006: 'component ticket is invalid',
  61007: 'api is unauthorized to component',
  61009: 'auth code is invalid',
  61010: 'code is expired',
  61011: 'invalid component',
  61014: 'must use component token for component api',
  61015: 'must use api token for function api',
  61023: 'refresh_token is invalid',
  76001: 'rid not found',
};

/** `{ errcode, errmsg }`, with HTTP 200 as WeChat does; faults carry the request's id, by which it can be looked up. */
export function answer(c: Context, errcode: number, hint = ''): Response {
  const words = WORDS[errcode] ?? 'unknown error';
  const rid = errcode === 0 ? '' : ` rid: ${(c as WechatContext).get('rid')}`;
  return c.json({ errcode, errmsg: `${words}${hint && ` ${hint}`}${rid}` });
}

/** As WeChat writes them: seconds in hex and two numbers of chance. */
export const newRid = (now: number): string =>
  [Math.floor(now / 1000).toString(16), randomBytes(4).toString('hex'), randomBytes(4).toString('hex')].join('-');
