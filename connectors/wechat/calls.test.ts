import { describe, expect, it } from 'vitest';
import type { Sendable } from '../../core/message.ts';
import type { Connector, Outbound, Tools } from '../connector.ts';
import { NOW } from '../contract/tools.ts';
import { brokenOff, jsonAnswer, noConnection } from '../contract.ts';
import { Gone, Misconfigured, Refused, Retry, Uncertain } from '../errors.ts';
import { actOn, CODES } from './codes.ts';
import { untilMidnight } from './errors.ts';
import { wechat, wechatMini } from './index.ts';
import { TEXT, TEXT_BYTES } from './limits.ts';
import { direct, mini, OPEN_ID } from './test/accounts.ts';
import { failed, set } from './test/answers.ts';
import { splitBytes } from './text-bytes.ts';

const SEND = '/cgi-bin/message/custom/send';
const UPLOAD = '/cgi-bin/media/upload';
const TOKEN = '/cgi-bin/stable_token';
const outbound = (content: Sendable, to = OPEN_ID): Outbound => ({ to, key: 'k', messages: [{ id: '1', content }] });
const media = (name: string, mime: string) => ({
  id: '018f2b6e-0000-7000-8000-00000000000f',
  name,
  mime,
  url: `https://hub.example/m/${name}`,
});
const text: Sendable = { type: 'text', text: '你好' };
const say = (tools: Tools, content: Sendable = text, one: Connector = wechat, config: unknown = direct) =>
  one.send?.(outbound(content), config, tools).catch((error: unknown) => error);

/** Every row of channels/wechat.md §8 and §16: what is thrown when a message is answered so. */
const ROWS: [codes: number[], kind: new (...words: never[]) => Error, code: string | undefined, afterMs?: number][] = [
  [[-1], Retry, undefined],
  [[40001, 40014, 42001, 41001, 42006], Misconfigured, 'bad_token'],
  [[40003], Refused, 'not_found'],
  [[43004, 50005, 48002], Refused, 'unreachable'],
  [[45015, 45047], Refused, 'window_closed'],
  [[45002], Refused, 'too_long'],
  [[45008, 40008, 45162, 45098, 45099], Refused, 'wrong_type'],
  [[40007, 40005, 46001], Refused, 'media_refused'],
  [[45009], Retry, undefined, untilMidnight(NOW)],
  [[45011, 45501], Retry, undefined, 60_000],
  [[45080, 45081, 45072], Refused, 'typing'],
  [[45087, 45094], Misconfigured, 'account_blocked'],
  [[48001], Misconfigured, 'send_api_unavailable'],
  [[48004, 50002], Misconfigured, 'account_restricted'],
  [[61007, 61016, 61017], Misconfigured, 'permission_missing'],
  [[61003], Misconfigured, 'not_authorised'],
  [[40164, 61004], Misconfigured, 'ip_not_allowed'],
  [[47001, 40033, 47002, 61014, 61015, 85064, 89401], Refused, 'rejected'],
  [[61005, 61006], Retry, undefined, 60_000],
  [[61009, 61010, 40163, 40029], Refused, 'auth_code_used'],
  [[61011, 40091, 40094], Misconfigured, 'bad_app'],
  [[61023, 42007], Misconfigured, 'authorise_again'],
  [[61028], Misconfigured, 'not_released'],
  [[40013, 40125], Misconfigured, 'bad_credentials'],
  [[48006], Misconfigured, 'quota_used_up'],
];

describe('every error of WeChat has an action', () => {
  it.each(ROWS.flatMap(([codes, kind, code, afterMs]) => codes.map((errcode) => ({ errcode, kind, code, afterMs }))))(
    '$errcode',
    async ({ errcode, kind, code, afterMs }) => {
      const { tools } = set({ [SEND]: failed(errcode, 'some words rid: 1-2-3') });
      const error = await say(tools);
      expect(error).toBeInstanceOf(kind);
      expect((error as Error).message).toContain('some words rid: 1-2-3');
      if (code) expect(error).toMatchObject({ code });
      if (afterMs) expect(error).toMatchObject({ afterMs });
    },
  );
  it('has a row here for every code it knows', () => {
    const tested = new Set(ROWS.flatMap(([codes]) => codes));
    const beyond = [43019, 40004, 40006, 40009, 40010, 40011, 45001, 50001, 89503, 40243];
    expect(
      Object.keys(CODES)
        .map(Number)
        .filter((code) => !tested.has(code))
        .sort(),
    ).toEqual(beyond.sort());
    expect(actOn(99_999)).toEqual({ do: 'refuse', code: 'rejected' });
  });
  it('waits for the day to end in Beijing', () => {
    const at = (iso: string) => new Date(Date.parse(iso) + untilMidnight(Date.parse(iso))).toISOString();
    expect(at('2026-11-21T15:59:00Z')).toBe('2026-11-21T16:01:00.000Z');
    expect(at('2026-11-21T16:00:00Z')).toBe('2026-11-22T16:01:00.000Z');
    expect(at('2026-11-21T02:00:00Z')).toBe('2026-11-21T16:01:00.000Z');
  });
});

