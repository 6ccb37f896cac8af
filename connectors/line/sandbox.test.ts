import { describe, expect, it, vi } from 'vitest';
import type { Inbound } from '../../core/inbound.ts';
import type { Outbound, Tools } from '../connector.ts';
import { fakeTools } from '../contract.ts';
import { Gone, Misconfigured, Refused, Retry, Uncertain } from '../errors.ts';
import { line } from './index.ts';
import { lineSandbox } from './sandbox.ts';

const URL_ = 'http://127.0.0.1:9/sandbox/line';
const HOOK = 'http://127.0.0.1:9/webhooks/line/k';
const text = (words: string): Outbound['messages'] => [{ id: '1', content: { type: 'text', text: words } }];

/** A sandbox with a hub that keeps every request; `answer` decides what the hub says. */
function bench(answer: (n: number) => Response | Promise<Response> = () => new Response('{}')) {
  const posts: { body: string; signature: string }[] = [];
  /** Milliseconds by which the sandbox's clock goes ahead. */
  const clock = { ahead: 0 };
  const sandbox = lineSandbox({
    url: URL_,
    seed: 'bench',
    now: () => Date.now() + clock.ahead,
    fetch: (async (input: string | URL | Request, init?: RequestInit) => {
      const request = new Request(input, init);
      posts.push({ body: await request.text(), signature: request.headers.get('x-line-signature') ?? '' });
      const gone = new Promise<never>((_, reject) =>
        request.signal.addEventListener('abort', () => reject(request.signal.reason)),
      );
      return Promise.race([answer(posts.length), gone]);
    }) as typeof fetch,
  });
  const config = line.config.parse(sandbox.account('demo', HOOK));
  const toSandbox = async (input: string | URL | Request, init?: RequestInit) => {
    const request = new Request(input, init);
    return sandbox.app.request(request.url.slice(URL_.length), request);
  };
  const tools: Tools = {
    ...fakeTools(toSandbox as typeof fetch, { api: `${URL_}/api`, data: `${URL_}/data` }),
    now: Date.now,
  };
  const { phone } = sandbox;
  if (!phone) throw new Error('no phone');
  const account = phone.accounts()[0]?.id ?? '';
  const person = phone.people()[0]?.id ?? '';
  const control = (values: object) =>
    sandbox.app.request('/control/faults', {
      method: 'PUT',
      body: JSON.stringify(values),
      headers: { 'content-type': 'application/json' },
    });
  const read = (n: number): Inbound[] => {
    const { body, signature } = posts[n] ?? { body: '', signature: '' };
    return line.receive(
      {
        method: 'POST',
        path: '',
        query: {},
        headers: { 'x-line-signature': signature },
        body: new TextEncoder().encode(body),
      },
      config,
    ).events;
  };
  const say = (words: string) => phone.say(account, person, { type: 'text', text: words });
  const send = (more: Partial<Outbound> = {}) =>
    line.send?.({ to: person, key: crypto.randomUUID(), messages: text('answer'), ...more }, config, tools);
  const posted = (n: number) => vi.waitFor(() => expect(posts.length).toBe(n), { timeout: 12_000 });
  const shown = () => phone.chat(account, person).messages;
  return { clock, sandbox, phone, account, person, config, tools, posts, posted, read, say, send, shown, control };
}
const refusal = (promise: Promise<unknown> | undefined) => promise?.catch((error: unknown) => error);

