import { describe, expect, it, vi } from 'vitest';
import type { Inbound } from '../../core/inbound.ts';
import type { Sendable } from '../../core/message.ts';
import type { Outbound, Tools } from '../connector.ts';
import { fakeTools } from '../contract.ts';
import { Gone, Misconfigured, Refused, Retry, Uncertain } from '../errors.ts';
import { whatsapp } from './index.ts';
import { whatsappReplay } from './replay.ts';
import { whatsappSandbox } from './sandbox.ts';

const URL_ = 'http://127.0.0.1:9/sandbox/whatsapp';
const HOOK = 'http://127.0.0.1:9/webhooks/whatsapp/k';
const DAY_MS = 24 * 3600 * 1000;

/** A sandbox with a hub that keeps every request; `answer` decides what the hub says to a post. */
function bench(answer: (n: number) => Response | Promise<Response> = () => new Response('{}')) {
  const posts: { body: string; headers: Record<string, string> }[] = [];
  const clock = { ahead: 0 };
  const sandbox = whatsappSandbox({
    url: URL_,
    seed: 'bench',
    now: () => Date.now() + clock.ahead,
    fetch: (async (input: string | URL | Request, init?: RequestInit) => {
      const request = new Request(input, init);
      if (request.method === 'GET') return shake(request);
      posts.push({ body: await request.text(), headers: Object.fromEntries(request.headers) });
      const gone = new Promise<never>((_, reject) =>
        request.signal.addEventListener('abort', () => reject(request.signal.reason)),
      );
      return Promise.race([answer(posts.length), gone]);
    }) as typeof fetch,
  });
  const config = whatsapp.config.parse(sandbox.account('demo', HOOK, 'whatsapp'));
  function shake(request: Request): Response {
    const query = Object.fromEntries(new URL(request.url).searchParams);
    try {
      const { reply } = whatsapp.receive(
        { method: 'GET', path: '', query, headers: {}, body: new Uint8Array() },
        config,
      );
      return new Response(reply?.body);
    } catch {
      return new Response('', { status: 401 });
    }
  }
  const toSandbox = async (input: string | URL | Request, init?: RequestInit) => {
    const request = new Request(input, init);
    if (!request.url.startsWith(URL_)) throw new TypeError(`Nothing but the sandbox is here: ${request.url}`);
    return sandbox.app.request(request.url.slice(URL_.length), request);
  };
  const hosts = { graph: `${URL_}/graph`, media: `${URL_}/lookaside` };
  const tools: Tools = { ...fakeTools(toSandbox as typeof fetch, hosts), now: () => Date.now() + clock.ahead };
  const { phone } = sandbox;
  if (!phone) throw new Error('no phone');
  const account = config.phoneNumberId;
  const [person = '', hidden = ''] = phone.people().map(({ id }) => id);
  const control = (values: object) =>
    sandbox.app.request('/control/faults', {
      method: 'PUT',
      body: JSON.stringify(values),
      headers: { 'content-type': 'application/json' },
    });
  const read = (n: number): Inbound[] => {
    const { body, headers } = posts[n] ?? { body: '', headers: {} };
    return whatsapp.receive(
      { method: 'POST', path: '', query: {}, headers, body: new TextEncoder().encode(body) },
      config,
    ).events;
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
  const say = (words: string, who = person) => phone.say(account, who, { type: 'text', text: words });
  const sendOne = (content: Sendable, more: Partial<Outbound> = {}) =>
    whatsapp.send!({ to: person, key: crypto.randomUUID(), messages: [{ id: '1', content }], ...more }, config, tools);
  const send = (words = 'answer', more: Partial<Outbound> = {}) => sendOne({ type: 'text', text: words }, more);
  const shown = (who = person) => phone.chat(account, who).messages;
  const posted = (n: number) => vi.waitFor(() => expect(posts.length).toBeGreaterThanOrEqual(n), { timeout: 12_000 });
  return {
    clock,
    sandbox,
    phone,
    account,
    person,
    hidden,
    config,
    tools,
    posts,
    posted,
    read,
    events,
    next,
    say,
    send,
    sendOne,
    shown,
    control,
    toSandbox,
  };
}
const refusal = (promise: Promise<unknown> | undefined) => promise?.catch((error: unknown) => error);
const states = (events: Inbound[]) =>
  events.flatMap((event) => (event.kind === 'receipt' ? [event.state] : event.kind === 'ignored' ? [event.what] : []));

describe('the WhatsApp sandbox answers like Meta', () => {
  it('with statuses one after the other, our key in each', async () => {
    const { say, send, next, events, posts } = bench();
    say('hello');
    const sent = await send();
    await next((event) => event.kind === 'receipt' && event.state === 'read');
    expect(states(events())).toEqual(['status/sent', 'delivered', 'read']);
    const id = sent.messages[0]?.externalId;
    expect(events().flatMap((event) => (event.kind === 'receipt' ? event.messageIds : []))).toEqual([id, id]);
    expect(posts.filter(({ body }) => body.includes('biz_opaque_callback_data'))).toHaveLength(3);
  });
  it('with statuses out of order and repeated, which make the same events', async () => {
    const { send, events, control, posted } = bench();
    await control({ statusesShuffled: true, statusMs: 20 });
    await send();
    await posted(4);
    expect(states(events())).toEqual(['read', 'delivered', 'status/sent', 'delivered']);
    expect(new Set(events().map(({ externalId }) => externalId)).size).toBe(3);
  });
  it('without read marks of somebody who hides them', async () => {
    const { send, events, control, posted } = bench();
    await control({ readHidden: true, statusMs: 20 });
    await send();
    await posted(2);
    await new Promise((resolve) => setTimeout(resolve, 80));
    expect(states(events())).toEqual(['status/sent', 'delivered']);
  });
  it('outside 24 hours: taken, and failed a moment later; a template goes through; a word opens it again', async () => {
    const { say, send, sendOne, next, clock, shown, person } = bench();
    say('hello');
    await send('in time');
    clock.ahead += DAY_MS;
    await expect(send('too late')).resolves.toBeDefined();
    expect(await next((event) => event.kind === 'receipt' && event.state === 'failed')).toMatchObject({
      from: person,
      error: { code: 'window_closed', text: expect.stringContaining('24 hours') },
    });
    expect(shown().at(-1)?.bubble).toMatchObject({ text: 'in time' });
    await sendOne({ type: 'template', name: 'order_update', language: 'en', values: ['A', '7'], text: '-' });
    expect(shown().at(-1)?.bubble).toMatchObject({
      type: 'text',
      text: 'Hello A, your order 7 is on its way. Answer here to reach us.',
    });
    say('thanks');
    await send('you are welcome');
    expect(shown().at(-1)?.bubble).toMatchObject({ text: 'you are welcome' });
  });
  it('outside 24 hours at once, when told to', async () => {
    const { send, control } = bench();
    await control({ windowShut: true, windowAtOnce: true });
    expect(await refusal(send())).toMatchObject({ name: 'Refused', code: 'window_closed' });
  });
  it('nothing free to somebody who never wrote, and a call opens the window too', async () => {
    const { phone, account, send, next, shown } = bench();
    const { id } = phone.addPerson('Guest New');
    await send('hello?', { to: id });
    await next((event) => event.kind === 'receipt' && event.state === 'failed' && event.from === id);
    phone.act?.(account, id, 'call');
    expect(await next((event) => event.kind === 'notice' && event.what === 'calls')).toMatchObject({
      trigger: 'message',
    });
    await send('you called', { to: id });
    expect(shown(id).at(-1)?.bubble).toMatchObject({ text: 'you called' });
  });
  it('a number nobody has: taken, then undeliverable', async () => {
    const { send, next } = bench();
    await send('hello?', { to: '4915559999999' });
    expect(await next((event) => event.kind === 'receipt')).toMatchObject({
      from: '4915559999999',
      state: 'failed',
      error: { code: 'unreachable' },
    });
  });
  it('people it had before a restart', async () => {
    const { send, phone, account } = bench();
    const other = whatsappSandbox({ url: URL_, seed: 'bench', now: Date.now, fetch });
    for (const name of ['Guest Q', '@guest.q']) {
      const id = other.phone?.addPerson(name).id ?? '';
      expect(phone.people().some((item) => item.id === id)).toBe(false);
      await send('still there?', { to: id });
      expect(phone.chat(account, id).messages).toHaveLength(1);
    }
  });
  it('people without a number: heard by user id, answered by user id', async () => {
    const { say, next, send, hidden, shown } = bench();
    say('hello from nowhere', hidden);
    expect(await next((event) => event.kind === 'message')).toMatchObject({
      from: hidden,
      profile: { more: { username: '@guest.b.乙' } },
    });
    expect(hidden).toMatch(/^DE\.\d+$/);
    await send('hello', { to: hidden });
    expect(shown(hidden).at(-1)).toMatchObject({ who: 'account', bubble: { text: 'hello' } });
    await next((event) => event.kind === 'receipt' && event.from === hidden && event.state === 'read');
  });
  it('trouble, each by its name', async () => {
    const { send, control, config, tools, person } = bench();
    const cases: [object, object][] = [
      [{ tokensRefused: true }, { name: 'Misconfigured', code: 'bad_token' }],
      [{ permissionMissing: true }, { name: 'Misconfigured', code: 'not_allowed' }],
      [{ rateLimited: true }, { name: 'Retry', afterMs: 5000 }],
      [{ pairRate: true }, { name: 'Retry', afterMs: 6000 }],
      [{ temporary: true }, { name: 'Retry' }],
      [{ fail500: true }, { name: 'Uncertain' }],
      [{ lostAnswer: true }, { name: 'Uncertain' }],
    ];
    for (const [fault, expected] of cases) {
      await control(fault);
      expect(await refusal(send()), JSON.stringify(fault)).toMatchObject(expected);
      await control(Object.fromEntries(Object.keys(fault).map((key) => [key, false])));
    }
    const wrong = { ...config, phoneNumberId: '299999999999999' };
    const batch = { to: person, key: 'k', messages: [{ id: '1', content: { type: 'text' as const, text: 'x' } }] };
    expect(await refusal(whatsapp.send?.(batch, wrong, tools))).toMatchObject({ code: 'wrong_id' });
  });
  it('bad messages with the place of the fault, and only versions that there are', async () => {
    const { toSandbox, config, person } = bench();
    const post = async (json: object, version = 'v25.0') => {
      const answer = await toSandbox(`${URL_}/graph/${version}/${config.phoneNumberId}/messages`, {
        method: 'POST',
        headers: { authorization: `Bearer ${config.accessToken}` },
        body: JSON.stringify(json),
      });
      return answer.json();
    };
    const base = { messaging_product: 'whatsapp', to: person, type: 'text' };
    expect(await post({ ...base, text: { body: '' } })).toMatchObject({
      error: { code: 100, error_data: { details: expect.stringContaining('text.body') } },
    });
    expect(await post({ ...base, text: { body: 'x'.repeat(4097) } })).toMatchObject({ error: { code: 100 } });
    expect(await post({ ...base, to: undefined, text: { body: 'x' } })).toMatchObject({ error: { code: 100 } });
    expect(await post({ ...base, type: 'hologram' })).toMatchObject({ error: { code: 100 } });
    expect(await post({ ...base, text: { body: 'x' } }, 'v1')).toMatchObject({ error: { code: 2635 } });
    expect(await post({ ...base, to: '+49 30', type: 'image', image: { id: '1' } })).toMatchObject({
      error: { code: 131053 },
    });
  });
  it('templates: those of words, page by page, with their values in their places', async () => {
    const { sendOne, shown, config, tools, toSandbox } = bench();
    const list = await whatsapp.templates?.(config, tools);
    expect(list?.map(({ name, language, values }) => `${name} ${language} ${values}`)).toEqual([
      'order_update zh_CN 2',
      'order_update en 2',
      'appointment en 4',
      'we_are_back zh_CN 0',
    ]);
    const appointment = list?.find(({ name }) => name === 'appointment');
    expect(appointment?.text).toBe(
      'Your visit on {{1}}\nDear {{2}}, we expect you at {{3}}. {{2}}, see you soon!\nHaina demo\nhttps://example.com/visit/{{4}}',
    );
    const base = { type: 'template' as const, text: 'as read' };
    await sendOne({ ...base, name: 'appointment', language: 'en', values: ['Monday', 'Ada', '9', 'x 1'] });
    expect(shown().at(-1)?.bubble).toMatchObject({
      title: 'Your visit on Monday',
      texts: ['Dear Ada, we expect you at 9. Ada, see you soon!', 'Haina demo', 'https://example.com/visit/x 1'],
      buttons: [
        { label: 'Confirm', data: 'appointment/Confirm' },
        { label: 'Details', url: 'https://example.com/visit/x%201' },
      ],
    });
    await sendOne({ ...base, name: 'we_are_back', language: 'zh_CN', values: [] });
    for (const [name, values] of [
      ['none', []],
      ['none', ['1']],
      ['order_update', ['1']],
      ['order_update', []],
      ['winter_sale', ['1']],
      ['feedback', []],
    ] as const)
      expect(await refusal(sendOne({ ...base, name, language: 'en', values: [...values] })), name).toMatchObject({
        code: 'template_rejected',
      });
    const page = await toSandbox(`${URL_}/graph/v25.0/${config.wabaId}/message_templates?limit=3`, {
      headers: { authorization: `Bearer ${config.accessToken}` },
    });
    expect(await page.json()).toMatchObject({
      data: { length: 3 },
      paging: { cursors: { after: '3' }, next: expect.any(String) },
    });
  });
  it('buttons and lists, and what is tapped on them', async () => {
    const { phone, account, person, sendOne, shown, next } = bench();
    const menu = (count: number): Sendable => ({
      type: 'menu',
      text: 'Which size?',
      options: Array.from({ length: count }, (_, i) => ({
        id: `size-${i}`,
        text: i === 1 ? `size ${'x'.repeat(30)}` : `size ${i}`,
      })),
      footer: 'one only',
    });
    for (const [count, kind] of [
      [1, 'button_reply'],
      [5, 'list_reply'],
    ] as const) {
      const sent = await sendOne(menu(count));
      expect(shown().at(-1)?.bubble).toMatchObject({ type: 'card', title: 'Which size?', texts: ['one only'] });
      const id = phone.say(account, person, { type: 'action', data: 'size-0', text: 'size 0' });
      expect(await next((event) => event.kind === 'message' && event.messageId === id), kind).toMatchObject({
        trigger: 'menu',
        content: { type: 'action', data: 'size-0', text: 'size 0' },
        quoted: sent.messages[0]?.externalId,
      });
    }
    await sendOne({ type: 'template', name: 'appointment', language: 'en', values: ['1', '2', '3', '4'], text: '-' });
    const id = phone.say(account, person, { type: 'action', data: 'appointment/Confirm' });
    expect(await next((event) => event.kind === 'message' && event.messageId === id)).toMatchObject({
      content: { type: 'action', data: 'appointment/Confirm', text: 'Confirm' },
    });
  });
  it('read marks, dots and quotes as the phone shows them', async () => {
    const { say, next, send, shown, config, tools, person, phone, account } = bench();
    await whatsapp.typing?.(person, config, tools);
    expect(phone.chat(account, person).typingUntil ?? 0).toBe(0);
    const id = say('first');
    const event = await next((item) => item.kind === 'message');
    if (event.kind !== 'message') throw new Error('no message');
    await vi.waitFor(() => expect(shown()[0]?.state).toBe('sent'));
    await whatsapp.markRead?.(event.receipt ?? '', config, tools);
    expect(shown()[0]?.state).toBe('read');
    await whatsapp.typing?.(person, config, tools);
    expect(phone.chat(account, person).typingUntil).toBeGreaterThan(Date.now() + 20_000);
    const sent = await send('yes', {
      messages: [{ id: '1', content: { type: 'text', text: 'yes' }, quote: event.quoteToken }],
    });
    expect(shown().at(-1)).toMatchObject({ quote: id });
    expect(phone.chat(account, person).typingUntil).toBe(0);
    const answer = phone.say(account, person, { type: 'text', text: 'about that' }, shown().at(-1)?.id);
    expect(await next((item) => item.kind === 'message' && item.messageId === answer)).toMatchObject({
      quoted: sent.messages[0]?.externalId,
    });
    expect(await refusal(whatsapp.markRead?.('nonsense', config, tools))).toBeInstanceOf(Refused);
  });
  it('files both ways: uploaded once, fetched by an address of five minutes', async () => {
    const { phone, account, person, config, tools, next, control, sendOne, shown, clock, sandbox, toSandbox } = bench();
    const upload = phone.upload({ name: 'a.png', mime: 'image/png', bytes: new Uint8Array([1, 2, 3]) });
    phone.say(account, person, { type: 'image', upload });
    const event = await next((item) => item.kind === 'message');
    if (event.kind !== 'message' || event.content.type !== 'image') throw new Error('no picture');
    const source = event.content.media.source ?? '';
    const open = () => whatsapp.media?.(source, config, tools);
    expect(new Uint8Array(await new Response((await open())?.stream).arrayBuffer())).toEqual(new Uint8Array([1, 2, 3]));
    await control({ mediaDamaged: true });
    const damaged = await open();
    await expect(new Response(damaged?.stream).arrayBuffer()).rejects.toBeInstanceOf(Retry);
    await control({ mediaDamaged: false, mediaUrlsEnd: true });
    expect(await refusal(open())).toBeInstanceOf(Gone);
    await control({ mediaUrlsEnd: false, mediaGone: true });
    expect(await refusal(open())).toBeInstanceOf(Gone);
    await control({ mediaGone: false });
    const headers = { authorization: `Bearer ${config.accessToken}`, 'user-agent': 'Haina' };
    const described = (await (await toSandbox(`${URL_}/graph/v25.0/${source}`, { headers })).json()) as { url: string };
    expect((await toSandbox(described.url, { headers: { ...headers, 'user-agent': 'axios/1.7' } })).status).toBe(403);
    expect((await toSandbox(described.url, { headers: { 'user-agent': 'Haina' } })).status).toBe(401);
    expect((await toSandbox(described.url, { headers })).status).toBe(200);
    clock.ahead += 5 * 60_000 + 1;
    expect((await toSandbox(described.url, { headers })).status).toBe(404);
    const media = { id: crypto.randomUUID(), name: '发票.pdf', mime: 'application/pdf' };
    const uploads = async () =>
      ((await (await sandbox.app.request('/phone/state')).json()) as { log: { path: string }[] }).log.filter(
        ({ path }) => path.endsWith('/media'),
      ).length;
    await sendOne({ type: 'file', media });
    await sendOne({ type: 'file', media });
    expect(shown().at(-1)?.bubble).toMatchObject({
      type: 'file',
      name: '发票.pdf',
      url: expect.stringContaining('/phone/files/'),
    });
    expect(await uploads()).toBe(1);
  });
  it('takes back, changes, reacts, and the cards a person can send', async () => {
    const { phone, account, person, say, send, next, shown } = bench();
    const act = (action: string, value?: string, message?: string) =>
      phone.act?.(account, person, action, value, message);
    const slip = say('a slip');
    act('edit', 'no slip', slip);
    expect(await next((event) => event.kind === 'edit')).toMatchObject({
      messageId: slip,
      content: { text: 'no slip' },
    });
    expect(shown().at(-1)).toMatchObject({ edited: true });
    phone.unsend(account, person, slip);
    await next((event) => event.kind === 'recall' && event.messageId === slip);
    const sent = await send();
    act('react', '👍', sent.messages[0]?.externalId);
    expect(await next((event) => event.kind === 'notice' && event.what === 'reaction')).toMatchObject({ text: '👍' });
    for (const action of ['contact', 'order', 'form']) act(action);
    await vi.waitFor(async () => {
      await next(
        (event) => event.kind === 'message' && event.content.type === 'card' && event.content.title === 'Guest C 丙',
      );
      await next(
        (event) => event.kind === 'message' && event.content.type === 'card' && event.content.title === '订单 / Order',
      );
      await next(
        (event) => event.kind === 'message' && event.content.type === 'card' && event.content.title === 'flow',
      );
    });
    act('advert');
    say('saw it');
    expect(await next((event) => event.entry !== undefined)).toMatchObject({
      entry: { source_type: 'ad', ctwa_clid: 'ARdemoClickId' },
    });
    act('echo', '我来');
    expect(await next((event) => event.kind === 'echo')).toMatchObject({ from: person, content: { text: '我来' } });
    act('welcome');
    await next((event) => event.kind === 'notice' && event.what === 'request_welcome');
    expect(() => act('none')).toThrow('no such action');
    expect(() => phone.follow(account, person, true)).toThrow();
  });
});

describe('the WhatsApp sandbox delivers like Meta', () => {
  it('escaped and signed, to its address only while the app is subscribed', async () => {
    const { say, posts, posted, sandbox, shown, config, tools, next } = bench();
    say('café 😀');
    await posted(1);
    expect(posts[0]?.body).toContain('caf\\u00e9 \\ud83d\\ude00');
    await sandbox.app.request('/control/unsubscribe', { method: 'POST' });
    say('to nobody');
    await vi.waitFor(() => expect(shown().at(-1)?.state).toBe('failed'));
    const points = await whatsapp.check?.(config, tools, HOOK);
    expect(points?.find(({ code }) => code === 'subscribed')).toMatchObject({
      ok: true,
      what: { en: expect.stringContaining('now subscribed') },
    });
    const id = say('and again');
    await next((event) => event.kind === 'message' && event.messageId === id);
  });
  it('twice, reordered, bundled into several entries, and wrongly signed, when told to', async () => {
    const { say, posts, posted, read, control } = bench();
    await control({ duplicate: true });
    say('twice');
    await posted(2);
    expect(posts[0]).toEqual(posts[1]);
    await control({ duplicate: false, bundle: true });
    for (const words of ['first', 'second', 'third']) say(words);
    await posted(3);
    expect(JSON.parse(posts[2]?.body ?? '').entry).toHaveLength(2);
    expect(read(2)).toHaveLength(3);
    await control({ bundle: false, reorder: true });
    say('one');
    say('two');
    await posted(5);
    expect([read(3), read(4)].flat().map((event) => event.kind === 'message' && event.content)).toMatchObject([
      { text: 'two' },
      { text: 'one' },
    ]);
    await control({ reorder: false, badSignature: true });
    say('forged');
    await posted(6);
    expect(() => read(5)).toThrow('signature');
  });
  it('again to a hub that failed, with the same ids', async () => {
    const { say, posts, posted, read, shown, control } = bench(
      (n) => new Response('', { status: n === 1 ? 500 : 200 }),
    );
    await control({ timeoutMs: 500 });
    say('once more');
    await posted(2);
    expect(read(1)).toEqual(read(0));
    expect(posts).toHaveLength(2);
    await vi.waitFor(() => expect(shown().at(-1)?.state).toBe('sent'));
  });
  it('recordings, as if they happened now', async () => {
    const { phone, account, person, next, hidden } = bench();
    phone.replay(account, person, 'order');
    expect(await next((event) => event.kind === 'message')).toMatchObject({
      account,
      from: person,
      content: { type: 'card' },
    });
    phone.replay(account, hidden, 'text');
    expect(await next((event) => event.from === hidden)).toMatchObject({ content: { type: 'text' } });
    expect(() => phone.replay(account, person, 'none')).toThrow('No such recording');
  });
});

describe('the WhatsApp account is looked after', () => {
  it('the check mends what it can and says the rest', async () => {
    const { config, tools, control, sandbox } = bench();
    const check = async (changed: object = {}, url = HOOK) => {
      const points = (await whatsapp.check?.({ ...config, ...changed }, tools, url)) ?? [];
      for (const { what, mend } of points)
        for (const text of [what, mend]) if (text) expect(text.zh && text.en).toBeTruthy();
      return points;
    };
    const bad = (points: Awaited<ReturnType<typeof check>>) => points.filter(({ ok }) => !ok).map(({ code }) => code);
    expect((await check()).map(({ code }) => code)).toEqual(['number', 'quality', 'token', 'subscribed', 'webhook']);
    expect(bad(await check())).toEqual([]);
    // Another number of the same house shares the address; another house's is replaced.
    const shared = (await check({}, 'http://127.0.0.1:9/webhooks/whatsapp/other')).at(-1);
    expect(shared).toMatchObject({ ok: true, what: { en: expect.stringContaining('another of its numbers') } });
    const moved = (await check({}, 'http://127.0.0.1:9/elsewhere/whatsapp/k')).at(-1);
    expect(moved).toMatchObject({ ok: true, what: { en: expect.stringContaining(HOOK) } });
    expect(bad(await check({}, 'http://example.com/hook'))).toEqual(['webhook']);
    expect(bad(await check({ verifyToken: 'not-the-one-we-answer-to' }))).toEqual(['webhook']);
    expect(bad(await check({ phoneNumberId: '299999999999999' }))).toEqual(['number']);
    expect(bad(await check({ wabaId: '299999999999999' }))).toEqual(['account']);
    await control({ permissionMissing: true, qualityRed: true, nameDeclined: true, tokenEnding: true });
    expect(bad(await check())).toEqual(['name', 'quality', 'token', 'permission']);
    await control({ permissionMissing: false, qualityRed: false, nameDeclined: false, tokenEnding: false });
    await sandbox.app.request('/control/deregister', { method: 'POST' });
    expect(bad(await check())).toEqual(['registered']);
    expect(bad(await check({ pin: '123456' }))).toEqual([]);
    await control({ tokensRefused: true });
    expect(bad(await check())).toEqual(['number']);
  });
  it('upkeep learns what Meta says, tells only what is wrong, and when the token ends', async () => {
    const { config, tools, control, sandbox, say, shown } = bench();
    const look = () => whatsapp.upkeep!(config, tools);
    expect(await look()).toMatchObject({
      points: [],
      expiresAt: null,
      config: { number: expect.stringMatching(/^\+\d+$/), verifiedName: 'demo', quality: 'GREEN' },
    });
    expect(whatsapp.config.safeParse({ ...config, ...(await look()).config }).success).toBe(true);
    await control({ qualityRed: true, tokenEnding: true });
    const ending = await look();
    expect(ending.points?.map(({ code }) => code)).toEqual(['quality', 'token']);
    expect(ending.expiresAt).toBeGreaterThan(Date.now() + 2 * DAY_MS);
    expect(ending.next).toBeLessThan(Date.now() + 2 * 3600 * 1000);
    await control({ qualityRed: false, tokenEnding: false });
    await sandbox.app.request('/control/unsubscribe', { method: 'POST' });
    expect((await look()).points).toEqual([]);
    say('heard again');
    await vi.waitFor(() => expect(shown().at(-1)?.state).toBe('sent'));
    await control({ fail500: true });
    const down = await look();
    expect(down.points).toBeUndefined();
    expect(down.next).toBeLessThan(Date.now() + 3600 * 1000);
    await control({ fail500: false, tokensRefused: true });
    expect((await look()).points?.map(({ code }) => code)).toEqual(['number']);
  });
});

describe('the WhatsApp sandbox keeps to itself', () => {
  it('secrets, which are in no log', async () => {
    const { sandbox, config, tools, say, send, posted } = bench();
    say('hello');
    await send();
    await whatsapp.check?.({ ...config, pin: '481516' }, tools, HOOK);
    await sandbox.app.request('/control/deregister', { method: 'POST' });
    await whatsapp.check?.({ ...config, pin: '481516' }, tools, HOOK);
    await posted(1);
    const state = (await (await sandbox.app.request('/phone/state')).json()) as { log: { path: string }[] };
    expect(state.log.map(({ path }) => path)).toContain(`/graph/v25.0/${config.wabaId}/subscribed_apps`);
    for (const secret of [config.accessToken, config.appSecret, config.verifyToken, '481516'])
      expect(JSON.stringify(state.log)).not.toContain(secret);
  });
  it('accounts of the Cloud API, and none of another connector', () => {
    expect(() => bench().sandbox.account('demo', HOOK, 'whatsapp-web')).toThrow(RangeError);
  });
  it('a replay that the account takes for Meta’s', () => {
    const { config } = bench();
    for (const name of Object.keys(whatsappReplay.recordings())) {
      const request = whatsappReplay.request(name, config, { from: '4915550000123', now: Date.now });
      const { events } = whatsapp.receive(request, config);
      for (const event of events) if (event.kind === 'message') expect(event.from).toBe('4915550000123');
      const again = whatsapp.receive(whatsappReplay.request(name, config, { now: Date.now }), config).events;
      if (events[0]?.kind === 'message') expect(again[0]?.externalId).not.toBe(events[0].externalId);
    }
  });
  it('errors that a hub knows', async () => {
    const { send, control } = bench();
    await control({ tokensRefused: true });
    expect(await refusal(send())).toBeInstanceOf(Misconfigured);
    await control({ tokensRefused: false, lostAnswer: true });
    expect(await refusal(send())).toBeInstanceOf(Uncertain);
  });
});
