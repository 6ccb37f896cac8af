import { describe, expect, it, vi } from 'vitest';
import type { Inbound } from '../../core/inbound.ts';
import type { Sendable } from '../../core/message.ts';
import type { Outbound, Tools } from '../connector.ts';
import { fakeTools } from '../contract.ts';
import { Gone, Misconfigured, Refused, Retry, Uncertain } from '../errors.ts';
import { messenger } from './index.ts';
import { needs } from './limits.ts';
import { messengerSandbox } from './sandbox.ts';

const URL_ = 'http://127.0.0.1:9/sandbox/messenger';
const HOOK = 'http://127.0.0.1:9/webhooks/messenger/k';
const DAY_MS = 24 * 3600 * 1000;

/** A sandbox with a hub that keeps every request; `answer` decides what the hub says. */
function bench(answer: (n: number) => Response = () => new Response('{}')) {
  const posts: { body: string; headers: Record<string, string> }[] = [];
  const clock = { ahead: 0 };
  const now = () => Date.now() + clock.ahead;
  const sandbox = messengerSandbox({
    url: URL_,
    seed: 'bench',
    now,
    fetch: (async (input: string | URL | Request, init?: RequestInit) => {
      const request = new Request(input, init);
      posts.push({ body: await request.text(), headers: Object.fromEntries(request.headers) });
      return answer(posts.length);
    }) as typeof fetch,
  });
  const config = messenger.config.parse(sandbox.account('demo', HOOK));
  const toSandbox = async (input: string | URL | Request, init?: RequestInit) => {
    const request = new Request(input, init);
    if (!request.url.startsWith(URL_)) throw new TypeError(`Nothing but the sandbox is here: ${request.url}`);
    return sandbox.app.request(request.url.slice(URL_.length), request);
  };
  const hosts = { graph: `${URL_}/graph`, media: `${URL_}/cdn` };
  const tools: Tools = { ...fakeTools(toSandbox as typeof fetch, hosts), now };
  const { phone } = sandbox;
  if (!phone) throw new Error('no phone');
  const account = config.pageId;
  const person = phone.people()[0]?.id ?? '';
  const control = (values: object) =>
    sandbox.app.request('/control/faults', {
      method: 'PUT',
      body: JSON.stringify(values),
      headers: { 'content-type': 'application/json' },
    });
  const read = (n: number): Inbound[] => {
    const { body, headers } = posts[n] ?? { body: '', headers: {} };
    const request = { method: 'POST', path: '', query: {}, headers, body: new TextEncoder().encode(body) };
    return messenger.receive(request, config).events;
  };
  const events = () => posts.flatMap((_, n) => read(n));
  const next = (fits: (event: Inbound) => boolean) =>
    vi.waitFor(
      () => {
        const found = events().find(fits);
        if (!found) throw new Error('no such event came');
        return found;
      },
      { timeout: 12_000 },
    );
  const say = (words: string) => phone.say(account, person, { type: 'text', text: words });
  const sendOne = (content: Sendable, more: Partial<Outbound> = {}, as = config) =>
    messenger.send!({ to: person, key: crypto.randomUUID(), messages: [{ id: '1', content }], ...more }, as, tools);
  const send = (words = 'answer', as = config) => sendOne({ type: 'text', text: words }, {}, as);
  const shown = () => phone.chat(account, person).messages;
  const posted = (n: number) => vi.waitFor(() => expect(posts.length).toBeGreaterThanOrEqual(n), { timeout: 12_000 });
  const act = (action: string, value?: string, message?: string) =>
    phone.act?.(account, person, action, value, message);
  return {
    ...{ clock, sandbox, phone, account, person, config, tools, posts, posted, read, events, next, say, send, sendOne },
    ...{ shown, control, toSandbox, act },
  };
}
const refusal = (promise: Promise<unknown> | undefined) => promise?.catch((error: unknown) => error);

