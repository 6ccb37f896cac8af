import { Hono, type MiddlewareHandler } from 'hono';
import { z } from 'zod';
import { parseJson } from '../../lib/http.ts';
import { answer, type WechatContext, type WechatEnv } from './answers.ts';
import type { ComponentEvents } from './component-events.ts';
import type { Component } from './components.ts';
import { PRE_AUTH_LIFE } from './grants.ts';
import { authorizerInfo, funcInfo } from './info.ts';
import type { Platform } from './platform.ts';

type Body = Record<string, string>;
const PATH = '/cgi-bin/component';

/** What a third-party platform asks about itself and the accounts in its hands (wechat.md §12). */
export function componentApi(platform: Platform, events: ComponentEvents): Hono<WechatEnv> {
  const { components, grants, tokens, accounts, faults, host } = platform;
  const app = new Hono<WechatEnv>();

  const withSecret = (body: Body, secret: string): Component | number => {
    const component = components.byAppId(body.component_appid ?? '');
    if (!component) return 40013;
    if (component.secret !== body[secret]) return 40125;
    return faults.on('ipBlocked') ? 61004 : component;
  };
  app.post(`${PATH}/api_start_push_ticket`, async (c) => {
    const component = withSecret(await bodyOf(c), 'component_secret');
    if (typeof component === 'number') return answer(c, component);
    void events.ticket(component);
    return answer(c, 0);
  });
  app.post(`${PATH}/api_component_token`, async (c) => {
    const body = await bodyOf(c);
    const component = withSecret(body, 'component_appsecret');
    if (typeof component === 'number') return answer(c, component);
    const ticket = components.checkTicket(component, body.component_verify_ticket ?? '', host.now());
    if (ticket !== 'good') return answer(c, ticket === 'expired' ? 61005 : 61006);
    const { token, expiresIn } = tokens.component(component.appId);
    return c.json({ component_access_token: token, expires_in: expiresIn });
  });

  /** The platform's own token, under either of its two names, and its AppID in the body. */
  const ours: MiddlewareHandler<WechatEnv> = async (c, next) => {
    const claims = tokens.check(c.req.query('component_access_token') ?? c.req.query('access_token'));
    if (claims === 'missing') return answer(c, 41001);
    if (claims === 'invalid' || faults.on('componentRefused')) return answer(c, 40001);
    if (claims === 'expired') return answer(c, 42001);
    if (claims.is !== 'component') return answer(c, 61014);
    if (faults.on('ipBlocked')) return answer(c, 61004);
    if (faults.on('busy')) return answer(c, -1);
    const { component_appid } = await bodyOf(c);
    if (component_appid !== claims.app || !components.byAppId(claims.app)) return answer(c, 61011);
    c.set('claims', claims);
    return next();
  };
  app.use(`${PATH}/*`, ours);

  app.post(`${PATH}/api_create_preauthcode`, (c) =>
    c.json({ pre_auth_code: grants.preAuth(c.get('claims').app), expires_in: PRE_AUTH_LIFE / 1000 }),
  );

  app.post(`${PATH}/api_query_auth`, async (c) => {
    const by = c.get('claims').app;
    const code = grants.spendCode((await bodyOf(c)).authorization_code ?? '', by);
    if (code === 'invalid') return answer(c, 61009);
    if (code === 'expired') return answer(c, 61010);
    const funcs = grants.get(by, code.app)?.funcs ?? [];
    const { token, expiresIn } = tokens.authoriser(code.app, by, funcs);
    return c.json({
      authorization_info: {
        authorizer_appid: code.app,
        authorizer_access_token: token,
        expires_in: expiresIn,
        authorizer_refresh_token: grants.refreshToken(by, code.app),
        func_info: funcInfo(funcs),
      },
    });
  });

  app.post(`${PATH}/api_authorizer_token`, async (c) => {
    const by = c.get('claims').app;
    const { authorizer_appid = '', authorizer_refresh_token = '' } = await bodyOf(c);
    if (grants.get(by, authorizer_appid)?.revoked) return answer(c, 61003);
    const claims = grants.readRefresh(authorizer_refresh_token, by, authorizer_appid);
    if (!claims || faults.on('refreshRefused')) return answer(c, 61023);
    const { token, expiresIn } = tokens.authoriser(authorizer_appid, by, claims.funcs ?? []);
    return c.json({
      authorizer_access_token: token,
      expires_in: expiresIn,
      authorizer_refresh_token: grants.refreshToken(by, authorizer_appid),
    });
  });

  app.post(`${PATH}/api_get_authorizer_info`, async (c) => {
    const by = c.get('claims').app;
    const { authorizer_appid = '' } = await bodyOf(c);
    const account = accounts.byAppId(authorizer_appid);
    const grant = grants.get(by, authorizer_appid);
    if (!account || !grant || grant.revoked) return answer(c, 61003);
    return c.json({
      authorizer_info: authorizerInfo(account, platform),
      authorization_info: {
        authorizer_appid,
        authorizer_refresh_token: grants.refreshToken(by, authorizer_appid),
        func_info: funcInfo(grant.funcs.filter((id) => !(faults.on('permissionMissing') && (id === 1 || id === 19)))),
      },
    });
  });

  app.post(`${PATH}/api_get_authorizer_list`, async (c) => {
    const by = c.get('claims').app;
    const page = z
      .object({ offset: z.int().nonnegative(), count: z.int().positive().max(500) })
      .safeParse(parseJson(await c.req.text()));
    if (!page.success) return answer(c, 40035);
    const all = grants.accounts(by);
    const list = all.slice(page.data.offset, page.data.offset + page.data.count).map(({ app: id, at }) => ({
      authorizer_appid: id,
      refresh_token: grants.refreshToken(by, id),
      auth_time: Math.floor(at / 1000),
    }));
    return c.json({ total_count: all.length, list });
  });
  return app;
}

/** The texts of a JSON body; Hono keeps the body, so that it can be asked for more than once. */
async function bodyOf(c: WechatContext): Promise<Body> {
  const body = z.record(z.string(), z.unknown()).safeParse(parseJson(await c.req.text()));
  return Object.fromEntries(
    Object.entries(body.data ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
