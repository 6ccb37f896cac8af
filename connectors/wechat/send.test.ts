import { describe, expect, it } from 'vitest';
import type { Sendable } from '../../core/message.ts';
import type { Connector } from '../connector.ts';
import { jsonAnswer } from '../contract.ts';
import { Uncertain } from '../errors.ts';
import { wechat, wechatMini } from './index.ts';
import { TEXT } from './limits.ts';
import { direct, mini, OPEN_ID } from './test/accounts.ts';
import { failed, set } from './test/answers.ts';
import { media, outbound, SEND, say, TOKEN, text, UPLOAD } from './test/sending.ts';

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
    const image: Sendable = { type: 'image', media: media('图 "b".png', 'image/png') };
    await say(all.tools, image);
    await say(all.tools, image);
    const uploads = all.asked.filter(({ url }) => url.includes(UPLOAD));
    expect(uploads).toHaveLength(1);
    expect(new URL(uploads[0]?.url ?? '').searchParams.get('type')).toBe('image');
    expect(uploads[0]?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=haina-[0-9a-f]{32}$/);
    const boundary = uploads[0]?.headers['content-type']?.split('boundary=')[1];
    expect(uploads[0]?.body).toMatch(
      new RegExp(
        `^--${boundary}\r\nContent-Disposition: form-data; name="media"; filename="[0-9a-f]{16}.png"\r\nContent-Type: image/png\r\n\r\nfile .*\r\n--${boundary}--\r\n$`,
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
