import { describe, expect, it } from 'vitest';
import type { AppTools } from '../../app.ts';
import { throughApp } from '../../contract/app.ts';
import { bodies } from '../../contract/bodies.ts';
import { signature } from '../../contract/signature.ts';
import { NOW } from '../../contract/tools.ts';
import { translation } from '../../contract/translation.ts';
import { fixturesIn, jsonAnswer } from '../../contract.ts';
import { BadRequest, BadSignature, Misconfigured, Refused, Retry } from '../../errors.ts';
import { decrypt } from '../crypt.ts';
import { wechat } from '../index.ts';
import { ACCOUNT, authorised, direct, keysOf, message, OPEN_ID, plainly, platform, pushed } from '../test/accounts.ts';
import { failed, set } from '../test/answers.ts';
import { readXml } from '../xml.ts';
import { writeXml } from '../xml-write.ts';
import { wechatOpen } from './index.ts';
import { keepTicket } from './ticket.ts';

const all = fixturesIn(new URL('../fixtures/', import.meta.url));
const fixtures = Object.fromEntries(
  ['text', 'image', 'click', 'subscribe-scene', 'event-unknown'].map((name) => [name, all[name] ?? '']),
);
const nobody = { has: () => false };
const keys = keysOf(platform);
const path = `/${ACCOUNT}/message`;
const receive = (body: string, to = '/events', accounts = nobody) => {
  if (!wechatOpen.receive) throw new Error('no webhook');
  return wechatOpen.receive(pushed(body, keys, to), platform, accounts);
};
const info = (InfoType: string, more: Record<string, string | number> = {}) =>
  writeXml({ AppId: platform.appId, CreateTime: 1_700_001_000, InfoType, ...more });
const TICKET = { ticket: JSON.stringify({ value: 'ticket@@@abc', at: NOW - 60_000 }) };

const C = '/cgi-bin/component';
const token = jsonAnswer(200, { component_access_token: 'TOKEN-component', expires_in: 7200 });
const details = (more: object = {}, func = [1, 2, 3, 11, 15]) =>
  jsonAnswer(200, {
    authorizer_info: {
      nick_name: '一家店',
      head_img: 'https://example.com/h.png',
      user_name: 'gh_1a2b3c4d5e6f',
      service_type_info: { id: 2 },
      verify_type_info: { id: 0 },
      account_status: 1,
      ...more,
    },
    authorization_info: { authorizer_appid: ACCOUNT, func_info: func.map((id) => ({ funcscope_category: { id } })) },
  });
const granted = jsonAnswer(200, {
  authorization_info: {
    authorizer_appid: ACCOUNT,
    authorizer_access_token: 'TOKEN-a',
    expires_in: 7200,
    authorizer_refresh_token: 'refresh@@@1',
    func_info: [],
  },
});
const good = {
  [`${C}/api_component_token`]: token,
  [`${C}/api_query_auth`]: granted,
  [`${C}/api_get_authorizer_info`]: details(),
};
const ask = {
  state: 's',
  redirectUrl: 'https://hub.example/connect/s',
  returnUrl: 'https://hub.example/connect',
  connector: 'wechat',
};

