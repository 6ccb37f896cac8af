import { describe, expect, it, vi } from 'vitest';
import type { Inbound } from '../../core/inbound.ts';
import type { Sendable } from '../../core/message.ts';
import type { Outbound, RawRequest, Tools } from '../connector.ts';
import { fakeTools } from '../contract.ts';
import { BadRequest, BadSignature, Gone, Misconfigured, Refused, Retry, Uncertain } from '../errors.ts';
import { weiboApp } from './app.ts';
import type { WeiboConfig } from './config.ts';
import { weibo } from './index.ts';
import { encoded } from './passive.ts';
import { weiboReplay } from './replay.ts';
import { weiboSandbox } from './sandbox.ts';

const URL_ = 'http://127.0.0.1:9/sandbox/weibo';
const HOOK = 'http://127.0.0.1:9/webhooks/weibo/k';
const HOUR = 3_600_000;

/** A sandbox with a hub that keeps every request; `answer` decides what the hub says to a push. */
function bench(answer: (n: number, request: Request) => Response | Promise<Response> = () => new Response('')) {
  const posts: RawRequest[] = [];
  /** Milliseconds by which the sandbox's clock goes ahead. */
  const clock = { ahead: 0 };
  const hub = { config: undefined as WeiboConfig | undefined };
  const sandbox = weiboSandbox({
    url: URL_,
    seed: 'bench',
    now: () => Date.now() + clock.ahead,
    fetch: (async (input: string | URL | Request, init?: RequestInit) => {
      const request = new Request(input, init);
      const url = new URL(request.url);
      const raw: RawRequest = {
        method: request.method,
        path: '',
        query: Object.fromEntries(url.searchParams),
        headers: Object.fromEntries(request.headers),
        body: new Uint8Array(await request.clone().arrayBuffer()),
      };
      // The check of an address is answered as our connector does.
      if (request.method === 'GET') {
        try {
          return new Response(hub.config ? weibo.receive(raw, hub.config).reply?.body : 'nobody');
        } catch {
          return new Response('no', { status: 401 });
        }
      }
      posts.push(raw);
      const gone = new Promise<never>((_, reject) =>
        request.signal.addEventListener('abort', () => reject(request.signal.reason)),
      );
      return Promise.race([answer(posts.length, request), gone]);
    }) as typeof fetch,
  });
  const config = weibo.config.parse(sandbox.account('demo', HOOK));
  hub.config = config;
  const toSandbox = (async (input: string | URL | Request, init?: RequestInit) => {
    const request = new Request(input, init);
    return sandbox.app.request(request.url.slice(URL_.length), request);
  }) as typeof fetch;
  const hosts = Object.fromEntries(Object.entries(sandbox.hosts).map(([name, path]) => [name, URL_ + path]));
  const tools: Tools = { ...fakeTools(toSandbox, hosts), now: () => Date.now() + clock.ahead };
  const { phone } = sandbox;
  if (!phone?.act) throw new Error('no phone');
  const act = phone.act.bind(phone);
  const account = config.uid ?? '';
  const person = phone.people()[0]?.id ?? '';
  const control = (values: object) =>
    sandbox.app.request('/control/faults', {
      method: 'PUT',
      body: JSON.stringify(values),
      headers: { 'content-type': 'application/json' },
    });
  const read = (n: number, as = config): Inbound[] => weibo.receive(posts[n] as RawRequest, as).events;
  const posted = (n: number) => vi.waitFor(() => expect(posts.length).toBe(n), { timeout: 12_000 });
  const shown = (who = account) => phone.chat(who, person).messages;
  const batch = (content: Sendable): Outbound => ({
    to: person,
    key: crypto.randomUUID(),
    messages: [{ id: '1', content }],
  });
  const send = (content: Sendable = { type: 'text', text: 'answer' }, as = config) =>
    weibo.send?.(batch(content), as, tools).catch((error: unknown) => error);
  const say = (text: string) => phone.say(account, person, { type: 'text', text });
  return {
    act,
    account,
    clock,
    config,
    control,
    hub,
    person,
    phone,
    posted,
    posts,
    read,
    sandbox,
    say,
    send,
    shown,
    toSandbox,
    tools,
  };
}

