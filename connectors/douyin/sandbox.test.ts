import { describe, expect, it, vi } from 'vitest';
import type { Inbound } from '../../core/inbound.ts';
import type { AppChange } from '../app.ts';
import type { Outbound, Tools } from '../connector.ts';
import { type FakeTools, fakeTools } from '../contract/tools.ts';
import { Gone, Misconfigured, Refused, Retry, Uncertain } from '../errors.ts';
import { douyinApp } from './app.ts';
import { appConfig } from './app-config.ts';
import { config as configShape, type DouyinConfig } from './config.ts';
import { douyin } from './index.ts';
import { DAY } from './limits.ts';
import { recordings } from './replay.ts';
import { douyinSandbox } from './sandbox.ts';

const URL_ = 'http://127.0.0.1:9/sandbox/douyin';
const HOOK = 'http://127.0.0.1:9/webhooks/douyin-app/k';
const RETURN = 'http://127.0.0.1:9/connect';
const ask = { state: 'st', redirectUrl: `${RETURN}/st`, returnUrl: RETURN };
const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]);
const clock = { ahead: 0 };
const now = () => Date.now() + clock.ahead;

/** A sandbox with a hub that keeps every request; `answer` decides what the hub says. */
function open(answer: (n: number) => Response | Promise<Response> = () => new Response('{}')) {
  clock.ahead = 0;
  const posts: { body: string; headers: Record<string, string> }[] = [];
  const sandbox = douyinSandbox({
    url: URL_,
    seed: 'bench',
    now,
    fetch: (async (input: string | URL | Request, init?: RequestInit) => {
      const request = new Request(input, init);
      posts.push({ body: await request.text(), headers: Object.fromEntries(request.headers) });
      const gone = new Promise<never>((_, reject) =>
        request.signal.addEventListener('abort', () => reject(request.signal.reason)),
      );
      return Promise.race([answer(posts.length), gone]);
    }) as typeof fetch,
  });
  const toSandbox = (async (input: string | URL | Request, init?: RequestInit) => {
    const request = new Request(input, init);
    return sandbox.app.request(request.url.slice(URL_.length), request);
  }) as typeof fetch;
  const tools: FakeTools = { ...fakeTools(toSandbox, { api: `${URL_}/api` }), now };
  const app = appConfig.parse(sandbox.apps?.['douyin-app']?.('demo', HOOK));
  return { sandbox, posts, tools, app, toSandbox };
}

/** The same with an account that has consented. */
async function bench(answer?: (n: number) => Response | Promise<Response>) {
  const opened = open(answer);
  const { sandbox, tools, app, posts } = opened;
  const control = (values: object) =>
    sandbox.app.request('/control/faults', {
      method: 'PUT',
      body: JSON.stringify(values),
      headers: { 'content-type': 'application/json' },
    });
  const connect = async () => {
    const query = (await sandbox.consent?.(app, 'demo', ask)) ?? {};
    const [one] = await douyinApp.finish(query, app, tools, ask);
    for (const [key, value] of Object.entries(one?.vault ?? {})) await tools.vault.put(key, value);
    return configShape.parse({ ...one?.config, app });
  };
  const config: DouyinConfig = await connect();
  await vi.waitFor(() => expect(posts).toHaveLength(1));
  posts.length = 0;
  const { phone } = sandbox;
  if (!phone) throw new Error('no phone');
  const account = config.openId;
  const person = phone.people()[0]?.id ?? '';
  const heard = (n: number): { events: Inbound[]; changes?: AppChange[] } => {
    const { body, headers } = posts[n] ?? { body: '', headers: {} };
    const request = { method: 'POST', path: '', query: {}, headers, body: new TextEncoder().encode(body) };
    return douyinApp.receive!(request, app, { has: (id) => id === account });
  };
  const read = (n: number) => heard(n).events[0];
  const say = (text = 'hello') => phone.say(account, person, { type: 'text', text });
  const send = (more: Partial<Outbound> = {}, text = 'answer') =>
    douyin.send?.(
      { to: person, key: crypto.randomUUID(), messages: [{ id: '1', content: { type: 'text', text } }], ...more },
      config,
      tools,
    );
  const posted = (n: number) => vi.waitFor(() => expect(posts.length).toBe(n), { timeout: 12_000 });
  const shown = () => phone.chat(account, person).messages;
  const act = (action: string, value?: string, id?: string) => phone.act?.(account, person, action, value, id);
  /** Says something and gives the right to answer. */
  const heardToken = async () => {
    const before = posts.length;
    say();
    const news = () => posts.slice(before).map((_, i) => read(before + i));
    await vi.waitFor(() => expect(news().some((event) => event?.kind === 'message')).toBe(true));
    return news().find((event) => event?.kind === 'message')?.reply?.token;
  };
  return {
    ...opened,
    config,
    connect,
    phone,
    account,
    person,
    heard,
    read,
    say,
    send,
    posted,
    shown,
    act,
    control,
    heardToken,
  };
}
const failure = (work: Promise<unknown> | undefined) => work?.catch((error: unknown) => error);