describe('through its address', () => {
  const heard = throughApp(wechat, { kind: wechatOpen, account: ACCOUNT });
  const options = {
    config: authorised,
    stranger: { ...authorised, app: { ...platform, token: 'otherToken' } },
    fixtures,
    proof: { in: 'query' as const, name: 'msg_signature', coversBody: false, also: ['timestamp', 'nonce'] },
    syntax: 'other' as const,
    sign: (body: Uint8Array, config: typeof authorised) => pushed(body, keysOf(config.app ?? platform), path),
    garbage: { nothing: '', 'an event of nothing': '<xml><InfoType>x</InfoType></xml>' },
    unknown: { 'event-unknown': 'somethingNew' },
  };
  signature(heard, options);
  translation(heard, options);
  bodies(heard, options);

  it('every message names its account', () => {
    expect(receive(message(), path).events).toMatchObject([
      { account: ACCOUNT, from: OPEN_ID, messageId: '24000000000000001' },
    ]);
    expect(receive(message(), path).reply).toEqual({ type: 'text/plain', body: 'success' });
  });
  it('one for another account than the address says is refused', () => {
    const accounts = { has: () => true, config: () => ({ ghId: 'gh_other' }) };
    expect(() => receive(message(), path, accounts)).toThrow(BadSignature);
  });
  it('only what is encrypted with the platform’s keys is taken', () => {
    for (const signer of [plainly(keys), keysOf(direct), { ...keys, receiveId: ACCOUNT }])
      expect(() => wechatOpen.receive?.(pushed(message(), signer, path), platform, nobody)).toThrow(/not/);
    expect(() => receive(message(), '/elsewhere')).toThrow(BadRequest);
  });
  it('an account that is not verified is answered there and then, a mini-program and a verified one never', () => {
    const facts = (config: Record<string, string>) => ({ has: () => true, config: () => config });
    const { passive } = receive(message(), path, facts({ verified: 'no', kind: 'subscription' }));
    const answer = readXml(passive?.answer({ type: 'text', text: '稍等' }, NOW)?.body ?? '');
    const inner = readXml(decrypt(String(answer.Encrypt), platform.aesKey, platform.appId).toString());
    expect(inner).toMatchObject({
      ToUserName: OPEN_ID,
      FromUserName: 'gh_1a2b3c4d5e6f',
      MsgType: 'text',
      Content: '稍等',
    });
    for (const config of [{ verified: 'yes' }, { verified: 'no', kind: 'mini' }] as Record<string, string>[])
      expect(receive(message(), path, facts(config)).passive).toBeUndefined();
  });
  it('pushes with the keys of before a change still open', () => {
    const changed = {
      ...platform,
      token: 'newToken',
      aesKey: `${platform.aesKey.slice(1)}Z`,
      previousToken: platform.token,
      previousAesKey: platform.aesKey,
    };
    expect(wechatOpen.receive?.(pushed(message(), keys, path), changed, nobody).events).toHaveLength(1);
  });
});

describe('the platform is told', () => {
  it('a ticket, and keeps it with its time', () => {
    const got = receive(info('component_verify_ticket', { ComponentVerifyTicket: 'ticket@@@abc' }));
    expect(got).toEqual({
      events: [],
      reply: { type: 'text/plain', body: 'success' },
      changes: [keepTicket('ticket@@@abc', 1_700_001_000_000)],
    });
  });
  it('another platform’s ticket, and lets it be', () => {
    const got = receive(
      info('component_verify_ticket', { ComponentVerifyTicket: 't' }).replace(platform.appId, 'wx00000000000000ff'),
    );
    expect(got).toEqual({ events: [], reply: { type: 'text/plain', body: 'success' } });
  });
  it.each(['authorized', 'updateauthorized'])('%s', (type) => {
    const body = `<xml><AppId>${platform.appId}</AppId><CreateTime>1700001200</CreateTime><InfoType>${type}</InfoType><AuthorizerAppid>${ACCOUNT}</AuthorizerAppid><AuthorizationCode>queryauthcode@@@x</AuthorizationCode><AuthorizationCodeExpiredTime>1700004800</AuthorizationCodeExpiredTime><PreAuthCode>preauthcode@@@y</PreAuthCode></xml>`;
    expect(receive(body).changes).toEqual([
      { do: 'authorise', grant: { account: ACCOUNT, code: 'queryauthcode@@@x', preAuthCode: 'preauthcode@@@y' } },
    ]);
  });
  it('unauthorized', () => {
    expect(receive(info('unauthorized', { AuthorizerAppid: ACCOUNT })).changes).toMatchObject([
      { do: 'revoke', account: ACCOUNT, why: { zh: '授权已取消' } },
    ]);
  });
  it('something new, kept by name', () => {
    expect(receive(info('notify_3rd_wxa_auth', { AuthorizerAppid: ACCOUNT, a: 'b' }))).toMatchObject({
      events: [{ account: ACCOUNT, kind: 'ignored', what: 'notify_3rd_wxa_auth' }],
      reply: { body: 'success' },
    });
    expect(receive(info('notify_third_fasteregister')).events).toEqual([]);
  });
});

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

