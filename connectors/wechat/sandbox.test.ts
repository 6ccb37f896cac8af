import { describe, expect, it, vi } from 'vitest';
import { decrypt, seal, signature } from './crypt.ts';
import { wechatSandbox } from './sandbox.ts';
import { readXml, type XmlFields } from './xml.ts';
import { writeXml } from './xml-write.ts';

const ORIGIN = 'http://127.0.0.1:9';
const MOUNT = `${ORIGIN}/sandbox/wechat`;
const HOOK = `${ORIGIN}/webhooks/wechat/k`;
const HOURS_48 = 48 * 3_600_000;

interface Post {
  path: string;
  query: Record<string, string>;
  body: string;
}
type Answer = (post: Post) => Response | string | undefined | Promise<Response | string | undefined>;

/** A sandbox and a hub that keeps every push; `answer` decides what the hub says, `success` where it says nothing. */
function bench(answer: Answer = () => undefined, seed = 'bench') {
  const posts: Post[] = [];
  const gets: Post[] = [];
  /** Milliseconds by which the sandbox's clock goes ahead; whether the address passes WeChat's trial. */
  const world = { ahead: 0, passes: true };
  const sandbox = wechatSandbox({
    url: MOUNT,
    seed,
    now: () => Date.now() + world.ahead,
    fetch: (async (input: string | URL | Request, init?: RequestInit) => {
      const request = new Request(input, init);
      const url = new URL(request.url);
      const post = { path: url.pathname, query: Object.fromEntries(url.searchParams), body: await request.text() };
      if (request.method === 'GET') {
        gets.push(post);
        return new Response(world.passes ? post.query.echostr : 'no', { status: world.passes ? 200 : 403 });
      }
      posts.push(post);
      const gone = new Promise<never>((_, reject) =>
        request.signal.addEventListener('abort', () => reject(request.signal.reason)),
      );
      const said = await Promise.race([answer(post), gone]);
      return said instanceof Response ? said : new Response(said ?? 'success');
    }) as typeof fetch,
  });
  const { phone } = sandbox;
  if (!phone) throw new Error('no phone');
  const person = phone.people()[0]!.id;
  const ask = async (path: string, body?: unknown, more: RequestInit = {}) => {
    const init = body === undefined ? more : { method: 'POST', body: JSON.stringify(body), ...more };
    const response = await sandbox.app.request(`/api${path}`, init);
    return (await response.json()) as Record<string, any>;
  };
  const control = (values: object) =>
    sandbox.app.request('/control/faults', { method: 'PUT', body: JSON.stringify(values) });
  const run = async (action: string) =>
    expect((await sandbox.app.request(`/control/${action}`, { method: 'POST' })).status).toBe(204);
  const posted = (n: number) => vi.waitFor(() => expect(posts.length).toBe(n), { timeout: 12_000, interval: 5 });
  return { world, sandbox, phone, person, posts, gets, ask, control, run, posted };
}

/** A bench with an account that has a server of its own. */
function direct(connector = 'wechat', answer?: Answer, name = 'demo') {
  const all = bench(answer);
  const config = all.sandbox.account(name, HOOK, connector) as Record<
    'appId' | 'appSecret' | 'token' | 'aesKey',
    string
  >;
  const account = config.appId;
  const { phone, person, ask } = all;
  const token = async (force = false): Promise<string> => {
    const grant = { grant_type: 'client_credential', appid: account, secret: config.appSecret, force_refresh: force };
    const { access_token } = await ask('/cgi-bin/stable_token', grant);
    return access_token;
  };
  const send = async (message: object, to = person, key?: string) =>
    (await ask(`/cgi-bin/message/custom/send?access_token=${key ?? (await token())}`, { touser: to, ...message }))
      .errcode;
  const text = (content: string) => ({ msgtype: 'text', text: { content } });
  const say = (words: string, who = person) => phone.say(account, who, { type: 'text', text: words });
  const open = (n: number): XmlFields => clear(all.posts[n]!, config);
  const shown = (who = person) => phone.chat(account, who).messages;
  const newcomer = () => {
    const { id } = phone.addPerson(`Newcomer ${crypto.randomUUID()}`);
    phone.follow(account, id, true);
    return id;
  };
  return { ...all, config, account, token, send, text, say, open, shown, newcomer };
}