describe('the LINE sandbox answers like LINE', () => {
  it('a reply token once, and for a minute', async () => {
    const { say, posted, read, send, shown, tools, config, clock } = bench();
    say('hello');
    await posted(1);
    const replyToken = read(0)[0]?.reply?.token;
    await send({ replyToken });
    expect(await usage(tools, config)).toBe(0);
    await send({ replyToken });
    expect(await usage(tools, config)).toBe(1);
    say('once more');
    await posted(2);
    clock.ahead += 60_001;
    await send({ replyToken: read(1)[0]?.reply?.token });
    expect(await usage(tools, config)).toBe(2);
    expect(shown().filter(({ who }) => who === 'account')).toHaveLength(3);
  });
  it('a token for 15 minutes, and none at all', async () => {
    const { send, clock, tools, config, sandbox } = bench();
    await send();
    const [token] = (tools as unknown as { kept: Map<string, string> }).kept.values();
    const info = async (authorization: string) =>
      (await sandbox.app.request('/api/v2/bot/info', { headers: { authorization } })).status;
    expect(await info(`Bearer ${token}`)).toBe(200);
    clock.ahead += 900_001;
    for (const wrong of [`Bearer ${token}`, 'Bearer x', `Bearer ${config.channelSecret}`, ''])
      expect(await info(wrong)).toBe(401);
  });
  it('a retry key: delivered once, the ids again', async () => {
    const { send, shown, control } = bench();
    const key = crypto.randomUUID();
    const first = await send({ key });
    expect(await send({ key })).toEqual(first);
    expect(shown()).toHaveLength(1);
    await control({ lostAnswer: true });
    const lost = crypto.randomUUID();
    expect(await refusal(send({ key: lost }))).toBeInstanceOf(Retry);
    await control({ lostAnswer: false });
    await send({ key: lost });
    expect(shown()).toHaveLength(2);
  });
  it('a lost answer to a reply: shown once, and nobody repeats it', async () => {
    const { say, posted, read, send, shown, control } = bench();
    say('hello');
    await posted(1);
    await control({ lostAnswer: true });
    expect(await refusal(send({ replyToken: read(0)[0]?.reply?.token }))).toBeInstanceOf(Uncertain);
    expect(shown()).toHaveLength(2);
  });
  it('quota, rate and trouble, each by its name', async () => {
    const { say, posted, read, send, control } = bench();
    await control({ quotaUsedUp: true });
    expect(await refusal(send())).toMatchObject({ name: 'Misconfigured', code: 'quota_used_up' });
    say('hello');
    await posted(1);
    await expect(send({ replyToken: read(0)[0]?.reply?.token })).resolves.toMatchObject({ replyTokenUsed: true });
    await control({ quotaUsedUp: false, rateLimited: true });
    expect(await refusal(send())).toBeInstanceOf(Retry);
    await control({ rateLimited: false, fail500: true });
    expect(await refusal(send())).toBeInstanceOf(Retry);
    await control({ fail500: false, tokensRefused: true });
    expect(await refusal(send())).toBeInstanceOf(Misconfigured);
    await control({ tokensRefused: false, replyTokensDead: true });
    await expect(send({ replyToken: 'any' })).resolves.toBeDefined();
  });
  it('a short-lived token that ends: asked for anew, unseen', async () => {
    const { send, shown, sandbox } = bench();
    await send();
    expect((await sandbox.app.request('/control/expire-tokens', { method: 'POST' })).status).toBe(204);
    await send();
    expect(shown()).toHaveLength(2);
  });
  it('bad messages with the place of the fault', async () => {
    const { config, tools, person } = bench();
    const push = (messages: unknown[]) => raw(tools, config, '/v2/bot/message/push', { to: person, messages });
    expect(await push([{ type: 'text', text: '' }])).toMatchObject({
      message: 'The request body has 1 error(s)',
      details: [{ property: 'messages[0].text' }],
    });
    expect(await push([])).toMatchObject({ details: [{ message: 'Size must be between 1 and 5' }] });
    expect(
      await push([
        { type: 'image', originalContentUrl: 'http://example.com/a.jpg', previewImageUrl: 'https://example.com/a.jpg' },
      ]),
    ).toMatchObject({ details: [{ property: 'messages[0].originalContentUrl' }] });
    expect(await push([{ type: 'audio', originalContentUrl: 'https://example.com/a.m4a' }])).toMatchObject({
      details: [{ property: 'messages[0].duration' }],
    });
    expect(await push([{ type: 'hologram' }])).toMatchObject({ message: 'The request body has 1 error(s)' });
    expect(await raw(tools, config, '/v2/bot/no/such/path', {})).toEqual({ message: 'Not found' });
  });
  it('nobody who is no friend, but the friends it had before a restart', async () => {
    const { phone, account, person, send, config, tools, sandbox } = bench();
    phone.follow(account, person, false);
    expect(await refusal(send())).toMatchObject({ name: 'Refused', code: 'unreachable' });
    expect(await line.profile?.(person, config, tools)).toBeNull();
    expect(() => phone.say(account, person, { type: 'text', text: 'x' })).toThrow('no friends');
    const known = lineSandbox({ url: URL_, seed: 'bench', now: Date.now, fetch }).phone?.addPerson('Guest C').id ?? '';
    expect(phone.people().some(({ id }) => id === known)).toBe(false);
    await send({ to: known });
    expect(phone.chat(account, known).messages).toHaveLength(1);
    expect(await refusal(send({ to: `U${'0'.repeat(32)}` }))).toBeInstanceOf(Refused);
    sandbox.close?.();
  });
  it('read marks, dots and quotes as the phone shows them', async () => {
    const { say, posted, read, send, shown, config, tools, person, phone, account } = bench();
    const id = say('first');
    await posted(1);
    const event = read(0)[0];
    if (event?.kind !== 'message') throw new Error('no message');
    await vi.waitFor(() => expect(shown()[0]?.state).toBe('sent'));
    await line.markRead?.(event.receipt ?? '', config, tools);
    expect(shown()[0]?.state).toBe('read');
    await line.typing?.(person, config, tools);
    expect(phone.chat(account, person).typingUntil).toBeGreaterThan(Date.now() + 5000);
    const sent = await send({
      messages: [{ id: '1', content: { type: 'text', text: 'yes' }, quote: event.quoteToken }],
    });
    expect(shown().at(-1)).toMatchObject({ quote: id });
    expect(phone.chat(account, person).typingUntil).toBe(0);
    phone.say(account, person, { type: 'text', text: 'about that' }, shown().at(-1)?.id);
    await posted(2);
    expect(read(1)[0]).toMatchObject({ quoted: sent?.messages[0]?.externalId });
    expect(
      await refusal(send({ messages: [{ id: '1', content: { type: 'text', text: 'x' }, quote: 'foreign' }] })),
    ).toBeInstanceOf(Refused);
  });
  it('files that are being prepared, and files that are gone', async () => {
    const { phone, account, person, posted, read, config, tools, control } = bench();
    const upload = phone.upload({ name: 'a.mp4', mime: 'video/mp4', bytes: new Uint8Array([1, 2, 3]) });
    phone.say(account, person, { type: 'video', upload, seconds: 2 });
    await posted(1);
    const event = read(0)[0];
    if (event?.kind !== 'message' || event.content.type !== 'video') throw new Error('no film');
    expect(event.content.media.seconds).toBe(2);
    const source = event.content.media.source ?? '';
    expect(await refusal(line.media?.(source, config, tools))).toBeInstanceOf(Retry);
    await control({ contentGone: true });
    expect(await refusal(line.media?.(source, config, tools))).toBeInstanceOf(Gone);
    await control({ contentGone: false });
    const file = await vi.waitFor(() => line.media?.(source, config, tools), { timeout: 12_000, interval: 200 });
    expect(file).toMatchObject({ mime: 'video/mp4' });
  });
});