describe('the platform’s token', () => {
  const start = (tools: AppTools) => wechatOpen.start(platform, tools, ask).catch((error: unknown) => error);
  const pre = { [`${C}/api_create_preauthcode`]: jsonAnswer(200, { pre_auth_code: 'p', expires_in: 600 }) };
  it('is not asked for without a ticket; the ticket is', async () => {
    const none = set({ ...good, ...pre });
    expect(await start(none.tools)).toBeInstanceOf(Retry);
    expect(none.paths()).toEqual([`${C}/api_start_push_ticket`]);
    for (const code of [61005, 61006]) {
      const old = set({ ...good, ...pre, [`${C}/api_component_token`]: failed(code) }, TICKET);
      expect(await start(old.tools)).toBeInstanceOf(Retry);
      expect(old.paths()).toContain(`${C}/api_start_push_ticket`);
    }
  });
  it('is renewed once when it is not taken', async () => {
    const { tools, paths } = set(
      {
        ...good,
        [`${C}/api_create_preauthcode`]: [failed(42006), jsonAnswer(200, { pre_auth_code: 'p', expires_in: 600 })],
      },
      TICKET,
    );
    expect(await start(tools)).toMatchObject({ until: NOW + 600_000 });
    expect(paths().filter((one) => one.endsWith('api_component_token'))).toHaveLength(2);
  });
  it('of wrong credentials is the admin’s', async () => {
    for (const code of [40001, 40125, 61011, 61004])
      expect(await start(set({ ...pre, [`${C}/api_component_token`]: failed(code) }, TICKET).tools)).toBeInstanceOf(
        Misconfigured,
      );
  });
  it('is looked at, and the ticket’s age too', async () => {
    const check = async (table: Parameters<typeof set>[0], vault?: Record<string, string>) =>
      (
        (await wechatOpen.check?.(platform, set(table, vault).tools, 'https://hub.example/webhooks/wechat-open/k')) ??
        []
      ).map(({ code, ok }) => [code, ok]);
    const at = (ms: number) => ({ ticket: JSON.stringify({ value: 't', at: NOW - ms }) });
    expect(await check(good, at(24 * 60_000))).toEqual([
      ['ticket', true],
      ['token', true],
      ['addresses', true],
    ]);
    expect(await check(good, at(26 * 60_000))).toEqual([
      ['ticket', false],
      ['token', true],
      ['addresses', true],
    ]);
    expect(await check(good)).toEqual([
      ['ticket', false],
      ['addresses', true],
    ]);
    expect(await check({ [`${C}/api_component_token`]: failed(40125) }, at(0))).toEqual([
      ['ticket', true],
      ['bad_credentials', false],
      ['addresses', true],
    ]);
  });
});

