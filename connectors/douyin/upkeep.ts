import type { CheckPoint, Tools, Upkeep } from '../connector.ts';
import { Misconfigured, Refused, Retry } from '../errors.ts';
import type { DouyinConfig } from './config.ts';
import { accessOf, type Grant, grantOf } from './grant.ts';
import { DAY, REFRESH_BEFORE } from './limits.ts';
import { endOf, lifePoint, renewalsLeft, scopePoints } from './points.ts';
import { access, discard, renew } from './tokens.ts';
import * as words from './words.ts';

/** Milliseconds until the next look, and until another try after Douyin did not answer. */
const DAILY_MS = DAY * 1000;
const SOON_MS = 30 * 60_000;

/**
 * Once a day: refreshes the access token and renews the refresh token when either has under five days left, and says when
 * the account will stop working (douyin.md section 1). The renewal comes first: it is the one that cannot be made up for.
 */
export async function upkeep(config: DouyinConfig, tools: Tools): Promise<Upkeep> {
  let grant: Grant;
  try {
    grant = await grantOf(tools);
  } catch (error) {
    if (!(error instanceof Misconfigured)) throw error;
    return { next: null, points: [{ code: error.code, ok: false, what: words.ended, mend: words.scanAgain }] };
  }
  const failures: CheckPoint[] = [];
  let away = false;
  const attempt = async (work: () => Promise<unknown>) => {
    try {
      await work();
    } catch (error) {
      if (error instanceof Retry) away = true;
      else if (error instanceof Misconfigured || error instanceof Refused)
        failures.push({ code: error.code, ok: false, what: words.notRenewed(error.message), mend: words.scanAgain });
      else throw error;
    }
  };
  const soon = (until: number) => until - tools.now() < REFRESH_BEFORE * 1000;
  if (soon(grant.until) && renewalsLeft(grant, config.scopes) > 0) {
    await attempt(async () => {
      grant = await renew(config, tools);
    });
  }
  const stored = await accessOf(tools);
  if (!stored || soon(stored.until)) {
    await attempt(async () => {
      if (stored) await discard(stored.token, tools);
      await access(config, tools);
    });
  }
  const left = renewalsLeft(grant, config.scopes);
  return {
    next: tools.now() + (away ? SOON_MS : DAILY_MS),
    expiresAt: endOf(grant, left),
    points: [...failures, lifePoint(grant, config.scopes, tools.now()), ...scopePoints(config.scopes)],
  };
}
