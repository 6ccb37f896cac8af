import { describe, expect, it } from 'vitest';
import type { Outbound } from '../connector.ts';
import type { Answers, FakeAnswer } from '../contract/options.ts';
import { type FakeTools, fakeTools } from '../contract/tools.ts';
import { fakeFetch, jsonAnswer, noConnection } from '../contract.ts';
import { Misconfigured, Refused, Retry } from '../errors.ts';
import { douyinApp } from './app.ts';
import type { DouyinConfig } from './config.ts';
import { douyin } from './index.ts';
import { DAY } from './limits.ts';
import { type Right, toToken } from './right.ts';
import { inMessage } from './source.ts';
import { renew } from './tokens.ts';

const NOW = 1_760_000_100_000;
const DAY_MS = DAY * 1000;
const app = { clientKey: 'awdemo1234567890', clientSecret: 'demo-douyin-secret' };
const openId = 'shop0001-5d1e-4a52-9d55-5f0f3c6b9a10';
const ALL = 'user_info,im.direct_message,im.recall_message,im.multimedia_message,tool.image.upload,renew_refresh_token';
const config: DouyinConfig = { openId, scopes: ALL, app };
const to = 'guesta01-8a0b-4c0f-b04f-feba0e909113';
const right: Right = { scene: 'im_reply_msg', messageId: '@m+a/b==', conversation: '@c+a/b==', until: NOW + DAY_MS };
const batch: Outbound = {
  to,
  key: 'k',
  replyToken: toToken(right),
  messages: [{ id: '1', content: { type: 'text', text: '您好' } }],
};
const good = (more: object = {}) =>
  jsonAnswer(200, { data: { error_code: 0, ...more }, extra: { error_code: 0, logid: 'l' }, ...more });
const bad = (code: number, description = 'words') => jsonAnswer(200, { data: { error_code: code, description } });
const sent = good({ msg_id: '@sent' });
const issued = (access: string, more: object = {}) =>
  good({ access_token: access, expires_in: 15 * DAY, refresh_token: 'rft.one', open_id: openId, ...more });

interface State {
  access?: { token: string; days: number } | null;
  refresh?: { refresh?: string; days?: number; renewals?: number } | null;
}
const vaultOf = ({ access, refresh }: State): Record<string, string> => ({
  ...(access !== null && {
    access: JSON.stringify({ token: access?.token ?? 'act.old', until: NOW + (access?.days ?? 15) * DAY_MS }),
  }),
  ...(refresh !== null && {
    refresh: JSON.stringify({
      refresh: refresh?.refresh ?? 'rft.one',
      until: NOW + (refresh?.days ?? 30) * DAY_MS,
      renewals: refresh?.renewals ?? 0,
    }),
  }),
});

/** Answers by path, one after the other where there are several. */
const routes =
  (table: Record<string, FakeAnswer | FakeAnswer[]>): Answers =>
  (request) => {
    const found = table[`${request.method} ${new URL(request.url).pathname}`];
    return (Array.isArray(found) ? (found.length > 1 ? found.shift() : found[0]) : found) ?? { status: 404, text: '' };
  };
const SEND = 'POST /im/send/msg/';
const REFRESH = 'POST /oauth/refresh_token/';
const RENEW = 'POST /oauth/renew_refresh_token/';
const UPLOAD = 'POST /tool/imagex/client_upload/';

function set(answers: Answers, state: State = {}) {
  const { fetch, asked } = fakeFetch(answers);
  const tools: FakeTools = fakeTools(fetch, douyin.hosts, vaultOf(state));
  const paths = () => asked.map(({ method, url }) => `${method} ${new URL(url).pathname}`);
  const grant = () => JSON.parse(tools.vaulted.get('refresh') ?? 'null');
  const bodies = () => asked.filter(({ url }) => url.includes('/im/send/')).map(({ body }) => JSON.parse(body));
  return { tools, asked, paths, grant, bodies };
}
const failure = (work: Promise<unknown> | undefined) => work?.catch((error: unknown) => error);