describe('the Messenger sandbox answers like Meta', () => {
  it('with the echo of what we sent, which is nothing new, then that it arrived and was read', async () => {
    const { say, send, next, events, posts } = bench();
    say('hello');
    const sent = await send();
    await next((event) => event.kind === 'receipt' && event.state === 'read');
    expect(posts.some(({ body }) => body.includes('"is_echo":true'))).toBe(true);
    expect(events().map(({ kind }) => kind)).toEqual(['message', 'receipt', 'receipt']);
    expect(await next((event) => event.kind === 'receipt')).toMatchObject({
      state: 'delivered',
      messageIds: [sent.messages[0]?.externalId],
    });
  });
  it('no later than 24 hours after the last word, unless the app has Human Agent: then seven days', async () => {
    const { say, send, act, control, config } = bench();
    const human = { ...config, humanAgent: 'yes' as const };
    say('hello');
    await send();
    act('day');
    expect(await refusal(send())).toMatchObject({ code: 'window_closed' });
    expect(await refusal(send('x', human))).toMatchObject({ code: 'window_closed' });
    await control({ humanAgent: true });
    expect(await refusal(send())).toMatchObject({ code: 'window_closed' });
    await send('as a person', human);
    act('week');
    expect(await refusal(send('x', human))).toMatchObject({ code: 'window_closed' });
    say('again');
    await send();
  });
  it('nobody it does not know, and nobody who never wrote', async () => {
    const { sendOne, phone } = bench();
    const text = { type: 'text', text: 'x' } as const;
    expect(await refusal(sendOne(text, { to: '24000000000000999' }))).toMatchObject({ code: 'unreachable' });
    const stranger = phone.addPerson('Guest C 丙');
    expect(await refusal(sendOne(text, { to: stranger.id }))).toMatchObject({ code: 'window_closed' });
  });
  it('people it met before a restart', async () => {
    const { id } = bench().phone.addPerson('Guest D 丁');
    const { sendOne, phone } = bench();
    await sendOne({ type: 'text', text: 'still there?' }, { to: id });
    expect(phone.people().some((one) => one.id === id)).toBe(true);
  });
  it('with errors that a hub knows', async () => {
    const { send, control } = bench();
    const cases = [
      [{ tokensRefused: true }, Misconfigured],
      [{ permissionMissing: true }, Misconfigured],
      [{ temporary: true }, Retry],
      [{ rateLimited: true }, Retry],
      [{ unreachable: true }, Refused],
      [{ anotherApp: true }, Refused],
      [{ windowShut: true }, Refused],
      [{ lostAnswer: true }, Uncertain],
    ] as const;
    for (const [values, becomes] of cases) {
      await control(values);
      expect(await refusal(send()), JSON.stringify(values)).toBeInstanceOf(becomes);
      await control(Object.fromEntries(Object.keys(values).map((key) => [key, false])));
    }
  });
  it('menus as quick replies whose taps come back, other taps as postbacks', async () => {
    const { phone, account, person, say, sendOne, next, shown } = bench();
    say('hello');
    await sendOne({ type: 'menu', text: 'Which?', options: [{ id: 'tea', text: 'Tea' }] });
    expect(shown().at(-1)?.bubble).toMatchObject({ type: 'card', buttons: [{ label: 'Tea', data: 'tea' }] });
    const id = phone.say(account, person, { type: 'action', data: 'tea', text: 'Tea' });
    expect(await next((event) => event.kind === 'message' && event.messageId === id)).toMatchObject({
      trigger: 'menu',
      content: { type: 'action', data: 'tea', text: 'Tea' },
    });
    phone.say(account, person, { type: 'action', data: 'GET_STARTED', text: 'Get Started' });
    await next(
      (event) => event.kind === 'message' && event.content.type === 'action' && event.content.data === 'GET_STARTED',
    );
  });
  it('read marks, dots and quotes as the phone shows them', async () => {
    const { say, next, sendOne, shown, config, tools, person, phone, account } = bench();
    const id = say('first');
    const event = await next((item) => item.kind === 'message');
    if (event.kind !== 'message') throw new Error('no message');
    await messenger.markRead?.(event.receipt ?? '', config, tools);
    expect(shown()[0]?.state).toBe('read');
    await messenger.typing?.(person, config, tools);
    expect(phone.chat(account, person).typingUntil).toBeGreaterThan(Date.now() + 10_000);
    const content = { type: 'text', text: 'yes' } as const;
    const sent = await sendOne(content, { messages: [{ id: '1', content, quote: event.quoteToken }] });
    expect(shown().at(-1)).toMatchObject({ quote: id });
    expect(phone.chat(account, person).typingUntil).toBe(0);
    const answer = phone.say(account, person, { type: 'text', text: 'about that' }, shown().at(-1)?.id);
    expect(await next((item) => item.kind === 'message' && item.messageId === answer)).toMatchObject({
      quoted: sent.messages[0]?.externalId,
    });
  });
  it('files both ways: uploaded once, fetched by an address that ends', async () => {
    const { phone, account, person, config, tools, next, sendOne, shown, clock, control, sandbox } = bench();
    const bytes = new Uint8Array([1, 2, 3]);
    const say = () =>
      phone.say(account, person, {
        type: 'file',
        upload: phone.upload({ name: '发票.pdf', mime: 'application/pdf', bytes }),
      });
    const sourceOf = async (id: string) => {
      const event = await next((item) => item.kind === 'message' && item.messageId === id);
      if (event.kind !== 'message' || event.content.type !== 'file') throw new Error('no file');
      expect(event.content.media.name).toBe('发票.pdf');
      return event.content.media.source ?? '';
    };
    const source = await sourceOf(say());
    const open = (from: string) => messenger.media!(from, config, tools);
    expect(new Uint8Array(await new Response((await open(source)).stream).arrayBuffer())).toEqual(bytes);
    await control({ mediaUrlsEnd: true });
    expect(await refusal(open(await sourceOf(say())))).toBeInstanceOf(Gone);
    clock.ahead += DAY_MS;
    expect(await refusal(open(source))).toBeInstanceOf(Gone);
    phone.say(account, person, { type: 'text', text: 'and yours?' });
    const media = { id: crypto.randomUUID(), name: '报价.pdf', mime: 'application/pdf' };
    await sendOne({ type: 'file', media });
    await sendOne({ type: 'file', media });
    expect(shown().at(-1)?.bubble).toMatchObject({ type: 'file', name: '报价.pdf' });
    const state = await (await sandbox.app.request('/phone/state')).json();
    const paths = (state as { log: { path: string }[] }).log.map(({ path }) => path);
    expect(paths.filter((path) => path.endsWith('/message_attachments'))).toHaveLength(1);
  });
  it('what else a person does', async () => {
    const { act, say, send, next, shown, phone, account, person } = bench();
    const slip = say('a slip');
    act('edit', 'no slip', slip);
    expect(await next((event) => event.kind === 'edit')).toMatchObject({
      messageId: slip,
      content: { text: 'no slip' },
    });
    phone.unsend(account, person, slip);
    await next((event) => event.kind === 'recall' && event.messageId === slip);
    const sent = await send();
    act('react', '👍', sent.messages[0]?.externalId);
    expect(await next((event) => event.kind === 'notice')).toMatchObject({ text: '👍', trigger: 'message' });
    act('link', 'table-12');
    expect(await next((event) => event.kind === 'wish')).toMatchObject({
      trigger: 'enter',
      entry: { ref: 'table-12' },
    });
    act('advert');
    say('saw it');
    expect(await next((event) => event.kind === 'message' && event.entry !== undefined)).toMatchObject({
      entry: { source: 'ADS', 'ads_context_data.ad_title': 'Winter sale 冬季促销' },
    });
    act('share');
    await next((event) => event.kind === 'message' && event.content.type === 'card');
    act('echo', '我来');
    expect(await next((event) => event.kind === 'echo')).toMatchObject({ from: person, content: { text: '我来' } });
    expect(shown().at(-1)).toMatchObject({ who: 'account', bubble: { text: '我来' } });
    expect(() => act('none')).toThrow('no such action');
    expect(() => phone.follow(account, person, true)).toThrow();
    phone.replay(account, person, 'product');
    await next((event) => event.kind === 'message' && event.content.type === 'card' && event.from === person);
  });
});

