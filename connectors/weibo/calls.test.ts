import { describe, expect, it } from 'vitest';
import type { Sendable } from '../../core/message.ts';
import type { Outbound } from '../connector.ts';
import type { Answers, FakeAnswer } from '../contract/options.ts';
import { NOW } from '../contract/tools.ts';
import { brokenOff, fakeFetch, fakeTools, jsonAnswer, noConnection } from '../contract.ts';
import { Gone, Misconfigured, Refused, Retry, Uncertain } from '../errors.ts';
import { weiboApp } from './app.ts';
import type { WeiboConfig } from './config.ts';
import { weibo } from './index.ts';

const token = '2.00PastedTokenOfSomeLength';
const config: WeiboConfig = {
  appKey: '1234567890',
  appSecret: '0123456789abcdef0123456789abcdef',
  accessToken: token,
  uid: '5000000001',
};
const through: WeiboConfig = {
  uid: '5000000001',
  through: 'weibo-app',
  app: { appKey: '1234567890', appSecret: '0123456789abcdef0123456789abcdef' },
};
const alone: WeiboConfig = { appKey: config.appKey, appSecret: config.appSecret };
const HOOK = 'https://hub.example/webhooks/weibo/key';
const DAY = 86_400_000;
const good = jsonAnswer(200, { result: true });
const refused = (code: number, error = 'some words', status = 400) => jsonAnswer(status, { error_code: code, error });

/** Answers by path; what is not named gets a 404. */
const routes =
  (table: Record<string, FakeAnswer>): Answers =>
  (request) =>
    table[new URL(request.url).pathname] ?? jsonAnswer(404, { error_code: 10020, error: 'no such interface' });
function set(answers: Answers, vault: Record<string, string> = {}) {
  const { fetch, asked } = fakeFetch(answers);
  const tools = fakeTools(fetch, weibo.hosts);
  for (const [key, value] of Object.entries(vault)) tools.vaulted.set(key, value);
  return { tools, asked, paths: () => asked.map(({ method, url }) => `${method} ${new URL(url).pathname}`) };
}
const form = (body: string) => Object.fromEntries(new URLSearchParams(body));
const batchOf = (content: Sendable): Outbound => ({
  to: '5000000002',
  key: '4b1b0e6e-7d27-4a52-9d55-5f0f3c6b9a10',
  messages: [{ id: '1', content }],
});