describe('douyin sends', () => {
  it('by right of the customer’s message, which one send does not use up', async () => {
    const { tools, asked } = set(routes({ [SEND]: sent }));
    expect(await douyin.send?.(batch, config, tools)).toEqual({ messages: [{ externalId: '@sent' }] });
    expect(asked[0]?.url).toBe(`https://open.douyin.com/im/send/msg/?open_id=${openId}`);
    expect(asked[0]?.headers['access-token']).toBe('act.old');
    expect(JSON.parse(asked[0]?.body ?? '')).toEqual({
      msg_id: '@m+a/b==',
      conversation_id: '@c+a/b==',
      to_user_id: to,
      content: { msg_type: 1, text: { text: '您好' } },
      scene: 'im_reply_msg',
    });
  });
  it('by the newest right it was shown, when none comes along; never by an older one or by one that ended', async () => {
    const { tools, bodies } = set(routes({ [SEND]: sent }));
    const older = { ...right, messageId: '@older', until: right.until - 1 };
    await douyin.send?.(batch, config, tools);
    await douyin.send?.({ ...batch, replyToken: toToken(older) }, config, tools);
    await douyin.send?.({ ...batch, replyToken: undefined }, config, tools);
    expect(bodies().map(({ msg_id }) => msg_id)).toEqual(['@m+a/b==', '@older', '@m+a/b==']);
    const newer = { ...right, messageId: '@newer', until: right.until + 1 };
    await douyin.send?.({ ...batch, replyToken: toToken(newer) }, config, tools);
    await douyin.send?.({ ...batch, replyToken: undefined }, config, tools);
    expect(bodies().at(-1)).toMatchObject({ msg_id: '@newer' });
    await douyin.send?.({ ...batch, replyToken: undefined }, config, { ...tools, now: () => NOW + 2 * DAY_MS });
    expect(bodies().at(-1)).toMatchObject({ scene: 'im_authorize_message' });
    expect(bodies().at(-1)).not.toHaveProperty('msg_id');
  });
  it('without any right only to who agreed: that is the person’s no, not the account’s fault', async () => {
    for (const code of [28001012, 28001007, 28003070]) {
      const { tools } = set(routes({ [SEND]: bad(code) }));
      expect(await failure(douyin.send?.({ ...batch, replyToken: undefined }, config, tools))).toMatchObject({
        name: 'Refused',
        code: 'window_closed',
      });
    }
    const { tools } = set(routes({ [SEND]: bad(28001018) }));
    expect(await failure(douyin.send?.({ ...batch, replyToken: undefined }, config, tools))).toBeInstanceOf(
      Misconfigured,
    );
  });
  it('a greeting in its own scene', async () => {
    const { tools, bodies } = set(routes({ [SEND]: sent }));
    await douyin.send?.({ ...batch, replyToken: toToken({ ...right, scene: 'im_enter_direct_msg' }) }, config, tools);
    expect(bodies()[0]).toMatchObject({ scene: 'im_enter_direct_msg' });
  });
  it('what it has no kind for as words and an address, cut to what Douyin takes', async () => {
    const { tools, bodies } = set(routes({ [SEND]: sent }));
    const say = (content: Outbound['messages'][number]['content']) =>
      douyin.send?.({ ...batch, messages: [{ id: '1', content }] }, config, tools);
    await say({ type: 'file', media: { name: '订单.pdf', url: 'https://hub.example/m/1' } });
    await say({
      type: 'menu',
      text: '请选择',
      options: [
        { id: 'a', text: '售前' },
        { id: 'b', text: '售后' },
      ],
    });
    await say({ type: 'text', text: '长'.repeat(600) });
    expect(bodies().map(({ content }) => content.text.text)).toEqual([
      '订单.pdf\nhttps://hub.example/m/1',
      '请选择\n1. 售前\n2. 售后',
      '长'.repeat(500),
    ]);
  });
  it('pictures by an upload, once for the same picture, and again when Douyin forgot it', async () => {
    const image: Outbound = {
      ...batch,
      messages: [{ id: '1', content: { type: 'image', media: { name: 'a.png', mime: 'image/png' } } }],
    };
    const ids = [good({ image_id: '@i1' }), good({ image: { image_id: '@i2' } })];
    const { tools, paths, bodies, asked } = set(routes({ [SEND]: [sent, bad(28001007), sent], [UPLOAD]: ids }));
    await douyin.send?.(image, config, tools);
    await douyin.send?.(image, config, tools);
    expect(paths()).toEqual([UPLOAD, SEND, SEND, UPLOAD, SEND]);
    expect(bodies().map(({ content }) => content.image.media_id)).toEqual(['@i1', '@i1', '@i2']);
    expect(asked[0]?.headers['content-type']).toContain('multipart/form-data');
    expect(asked[0]?.body).toContain('name="image"; filename="a.png"');
    const fresh = set(routes({ [SEND]: bad(28001007), [UPLOAD]: good({ image_id: '@i' }) }));
    expect(await failure(douyin.send?.(image, config, fresh.tools))).toBeInstanceOf(Refused);
    expect(fresh.paths()).toEqual([UPLOAD, SEND]);
  });
});

