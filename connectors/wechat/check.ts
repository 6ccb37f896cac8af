import { z } from 'zod';
import type { CheckPoint, Tools } from '../connector.ts';
import { Misconfigured, Refused, Retry } from '../errors.ts';
import { call } from './api.ts';
import type { WechatConfig } from './config.ts';
import { wordsOf } from './errors.ts';
import type { Kind } from './outbound.ts';
import { look } from './upkeep.ts';
import * as words from './words.ts';

const tried = z.looseObject({
  dns: z
    .array(z.looseObject({ ip: z.string().optional() }))
    .optional()
    .catch(undefined),
  ping: z
    .array(z.looseObject({ ip: z.string().optional(), package_loss: z.string().optional() }))
    .optional()
    .catch(undefined),
});

/**
 * Tries the account and says what is left for a person. Never throws for what WeChat answers; each answer is a point. By
 * fields: token, WeChat's own trial of our address; through a platform: standing and permissions.
 */
export function checkWith(kind: Kind) {
  return async (config: WechatConfig, tools: Tools, callbackUrl: string): Promise<CheckPoint[]> => {
    let seen: Awaited<ReturnType<typeof look>>;
    try {
      seen = await look(kind, config, tools);
    } catch (error) {
      if (error instanceof Misconfigured || error instanceof Refused || error instanceof Retry)
        return [words.tokenBad(error)];
      throw error;
    }
    const points = [words.tokenGood(config.appId), ...seen.points];
    if (config.app) return points;
    return [...points, ...(await address(config, tools)), words.serverSettings(kind, callbackUrl)];
  };
}

/** WeChat looks our name up and knocks at it. What it says without being able to is no point. */
async function address(config: WechatConfig, tools: Tools): Promise<CheckPoint[]> {
  const request = { path: '/cgi-bin/callback/check', json: { action: 'all', check_operator: 'DEFAULT' } };
  const answer = await call(request, config, tools).catch(() => undefined);
  if (!answer || answer.errcode === undefined) return [];
  // No address is set at the platform yet.
  if (answer.errcode >= 40201 && answer.errcode <= 40203) return [words.noAddress(wordsOf(answer))];
  if (answer.errcode !== 0) return [];
  const { dns = [], ping = [] } = tried.safeParse(answer.json).data ?? {};
  if (dns.length === 0 && ping.length === 0) return [];
  const reached = dns.length > 0 && (ping.length === 0 || ping.some(({ package_loss }) => package_loss !== '100%'));
  return [reached ? words.addressReached : words.addressNotReached];
}