describe('the LINE sandbox misbehaves when told', () => {
  it('delivers twice', async () => {
    const { say, posted, posts, control } = bench();
    await control({ duplicate: true });
    say('twice');
    await posted(2);
    expect(posts[0]).toEqual(posts[1]);
  });
  it('reorders', async () => {
    const { say, posted, read, control } = bench();
    await control({ reorder: true });
    say('first');
    say('second');
    await posted(2);
    expect([read(0), read(1)].flat().map((event) => event.kind === 'message' && event.content)).toEqual([
      { type: 'text', text: 'second' },
      { type: 'text', text: 'first' },
    ]);
  });
  it('bundles the events of a second', async () => {
    const { say, posted, read, control } = bench();
    await control({ bundle: true });
    say('first');
    say('second');
    await posted(1);
    expect(read(0)).toHaveLength(2);
  });
  it('signs wrongly, stands by, and keeps silent', async () => {
    const { say, posted, read, posts, control, shown } = bench();
    await control({ badSignature: true });
    say('forged');
    await posted(1);
    expect(() => read(0)).toThrow('signature');
    await control({ badSignature: false, standby: true });
    say('to somebody else');
    await posted(2);
    expect(read(1)[0]).toMatchObject({ silent: true });
    expect(read(1)[0]?.reply).toBeUndefined();
    await control({ standby: false, webhookOff: true });
    say('to nobody');
    await vi.waitFor(() => expect(shown().at(-1)?.state).toBe('failed'));
    expect(posts).toHaveLength(2);
  });
  it('gives up on a slow hub, and comes again when told to', async () => {
    let slow = true;
    const { say, posted, read, control, shown } = bench(() =>
      slow ? new Promise<Response>(() => {}) : new Response('{}'),
    );
    await control({ timeoutMs: 50 });
    say('lost');
    await vi.waitFor(() => expect(shown().at(-1)?.state).toBe('failed'));
    await control({ redeliver: true });
    say('heard in the end');
    await posted(2);
    slow = false;
    await posted(3);
    const [before, after] = [read(1)[0], read(2)[0]];
    expect(after?.externalId).toBe(before?.externalId);
    await vi.waitFor(() => expect(shown().at(-1)?.state).toBe('sent'));
  });
  it('knows no other switch and no senseless number', async () => {
    const { control, sandbox } = bench();
    expect((await control({ noSuch: true })).status).toBe(400);
    expect((await control({ slowMs: -1 })).status).toBe(400);
    expect((await control({ duplicate: 'yes' })).status).toBe(400);
    await control({ duplicate: true });
    await sandbox.app.request('/control/faults', { method: 'DELETE' });
    expect(await (await sandbox.app.request('/control/faults')).json()).toMatchObject({ duplicate: false });
  });
});