describe('douyin’s access token', () => {
  it('is refreshed once when it is not taken, and the call repeated once', async () => {
    const { tools, asked, paths } = set(routes({ [SEND]: [bad(28001008), sent], [REFRESH]: issued('act.new') }));
    await douyin.send?.(batch, config, tools);
    expect(paths()).toEqual([SEND, REFRESH, SEND]);
    expect(new URLSearchParams(asked[1]?.body)).toEqual(
      new URLSearchParams({ client_key: app.clientKey, grant_type: 'refresh_token', refresh_token: 'rft.one' }),
    );
    expect(asked[2]?.headers['access-token']).toBe('act.new');
    expect(JSON.parse(tools.vaulted.get('access') ?? '')).toMatchObject({ token: 'act.new', until: NOW + 15 * DAY_MS });
  });
  it('is put away before it is used', async () => {
    const order: string[] = [];
    const { tools } = set(routes({ [SEND]: [bad(28001003), sent], [REFRESH]: issued('act.new') }));
    const { vault, fetch } = tools;
    const watched = {
      ...tools,
      vault: {
        ...vault,
        put: async (key: string, value: string) => {
          order.push(`put ${key}`);
          await vault.put(key, value);
        },
      },
      fetch: (async (...args: Parameters<typeof fetch>) => {
        order.push(new URL(String(args[0])).pathname);
        return fetch(...args);
      }) as typeof fetch,
    };
    await douyin.send?.(batch, config, watched);
    expect(order).toEqual(['/im/send/msg/', '/oauth/refresh_token/', 'put access', '/im/send/msg/']);
  });
  it('is made anew when it has ended, and before its end', async () => {
    const { tools, paths } = set(routes({ [SEND]: sent, [REFRESH]: issued('act.new') }), {
      access: { token: 'act.ended', days: -1 },
    });
    await douyin.send?.(batch, config, tools);
    expect(paths()).toEqual([REFRESH, SEND]);
  });
  it('is refreshed by the newer refresh token, when another hub renewed it a moment ago', async () => {
    const { tools, asked } = set(
      routes({ [SEND]: sent, [REFRESH]: [bad(10010), issued('act.new', { refresh_token: 'rft.two' })] }),
      {
        access: null,
      },
    );
    const { vault } = tools;
    let reads = 0;
    const raced = {
      ...tools,
      vault: {
        ...vault,
        get: async (key: string) => {
          if (key === 'refresh' && ++reads === 2)
            await vault.put('refresh', JSON.stringify({ refresh: 'rft.two', until: NOW + 30 * DAY_MS, renewals: 1 }));
          return vault.get(key);
        },
      },
    };
    await douyin.send?.(batch, config, raced);
    expect(asked.map(({ body }) => new URLSearchParams(body).get('refresh_token'))).toEqual([
      'rft.one',
      'rft.two',
      null,
    ]);
  });
  it('moves the end of the refresh token never later', async () => {
    const { tools, grant } = set(
      routes({
        [SEND]: sent,
        [REFRESH]: issued('act.new', { refresh_token: 'rft.two', refresh_expires_in: 30 * DAY }),
      }),
      { access: null, refresh: { days: 7 } },
    );
    await douyin.send?.(batch, config, tools);
    expect(grant()).toEqual({ refresh: 'rft.two', until: NOW + 7 * DAY_MS, renewals: 0 });
  });
  it('of another account is never used', async () => {
    const { tools, paths } = set(routes({ [SEND]: sent, [REFRESH]: issued('act.x', { open_id: 'another' }) }), {
      access: null,
    });
    expect(await failure(douyin.send?.(batch, config, tools))).toMatchObject({ code: 'account_mixed_up' });
    expect(paths()).toEqual([REFRESH]);
  });
  it('cannot be had without an authorisation, without an app, without a platform', async () => {
    const none = set(routes({ [SEND]: sent }), { access: null, refresh: null });
    expect(await failure(douyin.send?.(batch, config, none.tools))).toMatchObject({ code: 'authorisation_ended' });
    const orphan = set(routes({ [SEND]: sent }), { access: null });
    expect(await failure(douyin.send?.(batch, { openId }, orphan.tools))).toMatchObject({ code: 'no_app' });
    const away = set(noConnection(), { access: null });
    expect(await failure(douyin.send?.(batch, config, away.tools))).toBeInstanceOf(Retry);
    const empty = set(routes({ [REFRESH]: good() }), { access: null });
    expect(await failure(douyin.send?.(batch, config, empty.tools))).toBeInstanceOf(Retry);
  });
});