describe('the Douyin sandbox asks for consent', () => {
  it('on a page with a QR code, which the phone scans, and goes back with a code', async () => {
    const { sandbox, app, tools, toSandbox } = open();
    const { url } = await douyinApp.start(app, tools, ask);
    const page = await toSandbox(url);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(await page.text()).toContain('<svg class="qr"');
    const { items } = (await (await sandbox.app.request('/consent/pending')).json()) as { items: { id: string }[] };
    const id = items[0]?.id ?? '';
    expect(await (await sandbox.app.request(`/consent/${id}`)).text()).toContain('demo');
    const offer = sandbox.account('demo', '');
    const agree = (body: object) =>
      sandbox.app.request(`/consent/${id}/agree`, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      });
    await agree({ account: offer.openId, permissions: ['user_info', 'im.direct_message', 'tool.image.upload'] });
    const state = (await (await sandbox.app.request(`/consent/${id}/state`)).json()) as { url: string };
    const query = Object.fromEntries(new URL(state.url).searchParams);
    expect(state.url.startsWith(`${RETURN}?`)).toBe(true);
    expect(query).toMatchObject({ state: 'st', scopes: 'user_info,im.direct_message,tool.image.upload' });
    const [account] = await douyinApp.finish(query, app, tools, ask);
    expect(account).toMatchObject({ account: offer.openId, name: 'demo' });
    expect(account?.points?.map(({ code }) => code)).toEqual([
      'scope_im_recall_message',
      'scope_im_multimedia_message',
      'scope_renew_refresh_token',
    ]);
    // One use, and not for another app.
    expect(await failure(douyinApp.finish(query, app, tools, ask))).toBeInstanceOf(Refused);
  });
  it('and refuses foreign apps, addresses with a query, and codes that are old', async () => {
    const { sandbox, app, tools, toSandbox } = open();
    const { url } = await douyinApp.start(app, tools, ask);
    const code = async (change: (query: URLSearchParams) => void) => {
      const address = new URL(url);
      change(address.searchParams);
      return ((await (await toSandbox(address)).json()) as { data: { error_code: number } }).data.error_code;
    };
    expect(await code((query) => query.set('client_key', 'awforeign'))).toBe(10003);
    expect(await code((query) => query.set('redirect_uri', `${RETURN}?x=1`))).toBe(10005);
    expect(await code((query) => query.set('redirect_uri', 'http://elsewhere.example/'))).toBe(10005);
    expect(await code((query) => query.set('scope', 'no.such'))).toBe(10005);
    const query = (await sandbox.consent?.(app, 'demo', ask)) ?? {};
    clock.ahead += 601_000;
    expect(await failure(douyinApp.finish(query, app, tools, ask))).toBeInstanceOf(Refused);
  });
  it('with messages unticked by a switch', async () => {
    const { control, sandbox, app, tools } = await bench();
    await control({ scopeMissing: true });
    const [account] = await douyinApp.finish((await sandbox.consent?.(app, 'demo', ask)) ?? {}, app, tools, ask);
    expect(account?.points?.[0]).toMatchObject({ code: 'scope_missing', ok: false });
  });
  it('whose grants outlive the process', async () => {
    const { config, tools, person } = await bench();
    const again = open();
    const fetch = again.toSandbox;
    const later: Tools = { ...tools, fetch };
    expect((await douyin.check?.(config, later, ''))?.every(({ ok }) => ok)).toBe(true);
    expect(again.sandbox.phone?.accounts()).toEqual([]);
    await failure(
      douyin.send?.(
        { to: person, key: 'k', messages: [{ id: '1', content: { type: 'text', text: 'x' } }] },
        config,
        later,
      ),
    );
    expect(again.sandbox.phone?.accounts().map(({ id }) => id)).toEqual([config.openId]);
  });
});