describe('the Messenger sandbox delivers like Meta', () => {
  it('escaped, bundled into several entries, twice, wrongly signed and by the standby channel, when told to', async () => {
    const { say, posts, posted, read, control } = bench();
    say('café 😀');
    await posted(1);
    expect(posts[0]?.body).toContain('caf\\u00e9 \\ud83d\\ude00');
    await control({ bundle: true });
    for (const words of ['first', 'second', 'third']) say(words);
    await posted(2);
    expect(JSON.parse(posts[1]?.body ?? '').entry).toHaveLength(2);
    expect(read(1)).toHaveLength(3);
    await control({ bundle: false, standby: true });
    say('to another app');
    await posted(3);
    expect(read(2)[0]).toMatchObject({ silent: true });
    await control({ standby: false, duplicate: true });
    say('twice');
    await posted(5);
    expect(read(3)).toEqual(read(4));
    await control({ duplicate: false, badSignature: true });
    say('forged');
    await posted(6);
    expect(() => read(5)).toThrow('signature');
  });
  it('again to a hub that failed, with the same ids', async () => {
    const { say, posted, read, shown } = bench((n) => new Response('', { status: n === 1 ? 500 : 200 }));
    say('once more');
    await posted(2);
    expect(read(1)).toEqual(read(0));
    await vi.waitFor(() => expect(shown().at(-1)?.state).toBe('sent'));
  });
});