describe('douyin is looked after', () => {
  it('daily, without a call while all is well', async () => {
    const { tools, asked } = set(routes({}));
    const result = await douyin.upkeep?.(config, tools);
    expect(asked).toHaveLength(0);
    expect(result).toMatchObject({ next: NOW + DAY_MS, expiresAt: NOW + (30 + 5 * 25) * DAY_MS });
    expect(result?.points).toMatchObject([{ code: 'authorisation', ok: true }]);
  });
  it('by a new access token when the old one has under five days', async () => {
    const { tools, paths } = set(routes({ [REFRESH]: issued('act.new') }), { access: { token: 'act.old', days: 4 } });
    await douyin.upkeep?.(config, tools);
    expect(paths()).toEqual([REFRESH]);
    expect(JSON.parse(tools.vaulted.get('access') ?? '')).toMatchObject({ token: 'act.new' });
  });
  it('by a renewal when the refresh token has under five days: counted, and the access token left alone', async () => {
    const renewed = good({ refresh_token: 'rft.two', expires_in: String(30 * DAY) });
    const { tools, paths, grant } = set(routes({ [RENEW]: renewed }), { refresh: { days: 4, renewals: 2 } });
    const result = await douyin.upkeep?.(config, tools);
    expect(paths()).toEqual([RENEW]);
    expect(grant()).toEqual({ refresh: 'rft.two', until: NOW + 30 * DAY_MS, renewals: 3 });
    expect(result).toMatchObject({ expiresAt: NOW + (30 + 2 * 25) * DAY_MS });
  });
  it('five times and no more, with a warning before the end that counts the days', async () => {
    const { tools, paths } = set(routes({}), { refresh: { days: 4, renewals: 5 } });
    const result = await douyin.upkeep?.(config, tools);
    expect(paths()).toEqual([]);
    expect(result?.expiresAt).toBe(NOW + 4 * DAY_MS);
    expect(result?.points).toMatchObject([{ code: 'expiring', ok: false, mend: expect.anything() }]);
    expect(result?.points?.[0]?.what).toMatchObject({
      zh: expect.stringContaining('4 天'),
      en: expect.stringMatching(/4 days.*renewals left: 0/),
    });
  });
  it('without renewals where that permission is missing', async () => {
    const { tools, paths } = set(routes({}), { refresh: { days: 4, renewals: 0 } });
    const result = await douyin.upkeep?.({ ...config, scopes: 'user_info,im.direct_message' }, tools);
    expect(paths()).toEqual([]);
    expect(result?.points?.map(({ code, ok }) => [code, ok])).toEqual([
      ['expiring', false],
      ['scope_im_recall_message', true],
      ['scope_im_multimedia_message', true],
      ['scope_tool_image_upload', true],
      ['scope_renew_refresh_token', true],
    ]);
  });
  it('and says what Douyin said when a renewal fails, or comes again soon when it is away', async () => {
    const refused = set(routes({ [RENEW]: bad(10010, 'refresh_token expired') }), { refresh: { days: 2 } });
    const told = await douyin.upkeep?.(config, refused.tools);
    expect(told?.points?.[0]).toMatchObject({ code: 'authorisation_ended', ok: false });
    expect(told?.points?.[0]?.what.en).toContain('refresh_token expired');
    const away = set(noConnection(), { refresh: { days: 2 } });
    expect(await douyin.upkeep?.(config, away.tools)).toMatchObject({ next: NOW + 30 * 60_000 });
  });
  it('no more, once there is nothing left to look after', async () => {
    const { tools } = set(routes({}), { refresh: null });
    expect(await douyin.upkeep?.(config, tools)).toMatchObject({
      next: null,
      points: [{ code: 'authorisation_ended', ok: false }],
    });
    const over = set(routes({}), { refresh: { days: -1, renewals: 5 } });
    expect((await douyin.upkeep?.(config, over.tools))?.points).toMatchObject([
      { code: 'authorisation_ended', ok: false },
    ]);
  });
  it('by one hub only: what another renewed is left alone', async () => {
    const { tools, paths } = set(routes({ [RENEW]: good({ refresh_token: 'rft.two', expires_in: 30 * DAY }) }), {
      refresh: { days: 4 },
    });
    await renew(config, tools);
    await renew(config, tools);
    expect(paths()).toEqual([RENEW]);
  });
});

