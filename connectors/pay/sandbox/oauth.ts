import { Hono } from 'hono';
import type { BoundedMap } from '../../lib/sandbox/bounded.ts';
import { derived } from '../../lib/sandbox/ids.ts';
import type { Platform } from './api.ts';

/** How long a code is good. Milliseconds. */
const CODE_MS = 5 * 60_000;

/** `snsapi_base`: the page goes through here and comes back with a code; nobody is asked. */
export function oauth(
  { host, bank }: Platform,
  codes: BoundedMap<string, { appId: string; openid: string; until: number }>,
) {
  const app = new Hono();
  app.get('/connect/oauth2/authorize', (c) => {
    const { appid = '', redirect_uri = '', state = '', scope } = c.req.query();
    const known = [...bank.merchants.values()].some((one) => one.appId === appid);
    if (!known || scope !== 'snsapi_base' || !URL.canParse(redirect_uri)) return c.text('redirect_uri 参数错误', 400);
    const back = new URL(redirect_uri);
    // Only to the house that runs this stand-in: it is no door for others' addresses.
    if (back.origin !== new URL(host.url).origin) return c.text('redirect_uri 域名与后台配置不一致，错误码:10003', 400);
    const code = crypto.randomUUID().replaceAll('-', '');
    codes.set(code, {
      appId: appid,
      openid: `o${derived(host.seed, 'payer', appid).slice(0, 27)}`,
      until: host.now() + CODE_MS,
    });
    back.searchParams.set('code', code);
    back.searchParams.set('state', state);
    return c.redirect(back.href, 302);
  });
  app.get('/sns/oauth2/access_token', (c) => {
    const { appid = '', secret = '', code = '' } = c.req.query();
    const merchant = [...bank.merchants.values()].find((one) => one.appId === appid);
    if (!merchant) return c.json({ errcode: 40013, errmsg: 'invalid appid' });
    if (secret !== merchant.appSecret) return c.json({ errcode: 40125, errmsg: 'invalid appsecret' });
    const found = codes.get(code);
    codes.delete(code);
    if (!found || found.appId !== appid || found.until < host.now())
      return c.json({ errcode: 40029, errmsg: 'invalid code' });
    return c.json({
      access_token: `sandbox-${code}`,
      expires_in: 7200,
      refresh_token: 'none',
      openid: found.openid,
      scope: 'snsapi_base',
    });
  });
  return app;
}