/** What a push says, after everything about it was found right. */
function clear(
  { query, body }: Post,
  { token, aesKey, appId }: { token: string; aesKey: string; appId: string },
): XmlFields {
  const { timestamp = '', nonce = '' } = query;
  expect(query.signature).toBe(signature(token, timestamp, nonce));
  const json = body.startsWith('{');
  const outer = (json ? JSON.parse(body) : readXml(body)) as Record<string, string>;
  if (!query.encrypt_type) return outer;
  expect(query.msg_signature).toBe(signature(token, timestamp, nonce, outer.Encrypt!));
  const inner = decrypt(outer.Encrypt!, aesKey, appId).toString();
  return json ? JSON.parse(inner.replace(/"MsgId":(\d+)/, '"MsgId":"$1"')) : readXml(inner);
}

/** A passive reply to a push, sealed as it came. */
function reply(
  post: Post,
  config: { token: string; aesKey: string; appId: string },
  own: Record<string, any>,
  swap = true,
): string {
  const { ToUserName, FromUserName } = clear(post, config) as Record<string, string>;
  const names = swap ? { ToUserName: FromUserName, FromUserName: ToUserName } : { ToUserName, FromUserName };
  const xml = writeXml({ ...names, CreateTime: 1, ...own });
  if (!post.query.encrypt_type) return xml;
  const { Encrypt, MsgSignature, TimeStamp, Nonce } = seal(xml, { ...config, receiveId: config.appId }, 1);
  return writeXml({ Encrypt, MsgSignature, TimeStamp: Number(TimeStamp), Nonce });
}