describe('the page is looked after', () => {
  it('the check subscribes it, and says the rest in both languages', async () => {
    const { config, tools, control, sandbox, say, shown, next } = bench();
    const check = async (changed: object = {}) => {
      const points = (await messenger.check?.({ ...config, ...changed }, tools, HOOK)) ?? [];
      for (const { what, mend } of points)
        for (const text of [what, mend]) if (text) expect(text.zh && text.en).toBeTruthy();
      return points;
    };
    const bad = (points: Awaited<ReturnType<typeof check>>) => points.filter(({ ok }) => !ok).map(({ code }) => code);
    expect((await check()).map(({ code }) => code)).toEqual(['page', 'token', 'subscribed']);
    expect(bad(await check())).toEqual([]);
    await sandbox.app.request('/control/unsubscribe', { method: 'POST' });
    say('to nobody');
    await vi.waitFor(() => expect(shown().at(-1)?.state).toBe('failed'));
    expect((await check()).at(-1)).toMatchObject({ ok: true, what: { en: expect.stringContaining('now subscribed') } });
    const id = say('and again');
    await next((event) => event.kind === 'message' && event.messageId === id);
    expect(bad(await check({ pageId: '299999999999999' }))).toEqual(['page']);
    await control({ permissionMissing: true, tokenEnding: true });
    expect(bad(await check())).toEqual(['token', 'permission']);
    await control({ permissionMissing: false, tokenEnding: false, tokensRefused: true });
    expect(bad(await check())).toEqual(['page']);
  });
  it('what the app heard beside ours stays subscribed', async () => {
    const { config, tools, toSandbox } = bench();
    const path = `${URL_}/graph/v25.0/${config.pageId}/subscribed_apps`;
    const headers = { authorization: `Bearer ${config.accessToken}` };
    await toSandbox(`${path}?subscribed_fields=feed,messages`, { method: 'POST', headers });
    await messenger.check?.(config, tools, HOOK);
    const { data } = (await (await toSandbox(path, { headers })).json()) as { data: { subscribed_fields: string[] }[] };
    expect(new Set(data[0]?.subscribed_fields)).toEqual(new Set(['feed', ...needs.events]));
  });
  it('upkeep learns the page’s name and the app, tells only what is wrong, and waits while Meta is down', async () => {
    const { config, tools, control, sandbox } = bench();
    const lookAt = () => messenger.upkeep!(config, tools);
    const first = await lookAt();
    expect(first).toMatchObject({ points: [], expiresAt: null, config: { pageName: 'demo' } });
    expect(messenger.config.safeParse({ ...config, ...first.config }).success).toBe(true);
    await control({ tokenEnding: true });
    const ending = await lookAt();
    expect(ending.points?.map(({ code }) => code)).toEqual(['token']);
    expect(ending.expiresAt).toBeGreaterThan(Date.now() + 2 * DAY_MS);
    await control({ tokenEnding: false, fail500: true });
    expect((await lookAt()).points).toBeUndefined();
    const state = JSON.stringify(await (await sandbox.app.request('/phone/state')).json());
    const { log } = JSON.parse(state) as { log: unknown };
    for (const secret of [config.accessToken, config.appSecret, config.verifyToken])
      expect(JSON.stringify(log)).not.toContain(secret);
  });
});
