import { Hono } from 'hono';
import { EXTRAS, MESSAGES } from '../scopes.ts';
import { oauth } from './answers.ts';
import type { App } from './apps.ts';
import type { Platform } from './platform.ts';
import type { Token } from './tokens.ts';
import type { Webhooks } from './webhooks.ts';

/** A code lives ten minutes, the app's own token two hours. Seconds. */
const CODE_LIFE = 600;
const CLIENT_LIFE = 7_200;
/** Renewals of a refresh token. */
const RENEWALS = 5;

const LABELS: Record<string, { zh: string; en: string }> = {
  user_info: { zh: '获取你的公开信息（昵称、头像等）', en: 'Your public information (name, picture)' },
  [MESSAGES]: { zh: '私信消息管理：接收和发送抖音私信消息', en: 'Private messages: receive and send' },
  'im.recall_message': { zh: '消息撤回管理', en: 'Take messages back' },
  'im.multimedia_message': { zh: '获取消息中的多媒体资源', en: 'Media in messages' },
  'tool.image.upload': { zh: '上传图片', en: 'Upload pictures' },
  renew_refresh_token: { zh: '刷新 refresh_token', en: 'Renew the authorisation' },
};

/** The consent page, and tokens with their lives and ends (douyin.md section 1). */
export function oauthApi(platform: Platform, webhooks: Webhooks): Hono {
  const { apps, tokens, faults, consents } = platform;
  const app = new Hono();

  app.get('/platform/oauth/connect/', (c) => {
    const query = c.req.query();
    const client = apps.byKey(query.client_key);
    const back = redirectOf(query.redirect_uri);
    if (!client || query.response_type !== 'code' || !back) return oauth(c, client ? 10005 : 10003);
    const wanted = [...split(query.scope), ...split(query.optionalScope).filter((_, i) => i % 2 === 0)];
    if (wanted.length === 0 || wanted.some((scope) => !(scope in LABELS))) return oauth(c, 10005);
    return consents.page(
      {
        title: { zh: '抖音授权', en: 'Authorise with Douyin' },
        app: client.name,
        accounts: apps.offered(client),
        permissions: wanted.map((id) => ({
          id,
          label: LABELS[id] ?? { zh: id, en: id },
          required: id === 'user_info',
        })),
        agreed({ account, permissions }) {
          const offer = apps.offered(client).find(({ id }) => id === account);
          return `${back}?${new URLSearchParams(grant(platform, webhooks, client, offer?.name ?? client.name, permissions, query.state))}`;
        },
        refused: () => `${back}?${new URLSearchParams({ state: query.state ?? '' })}`,
      },
      c.req.raw,
    );
  });

  app.post('/oauth/access_token/', async (c) => {
    const form = new URLSearchParams(await c.req.text());
    const client = apps.byKey(form.get('client_key') ?? '');
    if (!client || form.get('client_secret') !== client.clientSecret) return oauth(c, 10013);
    const text = form.get('code') ?? '';
    const code = form.get('grant_type') === 'authorization_code' ? tokens.read(text, 'code') : 'invalid';
    if (typeof code === 'string' || code.app !== client.name) return oauth(c, 10007);
    tokens.kill(text);
    const life = faults.number('refreshLife');
    const refresh = tokens.issue({ kind: 'refresh', app: code.app, account: code.account, scopes: code.scopes, life });
    return oauth(c, 0, {
      ...accessFor(code),
      refresh_token: refresh,
      refresh_expires_in: life,
    });
  });

  app.post('/oauth/refresh_token/', async (c) => {
    const form = new URLSearchParams(await c.req.text());
    const text = form.get('refresh_token') ?? '';
    const token = refreshOf(form.get('client_key'), text);
    if (form.get('grant_type') !== 'refresh_token') return oauth(c, 10002);
    if (!token || faults.on('refreshEnded')) return oauth(c, 10010);
    // Its own end does not move.
    const left = Math.floor((token.until - platform.host.now()) / 1000);
    return oauth(c, 0, { ...accessFor(token), refresh_token: text, refresh_expires_in: left });
  });

  app.post('/oauth/renew_refresh_token/', async (c) => {
    const form = new URLSearchParams(await c.req.text());
    const text = form.get('refresh_token') ?? '';
    const token = refreshOf(form.get('client_key'), text);
    if (!token || faults.on('refreshEnded')) return oauth(c, 10010);
    if (!token.scopes.includes('renew_refresh_token')) return oauth(c, 28001018);
    if (token.renewals >= RENEWALS) return oauth(c, 2190001);
    tokens.kill(text);
    const { app: name, account, scopes, renewals } = token;
    const life = faults.number('refreshLife');
    const refresh = tokens.issue({ kind: 'refresh', app: name, account, scopes, renewals: renewals + 1, life });
    return oauth(c, 0, { refresh_token: refresh, expires_in: String(life) });
  });

  app.post('/oauth/client_token/', async (c) => {
    const form = new URLSearchParams(await c.req.text());
    const client = apps.byKey(form.get('client_key') ?? '');
    if (!client || form.get('client_secret') !== client.clientSecret) return oauth(c, 10013);
    const token = tokens.issue({ kind: 'client', app: client.name, scopes: [], life: CLIENT_LIFE });
    return oauth(c, 0, { access_token: token, expires_in: CLIENT_LIFE });
  });

  app.post('/oauth/userinfo/', async (c) => {
    const form = new URLSearchParams(await c.req.text());
    const token = tokens.read(form.get('access_token') ?? '', 'access');
    if (typeof token === 'string' || faults.on('tokensRefused'))
      return oauth(c, token === 'invalid' ? 28001003 : 28001008);
    const account = apps.of(apps.app(token.app), token.account ?? '');
    if (form.get('open_id') !== account.openId) return oauth(c, 28001015);
    const avatar = `${platform.host.url}/avatars/${account.openId}.png`;
    return oauth(c, 0, { open_id: account.openId, union_id: `u-${account.openId}`, nickname: account.name, avatar });
  });

  function refreshOf(clientKey: string | null, text: string): Token | undefined {
    const client = apps.byKey(clientKey ?? '');
    const token = tokens.read(text, 'refresh');
    return typeof token !== 'string' && client && token.app === client.name ? token : undefined;
  }
  function accessFor({ app: name, account = '', scopes }: Token): object {
    const life = faults.number('accessLife');
    const { openId } = apps.of(apps.app(name), account);
    const access = tokens.issue({ kind: 'access', app: name, account, scopes, life });
    return { access_token: access, expires_in: life, open_id: openId, scope: scopes.join(',') };
  }
  return app;
}

/** The owner agreed: what the browser comes back with. The app hears of it, too. */
export function grant(
  platform: Platform,
  webhooks: Webhooks,
  app: App,
  name: string,
  permissions: string[],
  state = '',
): Record<string, string> {
  const { tokens, apps, faults, admit } = platform;
  const scopes = permissions.filter((scope) => scope !== MESSAGES || !faults.on('scopeMissing'));
  const account = apps.of(app, name);
  admit(account);
  webhooks.send(account, 'authorize', { from: account.openId, to: '' }, { scopes });
  const code = tokens.issue({ kind: 'code', app: app.name, account: name, scopes, life: CODE_LIFE });
  return { code, state, scopes: scopes.join(',') };
}
export const EVERYTHING = ['user_info', MESSAGES, ...EXTRAS];

const split = (list: string | undefined) => list?.split(',').filter(Boolean) ?? [];

/** https without a query of its own; a bench has no certificate for its own machine. */
function redirectOf(address = ''): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const { protocol, hostname, search } = new URL(address);
  const isOwn = protocol === 'http:' && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
  return (protocol === 'https:' || isOwn) && search === '' ? address : undefined;
}