describe('the Douyin sandbox grants', () => {
  it('six answers to a message, and six more to the next', async () => {
    const { heardToken, send, shown } = await bench();
    const replyToken = await heardToken();
    for (let i = 0; i < 6; i++) await send({ replyToken });
    expect(await failure(send({ replyToken }))).toMatchObject({ name: 'Refused', code: 'frequency_limit' });
    const next = await heardToken();
    await send({ replyToken: next });
    expect(shown().filter(({ who }) => who === 'account')).toHaveLength(7);
  });
  it('a day, and then no more', async () => {
    const { heardToken, send } = await bench();
    const replyToken = await heardToken();
    clock.ahead += DAY * 1000 + 1;
    expect(await failure(send({ replyToken }))).toMatchObject({ name: 'Refused', code: 'rejected' });
    expect(await failure(send())).toMatchObject({ name: 'Refused', code: 'window_closed' });
  });
  it('three greetings within half a minute of opening the chat, three times a day', async () => {
    const { act, posted, read, send, posts } = await bench();
    for (let round = 0; round < 3; round++) {
      const before = posts.length;
      act('enter', 'ad');
      await posted(before + 1);
      const event = read(before);
      expect(event).toMatchObject({ kind: 'wish', trigger: 'enter', entry: { scene_type: '3', ad_name: '夏季' } });
      const replyToken = event?.reply?.token;
      for (let i = 0; i < 3; i++) await send({ replyToken });
      if (round === 0) expect(await failure(send({ replyToken }))).toMatchObject({ code: 'frequency_limit' });
      await posted(before + 4);
    }
    const before = posts.length;
    act('enter', 'profile');
    await posted(before + 1);
    expect(await failure(send({ replyToken: read(before)?.reply?.token }))).toMatchObject({ code: 'frequency_limit' });
    clock.ahead += DAY * 1000;
    act('enter', 'video');
    await posted(before + 2);
    clock.ahead += 31_000;
    expect(await failure(send({ replyToken: read(before + 1)?.reply?.token }))).toMatchObject({ code: 'rejected' });
  });
  it('three messages to somebody who consented', async () => {
    const { act, posted, read, send } = await bench();
    expect(await failure(send())).toMatchObject({ code: 'window_closed' });
    act('consent', 'grant');
    await posted(1);
    expect(read(0)).toMatchObject({ kind: 'notice', trigger: 'consent' });
    for (let i = 0; i < 3; i++) await send();
    expect(await failure(send())).toMatchObject({ code: 'window_closed' });
    act('consent', 'withdraw');
    await posted(5);
    expect(read(4)?.trigger).toBeUndefined();
  });
  it('nothing by rights of other people, forged ones, or ours', async () => {
    const { heardToken, send, phone, shown } = await bench();
    const replyToken = (await heardToken()) ?? '';
    const other = phone.people()[1]?.id ?? '';
    expect(await failure(send({ to: other, replyToken }))).toMatchObject({ code: 'rejected' });
    expect(await failure(send({ to: 'nobody', replyToken }))).toMatchObject({ code: 'rejected' });
    await send({ replyToken });
    const own = JSON.parse(replyToken);
    own[1] = shown().at(-1)?.id;
    expect(await failure(send({ replyToken: JSON.stringify(own) }))).toMatchObject({ code: 'rejected' });
  });
});

