import { z } from 'zod';
import type { Tools } from '../../connector.ts';
import { Misconfigured, Retry } from '../../errors.ts';
import type { WechatConfig } from '../config.ts';
import { trouble, wordsOf } from '../errors.ts';
import { askComponent, mustComponent } from './component-api.ts';
import type { OpenConfig } from './config.ts';

/** Under which the account's refresh token lies in its own vault. Without an end, and never to be lost. */
export const REFRESH = 'refresh-token';
const SPARE_S = 540;
const LEAST_TTL_S = 120;
/** Accounts in one page of the list, WeChat's most, and pages looked through. */
const PAGE = 500;
const PAGES = 40;

const issued = z.object({
  authorizer_access_token: z.string().min(1).max(2048),
  expires_in: z.coerce.number().positive(),
  authorizer_refresh_token: z.string().min(1).optional().catch(undefined),
});

/**
 * A token to act for an account that was put into the platform's hands. The refresh token that comes with it is laid away
 * before the new token is used. One that was lost is found again in the platform's list; where that one is not taken
 * either, the owner must authorise again (channels/wechat.md §12.4).
 */
export async function authorizerToken(
  { appId }: WechatConfig,
  platform: OpenConfig,
  tools: Tools,
): Promise<{ value: string; ttl: number }> {
  const app = tools.app ?? tools;
  let refresh = await tools.vault.get(REFRESH);
  for (const found of [false, true]) {
    if (found || !refresh) refresh = await lostToken(appId, platform, app);
    if (!refresh) break;
    const json = { authorizer_appid: appId, authorizer_refresh_token: refresh };
    const answer = await askComponent('api_authorizer_token', json, platform, app);
    const good = issued.safeParse(answer.json).data;
    if (answer.errcode === 0 && good) {
      const next = good.authorizer_refresh_token ?? refresh;
      await tools.vault.put(REFRESH, next);
      return { value: good.authorizer_access_token, ttl: Math.max(LEAST_TTL_S, good.expires_in - SPARE_S) };
    }
    if (answer.errcode === 0) throw new Retry('WeChat issued a token that cannot be read.');
    if (answer.errcode !== 61023) throw trouble(answer, 'other', tools.now());
    if (found) throw new Misconfigured('authorise_again', wordsOf(answer));
  }
  throw new Misconfigured('authorise_again', 'The account is not in the hands of our platform any more.');
}

const list = z.object({
  list: z.array(
    z.looseObject({ authorizer_appid: z.string(), refresh_token: z.string().min(1).optional().catch(undefined) }),
  ),
});

async function lostToken(
  appId: string,
  platform: OpenConfig,
  app: NonNullable<Tools['app']>,
): Promise<string | undefined> {
  for (let page = 0; page < PAGES; page++) {
    const json = { offset: page * PAGE, count: PAGE };
    const { list: accounts } = await mustComponent('api_get_authorizer_list', json, list, platform, app);
    const mine = accounts.find((account) => account.authorizer_appid === appId);
    if (mine) return mine.refresh_token;
    if (accounts.length < PAGE) return undefined;
  }
  return undefined;
}
