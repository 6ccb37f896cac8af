import { Hono } from 'hono';
import { FREE } from './accounts.ts';
import { ERRORS, fail } from './answers.ts';
import type { Platform } from './platform.ts';

/** What an app asks a person for; Weibo shows these on its page and lets nobody untick them. */
const PERMISSIONS = [
  { id: 'profile', required: true, label: { zh: '获得你的个人信息', en: 'Read your profile' } },
  { id: 'messages', required: true, label: { zh: '收发你的私信', en: 'Read and send your private messages' } },
];

/** Log-in by QR code, tokens for codes, and what a token is worth (weibo.md section 1). */
export function oauth(platform: Platform): Hono {
  const { accounts, consents, faults, host } = platform;
  const app = new Hono();

  app.get('/oauth2/authorize', (c) => {
    const { client_id = '', redirect_uri = '', state = '', response_type } = c.req.query();
    const client = accounts.appByKey(client_id);
    if (!client) return fail(c, platform, 'client');
    client.redirect ||= redirect_uri;
    if (!URL.canParse(redirect_uri) || client.redirect !== redirect_uri) return fail(c, platform, 'redirect');
    if (response_type !== 'code') return fail(c, platform, 'param', 'unsupported_response_type');
    const back = (query: Record<string, string>) => {
      const url = new URL(redirect_uri);
      for (const [name, value] of Object.entries({ state, ...query })) url.searchParams.set(name, value);
      return url.href;
    };
    for (const name of FREE) accounts.get(name);
    platform.publish();
    return consents.page(
      {
        accounts: accounts.freeFirst().map(({ uid, name }) => ({ id: uid, name, kind: `UID ${uid}` })),
        permissions: PERMISSIONS,
        title: { zh: '使用微博账号访问', en: 'Log in with Weibo' },
        app: client.name,
        agreed({ account: uid }) {
          const account = accounts.get(uid);
          accounts.letIn(account, client);
          platform.publish();
          return back({
            code: accounts.tokens.code({ account: account.name, appKey: client_id, redirect: redirect_uri }),
          });
        },
        refused: () =>
          back({ error: 'access_denied', error_code: '21330', error_description: 'user denied your request.' }),
      },
      c.req.raw,
    );
  });

  app.post('/oauth2/access_token', async (c) => {
    const form = new URLSearchParams(await c.req.text());
    const client = accounts.appByKey(form.get('client_id') ?? '');
    if (!client || client.appSecret !== form.get('client_secret')) return fail(c, platform, 'client');
    if (form.get('grant_type') !== 'authorization_code') return fail(c, platform, 'grantType');
    const code = accounts.tokens.spend(form.get('code') ?? '');
    const isRight =
      code?.appKey === client.appKey && (code.redirect === undefined || code.redirect === form.get('redirect_uri'));
    if (!code || !isRight) return fail(c, platform, 'grant');
    const seconds = faults.number('tokenSeconds');
    return c.json({
      access_token: accounts.tokens.issue(code.account, client.appKey, seconds),
      remind_in: String(seconds),
      expires_in: seconds,
      uid: accounts.get(code.account).uid,
      isRealName: 'true',
    });
  });

  app.post('/oauth2/get_token_info', async (c) => {
    const token = accounts.tokens.read(new URLSearchParams(await c.req.text()).get('access_token') ?? '');
    if (!token || faults.on('tokensRevoked')) return fail(c, platform, 'token');
    if (token.over || faults.on('tokensExpired')) return fail(c, platform, 'over');
    return c.json({
      uid: Number(accounts.get(token.account).uid),
      appkey: token.appKey,
      scope: null,
      create_at: token.since,
      expire_in: token.until - Math.floor(host.now() / 1000),
    });
  });

  app.on(['GET', 'POST'], '/oauth2/revokeoauth2', async (c) => {
    const form = c.req.method === 'POST' ? new URLSearchParams(await c.req.text()) : undefined;
    const token = form?.get('access_token') ?? c.req.query('access_token') ?? '';
    if (!accounts.tokens.read(token)) return c.json({ error_code: ERRORS.token[1], error: ERRORS.token[2] }, 400);
    accounts.tokens.revoke(token);
    return c.json({ result: 'true' });
  });
  return app;
}
