import type { AppTools } from '../app.ts';
import type { CheckPoint } from '../connector.ts';
import { Misconfigured, Refused } from '../errors.ts';
import { ask } from './ask.ts';
import type { WeiboApp } from './config.ts';
import * as words from './words.ts';

/**
 * Tries key and secret: Weibo has no call for an app alone, but it looks at them before it looks at a code, and ours was
 * never given out. Refusing just the code is the good answer.
 */
export async function checkApp(
  { appKey, appSecret }: WeiboApp,
  tools: AppTools,
  callbackUrl: string,
): Promise<CheckPoint[]> {
  // The house's own page for people who come back stands beside its webhooks.
  const redirect = `${callbackUrl.split('/webhooks/')[0]}/connect`;
  try {
    await ask(
      {
        method: 'POST',
        host: 'api',
        path: '/oauth2/access_token',
        form: {
          client_id: appKey,
          client_secret: appSecret,
          grant_type: 'authorization_code',
          code: 'no-code-was-given',
          redirect_uri: redirect,
        },
      },
      tools,
    );
  } catch (error) {
    if (error instanceof Misconfigured && error.code === 'redirect_mismatch')
      return [{ code: 'redirect', ok: false, what: words.redirectBad(redirect), mend: words.redirectMend }];
    if (error instanceof Misconfigured && error.code !== 'token_expired')
      return [{ code: 'app', ok: false, what: words.appBad(error.message), mend: words.appMend }];
    if (!(error instanceof Refused || error instanceof Misconfigured)) {
      if (!(error instanceof Error)) throw error;
      return [{ code: 'app', ok: false, what: words.unreachable(error.message), mend: words.later }];
    }
  }
  return [{ code: 'app', ok: true, what: words.appGood }];
}
