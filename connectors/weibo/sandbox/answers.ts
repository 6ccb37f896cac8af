import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Platform } from './platform.ts';

/**
 * Weibo's codes with its words (weibo.md section 9). The last two are the sandbox's own numbers: what Weibo says when the
 * window is shut or the fan left has never been published.
 */
export const ERRORS = {
  system: [503, 10001, 'system error'],
  busy: [503, 10009, 'too many pending tasks, system is busy'],
  expired: [503, 10010, 'job expired'],
  ip: [403, 10004, 'IP limit'],
  permission: [403, 10014, 'insufficient app permissions'],
  source: [400, 10006, 'source paramter (appkey) is missing'],
  param: [400, 10008, 'param error, see doc for more info'],
  illegal: [400, 10012, 'illegal request'],
  user: [400, 10013, 'invalid weibo user'],
  missing: [400, 10016, 'miss required parameter'],
  value: [400, 10017, 'parameter value invalid'],
  rate: [403, 10023, 'user requests out of rate limit'],
  none: [404, 10021, 'http method is not supported'],
  redirect: [400, 21322, 'redirect_uri_mismatch'],
  client: [400, 21324, 'invalid_client'],
  grant: [400, 21325, 'invalid_grant'],
  over: [401, 21327, 'expired_token'],
  grantType: [400, 21328, 'unsupported_grant_type'],
  token: [400, 21332, 'access_token is invalid'],
  gone: [400, 20101, 'file does not exist'],
  window: [400, 29901, 'no message quota for this receiver'],
  follower: [400, 29902, 'the receiver does not follow the sender'],
} as const satisfies Record<string, readonly [ContentfulStatusCode, number, string]>;

/** An error as Weibo shapes it. */
export function fail(c: Context, platform: Platform, error: keyof typeof ERRORS, words?: string): Response {
  const [status, code, text] = ERRORS[error];
  const path = c.req.path.replace(/^.*?\/(api|m|upload)(?=\/)/, '');
  const body = { request: path, error_code: code, error: words ?? text };
  return c.json(body, platform.faults.on('errorsWith200') ? 200 : status);
}