describe('accounts with a server of their own', () => {
  it('are the same at every start, for each kind another', () => {
    const of = (seed: string, name: string, connector: string) =>
      bench(undefined, seed).sandbox.account(name, '', connector);
    expect(of('a', 'x', 'wechat')).toEqual(of('a', 'x', 'wechat'));
    const ids = [of('a', 'x', 'wechat'), of('a', 'y', 'wechat'), of('b', 'x', 'wechat'), of('a', 'x', 'wechat-mini')];
    expect(new Set(ids.map(({ appId }) => appId)).size).toBe(4);
    expect(of('a', '我的订阅号', 'wechat')).toMatchObject({ verified: 'no' });
  });

  it('are tried with a signed GET before the first push, and hear nothing until they pass', async () => {
    const { say, posted, posts, gets, shown, config, world } = direct();
    world.passes = false;
    say('lost');
    await vi.waitFor(() => expect(shown().find(({ who }) => who === 'person')?.state).toBe('failed'));
    expect(posts).toHaveLength(0);
    world.passes = true;
    say('heard');
    await posted(1);
    const { signature: given, timestamp = '', nonce = '', echostr } = gets.at(-1)!.query;
    expect(given).toBe(signature(config.token, timestamp, nonce));
    expect(echostr).toMatch(/^\d+$/);
    say('again');
    await posted(2);
    expect(gets).toHaveLength(2);
  });

  it('push in safe, compatible and plaintext mode, mini-programs in JSON', async () => {
    const { say, posted, posts, open, control, config, person } = direct();
    const id = say('safe');
    await posted(1);
    expect(readXml(posts[0]!.body)).toEqual({ ToUserName: open(0).ToUserName, Encrypt: expect.any(String) });
    expect(open(0)).toMatchObject({ FromUserName: person, MsgType: 'text', Content: 'safe', MsgId: id });
    expect(posts[0]!.query).toMatchObject({ openid: person, encrypt_type: 'aes' });
    await control({ compatibleMode: true });
    say('both');
    await posted(2);
    expect(readXml(posts[1]!.body)).toMatchObject({ Content: 'both', Encrypt: expect.any(String) });
    await control({ compatibleMode: false, plainMode: true });
    say('plain');
    await posted(3);
    expect(posts[2]!.query.msg_signature).toBeUndefined();
    expect(posts[2]!.body).toMatch(/<MsgId>\d{18}<\/MsgId>/);
    expect(clear(posts[2]!, config)).toMatchObject({ Content: 'plain' });

    const mini = direct('wechat-mini');
    mini.say('in JSON');
    await mini.posted(1);
    expect(mini.posts[0]!.body).toMatch(/^\{"ToUserName":"gh_/);
    expect(mini.open(0)).toMatchObject({
      MsgType: 'text',
      Content: 'in JSON',
      MsgId: expect.stringMatching(/^\d{18}$/),
    });
  });

  it('whose settings are saved in the console only when the address answers, with the old key for a while', async () => {
    const { sandbox, account, config, say, posted, posts, control, world } = direct();
    const save = async (more: object) =>
      sandbox.app.request('/control/server', {
        method: 'POST',
        body: JSON.stringify({ appId: account, url: HOOK, ...more }),
      });
    const aesKey = 'a'.repeat(43);
    world.passes = false;
    expect(await (await save({ aesKey })).json()).toMatchObject({ message: 'token验证失败' });
    world.passes = true;
    expect((await save({ aesKey, token: 'newToken1' })).status).toBe(200);
    say('new key');
    await posted(1);
    expect(clear(posts[0]!, { ...config, token: 'newToken1', aesKey })).toMatchObject({ Content: 'new key' });
    await control({ oldKey: true });
    say('old key');
    await posted(2);
    expect(clear(posts[1]!, { ...config, token: 'newToken1' })).toMatchObject({ Content: 'old key' });
    expect((await save({ url: 'ftp://x' })).status).toBe(400);
  });
});

describe('what the customer sees', () => {
  it.each([
    ['success', 'success'],
    ['nothing', ''],
  ])('nothing after %s', async (_, body) => {
    const { say, shown } = direct('wechat', () => body);
    say('hi');
    await vi.waitFor(() => expect(shown().at(-1)).toMatchObject({ who: 'person', state: 'sent' }));
    expect(shown()).toHaveLength(1);
  });

  it.each([
    ['JSON', () => '{"ok":true}'],
    ['quotes', () => '"success"'],
    ['capitals', () => 'SUCCESS'],
    ['HTML', () => '<html><body>oops</body></html>'],
    ['a mark of order', (post: Post, config: any) => `\ufeff${reply(post, config, { MsgType: 'text', Content: 'x' })}`],
    ['an empty text', (post: Post, config: any) => reply(post, config, { MsgType: 'text', Content: '' })],
    ['names not swapped', (post: Post, config: any) => reply(post, config, { MsgType: 'text', Content: 'x' }, false)],
    [
      'an unknown picture',
      (post: Post, config: any) => reply(post, config, { MsgType: 'image', Image: { MediaId: 'x' } }),
    ],
    [
      'another key',
      (post: Post, config: any) => {
        const own = { MsgType: 'text', Content: 'x' };
        const { Encrypt } = readXml(reply(post, config, own)) as Record<string, string>;
        return writeXml({ Encrypt, MsgSignature: 'x', TimeStamp: 1, Nonce: 'n' });
      },
    ],
    [
      'plain words to a sealed push',
      (post: Post, config: any) => {
        const { ToUserName, FromUserName } = clear(post, config) as Record<string, string>;
        const names = { ToUserName: FromUserName, FromUserName: ToUserName };
        return writeXml({ ...names, CreateTime: 1, MsgType: 'text', Content: 'x' });
      },
    ],
  ])('the fault text at once after %s', async (_, body) => {
    const { say, shown, posts } = direct('wechat', (post) => body(post, direct().config));
    say('hi');
    await vi.waitFor(() => expect(shown()).toHaveLength(2));
    expect(shown()[1]).toMatchObject({ who: 'account', bubble: { text: '该公众号提供的服务出现故障，请稍后再试' } });
    expect(shown()[0]).toMatchObject({ state: 'failed' });
    expect(posts).toHaveLength(1);
  });

  it('the fault text after three tries without an answer, the same message each time, newly signed', async () => {
    const mini = direct('wechat-mini', () => new Promise<undefined>(() => {}));
    await mini.control({ timeoutMs: 50 });
    mini.say('hi');
    await vi.waitFor(() => expect(mini.shown()).toHaveLength(2));
    expect(mini.shown()[1]).toMatchObject({ bubble: { text: '该小程序客服暂时无法提供服务，请稍后再试' } });
    expect(mini.posts).toHaveLength(3);
    expect(new Set(mini.posts.map((_, n) => String(mini.open(n).MsgId))).size).toBe(1);
    expect(new Set(mini.posts.map(({ query }) => query.nonce)).size).toBe(3);
    let n = 0;
    const official = direct('wechat', () => (++n < 3 ? new Response('', { status: 500 }) : undefined));
    official.say('hi');
    await vi.waitFor(() => expect(official.shown().at(-1)?.state).toBe('sent'));
    expect(official.posts).toHaveLength(3);
  });

  it('a passive reply, once, and none from a mini-program', async () => {
    const { config } = direct();
    const own = { MsgType: 'text', Content: '已收到' };
    const { say, shown, control, posted } = direct('wechat', (post) => reply(post, config, own));
    say('hi');
    await vi.waitFor(() => expect(shown().at(-1)).toMatchObject({ who: 'account', bubble: { text: '已收到' } }));
    await control({ duplicate: true });
    say('twice');
    await posted(3);
    await vi.waitFor(() => expect(shown().filter(({ who }) => who === 'account')).toHaveLength(2));
    const news = {
      MsgType: 'news',
      ArticleCount: 1,
      Articles: { item: { Title: '标题', Url: 'https://example.com/' } },
    };
    const card = direct('wechat', (post) => reply(post, config, news));
    card.say('hi');
    await vi.waitFor(() => expect(card.shown().at(-1)?.bubble).toMatchObject({ type: 'card', title: '标题' }));
    const desk = direct('wechat', (post) => reply(post, config, { MsgType: 'transfer_customer_service' }));
    desk.say('hi');
    await vi.waitFor(() => expect(desk.shown().at(-1)).toMatchObject({ who: 'person', state: 'sent' }));
  });
});

describe('tokens', () => {
  it('the stable one stays the same until five minutes before its end, then both work', async () => {
    const { ask, token, world } = direct();
    const works = async (key: string) =>
      (await ask(`/cgi-bin/getcallbackip?access_token=${key}`)).ip_list !== undefined;
    const first = await token();
    expect(await token()).toBe(first);
    world.ahead = 6_905_000;
    const second = await token();
    expect(second).not.toBe(first);
    expect([await works(first), await works(second)]).toEqual([true, true]);
    world.ahead = 7_201_000;
    expect([await works(first), await works(second)]).toEqual([false, true]);
  });

  it('a forced refresh ends the old one at once, every 30 seconds and 20 times a day at most', async () => {
    const { ask, account, config, token, world } = direct();
    const code = async (key: string) => (await ask(`/cgi-bin/getcallbackip?access_token=${key}`)).errcode;
    const force = () => ({
      grant_type: 'client_credential',
      appid: account,
      secret: config.appSecret,
      force_refresh: true,
    });
    const first = await token();
    const second = await token(true);
    expect([await code(first), await code(second)]).toEqual([40001, undefined]);
    expect(await ask('/cgi-bin/stable_token', force())).toMatchObject({ errcode: 45009 });
    for (let n = 1; n < 20; n++) {
      world.ahead += 30_000;
      expect(await ask('/cgi-bin/stable_token', force())).toHaveProperty('access_token');
    }
    world.ahead += 30_000;
    expect(await ask('/cgi-bin/stable_token', force())).toMatchObject({ errcode: 45009 });
  });

  it('are told apart: missing, unknown, expired, refused; and those of before a restart are known', async () => {
    const { ask, token, run, control, send, text, account, config } = direct();
    const code = async (query: string) => (await ask(`/cgi-bin/getcallbackip${query}`)).errcode;
    expect([await code(''), await code('?access_token=nonsense')]).toEqual([41001, 40001]);
    const before = await token();
    const later = bench().sandbox.app.request(`/api/cgi-bin/getcallbackip?access_token=${before}`);
    expect(await (await later).json()).toHaveProperty('ip_list');
    await run('expire-tokens');
    expect(await code(`?access_token=${before}`)).toBe(42001);
    expect(await code(`?access_token=${await token()}`)).toBeUndefined();
    for (const [fault, errcode] of Object.entries({ tokensRefused: 40001, tokensExpired: 42001 })) {
      await control({ [fault]: true });
      expect(await send(text('x'))).toBe(errcode);
      await control({ [fault]: false });
    }
    const grant = { grant_type: 'client_credential', appid: account, secret: config.appSecret };
    expect(await ask('/cgi-bin/stable_token', { ...grant, appid: 'wx0000000000000000' })).toMatchObject({
      errcode: 40013,
    });
    expect(await ask('/cgi-bin/stable_token', { ...grant, secret: 'x' })).toMatchObject({ errcode: 40125 });
    expect(await ask(`/cgi-bin/token?${new URLSearchParams(grant)}`)).toHaveProperty('expires_in', 7200);
  });
});

describe('the send API', () => {
  it('counts five for a message, three for a tap, a follow or a scan, two for entering; nothing is added up', async () => {
    const { send, text, say, phone, account, newcomer, world } = direct();
    const sent = async (to: string) => {
      const codes = [];
      do codes.push(await send(text('x'), to));
      while (codes.at(-1) === 0 && codes.length < 9);
      return [codes.length - 1, codes.at(-1)];
    };
    const stranger = phone.addPerson('Never wrote').id;
    phone.chat(account, stranger);
    expect(await send(text('x'), stranger)).toBe(45015);
    const one = newcomer();
    expect(await sent(one)).toEqual([3, 45047]);
    say('now five', one);
    expect(await sent(one)).toEqual([5, 45047]);
    const tapper = newcomer();
    world.ahead += 61_000;
    expect(await send(text('x'), tapper)).toBe(45015);
    phone.say(account, tapper, { type: 'action', data: 'click:HELP' });
    phone.act?.(account, tapper, 'scan', 'shop_42');
    expect(await sent(tapper)).toEqual([3, 45047]);
    phone.say(account, tapper, { type: 'action', data: 'view:https://example.com/' });
    expect(await send(text('x'), tapper)).toBe(45047);
    say('hello', tapper);
    world.ahead += HOURS_48 - 1_000;
    expect(await send(text('x'), tapper)).toBe(0);
    world.ahead += 2_000;
    expect(await send(text('x'), tapper)).toBe(45015);

    const mini = direct('wechat-mini');
    const visitor = mini.phone.addPerson('Visitor').id;
    mini.phone.act?.(mini.account, visitor, 'enter', 'from=x');
    expect([await mini.send(text('1'), visitor), await mini.send(text('2'), visitor)]).toEqual([0, 0]);
    expect(await mini.send(text('3'), visitor)).toBe(45047);
  });

  it('refuses by the platform’s numbers', async () => {
    const { send, text, say, person, phone, account, token, sandbox, control } = direct();
    say('hi');
    const image = { msgtype: 'image', image: { media_id: 'nobody knows' } };
    const articles = [{ title: 'a' }, { title: 'b' }];
    const menu = (list: object[]) => ({ msgtype: 'msgmenu', msgmenu: { head_content: '?', list } });
    expect(await send(text('字'.repeat(683)))).toBe(45002);
    expect(await send(text('字'.repeat(682)))).toBe(0);
    expect(await send(image)).toBe(40007);
    expect(await send({ msgtype: 'hologram' })).toBe(40008);
    expect(await send({ msgtype: 'link', link: {} })).toBe(45162);
    expect(await send({ msgtype: 'news', news: { articles } })).toBe(45008);
    expect(await send(menu([]))).toBe(45098);
    expect(await send(menu([{ id: '1', content: 'x'.repeat(200) }]))).toBe(45099);
    expect(await send(text('x'), 'o'.repeat(28))).toBe(40003);
    const raw = async (body: string) => {
      const path = `/api/cgi-bin/message/custom/send?access_token=${await token()}`;
      return ((await (await sandbox.app.request(path, { method: 'POST', body })).json()) as any).errcode;
    };
    expect(await raw('{"touser":')).toBe(47001);
    expect(await raw('')).toBe(44002);
    expect(await raw(`{"touser":"${person}","msgtype":"text","text":{"content":"\\u4f60"}}`)).toBe(40033);
    expect(await raw(`{"touser":"${person}","msgtype":"text","text":{"content":"a\\nb\\u0007"}}`)).toBe(0);
    for (const [fault, errcode] of Object.entries({
      busy: -1,
      quotaUsedUp: 45009,
      rateLimited: 45011,
      countUsedUp: 45047,
      windowShut: 45015,
      ipBlocked: 40164,
      unverified: 48001,
      frozen: 50002,
    })) {
      const key = await token();
      await control({ [fault]: true });
      expect(await send(text('x'), person, key), fault).toBe(errcode);
      await control({ [fault]: false });
    }
    phone.follow(account, person, false);
    expect(await send(text('x'))).toBe(45015);
    const subscription = direct('wechat', undefined, '未认证订阅号');
    subscription.say('hi');
    expect(await subscription.send(text('x'))).toBe(48001);
  });

  it('shows every type, and each kind of account takes its own', async () => {
    const { send, say, shown, token, sandbox, account, phone, person } = direct();
    const upload = async (type: string, name: string, mime: string, size = 10, key?: string) => {
      const form = new FormData();
      form.set('media', new File([new Uint8Array(size)], name, { type: mime }));
      const path = `/api/cgi-bin/media/upload?access_token=${key ?? (await token())}&type=${type}`;
      return (await (await sandbox.app.request(path, { method: 'POST', body: form })).json()) as Record<string, any>;
    };
    const image = (await upload('image', 'a.png', 'image/png')).media_id;
    const voice = (await upload('voice', 'a.mp3', 'audio/mpeg')).media_id;
    const video = (await upload('video', 'a.mp4', 'video/mp4')).media_id;
    const thumb = (await upload('thumb', 'a.jpg', 'image/jpeg')).thumb_media_id;
    const messages = {
      text: { content: '<a href="https://example.com/">看这里</a>' },
      image: { media_id: image },
      voice: { media_id: voice },
      video: { media_id: video, thumb_media_id: thumb, title: 't', description: 'd' },
      music: { musicurl: 'https://example.com/a.mp3', hqmusicurl: 'https://example.com/a.mp3', thumb_media_id: thumb },
      news: { articles: [{ title: 't', description: 'd', url: 'https://example.com/', picurl: '' }] },
      msgmenu: { head_content: '满意吗？', list: [{ id: 'good', content: '满意' }], tail_content: '谢谢' },
      wxcard: { card_id: 'c' },
      mpnewsarticle: { article_id: 'a' },
      miniprogrampage: { title: 't', appid: 'wx00000000000000aa', pagepath: 'p', thumb_media_id: thumb },
    };
    for (const [msgtype, own] of Object.entries(messages)) {
      say('hi');
      expect(await send({ msgtype, [msgtype]: own }), msgtype).toBe(0);
      expect(shown().at(-1), msgtype).toMatchObject({ who: 'account' });
    }
    expect(shown().filter(({ who }) => who === 'account')[0]?.bubble).toEqual({
      type: 'text',
      text: '看这里 https://example.com/',
    });
    // A tap on the menu comes back as a text with the item's id.
    const menu = shown().find(({ bubble }) => bubble.type === 'card' && bubble.title === '满意吗？')?.bubble;
    expect(menu).toMatchObject({ buttons: [{ label: '满意', data: 'menu:good' }] });

    expect(await upload('image', 'a.webp', 'image/webp')).toMatchObject({ errcode: 40005 });
    expect(await upload('image', 'a', 'image/png')).toMatchObject({ errcode: 40005 });
    expect(await upload('thumb', 'a.jpg', 'image/jpeg', 65_537)).toMatchObject({ errcode: 45001 });
    expect(await upload('voice', 'a.mp3', 'audio/mpeg', 2 * 1024 * 1024 + 1)).toMatchObject({ errcode: 45001 });
    expect(await upload('file', 'a.pdf', 'application/pdf')).toMatchObject({ errcode: 40004 });
    phone.say(account, person, { type: 'action', data: 'menu:good', text: '满意' });

    const mini = direct('wechat-mini');
    mini.say('hi');
    expect(await mini.send({ msgtype: 'voice', voice: { media_id: 'x' } })).toBe(45162);
    expect(await mini.send({ msgtype: 'image', image: { media_id: image } })).toBe(40007);
    const link = { title: 't', description: 'd', url: 'https://example.com/', thumb_url: '' };
    expect(await mini.send({ msgtype: 'link', link })).toBe(0);
  });

  it('media live three days, and films come as the address of themselves', async () => {
    const { phone, account, person, posted, open, token, ask, sandbox, world, control } = direct();
    const bytes = new TextEncoder().encode('#!AMR\n12345');
    const upload = phone.upload({ name: 'a.amr', mime: 'audio/amr', bytes });
    phone.say(account, person, { type: 'voice', upload, seconds: 2 });
    await posted(1);
    const { MediaId, Format, MsgType } = open(0);
    expect([MsgType, Format]).toEqual(['voice', 'amr']);
    const get = async (id: unknown) =>
      sandbox.app.request(`/api/cgi-bin/media/get?access_token=${await token()}&media_id=${id}`);
    const file = await get(MediaId);
    expect(file.headers.get('content-disposition')).toBe('attachment; filename="a.amr"');
    expect(new Uint8Array(await file.arrayBuffer())).toEqual(bytes);
    const film = phone.upload({ name: 'a.mp4', mime: 'video/mp4', bytes });
    phone.say(account, person, { type: 'video', upload: film });
    await posted(2);
    const { video_url } = (await (await get(open(1).MediaId)).json()) as { video_url: string };
    expect((await sandbox.app.request(video_url.slice(MOUNT.length))).headers.get('content-type')).toBe('video/mp4');
    await control({ mediaGone: true });
    expect(await (await get(MediaId)).json()).toMatchObject({ errcode: 40007 });
    await control({ mediaGone: false });
    world.ahead = 3 * 86_400_000 + 1_000;
    expect(await (await get(MediaId)).json()).toMatchObject({ errcode: 40007 });
    expect(await ask('/cgi-bin/media/get')).toMatchObject({ errcode: 41001 });
  });

  it('typing: only shortly after an exchange, not twice, and over when something is sent', async () => {
    const { ask, token, send, text, say, person, phone, account, world, newcomer } = direct();
    const type = async (touser: string, command = 'Typing') =>
      (await ask(`/cgi-bin/message/custom/typing?access_token=${await token()}`, { touser, command })).errcode;
    expect(await type(newcomer())).toBe(45080);
    say('hi');
    expect([await type(person), await type(person), await type(person, 'Dance')]).toEqual([0, 45081, 45072]);
    expect(phone.chat(account, person).typingUntil).toBeGreaterThan(Date.now() + 10_000);
    await send(text('done'));
    expect(phone.chat(account, person).typingUntil).toBe(0);
    expect(await type(person)).toBe(0);
    expect(await type(person, 'CancelTyping')).toBe(0);
    world.ahead = 31_000;
    expect(await type(person)).toBe(45080);
    const path = '/cgi-bin/message/custom/business/typing';
    const command = 'Typing';
    expect(await ask(`${path}?access_token=${await token()}`, { touser: person, command })).toMatchObject({
      errcode: 40066,
    });
    const mini = direct('wechat-mini');
    mini.say('hi');
    const key = await mini.token();
    expect(await mini.ask(`${path}?access_token=${key}`, { touser: person, command })).toMatchObject({ errcode: 0 });
  });

  it('tells what an rid was about, and of followers what WeChat still tells', async () => {
    const { ask, token, person, newcomer, phone, account } = direct();
    const key = await token();
    const { errmsg } = await ask(`/cgi-bin/message/custom/send?access_token=${key}`, { touser: 'x', msgtype: 'none' });
    const [, rid] = /rid: ([\w-]+)$/.exec(errmsg) ?? [];
    const { request } = await ask(`/cgi-bin/openapi/rid/get?access_token=${key}`, { rid });
    expect(request).toMatchObject({
      request_url: '/cgi-bin/message/custom/send',
      request_body: expect.stringContaining('none'),
    });
    expect(JSON.stringify(request)).not.toContain(key);
    expect(await ask(`/cgi-bin/openapi/rid/get?access_token=${key}`, { rid: 'x' })).toMatchObject({ errcode: 76001 });
    const info = (openid: string) => ask(`/cgi-bin/user/info?access_token=${key}&openid=${openid}&lang=zh_CN`);
    expect(await info(person)).toMatchObject({ subscribe: 1, nickname: '', unionid: expect.stringMatching(/^oU/) });
    const gone = newcomer();
    phone.follow(account, gone, false);
    expect(await info(gone)).toEqual({ subscribe: 0, openid: gone });
    expect(await info('x')).toMatchObject({ errcode: 40003 });
    const dns = { action: 'dns', check_operator: 'DEFAULT' };
    expect(await ask(`/cgi-bin/callback/check?access_token=${key}`, dns)).toHaveProperty('dns');
    expect(await ask(`/cgi-bin/no/such/path?access_token=${key}`, {})).toMatchObject({ errcode: 40066 });
  });
});

describe('the API has bad days', () => {
  it('answers as a proxy, late, or not to what it did', async () => {
    const { sandbox, token, person, say, shown, control } = direct();
    say('hi');
    const key = await token();
    const body = JSON.stringify({ touser: person, msgtype: 'text', text: { content: 'x' } });
    const send = () =>
      sandbox.app.request(`/api/cgi-bin/message/custom/send?access_token=${key}`, { method: 'POST', body });
    await control({ fail500: true });
    expect((await send()).status).toBe(500);
    await control({ fail500: false, garbage: true });
    expect(await (await send()).text()).toMatch(/^<html>/);
    expect(shown()).toHaveLength(1);
    await control({ garbage: false, lostAnswer: true });
    expect((await send()).status).toBe(502);
    expect(shown()).toHaveLength(2);
    await control({ lostAnswer: false, slowMs: 120 });
    const before = performance.now();
    expect(await (await send()).json()).toEqual({ errcode: 0, errmsg: 'ok' });
    expect(performance.now() - before).toBeGreaterThan(110);
    const log = JSON.stringify(await (await sandbox.app.request('/phone/state')).json().then(({ log }) => log));
    expect(log).toContain('custom/send');
    expect(log).not.toContain(key);
  });

  it('forgets nothing that outlives it: who wrote to us before is known, whoever it is', async () => {
    const before = direct();
    const stranger = before.phone.addPerson('Somebody').id;
    const { send, text, phone, account } = direct();
    expect(phone.people().some(({ id }) => id === stranger)).toBe(false);
    expect(await send(text('still there?'), stranger, await before.token())).toBe(0);
    expect(phone.chat(account, stranger).messages).toHaveLength(1);
  });
});

describe('what people do on the phone', () => {
  it('arrives as WeChat tells it', async () => {
    const { phone, account, person, posted, open } = direct();
    let n = 0;
    const next = async () => {
      await posted(++n);
      return open(n - 1);
    };
    const event = async () => {
      const { MsgType, Event, EventKey } = await next();
      return [MsgType, Event, EventKey];
    };
    phone.say(account, person, { type: 'sticker', id: 'hello' });
    expect(await next()).toMatchObject({ MsgType: 'text', Content: '[收到不支持的消息类型，暂无法显示]' });
    phone.say(account, person, { type: 'location', latitude: 31.24, longitude: 121.49, title: '外滩' });
    expect(await next()).toMatchObject({
      MsgType: 'location',
      Location_X: '31.24',
      Location_Y: '121.49',
      Label: '外滩',
    });
    phone.say(account, person, { type: 'action', data: 'click:HELP' });
    expect(await event()).toEqual(['event', 'CLICK', 'HELP']);
    phone.say(account, person, { type: 'action', data: 'view:https://example.com/' });
    expect(await event()).toEqual(['event', 'VIEW', 'https://example.com/']);
    phone.say(account, person, { type: 'action', data: 'menu:good', text: '满意' });
    expect(await next()).toMatchObject({ MsgType: 'text', Content: '满意', bizmsgmenuid: 'good' });
    phone.act?.(account, person, 'scan', 'shop_42');
    expect(await event()).toEqual(['event', 'SCAN', 'shop_42']);
    phone.follow(account, person, false);
    expect(await event()).toEqual(['event', 'unsubscribe', '']);
    expect(() => phone.say(account, person, { type: 'text', text: 'x' })).toThrow('Not following');
    phone.act?.(account, person, 'scan', 'shop_42');
    expect(await event()).toEqual(['event', 'subscribe', 'qrscene_shop_42']);
    expect(phone.chat(account, person).following).toBe(true);
    for (const { id, input } of phone.modelOf?.(account).actions ?? []) {
      phone.act?.(account, person, id, input?.choices?.[0]?.value ?? input?.value);
      expect(await next(), id).toMatchObject({ FromUserName: person });
    }
    expect(() => phone.say(account, person, { type: 'action', data: 'page:x' })).toThrow('no such button');
    expect(() => phone.act?.(account, person, 'none')).toThrow('No such act');

    const mini = direct('wechat-mini');
    mini.phone.say(mini.account, person, { type: 'action', data: 'page:pages/item?id=7' });
    await mini.posted(1);
    expect(mini.open(0)).toMatchObject({
      MsgType: 'miniprogrampage',
      AppId: mini.account,
      PagePath: 'pages/item?id=7',
    });
    mini.phone.act?.(mini.account, person, 'enter', 'from=product');
    await mini.posted(2);
    expect(mini.open(1)).toMatchObject({ Event: 'user_enter_tempsession', SessionFrom: 'from=product' });
    expect(() => mini.phone.say(mini.account, person, { type: 'sticker', id: 'hello' })).toThrow('no such message');
    expect(mini.phone.modelOf?.(mini.account).follow).toBeUndefined();
  });

  it('is spoilt on its way when the switches say so', async () => {
    const { say, posted, posts, config, control } = direct();
    await control({ badSignature: true });
    say('forged');
    await posted(1);
    const { timestamp = '', nonce = '' } = posts[0]!.query;
    expect(posts[0]!.query.signature).not.toBe(signature(config.token, timestamp, nonce));
    await control({ badSignature: false, wrongAppId: true });
    say('for another');
    await posted(2);
    expect(() => clear(posts[1]!, config)).toThrow('not encrypted for this account');
    await control({ wrongAppId: false, oldKey: true });
    say('with a foreign key');
    await posted(3);
    expect(() => clear(posts[2]!, config)).toThrow('not encrypted for this account');
    await control({ oldKey: false, reorder: true });
    say('first');
    say('second');
    await posted(5);
    expect([3, 4].map((n) => clear(posts[n]!, config).Content)).toEqual(['second', 'first']);
    await control({ reorder: false, duplicate: true });
    say('twice');
    await posted(7);
    expect(posts[5]).toEqual(posts[6]);
  });
});