describe('douyin takes back', () => {
  const RECALL = 'POST /im/recall/msg/';
  it('with the conversation it was told of', async () => {
    const { tools, asked } = set(routes({ [SEND]: sent, [RECALL]: good() }));
    await douyin.send?.(batch, config, tools);
    await douyin.recall?.({ to, externalId: '@sent' }, config, tools);
    expect(JSON.parse(asked[1]?.body ?? '')).toEqual({
      msg_id: '@sent',
      conversation_id: '@c+a/b==',
      conversation_type: 1,
    });
  });
  it('or says why not', async () => {
    const { tools } = set(routes({ [SEND]: sent, [RECALL]: bad(28001007, 'too late') }));
    const again = () => failure(douyin.recall?.({ to, externalId: '@sent' }, config, tools));
    expect(await again()).toMatchObject({ name: 'Refused', code: 'conversation_unknown' });
    await douyin.send?.(batch, config, tools);
    expect(await again()).toMatchObject({ name: 'Refused', message: expect.stringContaining('too late') });
  });
});

describe('douyin fetches files', () => {
  it('with ids that are encoded', async () => {
    const { tools, asked } = set((request) =>
      request.url.includes('/resources/')
        ? jsonAnswer(200, { err_no: 0, err_msg: '', data: { media_type: 'image', url: 'https://p.example/x' } })
        : { status: 200, text: 'bytes' },
    );
    await douyin.media?.(inMessage('@c+a/b==', '@m+a/b=='), config, tools);
    expect(asked[0]?.url).toBe(
      `https://open.douyin.com/api/im/message/resources/?open_id=${openId}&conversation_id=%40c%2Ba%2Fb%3D%3D&message_id=%40m%2Ba%2Fb%3D%3D`,
    );
    expect(asked[1]?.headers).not.toHaveProperty('access-token');
  });
});

