import { Hono } from 'hono';
import { langOf } from '../../lib/sandbox/consent/pages.ts';
import type { Consents } from '../../lib/sandbox/consent.ts';
import type { WechatAccount } from './accounts.ts';
import type { ComponentEvents } from './component-events.ts';
import type { Component } from './components.ts';
import { FUNCS, funcsOf } from './funcs.ts';
import { AUTH_CODE_LIFE, PRE_AUTH_LIFE } from './grants.ts';
import type { Kind } from './ids.ts';
import { KIND_WORDS } from './model.ts';
import { notice } from './notice.ts';
import type { Platform } from './platform.ts';

/** The query WeChat sends the browser back with. */
export type Back = { auth_code: string; expires_in: string };

/** The owner of `account` hands these permission sets to the platform: tells the platform, and gives the way back. */
export function grant(
  { grants, faults }: Platform,
  events: ComponentEvents,
  component: Component,
  account: WechatAccount,
  funcs: number[],
  preAuthCode?: string,
): Back {
  const { updated } = grants.put(component.appId, account.appId, funcs);
  const auth_code = grants.code(component.appId, account.appId);
  const pushed = faults.on('sameAuthCode') ? auth_code : grants.code(component.appId, account.appId);
  if (!faults.on('noAuthorisedPush'))
    void events.authorised(component, account.appId, updated, pushed, preAuthCode ?? '');
  return { auth_code, expires_in: String(AUTH_CODE_LIFE / 1000) };
}

/**
 * The authorisation pages (wechat.md §12.3): on the computer with a QR code, under `/mp`, and on the phone itself, under
 * `/open`. The first must be entered by a click on a page under the platform's login-start domain.
 */
export function login(platform: Platform, events: ComponentEvents, consents: Consents): Hono {
  const app = new Hono();
  const enter = (request: Request): Response => {
    const url = new URL(request.url);
    const query = Object.fromEntries(url.searchParams);
    const component = platform.components.byAppId(query.component_appid ?? '');
    if (!component) return notice('第三方平台不存在', 'There is no such platform (component_appid).', 400);
    const entrance = domainOf(request.headers.get('referer') ?? '');
    const back = domainOf(query.redirect_uri ?? '');
    const own = domainOf(component.url);
    // A link that the owner opens in WeChat may have come by any way; the page on the computer may not.
    const isPhone = url.pathname.endsWith('/bindcomponent');
    if (!own || !isSame(back, own) || !(isPhone || isSame(entrance, own)))
      return notice(
        '请确认授权入口页所在域名，与授权后回调页面的域名相同，并且，此两者都必须与申请第三方平台时填写的授权发起页域名相同。',
        [
          `授权入口页所在域名：${entrance || '空'}`,
          `授权后回调页面的域名：${back || '空'}`,
          '',
          'The page one came from, the page one goes back to and the domain registered for the platform must be the same;',
          `here they are ${entrance || 'none'}, ${back || 'none'} and ${own || 'none'}.`,
        ].join('\n'),
        403,
      );
    const code = query.pre_auth_code ?? '';
    if (!platform.grants.isPreAuth(code, component.appId))
      return notice('预授权码无效或已过期', 'The pre_auth_code is not valid, or its ten minutes are over.', 400);
    const accounts = choice(platform, query);
    if (accounts.length === 0)
      return notice('没有可授权的帐号', 'There is no account of this kind (auth_type, biz_appid).', 400);
    const kinds = new Set(accounts.map(({ kind }) => kind === 'mini'));
    const ask = {
      title: { zh: '公众号、小程序授权', en: 'Authorise an account' },
      app: component.name,
      ttlMs: PRE_AUTH_LIFE,
      accounts: accounts.map(({ appId, name, kind }) => ({
        id: appId,
        name,
        kind: KIND_WORDS[kind][langOf(request) ?? 'zh'],
      })),
      permissions: FUNCS.filter(({ mini }) => kinds.has(mini)).map(({ id, label }) => ({ id: String(id), label })),
      agreed: (answer: { account: string; permissions: string[] }) => {
        const account = platform.accounts.byAppId(answer.account)!;
        const own = funcsOf(account.kind).filter((id) => answer.permissions.includes(String(id)));
        platform.grants.spendPreAuth(code, component.appId);
        return withQuery(query.redirect_uri!, grant(platform, events, component, account, own, code));
      },
      // WeChat has no way back for who refuses: the page stays where it is. The nearest is where it came from.
      refused: () => query.redirect_uri!,
    };
    return isPhone ? consents.phone(ask, request) : consents.page(ask, request);
  };
  app.get('/mp/cgi-bin/componentloginpage', (c) => enter(c.req.raw));
  app.get('/open/wxaopen/safe/bindcomponent', (c) => enter(c.req.raw));
  app.get('/mp/safe/bindcomponent', (c) => enter(c.req.raw));
  return app;
}

/** `auth_type` 1 official accounts, 2 mini-programs, 3 both; `biz_appid` one account alone. */
function choice({ accounts }: Platform, query: Record<string, string>): WechatAccount[] {
  if (query.biz_appid) return accounts.all().filter(({ appId }) => appId === query.biz_appid);
  const fits = (kind: Kind) => query.auth_type === '3' || (query.auth_type === '2') === (kind === 'mini');
  return accounts.all().filter(({ kind }) => fits(kind));
}

const domainOf = (address: string): string => (URL.canParse(address) ? new URL(address).host : '');
/** Our own machine has several names. */
const isSame = (a: string, b: string): boolean => loopback(a) === loopback(b);
const loopback = (host: string): string => host.replace(/^(127\.\d+\.\d+\.\d+|\[::1\])(?=:|$)/, 'localhost');

function withQuery(address: string, query: Record<string, string>): string {
  const url = new URL(address);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.href;
}
