import { randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import { z } from 'zod';
import type { Text } from '../../connector.ts';
import type { WeiboAccount } from './accounts.ts';
import { developerPage, stylesheet } from './developer-page.ts';
import type { Platform } from './platform.ts';
import { signedUrl } from './pushes.ts';

/** Weibo's patience when it calls an address for the first time. Milliseconds. */
const PATIENCE_MS = 5_000;

const form = z.object({ account: z.string().max(40), url: z.string().max(500), appKey: z.string().trim().max(40) });

/** What came of entering an address. */
export type Bound = { token: string } | { why: Text };

/** 创作者中心 → 粉丝服务 → 开发者中心: where an account's owner enters URL and AppKey and is given the token. */
export function developer(platform: Platform): Hono {
  const { accounts } = platform;
  const app = new Hono();
  const html = (body: string, status: 200 | 422 = 200) =>
    new Response(body, {
      status,
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-store',
        'content-security-policy': "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'self'",
        'referrer-policy': 'no-referrer',
      },
    });
  app.get('/developer/page.css', (c) => c.body(stylesheet, 200, { 'content-type': 'text/css; charset=utf-8' }));
  app.get('/developer', (c) => html(developerPage(platform.host.url, accounts.freeFirst(), c.req.query('account'))));
  app.post('/developer', async (c) => {
    const entered = form.safeParse(Object.fromEntries(new URLSearchParams(await c.req.text()))).data;
    const account = entered && accounts.byUid(entered.account);
    const bound: Bound = account
      ? await bind(platform, account, entered.url, entered.appKey)
      : { why: { zh: '没有这个账号。', en: 'There is no such account.' } };
    const page = developerPage(platform.host.url, accounts.freeFirst(), entered?.account, bound);
    return html(page, 'token' in bound ? 200 : 422);
  });
  return app;
}

/** Calls the address with an echo to give back; only then it stands (weibo.md section 2). */
export async function bind(platform: Platform, account: WeiboAccount, url: string, appKey: string): Promise<Bound> {
  const { accounts, host, log } = platform;
  const app = accounts.appByKey(appKey);
  if (!app) return { why: { zh: 'AppKey 不存在。', en: 'There is no such AppKey.' } };
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? ''))
    return { why: { zh: 'URL 不是 http(s) 地址。', en: 'The URL is no http(s) address.' } };
  const echostr = randomBytes(8).readBigUInt64BE().toString();
  const at = host.now();
  const started = performance.now();
  const answer = await host
    .fetch(signedUrl(url, app.appSecret, platform, { echostr }), {
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    .then(
      async (response) => ({ status: response.status, text: await response.text() }),
      () => ({ status: 0, text: '' }),
    );
  const isRight = answer.status === 200 && answer.text === echostr;
  log.add({
    at,
    direction: 'out',
    method: 'GET',
    path: url,
    status: answer.status,
    ms: Math.round(performance.now() - started),
    response: answer.text,
    note: isRight ? undefined : 'the echo did not come back',
  });
  if (!isRight)
    return { why: { zh: 'URL 校验失败：没有原样返回 echostr。', en: 'The URL did not give back echostr as it is.' } };
  accounts.consent(account, app);
  account.callbackUrl = url;
  platform.publish();
  return { token: accounts.pastedToken(account) };
}
