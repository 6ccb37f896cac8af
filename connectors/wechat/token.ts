import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Tools } from '../connector.ts';
import { Misconfigured, Retry } from '../errors.ts';
import { NoAnswer, open, read } from './api.ts';
import { actOn } from './codes.ts';
import type { WechatConfig } from './config.ts';
import { silence, trouble, wordsOf } from './errors.ts';
import { authorizerToken } from './open/authorizer-token.ts';

/**
 * Until five minutes before its end the stable token is the same, then there is a new one and both work. It is asked for
 * again 260 s before the end (the store asks 60 s before `ttl` is over), so that what comes is the new one.
 */
const STABLE_SPARE_S = 200;
const LEAST_TTL_S = 120;

/** The account's access token: one for all hubs, made by one of them at a time (channels/wechat.md §10). */
export function accountToken(config: WechatConfig, tools: Tools): Promise<string> {
  return tools.keep(keyOf(config), () =>
    config.app ? authorizerToken(config, config.app, tools) : stable(config, tools),
  );
}

/** After WeChat refused a token; another hub's newer one stays. */
export function forgetToken(config: WechatConfig, tools: Tools, failed: string): Promise<void> {
  return tools.forget(keyOf(config), failed);
}

/** Another secret means another token, so that a check after a change tries the new one. */
function keyOf({ appSecret, app }: WechatConfig): string {
  return app
    ? 'token'
    : `token:${createHash('sha256')
        .update(appSecret ?? '')
        .digest('hex')
        .slice(0, 8)}`;
}

const issued = z.object({ access_token: z.string().min(1).max(2048), expires_in: z.coerce.number().positive() });

async function stable({ appId, appSecret }: WechatConfig, tools: Tools): Promise<{ value: string; ttl: number }> {
  if (!appSecret) throw new Misconfigured('bad_credentials', 'The account has no AppSecret.');
  const request = {
    path: '/cgi-bin/stable_token',
    json: { grant_type: 'client_credential', appid: appId, secret: appSecret, force_refresh: false },
  };
  let answer: Awaited<ReturnType<typeof read>>;
  try {
    answer = await read(await open(request, undefined, '', tools), request, tools);
  } catch (error) {
    // Nothing has been said to anybody yet: whatever wanted the token may simply be tried again.
    throw error instanceof NoAnswer ? silence(error, 'other') : error;
  }
  const good = issued.safeParse(answer.json).data;
  if (answer.errcode === 0 && good)
    return { value: good.access_token, ttl: Math.max(LEAST_TTL_S, good.expires_in - STABLE_SPARE_S) };
  if (answer.errcode === 0) throw new Retry('WeChat issued a token that cannot be read.');
  // Here the codes of a bad token speak of the secret.
  if (answer.errcode !== undefined && actOn(answer.errcode).do === 'token')
    throw new Misconfigured('bad_credentials', wordsOf(answer));
  throw trouble(answer, 'other', tools.now());
}