describe('the Douyin sandbox tells', () => {
  it('of our own sends, after the answer or before it', async () => {
    const { heardToken, send, posted, read, control, posts } = await bench();
    const replyToken = await heardToken();
    const first = await send({ replyToken });
    await posted(2);
    expect(read(1)).toMatchObject({
      kind: 'receipt',
      state: 'delivered',
      messageIds: [first?.messages[0]?.externalId],
    });
    await control({ echoFirst: true });
    const second = await send({ replyToken });
    expect(posts).toHaveLength(3);
    expect(read(2)).toMatchObject({ messageIds: [second?.messages[0]?.externalId] });
  });
  it('of colleagues, forms, videos, what was read and taken back', async () => {
    const { act, posted, read, shown, heardToken, send, phone, account, person } = await bench();
    act('colleague', '我来');
    await posted(1);
    expect(read(0)).toMatchObject({ kind: 'echo', from: person, content: { text: '我来' } });
    act('form', '客人甲');
    await posted(2);
    expect(read(1)).toMatchObject({ kind: 'message', content: { type: 'card', rows: [{ value: '客人甲' }, {}] } });
    act('share-video');
    await posted(3);
    expect(read(2)).toMatchObject({ content: { type: 'unsupported', what: 'video' } });
    act('read');
    await posted(4);
    expect(read(3)).toMatchObject({ kind: 'receipt', state: 'read', before: expect.any(Number) });
    act('recall-ours', undefined, shown()[0]?.id);
    await posted(5);
    expect(read(4)).toMatchObject({ kind: 'recall', messageId: shown()[0]?.id });
    await heardToken();
    phone.unsend(account, person, shown().at(-1)?.id ?? '');
    await posted(7);
    expect(read(6)).toMatchObject({ kind: 'recall', messageId: shown().at(-1)?.id });
    expect(() => act('no-such-act')).toThrow();
    expect(send).toBeTypeOf('function');
  });
  it('of the owner who takes the account back, and lets nothing through any more', async () => {
    const { act, posted, heard, heardToken, send, account, say, shown, config, tools, connect, posts } = await bench();
    const replyToken = await heardToken();
    act('unauthorize');
    await posted(2);
    expect(heard(1).changes).toMatchObject([{ do: 'revoke', account }]);
    expect(await failure(send({ replyToken }))).toMatchObject({ name: 'Misconfigured', code: 'authorisation_ended' });
    expect(await douyin.check?.(config, tools, '')).toMatchObject([{ code: 'token', ok: false }]);
    say('anybody there?');
    await vi.waitFor(() => expect(shown().at(-1)?.state).toBe('failed'));
    expect(posts).toHaveLength(2);
    clock.ahead += 1000;
    await connect();
    await tools.forget('access');
    await posted(3);
    await send({ replyToken });
  });
  it('pictures, films and moving pictures, which can be had', async () => {
    const { phone, account, person, posted, read, config, tools, control } = await bench();
    const show = async (n: number, type: 'image' | 'video', mime: string) => {
      phone.say(account, person, { type, upload: phone.upload({ name: 'a', mime, bytes: PNG }) });
      await posted(n);
      const event = read(n - 1);
      if (event?.kind !== 'message' || !('media' in event.content)) throw new Error('no file');
      return event.content;
    };
    for (const [n, type, mime] of [
      [1, 'image', 'image/png'],
      [2, 'video', 'video/mp4'],
      [3, 'image', 'image/gif'],
    ] as const) {
      const content = await show(n, type, mime);
      expect(content.type).toBe(type);
      const file = await douyin.media?.(content.media?.source ?? '', config, tools);
      expect(file?.mime).toBe(mime);
      expect(new Uint8Array(await new Response(file?.stream).arrayBuffer())).toEqual(PNG);
    }
    const last = await show(4, 'image', 'image/png');
    await control({ mediaGone: true });
    expect(await failure(douyin.media?.(last.media?.source ?? '', config, tools))).toBeInstanceOf(Gone);
  });
  it('every recording, freshly dated, as ours', async () => {
    const { phone, account, person, posted, heard, posts } = await bench();
    for (const name of Object.keys(recordings())) {
      const before = posts.length;
      phone.replay(account, person, name);
      await posted(before + 1);
      for (const event of heard(before).events) {
        expect(event.account, name).toBe(account);
        if (event.kind === 'message') expect(event.from, name).toBe(person);
      }
    }
  });
});