describe('a message goes out', () => {
  const sent = async (content: Sendable, one: Connector = wechat, config: unknown = direct) => {
    const all = set();
    expect(await say(all.tools, content, one, config)).toEqual({ messages: [{}] });
    all.told();
    return { ...all, body: all.bodies(SEND)[0] };
  };
  it('as a text, in UTF-8 and not in escapes', async () => {
    const { body, asked } = await sent({ type: 'text', text: '你好 👋 "<a href="x">' });
    expect(body).toEqual({ touser: OPEN_ID, msgtype: 'text', text: { content: '你好 👋 "<a href="x">' } });
    expect(asked.at(-1)?.body).not.toContain('\\u');
    expect(asked.at(-1)?.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(asked[0]?.body).toBe(
      JSON.stringify({
        grant_type: 'client_credential',
        appid: direct.appId,
        secret: direct.appSecret,
        force_refresh: false,
      }),
    );
  });
  it.each<[string, Sendable, object, object | undefined]>([
    [
      'image',
      { type: 'image', media: media('a.png', 'image/png') },
      { msgtype: 'image', image: { media_id: 'M_image' } },
      { msgtype: 'image', image: { media_id: 'M_image' } },
    ],
    [
      'voice',
      { type: 'voice', media: media('a.mp3', 'audio/mpeg') },
      { msgtype: 'voice', voice: { media_id: 'M_voice' } },
      { msgtype: 'link', link: { title: 'a.mp3', url: 'https://hub.example/m/a.mp3' } },
    ],
    [
      'video',
      { type: 'video', media: media('a.mp4', 'video/mp4') },
      { msgtype: 'video', video: { media_id: 'M_video', thumb_media_id: 'M_thumb', title: 'a.mp4', description: '' } },
      { msgtype: 'link' },
    ],
    [
      'file',
      { type: 'file', media: media('a.pdf', 'application/pdf') },
      {
        msgtype: 'news',
        news: { articles: [{ title: 'a.pdf', description: '', url: 'https://hub.example/m/a.pdf', picurl: '' }] },
      },
      { msgtype: 'link', link: { title: 'a.pdf', thumb_url: '' } },
    ],
    [
      'link',
      { type: 'link', title: '标题', text: '说明', url: 'https://example.com/', image: media('b.png', 'image/png') },
      {
        msgtype: 'news',
        news: {
          articles: [
            { title: '标题', description: '说明', url: 'https://example.com/', picurl: 'https://hub.example/m/b.png' },
          ],
        },
      },
      {
        msgtype: 'link',
        link: {
          title: '标题',
          description: '说明',
          url: 'https://example.com/',
          thumb_url: 'https://hub.example/m/b.png',
        },
      },
    ],
    [
      'menu',
      {
        type: 'menu',
        text: '满意吗？',
        options: [
          { id: 'good', text: '满意' },
          { id: 'bad', text: '不满意' },
        ],
        footer: '谢谢',
      },
      {
        msgtype: 'msgmenu',
        msgmenu: {
          head_content: '满意吗？',
          list: [
            { id: 'good', content: '满意' },
            { id: 'bad', content: '不满意' },
          ],
          tail_content: '谢谢',
        },
      },
      { msgtype: 'text', text: { content: '满意吗？\n1. 满意\n2. 不满意\n谢谢' } },
    ],
    [
      'payment',
      {
        type: 'payment',
        id: '018f2b6e-0000-7000-8000-00000000000f',
        amount: 1234,
        currency: 'CNY',
        description: '蓝色外套',
        url: 'https://hub.example/pay/1',
      },
      {
        msgtype: 'news',
        news: {
          articles: [
            { title: '蓝色外套', description: '蓝色外套 12.34 CNY', url: 'https://hub.example/pay/1', picurl: '' },
          ],
        },
      },
      { msgtype: 'link' },
    ],
    [
      'location',
      { type: 'location', latitude: 31.2, longitude: 121.4, title: '外滩' },
      { msgtype: 'text', text: { content: '外滩\n31.2,121.4' } },
      { msgtype: 'text' },
    ],
  ])('as %s', async (_, content, account, program) => {
    expect((await sent(content)).body).toMatchObject(account);
    if (program) expect((await sent(content, wechatMini, mini)).body).toMatchObject(program);
  });
  it('as a card of a mini-program, each kind its own way', async () => {
    const card = { type: 'mini-program', title: '预约', path: 'pages/book?id=1' } as const;
    const other = { ...card, appId: 'wx00000000000000dd' };
    expect((await sent(other)).body).toMatchObject({
      msgtype: 'miniprogrampage',
      miniprogrampage: { title: '预约', appid: other.appId, pagepath: card.path, thumb_media_id: 'M_image' },
    });
    const { body } = await sent({ ...card, media: media('c.jpg', 'image/jpeg') }, wechatMini, mini);
    expect(body.miniprogrampage).toEqual({ title: '预约', pagepath: card.path, thumb_media_id: 'M_image' });
    expect(await say(set().tools, card)).toMatchObject({ code: 'app_id_missing' });
    expect(await say(set().tools, other, wechatMini, mini)).toMatchObject({ code: 'foreign_page' });
  });
  it('with its file in a form of one field, uploaded once', async () => {
    const all = set();
    const image: Sendable = { type: 'image', media: media('a "b".png', 'image/png') };
    await say(all.tools, image);
    await say(all.tools, image);
    const uploads = all.asked.filter(({ url }) => url.includes(UPLOAD));
    expect(uploads).toHaveLength(1);
    expect(new URL(uploads[0]?.url ?? '').searchParams.get('type')).toBe('image');
    expect(uploads[0]?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=haina-[0-9a-f]{32}$/);
    const boundary = uploads[0]?.headers['content-type']?.split('boundary=')[1];
    expect(uploads[0]?.body).toMatch(
      new RegExp(
        `^--${boundary}\r\nContent-Disposition: form-data; name="media"; filename="a _b_.png"\r\nContent-Type: image/png\r\n\r\nfile .*\r\n--${boundary}--\r\n$`,
      ),
    );
  });
  it('not to somebody who is no OpenID, and not where the account may not write', async () => {
    const all = set();
    for (const to of ['', 'a', '../x', 'o?x=1', 'x'.repeat(65)])
      await expect(wechat.send?.(outbound(text, to), direct, all.tools)).rejects.toMatchObject({ code: 'not_found' });
    expect(await say(all.tools, text, wechat, { ...direct, verified: 'no' })).toMatchObject({
      code: 'send_api_unavailable',
    });
    expect(all.asked).toEqual([]);
  });
});

describe('what WeChat says no to', () => {
  it('too long: in halves, each counted by WeChat', async () => {
    const long = '长'.repeat(TEXT);
    const all = set({
      [SEND]: (_, body) => (Buffer.byteLength(JSON.parse(body).text.content) > 1100 ? failed(45002) : failed(0)),
    });
    expect(await say(all.tools, { type: 'text', text: long })).toEqual({ messages: [{}] });
    const [refused, ...pieces] = all.bodies(SEND).map((body) => body.text.content);
    expect(refused).toBe(long);
    expect(pieces.join('')).toBe(long);
    expect(pieces.length).toBe(2);
  });
  it('too long for ever: told so, not for ever tried', async () => {
    const all = set({ [SEND]: failed(45002) });
    expect(await say(all.tools, { type: 'text', text: '长'.repeat(TEXT) })).toMatchObject({ code: 'too_long' });
    expect(all.bodies(SEND).length).toBeLessThan(10);
  });
  it('the middle of a long text: nobody knows, and nothing is doubled', async () => {
    const answers = [failed(45002), failed(0), failed(-1)];
    expect(await say(set({ [SEND]: answers }).tools, { type: 'text', text: '长'.repeat(TEXT) })).toBeInstanceOf(
      Uncertain,
    );
  });
  it('a file it no longer has: uploaded again once', async () => {
    const image: Sendable = { type: 'image', media: media('a.png', 'image/png') };
    const ids = ['M_old', 'M_new'];
    const upload = () => jsonAnswer(200, { media_id: ids.shift() });
    const all = set({ [UPLOAD]: upload, [SEND]: (_, body) => failed(body.includes('M_old') ? 40007 : 0) });
    expect(await say(all.tools, image)).toEqual({ messages: [{}] });
    expect(all.bodies(SEND).map((body) => body.image.media_id)).toEqual(['M_old', 'M_new']);
    const never = set({ [SEND]: failed(40007) });
    expect(await say(never.tools, image)).toMatchObject({ code: 'media_refused' });
    expect(never.paths().filter((path) => path === SEND)).toHaveLength(2);
  });
  it('a menu of that size: its words instead', async () => {
    const all = set({ [SEND]: [failed(45098), failed(0)] });
    const menu: Sendable = { type: 'menu', text: 'a?', options: [{ id: '1', text: 'b' }] };
    expect(await say(all.tools, menu)).toEqual({ messages: [{}] });
    expect(all.bodies(SEND)[1]).toMatchObject({ msgtype: 'text', text: { content: 'a?\n1. b' } });
  });
  it('a token: renewed once, then the admin’s', async () => {
    let issued = 0;
    const token = () => jsonAnswer(200, { access_token: `TOKEN${++issued}`, expires_in: 7200 });
    const fresh = (request: Request) =>
      failed(request.url.includes('TOKEN1&') || request.url.endsWith('TOKEN1') ? 40001 : 0);
    const all = set({ [TOKEN]: token, [SEND]: fresh });
    expect(await say(all.tools)).toEqual({ messages: [{}] });
    expect(issued).toBe(2);
    all.told();
    const bad = set({ [TOKEN]: token, [SEND]: failed(40001) });
    expect(await say(bad.tools)).toMatchObject({ name: 'Misconfigured', code: 'bad_token' });
    expect(bad.paths().filter((path) => path === SEND)).toHaveLength(2);
  });
});

describe('fifty messages at the moment a token ends', () => {
  it('make one new token, and all arrive', async () => {
    let valid = 'TOKEN1';
    let asked = 0;
    let issued = 1;
    const answers = {
      [TOKEN]: async () => {
        await new Promise((resolve) => setTimeout(resolve, 5));
        valid = `TOKEN${++issued}`;
        return jsonAnswer(200, { access_token: valid, expires_in: 7200 });
      },
      // Some refusals come only after the new token is there: they must not throw that one away.
      [SEND]: async (request: Request) => {
        const taken = new URL(request.url).searchParams.get('access_token') === valid;
        await new Promise((resolve) => setTimeout(resolve, (asked++ % 10) * 4));
        return failed(taken ? 0 : 42001);
      },
    };
    const { tools, paths } = set(answers);
    // Two hubs with one store between them, and a lock in it.
    const making = new Map<string, Promise<string>>();
    const keep: Tools['keep'] = (key, make) => {
      const running = making.get(key);
      if (running) return running;
      const mine = tools.keep(key, make).finally(() => making.delete(key));
      making.set(key, mine);
      return mine;
    };
    const hubs = [
      { ...tools, keep },
      { ...tools, keep },
    ];
    await say(hubs[0]!);
    valid = 'ended';
    const before = issued;
    const all = await Promise.all(Array.from({ length: 50 }, (_, i) => say(hubs[i % 2]!)));
    expect(all.every((one) => !(one instanceof Error))).toBe(true);
    expect(issued - before).toBe(1);
    expect(paths().filter((path) => path === TOKEN)).toHaveLength(2);
  });
  it('keep a token as long as WeChat advises', async () => {
    const ttls: number[] = [];
    const { tools } = set();
    const keep: Tools['keep'] = async (_, make) => {
      const { value, ttl } = await make();
      ttls.push(ttl);
      return value;
    };
    await say({ ...tools, keep });
    expect(ttls).toEqual([7000]);
  });
});

describe('customers’ files', () => {
  const GET = '/cgi-bin/media/get';
  const source = 'M_img_1 http://mmbiz.qpic.cn/mmbiz_jpg/abc/0';
  const open = async (table: Parameters<typeof set>[0], from = source) => {
    const all = set(table);
    const result = await wechat.media?.(from, direct, all.tools).catch((error: unknown) => error);
    all.told();
    return { ...all, result };
  };
  const file = {
    status: 200,
    text: 'bytes',
    headers: { 'content-type': 'image/jpeg', 'content-disposition': 'attachment; filename="a/b.jpg"' },
  };

  it('come as a stream with their type and name', async () => {
    const { result, asked } = await open({ [GET]: file });
    expect(result).toMatchObject({ mime: 'image/jpeg', name: 'b.jpg' });
    expect(await new Response((result as { stream: ReadableStream }).stream).text()).toBe('bytes');
    expect(new URL(asked.at(-1)?.url ?? '').searchParams.get('media_id')).toBe('M_img_1');
  });
  it('of video by another address, without our token', async () => {
    const { result, asked } = await open(
      { [GET]: jsonAnswer(200, { video_url: 'http://vsm.example.com/v.mp4' }), '/v.mp4': { status: 200, text: 'mp4' } },
      'M_video_1',
    );
    expect(await new Response((result as { stream: ReadableStream }).stream).text()).toBe('mp4');
    expect(asked.at(-1)?.url).toBe('https://vsm.example.com/v.mp4');
  });
  it('are an error where the answer is one, whatever its status and type', async () => {
    for (const type of ['text/plain', 'application/json', 'image/jpeg']) {
      const gone = {
        status: 200,
        text: '{"errcode":40007,"errmsg":"invalid media_id"}',
        headers: { 'content-type': type },
      };
      expect((await open({ [GET]: gone }, 'M_img_1')).result).toBeInstanceOf(Gone);
    }
    expect((await open({ [GET]: failed(48001) }, 'M_img_1')).result).toBeInstanceOf(Misconfigured);
    for (const answer of [failed(-1), { status: 502 }, { status: 200 }, brokenOff(), noConnection()])
      expect((await open({ [GET]: answer }, 'M_img_1')).result).toBeInstanceOf(Retry);
  });
  it('of pictures by their public address, where WeChat has them no more', async () => {
    const { result, asked } = await open({ [GET]: failed(40007), '/mmbiz_jpg/abc/0': file });
    expect(result).toMatchObject({ mime: 'image/jpeg' });
    expect(asked.at(-1)?.url).toBe('https://mmbiz.qpic.cn/mmbiz_jpg/abc/0');
    expect((await open({ [GET]: failed(40007), '/mmbiz_jpg/abc/0': { status: 404 } })).result).toBeInstanceOf(Gone);
  });
  it('after a token was renewed', async () => {
    const { result, paths } = await open({ [GET]: [failed(40001), file] });
    expect(result).toMatchObject({ mime: 'image/jpeg' });
    expect(paths()).toEqual([TOKEN, GET, TOKEN, GET]);
  });
});

describe('people', () => {
  const INFO = '/cgi-bin/user/info';
  const ask = async (answer: Parameters<typeof set>[0], config = direct) =>
    await wechat.profile?.(OPEN_ID, config, set(answer).tools).catch((error: unknown) => error);
  it('have a name of ours, and what WeChat still tells', async () => {
    const person = {
      subscribe: 1,
      openid: OPEN_ID,
      unionid: 'oU1',
      remark: '',
      subscribe_scene: 'ADD_SCENE_QR_CODE',
      subscribe_time: 1700000000,
    };
    expect(await ask({ [INFO]: jsonAnswer(200, person) })).toEqual({
      name: '微信用户 ·000001',
      more: { unionid: 'oU1', subscribe_scene: 'ADD_SCENE_QR_CODE', subscribe_time: '1700000000' },
    });
  });
  it('have at least that name', async () => {
    const name = { name: '微信用户 ·000001' };
    expect(await ask({ [INFO]: jsonAnswer(200, { subscribe: 0, openid: OPEN_ID }) })).toMatchObject(name);
    for (const code of [48001, 61007, 40003]) expect(await ask({ [INFO]: failed(code) })).toEqual(name);
    expect(await ask({}, { ...direct, verified: 'no' })).toEqual(name);
    expect(await wechatMini.profile?.(OPEN_ID, mini, set().tools)).toEqual(name);
    expect(await wechat.profile?.('../x', direct, set().tools)).toBeNull();
    expect(await ask({ [INFO]: failed(-1) })).toBeInstanceOf(Retry);
  });
  it('see us typing; what goes wrong there is nobody’s trouble', async () => {
    const all = set();
    await wechat.typing?.(OPEN_ID, direct, all.tools);
    expect(all.bodies('/cgi-bin/message/custom/typing')).toEqual([{ touser: OPEN_ID, command: 'Typing' }]);
    for (const answer of [failed(45080), failed(45081), failed(48001), { status: 500 }, brokenOff()])
      await expect(
        wechat.typing?.(OPEN_ID, direct, set({ '/cgi-bin/message/custom/typing': answer }).tools),
      ).resolves.toBeUndefined();
    const program = set({ '/cgi-bin/message/custom/business/typing': { status: 404, text: '' } });
    await wechatMini.typing?.(OPEN_ID, mini, program.tools);
    expect(program.paths().slice(1)).toEqual([
      '/cgi-bin/message/custom/business/typing',
      '/cgi-bin/message/custom/typing',
    ]);
  });
});

describe('an account by itself', () => {
  const KF = '/cgi-bin/customservice/getkflist';
  const CHECK = '/cgi-bin/callback/check';
  const url = 'https://hub.example/webhooks/wechat/k';
  it('is looked at once a day, and tells whether it may write', async () => {
    expect(await wechat.upkeep?.(direct, set({ [KF]: jsonAnswer(200, { kf_list: [] }) }).tools)).toEqual({
      next: NOW + 86_400_000,
      points: [],
      config: { verified: 'yes' },
    });
    expect(await wechat.upkeep?.(direct, set({ [KF]: failed(48001) }).tools)).toMatchObject({
      points: [{ code: 'unverified', ok: false }],
      config: { verified: 'no' },
    });
    expect(await wechat.upkeep?.(direct, set({ [KF]: failed(65400) }).tools)).toMatchObject({ points: [], config: {} });
    expect(await wechat.upkeep?.(direct, set({ [TOKEN]: failed(40125) }).tools)).toMatchObject({
      points: [{ code: 'bad_credentials', ok: false }],
    });
    await expect(wechat.upkeep?.(direct, set({ [TOKEN]: brokenOff() }).tools)).rejects.toBeInstanceOf(Retry);
  });
  it('is tried by WeChat at our address', async () => {
    const check = async (table: Parameters<typeof set>[0]) =>
      (await wechat.check?.(direct, set(table).tools, url)) ?? [];
    const good = {
      [KF]: jsonAnswer(200, { kf_list: [] }),
      [CHECK]: jsonAnswer(200, { dns: [{ ip: '203.0.113.1' }], ping: [{ ip: '203.0.113.1', package_loss: '0%' }] }),
    };
    const points = await check(good);
    expect(points.map(({ code, ok }) => [code, ok])).toEqual([
      ['token', true],
      ['webhook', true],
      ['server', true],
    ]);
    expect(points.at(-1)?.what.en).toContain(url);
    const bad = async (table: Parameters<typeof set>[0]) =>
      (await check({ ...good, ...table })).filter((point) => !point.ok);
    expect(await bad({ [TOKEN]: failed(40125) })).toMatchObject([{ code: 'bad_credentials', mend: expect.anything() }]);
    expect(await bad({ [TOKEN]: failed(40164, 'invalid ip 198.51.100.7') })).toMatchObject([
      { code: 'ip_not_allowed', what: { en: expect.stringContaining('198.51.100.7') } },
    ]);
    expect(await bad({ [KF]: failed(48001) })).toMatchObject([{ code: 'unverified' }]);
    expect(await bad({ [CHECK]: failed(40201) })).toMatchObject([{ code: 'webhook' }]);
    expect(
      await bad({ [CHECK]: jsonAnswer(200, { dns: [{ ip: 'a' }], ping: [{ ip: 'a', package_loss: '100%' }] }) }),
    ).toMatchObject([{ code: 'webhook' }]);
    for (const { what, mend } of points)
      for (const words of [what, mend]) if (words) expect(words.zh && words.en).toBeTruthy();
  });
});

describe('texts in bytes', () => {
  it('are cut between characters and lose nothing', () => {
    const long = `${'你好👋\n'.repeat(300)}\ufeff end`;
    const pieces = splitBytes(long, TEXT_BYTES);
    expect(pieces.join('')).toBe(long);
    for (const piece of pieces) {
      expect(Buffer.byteLength(piece)).toBeLessThanOrEqual(TEXT_BYTES);
      expect(piece.isWellFormed()).toBe(true);
    }
    expect(splitBytes('👋👋', 4)).toEqual(['👋', '👋']);
    expect(splitBytes('', 10)).toEqual([]);
  });
});
