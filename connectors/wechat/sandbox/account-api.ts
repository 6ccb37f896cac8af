import { Hono, type MiddlewareHandler } from 'hono';
import { z } from 'zod';
import { parseJson } from '../../lib/http.ts';
import type { WechatAccount } from './accounts.ts';
import { answer, type WechatEnv } from './answers.ts';
import { isOurPerson, unionIdOf } from './ids.ts';
import { isVerified } from './messaging.ts';
import type { Platform } from './platform.ts';

const stable = z.object({
  grant_type: z.string(),
  appid: z.string(),
  secret: z.string(),
  force_refresh: z.boolean().optional(),
});
const users = z.object({ user_list: z.array(z.object({ openid: z.string() })).max(100) });
/** A forced refresh is allowed 20 times a day and every 30 seconds. */
const FORCED = { times: 20, everyMs: 30_000 };

/** Tokens of accounts with a secret of their own, and what an account can ask about itself and its followers. */
export function accountApi(platform: Platform, allowed: MiddlewareHandler<WechatEnv>): Hono<WechatEnv> {
  const { accounts, tokens, faults, host, calls } = platform;
  const app = new Hono<WechatEnv>();
  const forced = new Map<string, number[]>();

  const withSecret = (appid: string, secret: string): WechatAccount | number => {
    const account = accounts.byAppId(appid);
    if (!account || account.hidden) return 40013;
    if (account.secret !== secret) return 40125;
    return faults.on('ipBlocked') ? 40164 : account;
  };
  const mayForce = (appId: string): boolean => {
    const day = (forced.get(appId) ?? []).filter((at) => at > host.now() - 86_400_000);
    const allowed = day.length < FORCED.times && (day.at(-1) ?? 0) <= host.now() - FORCED.everyMs;
    if (allowed) forced.set(appId, [...day, host.now()]);
    return allowed;
  };

  app.post('/cgi-bin/stable_token', async (c) => {
    const body = stable.safeParse(parseJson(await c.req.text()));
    if (!body.success) return answer(c, 47001);
    if (body.data.grant_type !== 'client_credential') return answer(c, 40002);
    const account = withSecret(body.data.appid, body.data.secret);
    if (typeof account === 'number') return answer(c, account);
    const force = body.data.force_refresh === true;
    if (force && !mayForce(account.appId)) return answer(c, 45009);
    const { token, expiresIn } = tokens.stable(account.appId, force);
    return c.json({ access_token: token, expires_in: expiresIn });
  });
  app.get('/cgi-bin/token', (c) => {
    const { grant_type, appid = '', secret = '' } = c.req.query();
    if (grant_type !== 'client_credential') return answer(c, 40002);
    const account = withSecret(appid, secret);
    if (typeof account === 'number') return answer(c, account);
    const { token, expiresIn } = tokens.plain(account.appId);
    return c.json({ access_token: token, expires_in: expiresIn });
  });

  app.get('/cgi-bin/getcallbackip', allowed, (c) => c.json({ ip_list: ['203.0.113.10', '203.0.113.11/32'] }));
  app.get('/cgi-bin/get_api_domain_ip', allowed, (c) => c.json({ ip_list: ['203.0.113.20'] }));
  app.post('/cgi-bin/callback/check', allowed, async (c) => {
    const asked = z
      .object({ action: z.enum(['dns', 'ping', 'all']), check_operator: z.string() })
      .safeParse(parseJson(await c.req.text()));
    if (!asked.success) return answer(c, 40035);
    const dns = [{ ip: '198.51.100.7', real_operator: 'UNICOM' }];
    const ping = [{ ip: '198.51.100.7', from_operator: 'UNICOM', package_loss: '0%', time: '23.079ms' }];
    const { action } = asked.data;
    return c.json({ ...(action !== 'ping' && { dns }), ...(action !== 'dns' && { ping }) });
  });

  const describe = (account: WechatAccount, openid: string) => {
    const known = isOurPerson(host.seed, openid);
    if (!known || platform.reaches(account, openid) !== 'yes') return { subscribe: 0, openid };
    return {
      subscribe: 1,
      openid,
      // Since 2021 neither a name nor a picture, and no longer a language.
      nickname: '',
      sex: 0,
      headimgurl: '',
      subscribe_time: Math.floor(host.now() / 1000) - 86_400,
      unionid: unionIdOf(host.seed, openid),
      remark: '',
      groupid: 0,
      tagid_list: [],
      subscribe_scene: 'ADD_SCENE_SEARCH',
      qr_scene: 0,
      qr_scene_str: '',
    };
  };
  const official: MiddlewareHandler<WechatEnv> = (c, next) => {
    const { claims, account } = { claims: c.get('claims'), account: c.get('account') };
    if (account.kind !== 'service' || faults.on('unverified')) return Promise.resolve(answer(c, 48001));
    const lacks = claims.by && !platform.grants.get(claims.by, claims.app)?.funcs.includes(2);
    return lacks ? Promise.resolve(answer(c, 61007)) : next();
  };
  app.get('/cgi-bin/user/info', allowed, official, (c) => {
    const openid = c.req.query('openid') ?? '';
    return isOurPerson(host.seed, openid) ? c.json(describe(c.get('account'), openid)) : answer(c, 40003);
  });
  app.post('/cgi-bin/user/info/batchget', allowed, official, async (c) => {
    const body = users.safeParse(parseJson(await c.req.text()));
    if (!body.success) return answer(c, 40130);
    return c.json({ user_info_list: body.data.user_list.map(({ openid }) => describe(c.get('account'), openid)) });
  });

  // The desk's accounts; there only for those who are verified.
  app.get('/cgi-bin/customservice/getkflist', allowed, (c) =>
    isVerified(c.get('account'), platform) && c.get('account').kind !== 'mini'
      ? c.json({ kf_list: [] })
      : answer(c, 48001),
  );

  app.post('/cgi-bin/openapi/rid/get', allowed, async (c) => {
    const rid = z.object({ rid: z.string() }).safeParse(parseJson(await c.req.text())).data?.rid;
    const call = rid === undefined ? undefined : calls.get(rid);
    return call ? c.json({ errcode: 0, errmsg: 'ok', request: call }) : answer(c, 76001);
  });
  app.post('/cgi-bin/clear_quota', allowed, (c) => {
    faults.set({ quotaUsedUp: false });
    return answer(c, 0);
  });
  return app;
}
