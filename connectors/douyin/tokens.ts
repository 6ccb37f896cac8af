import type { Tools } from '../connector.ts';
import { Misconfigured } from '../errors.ts';
import type { Answer, Call } from './api.ts';
import { call, NoAnswer } from './api.ts';
import { appOf, type DouyinConfig } from './config.ts';
import { type Asked, isDeadToken, isEnded, silence, trouble } from './errors.ts';
import { accessOf, dropAccess, type Grant, grantOf, putAccess, putGrant } from './grant.ts';
import { REFRESH_BEFORE } from './limits.ts';
import { refreshed, renewal } from './oauth.ts';

const KEPT = 'access';
/** An access token is not begun with when less than this is left, in milliseconds. */
const SPARE_MS = 60_000;

/** The account's access token. One hub at a time refreshes, and puts it away before anybody uses it. */
export function access(config: DouyinConfig, tools: Tools): Promise<string> {
  return tools.keep(KEPT, async () => {
    const stored = await accessOf(tools);
    const now = tools.now();
    if (stored && stored.until - now > SPARE_MS) return { value: stored.token, ttl: (stored.until - now) / 1000 };
    const fresh = await refresh(config, tools);
    return { value: fresh.token, ttl: Math.max(1, (fresh.until - tools.now()) / 1000) };
  });
}

/** Makes the next call fetch another one; only while `failed` is still the one in use. */
export async function discard(failed: string, tools: Tools): Promise<void> {
  if ((await accessOf(tools))?.token === failed) await dropAccess(tools);
  await tools.forget(KEPT, failed);
}

/** A call in the account's name. A token that Douyin does not take is refreshed once, and the call repeated once. */
export async function asAccount(
  request: Omit<Call, 'token'>,
  config: DouyinConfig,
  tools: Tools,
  asked: Asked = 'other',
): Promise<Answer> {
  const first = await access(config, tools);
  const answer = await attempt(first);
  if (!isDeadToken(answer)) return answer;
  await discard(first, tools);
  return attempt(await access(config, tools));

  async function attempt(token: string): Promise<Answer> {
    try {
      return await call({ ...request, token }, tools);
    } catch (error) {
      throw error instanceof NoAnswer ? silence(error, asked) : error;
    }
  }
}

async function refresh(config: DouyinConfig, tools: Tools): Promise<{ token: string; until: number }> {
  let grant = await grantOf(tools);
  let answer = await refreshed(grant.refresh, appOf(config), tools);
  if ('status' in answer && isEnded(answer)) {
    // Another hub may have renewed the refresh token a moment ago; the old one is dead from then on.
    const newer = await grantOf(tools);
    if (newer.refresh !== grant.refresh) {
      grant = newer;
      answer = await refreshed(grant.refresh, appOf(config), tools);
    }
  }
  if ('status' in answer) throw trouble(answer, 'other', tools.now());
  if (answer.openId && answer.openId !== config.openId)
    throw new Misconfigured('account_mixed_up', 'Douyin gave a token of another account.');
  // Its end does not move, whatever the answer says; an earlier one is believed.
  if (answer.refresh && answer.refresh !== grant.refresh)
    await putGrant(tools, {
      ...grant,
      refresh: answer.refresh,
      until: Math.min(grant.until, answer.refreshUntil),
    });
  const fresh = { token: answer.access, until: answer.accessUntil };
  await putAccess(tools, fresh);
  return fresh;
}

/**
 * Renews the refresh token when it is near its end: at most five times for one consent, one hub at a time, and put away
 * before it is used, because the old one is dead at once. Gives the grant as it is then, or why Douyin would not.
 */
export async function renew(config: DouyinConfig, tools: Tools): Promise<Grant> {
  // The lock of `keep`; what is kept is only that somebody was here.
  await tools.keep('renewal', async () => {
    const grant = await grantOf(tools);
    if (grant.until - tools.now() < REFRESH_BEFORE * 1000) {
      const answer = await renewal(grant.refresh, appOf(config), tools);
      if ('status' in answer) throw trouble(answer, 'other', tools.now());
      await putGrant(tools, {
        refresh: answer.refresh,
        until: answer.refreshUntil,
        renewals: grant.renewals + 1,
      });
    }
    return { value: 'done', ttl: 1 };
  });
  await tools.forget('renewal');
  return grantOf(tools);
}