const toDeveloper = (sandbox: ReturnType<typeof weiboSandbox>, fields: Record<string, string>) =>
  sandbox.app.request('/developer', { method: 'POST', body: new URLSearchParams(fields) });

describe('the Weibo sandbox lets a fan', () => {
  it('write, and two equal messages of one second are two', async () => {
    const { say, posted, read, shown } = bench();
    const ids = [say('1'), say('1')];
    await posted(2);
    expect([0, 1].map((n) => read(n)[0]?.externalId).sort()).toEqual([...ids].sort());
    expect(new Set(ids).size).toBe(2);
    expect(shown()).toHaveLength(2);
  });
  it('write digits that stay words', async () => {
    const { say, posted, read } = bench();
    say('4900000000000001');
    await posted(1);
    expect(read(0)[0]).toMatchObject({ content: { type: 'text', text: '4900000000000001' } });
  });
  it('be told by ids no double holds', async () => {
    const { phone, account, person, posted, posts, read } = bench();
    const upload = phone.upload({ name: 'a.png', mime: 'image/png', bytes: new Uint8Array([1, 2]) });
    phone.say(account, person, { type: 'image', upload });
    await posted(1);
    const [, fid = ''] = /"tovfid":(\d+)/.exec(new TextDecoder().decode(posts[0]?.body)) ?? [];
    expect(Number.isSafeInteger(Number(fid))).toBe(false);
    expect(read(0)[0]).toMatchObject({ content: { media: { source: fid } } });
  });
  it('tap the menu, scan, open a link, mention, subscribe and leave', async () => {
    const { act, phone, account, person, posted, read } = bench();
    phone.say(account, person, { type: 'action', data: 'V1001_HOURS' });
    act(account, person, 'scan', 'qr_shop1');
    act(account, person, 'view', 'https://shop.example/');
    act(account, person, 'mention', '@海纳 在吗');
    act(account, person, 'comment', '@海纳 好');
    act(account, person, 'subscribe', 'dy');
    act(account, person, 'unsubscribe');
    phone.follow(account, person, false);
    act(account, person, 'scan', 'follow_shop2');
    await posted(9);
    const events = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((n) => read(n)[0]);
    expect(events.map((event) => [event?.kind, event?.trigger])).toEqual([
      ['message', 'menu'],
      ['notice', 'scan'],
      ['notice', undefined],
      ['message', 'mention'],
      ['message', 'mention'],
      ['contact', 'follow'],
      ['contact', undefined],
      ['contact', undefined],
      ['contact', 'scan'],
    ]);
    expect(events[5]?.entry).toEqual({ keyword: 'dy' });
    expect(events[8]?.entry).toMatchObject({ key: 'follow_shop2' });
    expect(phone.chat(account, person).following).toBe(true);
  });
  it('send any recording', async () => {
    const { phone, account, person, posted, read } = bench();
    const names = phone.recordings();
    expect(names.length).toBeGreaterThanOrEqual(40);
    for (const name of names) phone.replay(account, person, name);
    await posted(names.length);
    const keys = names.map((_, n) => read(n)[0]?.externalId);
    expect(new Set(keys).size).toBe(names.length);
    for (let n = 0; n < names.length; n++) expect(read(n)[0]).toMatchObject({ from: person, account });
  });
});