describe('the Douyin sandbox takes', () => {
  it('pictures of ours', async () => {
    const { heardToken, send, shown } = await bench();
    const replyToken = await heardToken();
    const media = { name: 'a.png', mime: 'image/png' };
    await send({ replyToken, messages: [{ id: '1', content: { type: 'image', media } }] });
    expect(shown().at(-1)).toMatchObject({ who: 'account', bubble: { type: 'image' } });
    const gif = { name: 'a.gif', mime: 'image/gif', id: crypto.randomUUID() };
    expect(
      await failure(send({ replyToken, messages: [{ id: '1', content: { type: 'image', media: gif } }] })),
    ).toMatchObject({ code: 'rejected' });
  });
  it('back what we said, for three minutes', async () => {
    const { heardToken, send, shown, config, tools, person, posted, read } = await bench();
    const replyToken = await heardToken();
    const first = (await send({ replyToken }))?.messages[0]?.externalId ?? '';
    const second = (await send({ replyToken }))?.messages[0]?.externalId ?? '';
    await posted(3);
    await douyin.recall?.({ to: person, externalId: first }, config, tools);
    expect(shown().find(({ id }) => id === first)).toMatchObject({ unsent: true });
    await posted(4);
    expect(read(3)).toMatchObject({ kind: 'recall', messageId: first });
    clock.ahead += 181_000;
    expect(await failure(douyin.recall?.({ to: person, externalId: second }, config, tools))).toBeInstanceOf(Refused);
  });
});

describe('the Douyin sandbox ends tokens', () => {
  it('and 50 sends at that moment refresh once', async () => {
    const { heardToken, send, sandbox, tools, connect, phone, account } = await bench();
    await heardToken();
    for (let i = 0; i < 19; i++) phone.addPerson(`p${i}`);
    const people = phone.people().map(({ id }) => id);
    await connect();
    for (const id of people) phone.say(account, id, { type: 'text', text: 'x' });
    // A lock as the hub's: makers of one value wait for each other.
    const making = new Map<string, Promise<string>>();
    const { keep } = tools;
    tools.keep = (key, make) => {
      const running = making.get(key) ?? keep(key, make).finally(() => making.delete(key));
      making.set(key, running);
      return running;
    };
    const refreshes = () => (tools.logged as string[]).filter((line) => line.includes('/oauth/refresh_token/')).length;
    for (const id of people) phone.act?.(account, id, 'consent', 'grant');
    await send({ to: people[0] });
    await new Promise((resolve) => setTimeout(resolve, 2));
    await sandbox.app.request('/control/expire-tokens', { method: 'POST' });
    await new Promise((resolve) => setTimeout(resolve, 2));
    const results = await Promise.all(
      Array.from({ length: 50 }, (_, i) => failure(send({ to: people[1 + (i % (people.length - 1))] }))),
    );
    expect(results.filter((result) => result instanceof Error)).toEqual([]);
    expect(refreshes()).toBe(1);
  });
  it('for good, when the refresh token has ended', async () => {
    const { heardToken, send, control, sandbox } = await bench();
    const replyToken = await heardToken();
    await new Promise((resolve) => setTimeout(resolve, 2));
    await sandbox.app.request('/control/expire-tokens', { method: 'POST' });
    await control({ refreshEnded: true });
    expect(await failure(send({ replyToken }))).toMatchObject({ name: 'Misconfigured', code: 'authorisation_ended' });
    await control({ refreshEnded: false });
    await send({ replyToken });
  });
  it('after five renewals, half a year on', async () => {
    const { config, tools } = await bench();
    const codes: string[] = [];
    let expiresAt = 0;
    for (let day = 0; day < 200; day++) {
      clock.ahead = day * DAY * 1000;
      const result = await douyin.upkeep?.(config, tools);
      expiresAt = result?.expiresAt ?? expiresAt;
      const code = result?.points?.find(({ ok }) => !ok)?.code;
      if (code) codes.push(`${day} ${code}`);
      if (result?.next === null || code === 'authorisation_ended') break;
    }
    const lived = Number(codes.at(-1)?.split(' ')[0]);
    expect(lived).toBeGreaterThan(150);
    expect(lived).toBeLessThan(182);
    expect(codes[0]).toMatch(/ expiring$/);
    expect(codes.at(-1)).toMatch(/ authorisation_ended$/);
    // Two weeks of warnings.
    expect(codes.filter((code) => code.endsWith('expiring')).length).toBeGreaterThanOrEqual(13);
  });
});