describe('the LINE sandbox shows a page', () => {
  it('that runs nothing but its own files, with and without a slash at the end', async () => {
    const { sandbox } = bench();
    for (const path of ['/', '']) {
      const page = await sandbox.app.request(path);
      expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
      const html = await page.text();
      expect(html).toContain('<base href="/sandbox/line/">');
      expect(html).not.toMatch(/<script(?![^>]*src=)|\son\w+=|style=/);
      for (const [, file] of html.matchAll(/(?:src|href)="(page\/[\w.-]+)/g)) {
        expect((await sandbox.app.request(`/${file}`)).status, file).toBe(200);
      }
    }
    for (const path of ['/page/..%2Fmodel.ts', '/page/model.ts', '/page/none.js']) {
      expect((await sandbox.app.request(path)).status).toBe(404);
    }
  });
  it('whose requests are checked', async () => {
    const { sandbox, account, person } = bench();
    const post = (path: string, body: unknown) =>
      sandbox.app.request(path, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) });
    expect((await post('/phone/say', { account, person, said: { type: 'text', text: 'hi' } })).status).toBe(201);
    expect((await post('/phone/say', { account, person, said: { type: 'text', text: '' } })).status).toBe(400);
    expect((await post('/phone/say', { account: 'x', person, said: { type: 'text', text: 'hi' } })).status).toBe(404);
    expect((await post('/phone/say', '{')).status).toBe(400);
    expect((await post('/phone/people', { name: '  ' })).status).toBe(400);
    expect((await post('/control/none', {})).status).toBe(404);
  });
  it('and files that run nothing', async () => {
    const { sandbox } = bench();
    const put = await sandbox.app.request('/phone/upload?name=a.html', {
      method: 'PUT',
      body: '<script>alert(1)</script>',
      headers: { 'content-type': 'text/html' },
    });
    const { upload } = (await put.json()) as { upload: string };
    const file = await sandbox.app.request(`/phone/files/${upload}`);
    expect(file.headers.get('content-type')).toBe('application/octet-stream');
    expect(file.headers.get('content-disposition')).toMatch(/^attachment/);
    expect((await sandbox.app.request('/phone/upload', { method: 'PUT', body: '' })).status).toBe(413);
  });
  it('that hears news as they come', async () => {
    const { sandbox, say } = bench();
    const live = await sandbox.app.request('/phone/live');
    const reader = live.body?.pipeThrough(new TextDecoderStream()).getReader();
    await reader?.read();
    say('over the wire');
    let heard = '';
    while (!heard.includes('over the wire')) heard += (await reader?.read())?.value ?? '';
    await reader?.cancel();
    expect(heard).toContain('"type":"message"');
  });
  it('and keeps no secret in its log', async () => {
    const { sandbox, send, config, say, posted } = bench();
    await send();
    say('hello');
    await posted(1);
    const state = (await (await sandbox.app.request('/phone/state')).json()) as { log: { path: string }[] };
    expect(state.log.map(({ path }) => path)).toContain('/api/oauth2/v3/token');
    expect(JSON.stringify(state.log)).not.toContain(config.channelSecret);
    expect(JSON.stringify(state.log)).not.toContain('access_token');
  });
});

async function raw(
  tools: Tools,
  config: { channelId?: string; channelSecret: string },
  path: string,
  body: unknown,
): Promise<unknown> {
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: config.channelId ?? '',
    client_secret: config.channelSecret,
  });
  const { access_token } = (await (
    await tools.fetch(`${URL_}/api/oauth2/v3/token`, { method: 'POST', body: form })
  ).json()) as { access_token: string };
  const method = path.includes('consumption') ? 'GET' : 'POST';
  const response = await tools.fetch(`${URL_}/api${path}`, {
    method,
    headers: { authorization: `Bearer ${access_token}` },
    ...(method === 'POST' && { body: JSON.stringify(body) }),
  });
  return response.json();
}
const usage = async (tools: Tools, config: { channelId?: string; channelSecret: string }) =>
  ((await raw(tools, config, '/v2/bot/message/quota/consumption', {})) as { totalUsage: number }).totalUsage;