describe('douyin is authorised by scanning', () => {
  const ask = { state: 'st', redirectUrl: 'https://hub.example/connect/st', returnUrl: 'https://hub.example/connect' };
  const finish = (answers: Answers, query: Record<string, string> = { code: 'c', state: 'st', scopes: ALL }) => {
    const made = set(answers);
    return { ...made, result: douyinApp.finish(query, app, made.tools, ask) };
  };
  const TOKEN = 'POST /oauth/access_token/';
  const INFO = 'POST /oauth/userinfo/';
  const first = issued('act.first', { refresh_expires_in: '2592000', scope: ALL, error_code: '0' });

  it('on a page that asks for messages, and for the rest as options', async () => {
    const { tools } = set(routes({}));
    const { url, until } = await douyinApp.start(app, tools, ask);
    const { origin, pathname, searchParams } = new URL(url);
    expect(origin + pathname).toBe('https://open.douyin.com/platform/oauth/connect/');
    expect(Object.fromEntries(searchParams)).toEqual({
      client_key: app.clientKey,
      response_type: 'code',
      scope: 'user_info,im.direct_message',
      redirect_uri: 'https://hub.example/connect',
      state: 'st',
      optionalScope: 'im.recall_message,1,im.multimedia_message,1,tool.image.upload,1,renew_refresh_token,1',
    });
    expect(until).toBe(NOW + 600_000);
    const few = await douyinApp.start({ ...app, scopes: 'tool.image.upload，im.direct_message' }, tools, ask);
    expect(new URL(few.url).searchParams.get('optionalScope')).toBe('tool.image.upload,1');
  });
  it('and brings the account with its name, its tokens and its end', async () => {
    const info = good({ nickname: '示例店', avatar: 'https://p.example/a.jpg', open_id: openId });
    const { result, asked } = finish(routes({ [TOKEN]: first, [INFO]: info }));
    const [account] = await result;
    expect(account).toMatchObject({
      connector: 'douyin',
      account: openId,
      name: '示例店',
      avatar: 'https://p.example/a.jpg',
      config: { openId, scopes: ALL },
      expiresAt: NOW + (30 + 125) * DAY_MS,
      points: [],
    });
    expect(JSON.parse(account?.vault?.refresh ?? '')).toEqual({
      refresh: 'rft.one',
      until: NOW + 30 * DAY_MS,
      renewals: 0,
    });
    expect(JSON.parse(account?.vault?.access ?? '')).toEqual({ token: 'act.first', until: NOW + 15 * DAY_MS });
    expect(Object.fromEntries(new URLSearchParams(asked[0]?.body))).toEqual({
      client_key: app.clientKey,
      client_secret: app.clientSecret,
      code: 'c',
      grant_type: 'authorization_code',
    });
  });
  it('with a point when messages were not ticked', async () => {
    const { result } = finish(routes({ [TOKEN]: issued('act.first', { scope: 'user_info' }), [INFO]: good() }));
    const [account] = await result;
    expect(account?.points?.[0]).toMatchObject({ code: 'scope_missing', ok: false, mend: expect.anything() });
    expect(account?.name).toBe(openId);
  });
  it('although the name could not be had: the code is used up', async () => {
    const { result } = finish(routes({ [TOKEN]: first, [INFO]: { status: 502, text: '' } }));
    expect((await result)[0]?.account).toBe(openId);
  });
  it('or not, in Douyin’s words', async () => {
    expect(await failure(finish(routes({}), { state: 'st' }).result)).toMatchObject({ code: 'consent_refused' });
    expect(await failure(finish(routes({ [TOKEN]: bad(10007, 'code expired') })).result)).toMatchObject({
      name: 'Refused',
      message: expect.stringContaining('code expired'),
    });
    expect(await failure(finish(noConnection()).result)).toBeInstanceOf(Retry);
    const half = good({ access_token: 'act.x', open_id: openId });
    expect(await failure(finish(routes({ [TOKEN]: half })).result)).toMatchObject({ code: 'no_refresh_token' });
  });
});

describe('douyin checks itself', () => {
  it('the account: token, name, end and permissions', async () => {
    const INFO = 'POST /oauth/userinfo/';
    const { tools } = set(
      routes({ [INFO]: [bad(28001008), good({ nickname: '示例店' })], [REFRESH]: issued('act.new') }),
    );
    const points = (await douyin.check?.(config, tools, 'https://hub.example/x')) ?? [];
    expect(points.map(({ code, ok }) => [code, ok])).toEqual([
      ['token', true],
      ['authorisation', true],
    ]);
    expect(points[0]?.what.zh).toContain('示例店');
    const gone = set(routes({ [INFO]: bad(28001003), [REFRESH]: bad(10010, 'ended') }));
    expect(await douyin.check?.(config, gone.tools, '')).toMatchObject([{ code: 'token', ok: false }]);
  });
  it('the app: keys and subscriptions', async () => {
    const CLIENT = 'POST /oauth/client_token/';
    const LIST = 'GET /event/status/list/';
    const list = (...events: [string, unknown][]) =>
      good({ list: events.map(([event, status]) => ({ event, status })) });
    const check = async (table: Record<string, FakeAnswer>) =>
      (await douyinApp.check?.(app, set(routes(table)).tools, 'https://hub.example/webhooks/douyin-app/k'))?.map(
        ({ code, ok, mend }) => [code, ok, mend?.en.includes('https://hub.example/webhooks/douyin-app/k')],
      );
    const token = good({ access_token: 'clt.x', expires_in: 7200 });
    const all = list(['im_receive_msg', 1], ['im_send_msg', '1'], ['im_enter_direct_msg', 1], ['unauthorize', 1]);
    expect(await check({ [CLIENT]: token, [LIST]: all })).toEqual([
      ['credentials', true, undefined],
      ['events', true, undefined],
    ]);
    expect(await check({ [CLIENT]: token, [LIST]: list(['im_receive_msg', 1], ['im_send_msg', 0]) })).toEqual([
      ['credentials', true, undefined],
      ['events', false, true],
    ]);
    expect(await check({ [CLIENT]: bad(10013) })).toEqual([['credentials', false, false]]);
    expect(await check({ [CLIENT]: token, [LIST]: bad(28001018) })).toEqual([
      ['credentials', true, undefined],
      ['events', true, undefined],
    ]);
  });
});
