import type { Tools, Upkeep } from '../connector.ts';
import { look } from './account.ts';
import type { WeiboConfig } from './config.ts';
import { LOOK_MS } from './limits.ts';

/** Never sooner than this, whatever a short token's end says. Milliseconds. */
const SOONEST_MS = 60_000;

/**
 * Once a day, and again when the end of the token comes near: whether it is still good, until when, and whether pushes come
 * as JSON. Tells the admin before the end; Weibo gives web apps nothing to renew a token with.
 */
export async function upkeep(config: WeiboConfig, tools: Tools): Promise<Upkeep> {
  const { points, uid, expiresAt, warnAt } = await look(config, tools);
  const now = tools.now();
  const turns = [now + LOOK_MS, warnAt, expiresAt].filter((at): at is number => at !== undefined && at > now);
  return {
    next:
      uid === undefined && !config.app && !config.accessToken ? null : Math.max(Math.min(...turns), now + SOONEST_MS),
    expiresAt: expiresAt ?? null,
    points,
    config: uid && !config.uid ? { uid } : undefined,
  };
}
