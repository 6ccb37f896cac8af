import type { CheckPoint, Tools } from '../connector.ts';
import { look } from './account.ts';
import { appOf, type WeiboConfig } from './config.ts';
import * as words from './words.ts';

/**
 * Says what is right and what is left for a person (weibo.md section 1). Whether our address stands in 开发者中心 cannot be
 * asked: how to put it there is always told. Never throws for what Weibo answers.
 */
export async function check(config: WeiboConfig, tools: Tools, callbackUrl: string): Promise<CheckPoint[]> {
  const points = await look(config, tools).then(
    (found) => found.points,
    (error: unknown): CheckPoint[] => {
      if (!(error instanceof Error)) throw error;
      return [{ code: 'token', ok: false, what: words.unreachable(error.message), mend: words.later }];
    },
  );
  const { appKey } = appOf(config);
  return [
    ...points,
    { code: 'webhook', ok: true, what: words.webhook(callbackUrl, appKey), url: tools.hosts.me },
    { code: 'try', ok: true, what: words.tryIt },
  ];
}