describe('the Weibo sandbox pushes like Weibo', () => {
  it('three times in all, when nobody answers in time', async () => {
    const { say, posted, control, shown, read } = bench(() => new Promise<Response>(() => {}));
    await control({ timeoutMs: 50 });
    say('hello');
    await posted(3);
    await vi.waitFor(() => expect(shown()[0]?.state).toBe('failed'), { timeout: 12_000 });
    expect(new Set([0, 1, 2].map((n) => read(n)[0]?.externalId)).size).toBe(1);
  }, 10_000);
  it('with faults a connector must bear', async () => {
    const { say, posted, control, read, posts } = bench();
    await control({ seconds: true, dataAsString: true });
    say('one');
    await posted(1);
    expect(posts[0]?.query.timestamp).toMatch(/^\d{10}$/);
    expect(read(0)[0]).toMatchObject({ content: { text: 'one' } });
    await control({ duplicate: true });
    say('two');
    await posted(3);
    expect(read(1)[0]?.externalId).toBe(read(2)[0]?.externalId);
    await control({ duplicate: false, badSignature: true });
    say('three');
    await posted(4);
    expect(() => read(3)).toThrow(BadSignature);
    await control({ badSignature: false, pushOff: true });
    say('four');
    expect(posts).toHaveLength(4);
  });
  it('XML after somebody set it, until our check sets it back', async () => {
    const { sandbox, say, posted, read, config, tools } = bench();
    await sandbox.app.request('/control/format-xml', { method: 'POST' });
    say('xml');
    await posted(1);
    expect(() => read(0)).toThrow(BadRequest);
    const points = await weibo.check?.(config, tools, HOOK);
    expect(points?.find((point) => point.code === 'format')).toMatchObject({ ok: true });
    say('json');
    await posted(2);
    expect(read(1)[0]).toMatchObject({ content: { text: 'json' } });
  });
  it('and keeps no token and no secret in its log', async () => {
    const { sandbox, send, say, posted, config, tools } = bench();
    say('hello');
    await posted(1);
    await send();
    await weibo.check?.(config, tools, HOOK);
    const { log } = await (await sandbox.app.request('/phone/state')).json();
    expect(log.length).toBeGreaterThanOrEqual(4);
    for (const secret of [config.accessToken, config.appSecret]) expect(JSON.stringify(log)).not.toContain(secret);
  });
});

describe('the Weibo sandbox reads passive replies', () => {
  const told = (body: (push: { sender_id: number; receiver_id: number }) => object) =>
    bench(async (_, request) => Response.json(body(await request.clone().json())));
  const reply = (text: string, data = encoded({ text })) =>
    told(({ sender_id, receiver_id }) => ({
      result: true,
      sender_id: String(receiver_id),
      receiver_id: String(sender_id),
      type: 'text',
      data,
    }));
  const afterPush = async ({ say, posted, shown }: ReturnType<typeof bench>) => {
    say('hello');
    await posted(1);
    await vi.waitFor(() => expect(shown()[0]?.state).toBe('sent'));
    return shown().filter(({ who }) => who === 'account');
  };

  it('of our own making, to the letter', async () => {
    const stage = bench(async (n) => {
      const { config, posts } = stage;
      const bare = { appKey: config.appKey, appSecret: config.appSecret };
      const { passive } = weibo.receive(posts[n - 1] as RawRequest, bare);
      const made = passive?.answer({ type: 'text', text: '您好 1+1=2' }, Date.now());
      return new Response(made?.body, { status: made?.status });
    });
    expect(await afterPush(stage)).toMatchObject([{ bubble: { type: 'text', text: '您好 1+1=2' } }]);
  });
  it('and shows what was encoded twice, or with plus signs, as a fan would see it', async () => {
    const twice = await afterPush(reply('', encodeURIComponent(encoded({ text: '你好' }))));
    expect(twice).toMatchObject([{ bubble: { text: '%7B%22text%22%3A%22%E4%BD%A0%E5%A5%BD%22%7D' } }]);
    const form = new URLSearchParams({ d: JSON.stringify({ text: 'a b' }) }).toString().slice(2);
    expect(await afterPush(reply('', form))).toMatchObject([{ bubble: { text: 'a+b' } }]);
  });
  it('but not with the ids the wrong way round, nor what is no reply', async () => {
    const wrong = told((push) => ({ result: true, ...push, type: 'text', data: encoded({ text: 'x' }) }));
    expect(await afterPush(wrong)).toEqual([]);
    expect(await afterPush(bench(() => new Response('{}')))).toEqual([]);
    expect(await afterPush(bench(() => new Response('thanks')))).toEqual([]);
  });
});

