import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { AppTools, Ask, Authorised, Consent } from '../../app.ts';
import { Refused } from '../../errors.ts';
import { cut } from '../../lib/text.ts';
import { trouble } from '../errors.ts';
import { authorizerInfo, factsOf, grantedIn, kindOf } from '../facts.ts';
import { accountPoints, permissionPoints } from '../permissions.ts';
import { REFRESH } from './authorizer-token.ts';
import { askComponent, mustComponent } from './component-api.ts';
import type { OpenConfig } from './config.ts';
import { preAuthCode, queryAuth } from './schema.ts';

/** Official accounts only, mini-programs only, both. */
const AUTH_TYPES: Record<string, string> = { wechat: '1', 'wechat-mini': '2' };
const CODE_LIFE_S = 900;
const USED = new Set([61009, 61010]);

/** WeChat's page for a computer and the one for the phone, around a code that is made now and works once (§12.3). */
export async function start(config: OpenConfig, tools: AppTools, ask: Ask): Promise<Consent> {
  const code = await mustComponent('api_create_preauthcode', {}, preAuthCode, config, tools);
  const common = {
    component_appid: config.appId,
    pre_auth_code: code.pre_auth_code,
    redirect_uri: ask.redirectUrl,
    auth_type: AUTH_TYPES[ask.connector ?? ''] ?? '3',
  };
  const phone = new URLSearchParams({ action: 'bindcomponent', no_scan: '1', ...common });
  return {
    url: `${tools.hosts.mp}/cgi-bin/componentloginpage?${new URLSearchParams(common)}`,
    phoneUrl: `${tools.hosts.open}/wxaopen/safe/bindcomponent?${phone}#wechat_redirect`,
    until: tools.now() + code.expires_in * 1000,
  };
}

const returned = z.object({ auth_code: z.string().min(1).max(500) });

/** The owner came back with a code. Where the push about the same consent was faster, its account is known by the code. */
export async function finish(
  query: Record<string, string>,
  config: OpenConfig,
  tools: AppTools,
): Promise<Authorised[]> {
  const code = returned.safeParse(query).data?.auth_code;
  if (!code) throw new Refused('consent_refused', 'WeChat sent nobody’s consent back.');
  return await redeemed(code, undefined, config, tools);
}

const grantShape = z.object({ account: z.string().min(1), code: z.string().min(1) });

/** The same told by a push, which names the account: what it brings does not hang on who comes first. */
export async function granted(
  grant: Record<string, string>,
  config: OpenConfig,
  tools: AppTools,
): Promise<Authorised[]> {
  const { account, code } = grantShape.parse(grant);
  return await redeemed(code, account, config, tools);
}

async function redeemed(code: string, known: string | undefined, config: OpenConfig, tools: AppTools) {
  const key = `auth-code:${createHash('sha256').update(code).digest('hex').slice(0, 32)}`;
  const answer = await askComponent('api_query_auth', { authorization_code: code }, config, tools);
  const good = queryAuth.safeParse(answer.json).data?.authorization_info;
  if (answer.errcode === 0 && good) {
    const appId = good.authorizer_appid;
    await tools.keep(key, async () => ({ value: appId, ttl: CODE_LIFE_S }));
    return [await describe(appId, good.authorizer_refresh_token, config, tools)];
  }
  const failure = trouble(answer, 'other', tools.now());
  if (answer.errcode === undefined || !USED.has(answer.errcode)) throw failure;
  const appId =
    known ??
    (await tools.keep(key, async () => {
      throw failure;
    }));
  return [await describe(appId, undefined, config, tools)];
}

/** Who was put into our hands, and what is missing to serve him. A refresh token that did not come leaves the old one alone. */
async function describe(
  appId: string,
  refresh: string | undefined,
  config: OpenConfig,
  tools: AppTools,
): Promise<Authorised> {
  const info = await mustComponent(
    'api_get_authorizer_info',
    { authorizer_appid: appId },
    authorizerInfo,
    config,
    tools,
  );
  const kind = kindOf(info);
  const facts = factsOf(info);
  const { nick_name, head_img } = info.authorizer_info;
  const token = refresh ?? info.authorization_info.authorizer_refresh_token;
  return {
    connector: kind === 'mini' ? 'wechat-mini' : 'wechat',
    account: appId,
    name: cut(nick_name ?? appId, 100),
    avatar: head_img && URL.canParse(head_img) ? head_img : undefined,
    config: { appId, via: 'platform', ...facts },
    vault: token ? { [REFRESH]: token } : undefined,
    points: [...accountPoints(kind, facts), ...permissionPoints(kind, grantedIn(info))],
  };
}
