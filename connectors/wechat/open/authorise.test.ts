import { describe, expect, it } from 'vitest';
import { NOW } from '../../contract/tools.ts';
import { jsonAnswer } from '../../contract.ts';
import { Refused } from '../../errors.ts';
import { wechat } from '../index.ts';
import { ACCOUNT, platform } from '../test/accounts.ts';
import { failed, set } from '../test/answers.ts';
import { ask, C, details, good, granted, TICKET } from '../test/platform.ts';
import { wechatOpen } from './index.ts';

describe('a consent', () => {
  it('begins with a code made now, and a page for each screen', async () => {
    const { tools, bodies: sent } = set(
      {
        ...good,
        [`${C}/api_create_preauthcode`]: jsonAnswer(200, { pre_auth_code: 'preauthcode@@@y', expires_in: 600 }),
      },
      TICKET,
    );
    const consent = await wechatOpen.start(platform, tools, ask);
    const common = {
      component_appid: platform.appId,
      pre_auth_code: 'preauthcode@@@y',
      redirect_uri: ask.redirectUrl,
      auth_type: '1',
    };
    const page = new URL(consent.url);
    expect([page.origin + page.pathname, Object.fromEntries(page.searchParams)]).toEqual([
      'https://mp.weixin.qq.com/cgi-bin/componentloginpage',
      common,
    ]);
    const phone = new URL(consent.phoneUrl ?? '');
    expect([phone.origin + phone.pathname, phone.hash]).toEqual([
      'https://open.weixin.qq.com/wxaopen/safe/bindcomponent',
      '#wechat_redirect',
    ]);
    expect(Object.fromEntries(phone.searchParams)).toEqual({ action: 'bindcomponent', no_scan: '1', ...common });
    expect(consent.until).toBe(NOW + 600_000);
    expect(sent(`${C}/api_component_token`)).toEqual([
      {
        component_appid: platform.appId,
        component_appsecret: platform.appSecret,
        component_verify_ticket: 'ticket@@@abc',
      },
    ]);
    expect((await wechatOpen.start(platform, tools, { ...ask, connector: 'wechat-mini' })).url).toContain(
      'auth_type=2',
    );
    expect((await wechatOpen.start(platform, tools, { ...ask, connector: undefined })).url).toContain('auth_type=3');
  });
  const finish = async (
    table: Parameters<typeof set>[0] = {},
    query: Record<string, string> = { auth_code: 'queryauthcode@@@x', expires_in: '600' },
  ) =>
    await wechatOpen
      .finish(query, platform, set({ ...good, ...table }, TICKET).tools, ask)
      .catch((error: unknown) => error);

  it('ends with an account of its kind, and its refresh token for the vault', async () => {
    expect(await finish()).toMatchObject([
      {
        connector: 'wechat',
        account: ACCOUNT,
        name: '一家店',
        avatar: 'https://example.com/h.png',
        config: {
          appId: ACCOUNT,
          ghId: 'gh_1a2b3c4d5e6f',
          kind: 'service',
          verified: 'yes',
          status: '1',
          funcIds: '1,2,3,11,15',
        },
        vault: { 'refresh-token': 'refresh@@@1' },
        points: [{ code: 'permissions', ok: true }],
      },
    ]);
    const [mini] = (await finish({
      [`${C}/api_get_authorizer_info`]: details({ MiniProgramInfo: { network: {} } }, [19]),
    })) as object[];
    expect(mini).toMatchObject({
      connector: 'wechat-mini',
      config: { kind: 'mini' },
      points: [{ code: 'permissions', ok: true }],
    });
    const { config } = mini as { config: object };
    for (const one of [config, { ...config, app: platform }]) expect(wechat.config.parse(one)).toEqual(one);
  });
  it('says in plain words what was not granted', async () => {
    const [one] = (await finish({
      [`${C}/api_get_authorizer_info`]: details({ verify_type_info: { id: -1 }, account_status: 19 }, [2]),
    })) as { points: { code: string; what: { zh: string } }[] }[];
    expect(one?.points.map(({ code }) => code)).toEqual([
      'account_status',
      'unverified',
      'permission_1',
      'permission_3',
      'permission_11',
      'permission_15',
    ]);
    expect(one?.points[2]?.what.zh).toBe(
      '未授予「消息管理」权限，无法接收和回复粉丝消息。请重新扫码授权并勾选该权限。',
    );
  });
  it('without a refresh token leaves the old one alone', async () => {
    const none = jsonAnswer(200, { authorization_info: { authorizer_appid: ACCOUNT, authorizer_refresh_token: '' } });
    expect(((await finish({ [`${C}/api_query_auth`]: none })) as { vault?: object }[])[0]?.vault).toBeUndefined();
  });
  it('refused, or with a code that is no good, makes nothing', async () => {
    expect(await finish({}, {})).toBeInstanceOf(Refused);
    for (const code of [61009, 61010])
      expect(await finish({ [`${C}/api_query_auth`]: failed(code) })).toMatchObject({ code: 'auth_code_used' });
    expect(await finish({ [`${C}/api_query_auth`]: failed(61028) })).toMatchObject({ code: 'not_released' });
  });
  it('told by a push first and by the browser second is the same account, and the other way round', async () => {
    const once = { ...good, [`${C}/api_query_auth`]: [granted, failed(61010)] };
    const grant = { account: ACCOUNT, code: 'queryauthcode@@@x' };
    const push = set(once, TICKET).tools;
    expect(await wechatOpen.granted?.(grant, platform, push)).toMatchObject([
      { account: ACCOUNT, vault: { 'refresh-token': 'refresh@@@1' } },
    ]);
    const after = await wechatOpen.finish({ auth_code: grant.code }, platform, push, ask);
    expect(after).toMatchObject([{ account: ACCOUNT, name: '一家店' }]);
    expect(after[0]?.vault).toBeUndefined();
    const browser = set(once, TICKET).tools;
    expect(await wechatOpen.finish({ auth_code: grant.code }, platform, browser, ask)).toMatchObject([
      { account: ACCOUNT },
    ]);
    expect(await wechatOpen.granted?.(grant, platform, browser)).toMatchObject([{ account: ACCOUNT }]);
  });
});