describe('the Weibo sandbox takes messages like Weibo', () => {
  it('double encoding reaches the fan as it is', async () => {
    const { config, person, shown, toSandbox } = bench();
    await toSandbox(`${URL_}/m/2/messages/reply.json?access_token=${config.accessToken}`, {
      method: 'POST',
      body: new URLSearchParams({ type: 'text', data: encoded({ text: '你好' }), receiver_id: person }),
    });
    expect(shown().at(-1)?.bubble).toEqual({ type: 'text', text: '%7B%22text%22%3A%22%E4%BD%A0%E5%A5%BD%22%7D' });
  });
  it('for 48 hours, again after the next act, never after leaving', async () => {
    const { send, say, clock, phone, account, person } = bench();
    for (let n = 0; n < 30; n++) expect(await send()).toEqual({ messages: [{}] });
    clock.ahead += 48 * HOUR;
    expect(await send()).toMatchObject({ name: 'Refused', code: 'weibo_29901' });
    say('again');
    expect(await send()).toEqual({ messages: [{}] });
    phone.follow(account, person, false);
    expect(await send()).toMatchObject({ code: 'weibo_29902' });
  });
  it('once after a mention', async () => {
    const { send, act, clock, account, person } = bench();
    clock.ahead += 48 * HOUR;
    act(account, person, 'mention', '@');
    expect(await send()).toEqual({ messages: [{}] });
    expect(await send()).toBeInstanceOf(Refused);
  });
  it('fewer than 300 Chinese characters', async () => {
    const { send } = bench();
    expect(await send({ type: 'text', text: '长'.repeat(299) })).toEqual({ messages: [{}] });
  });
  it('from its own fans, also after a restart', async () => {
    const { person, send } = bench();
    const again = bench();
    expect(again.person).toBe(person);
    const made = again.phone.addPerson('somebody else');
    const after = bench();
    expect(await after.send()).toEqual({ messages: [{}] });
    const stranger = (to: string) =>
      weibo
        .send?.(
          { to, key: crypto.randomUUID(), messages: [{ id: '1', content: { type: 'text', text: 'x' } }] },
          after.config,
          after.tools,
        )
        .catch((error: unknown) => error);
    expect(await stranger(made.id)).toEqual({ messages: [{}] });
    expect(await stranger('6000000000')).toBeInstanceOf(Refused);
    expect(await send()).toEqual({ messages: [{}] });
  });
  it.each([
    ['busy', Retry],
    ['rateLimited', Retry],
    ['ipRefused', Misconfigured],
    ['notPermitted', Misconfigured],
    ['tokensExpired', Misconfigured],
    ['tokensRevoked', Misconfigured],
    ['windowShut', Refused],
    ['jobExpired', Uncertain],
    ['lostAnswer', Uncertain],
  ])('with the switch %s, told with 200 as well', async (fault, kind) => {
    const { send, control, shown } = bench();
    for (const errorsWith200 of [false, true]) {
      await control({ [fault]: true, errorsWith200 });
      expect(await send()).toBeInstanceOf(kind);
    }
    expect(shown()).toHaveLength(kind === Uncertain ? 2 : 0);
  });
  it('files to the account they were sent to only', async () => {
    const { phone, account, person, posted, posts, read, config, tools, control, sandbox } = bench();
    const upload = phone.upload({ name: '图 1.png', mime: 'image/png', bytes: new Uint8Array([1, 2, 3]) });
    phone.say(account, person, { type: 'image', upload });
    await posted(1);
    const event = read(0)[0];
    const source = (event?.kind === 'message' && event.content.type === 'image' && event.content.media.source) || '';
    const file = await weibo.media?.(source, config, tools);
    expect(file).toMatchObject({ name: '图 1.png', mime: 'image/png', size: 3 });
    const open = (fid: string, as = config) => weibo.media?.(fid, as, tools).catch((error: unknown) => error);
    const [, vfid = ''] = /"vfid":(\d+)/.exec(new TextDecoder().decode(posts[0]?.body)) ?? [];
    expect(await open(vfid)).toBeInstanceOf(Refused);
    expect(await open(source, weibo.config.parse(sandbox.account('other', '')))).toBeInstanceOf(Refused);
    expect(await open('4900000000000002')).toBeInstanceOf(Gone);
    await control({ mediaGone: true });
    expect(await open(source)).toBeInstanceOf(Gone);
  });
});