describe('the Douyin sandbox misbehaves', () => {
  it.each([
    ['fail500', Uncertain, undefined],
    ['garbage', Uncertain, undefined],
    ['busy', Retry, undefined],
    ['tooMany', Retry, undefined],
    ['quotaUsedUp', Misconfigured, 'quota_used_up'],
    ['frequencyLimit', Refused, 'frequency_limit'],
    ['contentRefused', Refused, 'content_refused'],
    ['abilityMissing', Misconfigured, 'ability_missing'],
    ['tokensRefused', Misconfigured, 'bad_token'],
  ])('%s', async (fault, kind, code) => {
    const { heardToken, send, control, shown } = await bench();
    const replyToken = await heardToken();
    await control({ [fault]: true });
    const result = await failure(send({ replyToken }));
    expect(result).toBeInstanceOf(kind);
    if (code) expect(result).toMatchObject({ code });
    expect(shown().filter(({ who }) => who === 'account')).toHaveLength(0);
    await sandboxReset(control, fault);
    await send({ replyToken });
  });
  it('by losing an answer: shown once, and a person decides', async () => {
    const { heardToken, send, control, shown } = await bench();
    const replyToken = await heardToken();
    await control({ lostAnswer: true });
    expect(await failure(send({ replyToken }))).toBeInstanceOf(Uncertain);
    expect(shown().filter(({ who }) => who === 'account')).toHaveLength(1);
  });
  it('by sending twice, in the wrong order, as text, and wrongly signed', async () => {
    const { say, posts, posted, read, control } = await bench();
    await control({ duplicate: true });
    say();
    await posted(2);
    expect(read(0)?.externalId).toBe(read(1)?.externalId);
    expect(posts[0]?.headers['msg-id']).toBe(posts[1]?.headers['msg-id']);
    await control({ duplicate: false, reorder: true });
    say('first');
    say('second');
    await posted(4);
    expect([read(2), read(3)]).toMatchObject([{ content: { text: 'second' } }, { content: { text: 'first' } }]);
    await control({ reorder: false, stringContent: true });
    say('as text');
    await posted(5);
    expect(JSON.parse(posts[4]?.body ?? '').content).toBeTypeOf('string');
    expect(read(4)).toMatchObject({ content: { text: 'as text' } });
    await control({ stringContent: false, badSignature: true });
    say('forged');
    await posted(6);
    expect(() => read(5)).toThrow('signature');
  });
  it('by patience: what is not answered in time comes again with the same Msg-Id', async () => {
    let slow = false;
    const { say, posts, posted, read, control, shown } = await bench(() =>
      slow ? new Promise<Response>((resolve) => setTimeout(resolve, 2000, new Response())) : new Response('{}'),
    );
    await control({ timeoutMs: 100 });
    slow = true;
    say();
    await posted(1);
    slow = false;
    await posted(2);
    expect(posts[0]?.headers['msg-id']).toBe(posts[1]?.headers['msg-id']);
    expect(read(0)).toEqual(read(1));
    await vi.waitFor(() => expect(shown()[0]?.state).toBe('sent'));
  });
  it('and tries the address like the platform', async () => {
    const { sandbox, posted, posts, app } = await bench();
    await sandbox.app.request('/control/verify-webhook', { method: 'POST' });
    await posted(1);
    const request = {
      method: 'POST',
      path: '',
      query: {},
      headers: posts[0]?.headers ?? {},
      body: new TextEncoder().encode(posts[0]?.body),
    };
    const { reply } = douyinApp.receive!(request, app, { has: () => false });
    expect(JSON.parse(reply?.body ?? '')).toEqual(JSON.parse(posts[0]?.body ?? '').content);
    expect(
      (
        await douyinApp.check?.(
          app,
          {
            ...fakeTools(
              (async (i: string, init?: RequestInit) =>
                sandbox.app.request(i.slice(URL_.length), init)) as typeof fetch,
              { api: `${URL_}/api` },
            ),
          },
          HOOK,
        )
      )?.every(({ ok }) => ok),
    ).toBe(true);
  });
  it('but keeps no secret in its log', async () => {
    const { heardToken, send, sandbox, app, tools } = await bench();
    await send({ replyToken: await heardToken() });
    const state = (await (await sandbox.app.request('/phone/state')).json()) as { log: { path: string }[] };
    expect(state.log.map(({ path }) => path)).toContain('/api/oauth/access_token/');
    const log = JSON.stringify(state.log);
    expect(log).not.toContain(app.clientSecret);
    expect(log).not.toContain(JSON.parse(tools.vaulted.get('refresh') ?? '{}').refresh);
    expect(log).not.toContain('act.');
  });
});

const sandboxReset = (control: (values: object) => unknown, fault: string) => control({ [fault]: false });
