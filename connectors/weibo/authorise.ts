import { z } from 'zod';
import type { AppTools, Ask, Authorised, Consent } from '../app.ts';
import { Misconfigured, Refused, Retry } from '../errors.ts';
import { cut } from '../lib/text.ts';
import { ask } from './ask.ts';
import type { WeiboApp } from './config.ts';
import { trouble } from './errors.ts';
import { CONSENT_MS } from './limits.ts';
import { id } from './schema.ts';
import { VAULT_TOKEN } from './token.ts';
import { webhookLeft, webhookMend } from './words.ts';

/** Weibo's log-in page; on a desktop it offers a QR code for the phone. Everybody chooses the account anew. */
export async function start({ appKey }: WeiboApp, { hosts, now }: AppTools, asked: Ask): Promise<Consent> {
  const query = new URLSearchParams({
    client_id: appKey,
    redirect_uri: redirectOf(asked),
    response_type: 'code',
    state: asked.state,
    forcelogin: 'true',
  });
  return { url: `${hosts.api}/oauth2/authorize?${query}`, until: now() + CONSENT_MS };
}

const granted = z.object({
  access_token: z.string().min(1),
  /** Seconds; the only thing said about lifetimes that can be believed (weibo.md section 1). */
  expires_in: z.coerce.number().positive(),
  uid: id,
});

/**
 * The code becomes the account's token. There is none to renew it with: when it ends, somebody authorises again. Weibo does
 * not begin to push by this, which is told as a point.
 */
export async function finish(
  query: Record<string, string>,
  { appKey, appSecret }: WeiboApp,
  tools: AppTools,
  asked: Ask,
): Promise<Authorised[]> {
  if (query.error || query.error_code) throw refusal(query, tools.now());
  if (!query.code) throw new Refused('no_code', 'Weibo sent no code back.');
  const { json } = await ask(
    {
      method: 'POST',
      host: 'api',
      path: '/oauth2/access_token',
      form: {
        client_id: appKey,
        client_secret: appSecret,
        grant_type: 'authorization_code',
        code: query.code,
        redirect_uri: redirectOf(asked),
      },
    },
    tools,
  );
  const grant = granted.safeParse(json).data;
  if (!grant) throw new Refused('rejected', 'Weibo sent an answer without a token.');
  const { access_token: token, expires_in: seconds, uid } = grant;
  return [
    {
      connector: 'weibo',
      account: uid,
      ...(await describe(uid, token, tools)),
      config: { uid, through: 'weibo-app' },
      vault: { [VAULT_TOKEN]: token },
      expiresAt: tools.now() + seconds * 1000,
      points: [{ code: 'webhook', ok: false, what: webhookLeft, mend: webhookMend, url: tools.hosts.me }],
    },
  ];
}

/** The same in both requests, or Weibo refuses the code; and the one that is registered as 授权回调页. */
const redirectOf = ({ returnUrl }: Ask): string => returnUrl;

/** What Weibo sends the browser back with when the person did not agree. */
function refusal(
  { error = '', error_code: code, error_description: words }: Record<string, string>,
  now: number,
): Error {
  const told = [error, words].filter(Boolean).join(': ') || 'no reason given';
  if (error === 'access_denied') return new Refused('access_denied', `Weibo: ${cut(told, 300)}`);
  const json = { error_code: Number(code) || 21330, error: told };
  return trouble({ status: 400, headers: new Headers(), json }, 'other', now);
}

const user = z.object({
  screen_name: z.string().min(1),
  avatar_large: z.url().optional().catch(undefined),
});

/** Name and picture of the account itself; its number where Weibo does not tell. */
async function describe(uid: string, token: string, tools: AppTools): Promise<{ name: string; avatar?: string }> {
  try {
    const { json } = await ask(
      { method: 'GET', host: 'api', path: '/2/users/show.json', query: { access_token: token, uid } },
      tools,
    );
    const { screen_name, avatar_large } = user.parse(json);
    return { name: cut(screen_name, 100), avatar: avatar_large };
  } catch (error) {
    const known = [Refused, Retry, Misconfigured, z.ZodError].some((kind) => error instanceof kind);
    if (!known) throw error;
    return { name: uid };
  }
}