describe('the Weibo sandbox’s 开发者中心', () => {
  it('calls the address, and gives the token only when the echo comes back', async () => {
    const { sandbox, config, hub } = bench();
    const page = await (await sandbox.app.request('/developer')).text();
    expect(page).toContain(`value="${config.appKey}"`);
    const enter = (more: Record<string, string>) =>
      toDeveloper(sandbox, { account: config.uid ?? '', url: `${HOOK}2`, appKey: config.appKey ?? '', ...more });
    const good = await enter({});
    expect(good.status).toBe(200);
    expect(await good.text()).toContain(config.accessToken);
    expect(sandbox.phone?.accounts()[0]?.callbackUrl).toBe(`${HOOK}2`);
    const wrong: Record<string, string>[] = [{ appKey: '123' }, { url: 'javascript:1' }, { account: '1' }];
    for (const bad of wrong) expect((await enter(bad)).status).toBe(422);
    hub.config = { ...config, appSecret: 'another-secret' };
    expect((await enter({ url: `${HOOK}3` })).status).toBe(422);
    expect(sandbox.phone?.accounts()[0]?.callbackUrl).toBe(`${HOOK}2`);
  });
});

describe('the Weibo sandbox lets accounts in through an app', () => {
  const APP_HOOK = 'http://127.0.0.1:9/webhooks/weibo-app/a';
  const ask = {
    state: 'state-1',
    redirectUrl: 'http://127.0.0.1:9/connect/state-1',
    returnUrl: 'http://127.0.0.1:9/connect',
  };
  const withApp = () => {
    const stage = bench();
    const app = weiboApp.config.parse(stage.sandbox.apps?.['weibo-app']?.('shop', APP_HOOK));
    return { ...stage, app };
  };

  it('by a QR code that the phone scans and agrees to', async () => {
    const { app, tools, sandbox, toSandbox, person, hub } = withApp();
    const { url } = await weiboApp.start(app, tools, ask);
    const page = await (await toSandbox(url)).text();
    expect(page).toContain('<svg');
    const [pending] = (await (await sandbox.app.request('/consent/pending')).json()).items;
    expect(pending.title.zh).toContain('微博');
    const path = `/consent/${pending.id}`;
    const phonePage = await (await sandbox.app.request(path)).text();
    const [, uid = ''] = /value="(5\d{9})"[^>]*>(?:(?!value=).)*云上书店/s.exec(phonePage) ?? [];
    expect(uid).not.toBe('');
    const agree = () =>
      sandbox.app.request(`${path}/agree`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ account: uid, permissions: [] }),
      });
    expect((await agree()).status).toBe(200);
    const { url: back } = await (await sandbox.app.request(`${path}/state`)).json();
    expect(back).toMatch(/^http:\/\/127\.0\.0\.1:9\/connect\?/);
    const query = Object.fromEntries(new URL(back).searchParams);
    expect(query.state).toBe('state-1');

    const [one] = await weiboApp.finish(query, app, tools, ask);
    expect(one).toMatchObject({ account: uid, name: '云上书店 Cloud Books' });
    await tools.vault.put('access_token', one?.vault?.access_token ?? '');
    const config = weibo.config.parse({ ...one?.config, app });
    expect((await weibo.check?.(config, tools, HOOK))?.filter((point) => !point.ok)).toEqual([]);
    expect(await weiboApp.finish(query, app, tools, ask).catch((error: unknown) => error)).toMatchObject({
      code: 'code_used',
    });
    // Nothing is pushed until the address stands in 开发者中心; then the app's secret signs.
    hub.config = config;
    const bound = await toDeveloper(sandbox, { account: uid, url: HOOK, appKey: app.appKey });
    expect(bound.status).toBe(200);
    expect(sandbox.phone?.accounts().find(({ id }) => id === uid)?.callbackUrl).toBe(HOOK);
    expect(
      await weibo.send?.(
        { to: person, key: crypto.randomUUID(), messages: [{ id: '1', content: { type: 'text', text: '授权后' } }] },
        config,
        tools,
      ),
    ).toEqual({ messages: [{}] });
  });
  it('without touching what stands in 开发者中心', async () => {
    const { app, tools, sandbox, say, posted, read } = withApp();
    const query = await sandbox.consent?.(app, 'demo', ask);
    expect(await weiboApp.finish(query ?? {}, app, tools, ask)).toMatchObject([{ name: 'demo' }]);
    say('still signed by its own app');
    await posted(1);
    expect(read(0)).toHaveLength(1);
  });
  it('or not, when the person refuses', async () => {
    const { app, tools, sandbox, toSandbox } = withApp();
    await toSandbox((await weiboApp.start(app, tools, ask)).url);
    const [{ id }] = (await (await sandbox.app.request('/consent/pending')).json()).items;
    await sandbox.app.request(`/consent/${id}/refuse`, { method: 'POST' });
    const { url } = await (await sandbox.app.request(`/consent/${id}/state`)).json();
    const query = Object.fromEntries(new URL(url).searchParams);
    await expect(weiboApp.finish(query, app, tools, ask)).rejects.toMatchObject({ code: 'access_denied' });
  });
  it('for known apps and registered addresses only', async () => {
    const { app, tools, toSandbox } = withApp();
    const status = async (key: string, ask_: typeof ask) =>
      (await toSandbox((await weiboApp.start({ ...app, appKey: key }, tools, ask_)).url)).status;
    expect(await status('1', ask)).toBe(400);
    expect(await status(app.appKey, { ...ask, returnUrl: 'http://127.0.0.1:9/connect/elsewhere' })).toBe(400);
    expect((await weiboApp.check?.(app, tools, APP_HOOK))?.[0]).toMatchObject({ ok: true });
    const wrong = { ...app, appSecret: 'another-secret' };
    expect((await weiboApp.check?.(wrong, tools, APP_HOOK))?.[0]).toMatchObject({ code: 'app', ok: false });
  });
  it('with tokens that outlive a restart, and end with their time', async () => {
    const first = withApp();
    const query = await first.sandbox.consent?.(first.app, '外滩咖啡 Bund Coffee', ask);
    const [one] = await weiboApp.finish(query ?? {}, first.app, first.tools, ask);
    const config = weibo.config.parse({ ...one?.config, app: first.app });
    const second = withApp();
    await second.tools.vault.put('access_token', one?.vault?.access_token ?? '');
    second.sandbox.account(config.uid ?? '', HOOK);
    expect((await weibo.check?.(config, second.tools, HOOK))?.filter((point) => !point.ok)).toEqual([]);
    second.phone.say(config.uid ?? '', second.person, { type: 'text', text: 'hi' });
    await second.posted(1);
    expect(second.read(0, config)[0]).toMatchObject({ account: config.uid, content: { text: 'hi' } });
    const points = async () => (await weibo.upkeep?.(config, second.tools))?.points?.filter((point) => !point.ok);
    second.clock.ahead += 25 * 24 * HOUR;
    expect(await points()).toMatchObject([{ code: 'expires' }]);
    second.clock.ahead += 6 * 24 * HOUR;
    expect(await points()).toMatchObject([{ code: 'token' }]);
    expect(await second.send(undefined, config)).toMatchObject({ name: 'Misconfigured', code: 'token_expired' });
  });
  it('and ends every token at once when told to', async () => {
    const { sandbox, send, config, tools } = bench();
    await sandbox.app.request('/control/end-tokens', { method: 'POST' });
    expect(await send()).toMatchObject({ code: 'token_expired' });
    expect((await weibo.check?.(config, tools, HOOK))?.[0]).toMatchObject({ code: 'token', ok: false });
    const fresh = weibo.config.parse(sandbox.account('demo', HOOK));
    expect(fresh.accessToken).not.toBe(config.accessToken);
    expect(await send(undefined, fresh)).toEqual({ messages: [{}] });
  });
});

describe('recordings of Weibo', () => {
  it('become requests our connector believes', () => {
    const { config, person } = bench();
    for (const name of Object.keys(weiboReplay.recordings())) {
      const request = weiboReplay.request(name, config, { from: person, now: Date.now });
      expect(weibo.receive(request, config).events[0], name).toMatchObject({ from: person, account: config.uid });
    }
  });
});