describe('weibo sends', () => {
  async function written(content: Sendable) {
    const { tools, asked } = set(good);
    await weibo.send?.(batchOf(content), config, tools);
    const { type, data = '' } = form(asked[0]?.body ?? '');
    return { type, data: JSON.parse(data) };
  }
  const url = 'https://hub.example/m/a';

  it('a form that is encoded once, with the token in the address', async () => {
    const { tools, asked } = set(good);
    expect(await weibo.send?.(batchOf({ type: 'text', text: '您好 1+1=2 %' }), config, tools)).toEqual({
      messages: [{}],
    });
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({
      method: 'POST',
      url: `https://m.api.weibo.com/2/messages/reply.json?access_token=${token}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(form(asked[0]?.body ?? '')).toEqual({
      type: 'text',
      data: '{"text":"您好 1+1=2 %"}',
      receiver_id: '5000000002',
      save_sender_box: '1',
    });
    expect(asked[0]?.body).not.toContain('%257B');
  });
  it('pictures as a card with their address', async () => {
    const media = { url, previewUrl: `${url}/s`, name: '菜单.png' };
    expect(await written({ type: 'image', media })).toEqual({
      type: 'articles',
      data: { articles: [{ display_name: '菜单.png', summary: '点击查看', image: `${url}/s`, url }] },
    });
    expect(await written({ type: 'image', media: { url } })).toMatchObject({
      data: { articles: [{ display_name: '图片', image: url }] },
    });
  });
  it('links as a card where there is a picture, else as words', async () => {
    const link = { type: 'link', title: '标题', text: '说明', url: 'https://shop.example/a' } as const;
    expect(await written({ ...link, image: { url } })).toEqual({
      type: 'articles',
      data: { articles: [{ display_name: '标题', summary: '说明', image: url, url: link.url }] },
    });
    expect(await written(link)).toEqual({ type: 'text', data: { text: '标题\n说明\nhttps://shop.example/a' } });
    const long = `https://shop.example/${'a'.repeat(400)}`;
    expect(await written({ ...link, url: long })).toMatchObject({
      type: 'articles',
      data: { articles: [{ display_name: '标题', url: long }] },
    });
  });
  it('other files as name and address, however long', async () => {
    expect(await written({ type: 'file', media: { url, name: '订单.pdf' } })).toEqual({
      type: 'text',
      data: { text: `订单.pdf\n${url}` },
    });
    const long = `${url}?${'s'.repeat(300)}`;
    expect(await written({ type: 'video', media: { url: long, name: 'a.mp4' } })).toMatchObject({
      type: 'articles',
      data: { articles: [{ display_name: 'a.mp4', url: long }] },
    });
  });
  it('places as texts, longitude first', async () =>
    expect(await written({ type: 'location', latitude: 31.24, longitude: 121.49 })).toEqual({
      type: 'position',
      data: { longitude: '121.49', latitude: '31.24' },
    }));
  it('a request for money with the way to pay', async () => {
    const pay = {
      type: 'payment',
      id: crypto.randomUUID(),
      amount: 1250,
      currency: 'CNY',
      description: '咖啡',
    } as const;
    expect(await written({ ...pay, url: 'https://hub.example/pay/1' })).toEqual({
      type: 'text',
      data: { text: '咖啡 12.50 CNY\nhttps://hub.example/pay/1' },
    });
  });
  it('nothing that is too long without an address', async () =>
    expect(written({ type: 'text', text: 'x'.repeat(300) })).rejects.toMatchObject({ code: 'text_too_long' }));
  it('with the token from the vault where the account came through an app', async () => {
    const { tools, asked } = set(good, { access_token: '2.00FromTheVault' });
    await weibo.send?.(batchOf({ type: 'text', text: 'x' }), through, tools);
    expect(asked[0]?.url).toContain('access_token=2.00FromTheVault');
  });
  it('nothing without a token, and asks nobody', async () => {
    for (const as of [alone, through]) {
      const { tools, asked } = set(good);
      await expect(weibo.send?.(batchOf({ type: 'text', text: 'x' }), as, tools)).rejects.toMatchObject({
        name: 'Misconfigured',
        code: 'send_api_unavailable',
      });
      expect(asked).toEqual([]);
    }
  });
  it('and tells what was refused fully, but no token', async () => {
    const { tools } = set(refused(20130, `no quota for ${token} and 5000000002`));
    const error = await weibo.send?.(batchOf({ type: 'text', text: 'x' }), config, tools).catch((e: Error) => e);
    expect(error).toMatchObject({ name: 'Refused', code: 'weibo_20130' });
    expect((error as Error).message).toContain('no quota for … and 5000000002');
    expect(tools.logged.join()).toContain('20130');
    expect(tools.logged.join()).toContain('no quota for');
    expect(tools.logged.join()).not.toContain(token);
  });
  it('and keeps the token out of what a broken connection says', async () => {
    const { tools } = set(new TypeError(`failed: https://m.api.weibo.com/?access_token=${token}`));
    const error = await weibo.send?.(batchOf({ type: 'text', text: 'x' }), config, tools).catch((e: Error) => e);
    expect(error).toBeInstanceOf(Uncertain);
    expect((error as Error).message).not.toContain(token);
  });
});

describe('weibo opens files', () => {
  const get = (answers: Answers, source = '9100000000000000003', as = config) =>
    weibo.media?.(source, as, set(answers).tools);

  it('by our copy’s id, with its name and type', async () => {
    const { tools, asked } = set({
      status: 200,
      text: 'amr',
      headers: {
        'content-type': 'audio/amr; charset=binary',
        'content-length': '3',
        'content-disposition': 'attachment;filename="..%2F%E8%AF%AD%E9%9F%B3.amr"',
      },
    });
    const file = await weibo.media?.('9100000000000000003', config, tools);
    expect(asked[0]?.url).toBe(
      `https://upload.api.weibo.com/2/mss/msget?access_token=${token}&fid=9100000000000000003`,
    );
    expect(file).toMatchObject({ mime: 'audio/amr', name: '语音.amr', size: 3 });
    expect(await new Response(file?.stream).text()).toBe('amr');
  });
  it('or says why not', async () => {
    const fails = (answers: Answers) => get(answers)?.catch((error: unknown) => error);
    expect(await fails(refused(20101, 'file does not exist'))).toBeInstanceOf(Gone);
    expect(await fails(refused(20101, '文件已过期', 200))).toBeInstanceOf(Gone);
    expect(await fails({ status: 404 })).toBeInstanceOf(Gone);
    expect(await fails(refused(21332))).toMatchObject({ code: 'bad_token' });
    expect(await fails(refused(10012))).toBeInstanceOf(Refused);
    expect(await fails(refused(10002))).toBeInstanceOf(Retry);
    expect(await fails({ status: 502 })).toBeInstanceOf(Retry);
    expect(await fails(brokenOff())).toBeInstanceOf(Retry);
  });
  it('of nobody else, and nothing but files', async () => {
    await expect(get(good, '../../oauth2/x')).rejects.toBeInstanceOf(Refused);
    await expect(get(good, '1', alone)).rejects.toMatchObject({ code: 'send_api_unavailable' });
  });
});

describe('weibo knows its fans', () => {
  const who = (answers: Answers, as = config) => weibo.profile?.('5000000002', as, set(answers).tools);
  it('by name, picture and place', async () => {
    const { tools, asked } = set(
      jsonAnswer(200, {
        subscribe: 1,
        uid: 5000000002,
        nickname: '粉丝',
        sex: 2,
        city: '上海',
        language: 'zh-cn',
        headimgurl: 'http://tp1.sinaimg.cn/5000000002/180/0/1',
      }),
    );
    expect(await weibo.profile?.('5000000002', config, tools)).toEqual({
      name: '粉丝',
      avatar: 'https://tp1.sinaimg.cn/5000000002/180/0/1',
      language: 'zh-cn',
      more: { sex: '女', city: '上海' },
    });
    expect(asked[0]?.url).toContain('/2/eps/user/info.json?access_token=');
  });
  it('not where Weibo will not say', async () => {
    expect(await who(refused(10013))).toBeNull();
    expect(await who(jsonAnswer(200, {}))).toBeNull();
    expect(await who(good, alone)).toBeNull();
    expect(await weibo.profile?.('../x', config, set(good).tools)).toBeNull();
    await expect(who(refused(21332))).rejects.toBeInstanceOf(Misconfigured);
    await expect(who(noConnection())).rejects.toBeInstanceOf(Retry);
  });
});

describe('weibo is looked after', () => {
  const INFO = '/oauth2/get_token_info';
  const FORMAT = '/2/eps/push/set_format.json';
  const info = (days: number, more: object = {}) =>
    jsonAnswer(200, {
      uid: 5000000001,
      appkey: '1234567890',
      scope: null,
      create_at: NOW / 1000 - 86_400,
      expire_in: days * 86_400,
      ...more,
    });
  const look = async (answers: Answers, as = config, vault = {}) => {
    const { tools, asked, paths } = set(answers, vault);
    return { up: await weibo.upkeep?.(as, tools), asked, paths };
  };
  const bad = (up: { points?: { ok: boolean; code?: string }[] } | undefined) =>
    up?.points?.filter((point) => !point.ok).map((point) => point.code);

  it('daily, and sets the format to JSON', async () => {
    const { up, asked, paths } = await look(routes({ [INFO]: info(300), [FORMAT]: good }));
    expect(up).toMatchObject({ next: NOW + DAY, expiresAt: NOW + 300 * DAY, config: undefined });
    expect(bad(up)).toEqual([]);
    expect(paths()).toEqual([`POST ${INFO}`, `POST ${FORMAT}`]);
    expect(form(asked[1]?.body ?? '')).toEqual({ access_token: token, format: 'json' });
    expect(asked.every(({ url }) => !url.includes(token))).toBe(true);
  });
  it('and learns the account’s number', async () => {
    const { up } = await look(routes({ [INFO]: info(300), [FORMAT]: good }), { ...config, uid: undefined });
    expect(up?.config).toEqual({ uid: '5000000001' });
  });
  it('with a warning before the end, in time also for a token of a day', async () => {
    const near = await look(routes({ [INFO]: info(6, { create_at: NOW / 1000 - 30 * 86_400 }), [FORMAT]: good }));
    expect(bad(near.up)).toEqual(['expires']);
    const fresh = { create_at: NOW / 1000 };
    const short = await look(routes({ [INFO]: info(1, fresh), [FORMAT]: good }));
    expect(bad(short.up)).toEqual([]);
    expect(short.up?.next).toBe(NOW + 0.8 * DAY);
    const over = await look(routes({ [INFO]: info(0) }));
    expect(bad(over.up)).toEqual(['token']);
  });
  it('and says what is wrong with the token', async () => {
    expect(bad((await look(routes({ [INFO]: refused(21327) }))).up)).toEqual(['token']);
    expect(bad((await look(routes({ [INFO]: info(300, { appkey: '999' }), [FORMAT]: good }))).up)).toEqual(['app']);
    expect(bad((await look(routes({ [INFO]: info(300, { uid: 7 }), [FORMAT]: good }))).up)).toEqual(['account']);
    expect(bad((await look(routes({ [INFO]: info(300), [FORMAT]: refused(10014) }))).up)).toEqual(['format']);
    await expect(look(noConnection())).rejects.toBeInstanceOf(Retry);
  });
  it('without a token: nothing to ask, but told', async () => {
    const { up, asked } = await look(good, alone);
    expect(asked).toEqual([]);
    expect(up?.next).toBeNull();
    expect(bad(up)).toEqual(['token']);
    expect(bad((await look(good, through)).up)).toEqual(['token']);
  });
  it('with the token of its vault', async () => {
    const { asked } = await look(routes({ [INFO]: info(30), [FORMAT]: good }), through, { access_token: '2.00Vault' });
    expect(form(asked[0]?.body ?? '')).toEqual({ access_token: '2.00Vault' });
  });
  it('and checked: what to enter at Weibo is always told, whatever Weibo says', async () => {
    for (const answers of [routes({ [INFO]: info(300), [FORMAT]: good }), refused(21332), noConnection()]) {
      const points = (await weibo.check?.(config, set(answers).tools, HOOK)) ?? [];
      const told = points.find((point) => point.code === 'webhook');
      for (const text of [told?.what.zh, told?.what.en]) {
        expect(text).toContain(HOOK);
        expect(text).toContain(config.appKey);
      }
      expect(JSON.stringify(points)).not.toContain(token);
    }
  });
});

describe('a weibo app', () => {
  const app = { appKey: '1234567890', appSecret: '0123456789abcdef0123456789abcdef' };
  const ask = {
    state: 'state-1',
    redirectUrl: 'https://hub.example/connect/state-1',
    returnUrl: 'https://hub.example/connect',
  };
  const TOKEN = '/oauth2/access_token';
  const SHOW = '/2/users/show.json';
  const granted = jsonAnswer(200, {
    access_token: '2.00New',
    remind_in: '798114',
    expires_in: 798_114,
    uid: '5000000001',
  });
  const finish = async (answers: Answers, query: Record<string, string> = { code: 'c1', state: 'state-1' }) => {
    const { tools, asked } = set(answers);
    const done = await weiboApp.finish(query, app, tools, ask).catch((error: unknown) => error);
    return { done, asked, tools };
  };

  it('sends the admin to Weibo’s log-in with the registered address', async () => {
    const { url, until } = await weiboApp.start(app, set(good).tools, ask);
    expect(until).toBeGreaterThan(NOW);
    const page = new URL(url);
    expect(page.origin + page.pathname).toBe('https://api.weibo.com/oauth2/authorize');
    expect(Object.fromEntries(page.searchParams)).toEqual({
      client_id: app.appKey,
      redirect_uri: 'https://hub.example/connect',
      response_type: 'code',
      state: 'state-1',
      forcelogin: 'true',
    });
    expect(url).not.toContain(app.appSecret);
  });
  it('exchanges the code for a token that goes into the vault, and says what is left to do', async () => {
    const { done, asked, tools } = await finish(
      routes({
        [TOKEN]: granted,
        [SHOW]: jsonAnswer(200, { screen_name: '海纳', avatar_large: 'https://x.example/a' }),
      }),
    );
    expect(done).toEqual([
      {
        connector: 'weibo',
        account: '5000000001',
        name: '海纳',
        avatar: 'https://x.example/a',
        config: { uid: '5000000001', through: 'weibo-app' },
        vault: { access_token: '2.00New' },
        expiresAt: NOW + 798_114_000,
        points: [expect.objectContaining({ code: 'webhook', ok: false })],
      },
    ]);
    expect(form(asked[0]?.body ?? '')).toEqual({
      client_id: app.appKey,
      client_secret: app.appSecret,
      grant_type: 'authorization_code',
      code: 'c1',
      redirect_uri: 'https://hub.example/connect',
    });
    for (const secret of [app.appSecret, '2.00New']) expect(tools.logged.join()).not.toContain(secret);
    expect(weibo.config.safeParse({ ...(done as { config: object }[])[0]?.config, app }).success).toBe(true);
  });
  it('does without the account’s name', async () =>
    expect((await finish(routes({ [TOKEN]: granted }))).done).toMatchObject([{ name: '5000000001' }]));
  it('tells in Weibo’s words why not', async () => {
    const denied = { error: 'access_denied', error_code: '21330', error_description: 'user denied your request.' };
    expect((await finish(good, denied)).done).toMatchObject({ name: 'Refused', code: 'access_denied' });
    expect((await finish(good, {})).done).toMatchObject({ code: 'no_code' });
    expect((await finish(refused(21325, 'invalid_grant'))).done).toMatchObject({ name: 'Refused', code: 'code_used' });
    expect((await finish(refused(21322))).done).toMatchObject({ name: 'Misconfigured', code: 'redirect_mismatch' });
    expect((await finish(refused(21321))).done).toMatchObject({ code: 'app_unreviewed' });
    expect((await finish(jsonAnswer(200, {}))).done).toBeInstanceOf(Refused);
    expect((await finish(brokenOff())).done).toBeInstanceOf(Retry);
  });
  it('is checked by a code that nobody was given', async () => {
    const check = async (answers: Answers) => (await weiboApp.check?.(app, set(answers).tools, HOOK))?.[0];
    expect(await check(refused(21325))).toMatchObject({ code: 'app', ok: true });
    expect(await check(refused(21324))).toMatchObject({ code: 'app', ok: false });
    expect(await check(refused(10004))).toMatchObject({ ok: false });
    expect(await check(noConnection())).toMatchObject({ ok: false });
    const redirect = await check(refused(21322));
    expect(redirect).toMatchObject({ code: 'redirect', ok: false });
    expect(redirect?.what.en).toContain('https://hub.example/connect');
  });
});
