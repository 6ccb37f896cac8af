import type { CheckPoint, Tools, Upkeep } from '../connector.ts';
import { Misconfigured } from '../errors.ts';
import { call, must } from './api.ts';
import type { WechatConfig } from './config.ts';
import { authorizerInfo, factsOf, grantedIn } from './facts.ts';
import { mustComponent } from './open/component-api.ts';
import { ticketPoint } from './open/ticket-point.ts';
import type { Kind } from './outbound.ts';
import { accountPoints, permissionPoints } from './permissions.ts';
import * as words from './words.ts';

/** What WeChat says of an account changes without notice: verification ends, an account is frozen. Milliseconds. */
const DAILY_MS = 24 * 3_600_000;
/** Through a platform more often: without tickets it is dumb within twelve hours, and somebody must hear of it before. */
const PLATFORM_MS = 3 * 3_600_000;

/** Looks at the account now and then: its token, its standing, its permissions (channels/wechat.md §12.5, §13). */
export function upkeepWith(kind: Kind) {
  return async (config: WechatConfig, tools: Tools): Promise<Upkeep> => {
    const next = tools.now() + (config.app ? PLATFORM_MS : DAILY_MS);
    try {
      const { facts, points } = await look(kind, config, tools);
      return { next, points: points.filter((point) => !point.ok), config: facts };
    } catch (error) {
      if (!(error instanceof Misconfigured)) throw error;
      return { next, points: [words.tokenBad(error)] };
    }
  };
}

/** What there is to say of the account now, good and bad. Throws where WeChat cannot be asked. */
export async function look(
  kind: Kind,
  config: WechatConfig,
  tools: Tools,
): Promise<{ facts: Record<string, string>; points: CheckPoint[] }> {
  return config.app ? await throughPlatform(kind, config, config.app, tools) : await byItself(kind, config, tools);
}

async function throughPlatform(
  kind: Kind,
  { appId }: WechatConfig,
  platform: NonNullable<WechatConfig['app']>,
  tools: Tools,
) {
  const info = await mustComponent(
    'api_get_authorizer_info',
    { authorizer_appid: appId },
    authorizerInfo,
    platform,
    tools.app ?? tools,
  );
  const facts = factsOf(info);
  const points = [...accountPoints(kind, facts), ...permissionPoints(kind, grantedIn(info))];
  const ticket = await ticketPoint(platform, tools.app ?? tools);
  return { facts, points: ticket.ok ? points : [...points, ticket] };
}

/**
 * Nobody tells an account by itself whether it is verified. The list of customer-service accounts is there for verified
 * ones only: 48001 means it is not, a list means it is, anything else says nothing.
 */
async function byItself(kind: Kind, config: WechatConfig, tools: Tools) {
  await must({ path: '/cgi-bin/getcallbackip' }, config, tools);
  if (kind === 'mini') return { facts: {}, points: [] };
  const probe = await call({ path: '/cgi-bin/customservice/getkflist' }, config, tools).catch(() => undefined);
  const verified =
    probe?.errcode === 48001 ? 'no' : probe?.errcode === 0 && 'kf_list' in probe.json ? 'yes' : undefined;
  const facts: Record<string, string> = verified ? { verified } : {};
  return { facts, points: accountPoints(kind, { verified: verified ?? config.verified }) };
}