describe('an account in the platform’s hands', () => {
  const SEND = '/cgi-bin/message/custom/send';
  const AUTHORIZER = `${C}/api_authorizer_token`;
  const fresh = (n: number) =>
    jsonAnswer(200, {
      authorizer_access_token: `TOKEN-${n}`,
      expires_in: 7200,
      authorizer_refresh_token: `refresh@@@${n}`,
    });
  /** The account's tools and the platform's: a vault each. */
  const both = (table: Parameters<typeof set>[0], refresh?: string) => {
    const mine = set(table, refresh ? { 'refresh-token': refresh } : {});
    const ours = set({}, TICKET);
    return { ...mine, tools: { ...mine.tools, app: { ...ours.tools, fetch: mine.tools.fetch } } };
  };
  const say = async (table: Parameters<typeof set>[0], refresh?: string) => {
    const all = both({ [`${C}/api_component_token`]: token, ...table }, refresh);
    const batch = { to: OPEN_ID, key: 'k', messages: [{ id: '1', content: { type: 'text', text: 'a' } as const }] };
    const result = await wechat.send?.(batch, authorised, all.tools).catch((error: unknown) => error);
    all.told();
    return { ...all, result };
  };
  const listed = jsonAnswer(200, {
    total_count: 1,
    list: [{ authorizer_appid: ACCOUNT, refresh_token: 'refresh@@@found', auth_time: 1 }],
  });
  const LIST = `${C}/api_get_authorizer_list`;

  it('is spoken for with its own token, and its next refresh token is laid away', async () => {
    const { result, tools, bodies: sent, asked } = await say({ [AUTHORIZER]: fresh(2) }, 'refresh@@@1');
    expect(result).toEqual({ messages: [{}] });
    expect(sent(AUTHORIZER)).toEqual([
      { component_appid: platform.appId, authorizer_appid: ACCOUNT, authorizer_refresh_token: 'refresh@@@1' },
    ]);
    expect(await tools.vault.get('refresh-token')).toBe('refresh@@@2');
    expect(new URL(asked.at(-1)?.url ?? '').searchParams.get('access_token')).toBe('TOKEN-2');
  });
  it('before the new token is used', async () => {
    const order: string[] = [];
    const all = both(
      { [`${C}/api_component_token`]: token, [AUTHORIZER]: fresh(2), [SEND]: () => failed(order.push('sent') && 0) },
      'refresh@@@1',
    );
    const { put } = all.tools.vault;
    all.tools.vault.put = async (key, value) => {
      order.push('laid away');
      await put(key, value);
    };
    await wechat.send?.(
      { to: OPEN_ID, key: 'k', messages: [{ id: '1', content: { type: 'text', text: 'a' } }] },
      authorised,
      all.tools,
    );
    expect(order).toEqual(['laid away', 'sent']);
  });
  it('whose refresh token was lost, or is not taken, is found again', async () => {
    for (const [table, refresh] of [
      [{ [AUTHORIZER]: fresh(3) }, undefined],
      [{ [AUTHORIZER]: [failed(61023), fresh(3)] }, 'refresh@@@old'],
    ] as const) {
      const { result, tools, bodies: sent } = await say({ ...table, [LIST]: listed } as never, refresh);
      expect(result).toEqual({ messages: [{}] });
      expect(sent(AUTHORIZER).at(-1)).toMatchObject({ authorizer_refresh_token: 'refresh@@@found' });
      expect(await tools.vault.get('refresh-token')).toBe('refresh@@@3');
    }
  });
  it('is asked to authorise again when that is of no use', async () => {
    for (const table of [{ [AUTHORIZER]: failed(61023), [LIST]: listed }, { [LIST]: jsonAnswer(200, { list: [] }) }])
      expect((await say(table as never)).result).toMatchObject({ name: 'Misconfigured', code: 'authorise_again' });
    expect((await say({ [AUTHORIZER]: failed(61003) }, 'r')).result).toMatchObject({ code: 'not_authorised' });
  });
  it('with a token that ended in between: renewed once', async () => {
    const { result, paths } = await say(
      { [AUTHORIZER]: [fresh(2), fresh(3)], [SEND]: [failed(40001), failed(0)] },
      'refresh@@@1',
    );
    expect(result).toEqual({ messages: [{}] });
    expect(paths().filter((one) => one === AUTHORIZER)).toHaveLength(2);
  });
  it('is looked at every few hours: standing, verification, permissions, tickets', async () => {
    const look = async (answer: ReturnType<typeof details>) =>
      await wechat.upkeep?.(authorised, both({ ...good, [`${C}/api_get_authorizer_info`]: answer }, 'r').tools);
    expect(await look(details())).toMatchObject({
      next: NOW + 3 * 3_600_000,
      points: [],
      config: { verified: 'yes', status: '1' },
    });
    expect(await look(details({ verify_type_info: { id: -1 } }, [1, 2, 3, 11]))).toMatchObject({
      points: [{ code: 'unverified' }, { code: 'permission_15' }],
      config: { verified: 'no', funcIds: '1,2,3,11' },
    });
    expect(await look(failed(61003))).toMatchObject({ points: [{ code: 'not_authorised', ok: false }] });
    const silent = both(good, 'r').tools;
    await silent.app.vault.put('ticket', JSON.stringify({ value: 't', at: NOW - 26 * 60_000 }));
    expect(await wechat.upkeep?.(authorised, silent)).toMatchObject({ points: [{ code: 'ticket', ok: false }] });
    const points = await wechat.check?.(authorised, both(good, 'r').tools, 'x');
    expect(points?.map(({ code, ok }) => [code, ok])).toEqual([
      ['token', true],
      ['permissions', true],
    ]);
  });
});
