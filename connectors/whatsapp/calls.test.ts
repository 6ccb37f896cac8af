import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Sendable } from '../../core/message.ts';
import type { Outbound } from '../connector.ts';
import type { Answers, FakeAnswer } from '../contract/options.ts';
import { fakeFetch, fakeTools, jsonAnswer } from '../contract.ts';
import { Gone, Misconfigured, Refused, Retry } from '../errors.ts';
import { verified } from '../lib/graph/verified.ts';
import type { WhatsAppConfig } from './config.ts';
import { whatsapp } from './index.ts';
import { formOf } from './templates.ts';

const config: WhatsAppConfig = {
  phoneNumberId: '300000000000001',
  wabaId: '200000000000001',
  accessToken: 'EAAdemoTokenOfSomeLength0123456789',
  appSecret: '0123456789abcdef0123456789abcdef',
  verifyToken: 'a-verify-token-of-ours',
  version: 'v24.0',
};
const to = '4915550000009';
const key = '4b1b0e6e-7d27-4a52-9d55-5f0f3c6b9a10';
const taken = jsonAnswer(200, { messaging_product: 'whatsapp', messages: [{ id: 'wamid.OURS1' }] });
const MESSAGES = 'POST /v24.0/300000000000001/messages';
const MEDIA = 'POST /v24.0/300000000000001/media';
const TEMPLATES = 'GET /v24.0/200000000000001/message_templates';

/** Answers by path; what is not named gets a 404. A list is answered in order. */
const routes =
  (table: Record<string, FakeAnswer | FakeAnswer[]>): Answers =>
  (request) => {
    const { pathname, host } = new URL(request.url);
    const found = table[`${request.method} ${host === 'graph.facebook.com' ? '' : host}${pathname}`];
    return (
      (Array.isArray(found) ? found.shift() : found) ??
      jsonAnswer(404, { error: { message: 'none', code: 100, error_subcode: 33 } })
    );
  };
function set(answers: Answers) {
  const { fetch, asked } = fakeFetch(answers);
  const tools = fakeTools(fetch, whatsapp.hosts);
  const paths = () => asked.map(({ method, url }) => `${method} ${new URL(url).pathname}`);
  return { tools, asked, paths };
}
const batch = (content: Sendable, more: Partial<Outbound> = {}): Outbound => ({
  to,
  key,
  messages: [{ id: '1', content }],
  ...more,
});
const error = (code: number) => jsonAnswer(400, { error: { message: 'no', code } });

describe('whatsapp writes', () => {
  const written = async (content: Sendable, more: Partial<Outbound> = {}) => {
    const { tools, asked } = set(routes({ [MESSAGES]: taken }));
    await whatsapp.send?.(batch(content, more), config, tools);
    return JSON.parse(asked.at(-1)?.body ?? '');
  };

  it('one message to a number, with our key, by the version that was chosen', async () => {
    const { tools, asked } = set(routes({ [MESSAGES]: taken }));
    await whatsapp.send?.(batch({ type: 'text', text: 'hello' }), config, tools);
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({
      url: 'https://graph.facebook.com/v24.0/300000000000001/messages',
      headers: {
        authorization: `Bearer ${config.accessToken}`,
        'content-type': 'application/json',
        'user-agent': 'Haina',
      },
    });
    expect(JSON.parse(asked[0]?.body ?? '')).toEqual({
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to,
      type: 'text',
      text: { body: 'hello', preview_url: false },
      biz_opaque_callback_data: key,
    });
  });
  it('to a user id as recipient, of a linked portfolio too', async () => {
    for (const id of ['DE.1000000000000002', 'DE.ENT.9000000000000001']) {
      const body = await written({ type: 'text', text: 'hello' }, { to: id });
      expect(body.recipient).toBe(id);
      expect(body).not.toHaveProperty('to');
    }
    for (const id of ['', '123', 'de.1', 'DE.', '+4915550000009', '4915550000009/messages'])
      await expect(written({ type: 'text', text: 'x' }, { to: id })).rejects.toMatchObject({ code: 'not_found' });
  });
  it('quotes and previews', async () => {
    const messages = [
      { id: '1', content: { type: 'text' as const, text: 'see https://example.com' }, quote: 'wamid.A' },
    ];
    expect(await written({ type: 'text', text: '' }, { messages })).toMatchObject({
      context: { message_id: 'wamid.A' },
      text: { preview_url: true },
    });
  });
  it('files of others by link, and none without', async () => {
    const url = 'https://hub.example/m/1';
    expect(await written({ type: 'image', media: { url } })).toMatchObject({ type: 'image', image: { link: url } });
    expect(await written({ type: 'voice', media: { url } })).toMatchObject({ type: 'audio', audio: { link: url } });
    expect(await written({ type: 'video', media: { url } })).toMatchObject({ type: 'video', video: { link: url } });
    expect(await written({ type: 'file', media: { url, name: '发票.pdf' } })).toMatchObject({
      document: { link: url, filename: '发票.pdf' },
    });
    for (const media of [{}, { url: 'http://hub.example/m/1' }])
      await expect(written({ type: 'image', media })).rejects.toMatchObject({ code: 'media_missing' });
  });
  it('places, and link cards as a button', async () => {
    expect(await written({ type: 'location', latitude: 31.24, longitude: 121.49, title: '外滩' })).toMatchObject({
      location: { latitude: 31.24, longitude: 121.49, name: '外滩' },
    });
    const url = 'https://example.com/a';
    const card = await written({
      type: 'link',
      title: 'T',
      text: 'words',
      url,
      image: { url: 'https://example.com/i.jpg' },
    });
    expect(card.interactive).toEqual({
      type: 'cta_url',
      header: { type: 'image', image: { link: 'https://example.com/i.jpg' } },
      body: { text: '*T*\nwords' },
      action: { name: 'cta_url', parameters: { display_text: '打开 Open', url } },
    });
    expect((await written({ type: 'link', title: 'T', url })).interactive).not.toHaveProperty('header');
  });
  it('few short choices as buttons, others as a list, and nothing too long for Meta', async () => {
    const options = (...texts: string[]) => texts.map((text, i) => ({ id: `o${i}`, text }));
    const menu = async (texts: string[], footer?: string) =>
      (await written({ type: 'menu', text: 'Which?', options: options(...texts), footer })).interactive;
    expect(await menu(['a', 'b', 'c'], 'foot')).toEqual({
      type: 'button',
      body: { text: 'Which?' },
      footer: { text: 'foot' },
      action: { buttons: ['a', 'b', 'c'].map((title, i) => ({ type: 'reply', reply: { id: `o${i}`, title } })) },
    });
    expect((await menu(['a', 'b', 'c', 'd'])).type).toBe('list');
    expect((await menu(['same', 'same'])).type).toBe('list');
    const long = 'x'.repeat(60);
    expect((await menu(['a', long])).action.sections).toEqual([
      {
        rows: [
          { id: 'o0', title: 'a' },
          { id: 'o1', title: 'x'.repeat(24), description: long },
        ],
      },
    ]);
    expect(await menu(['a'], 'f'.repeat(61))).toMatchObject({ body: { text: `Which?\n\n${'f'.repeat(61)}` } });
    expect(await menu(['a'], 'f'.repeat(61))).not.toHaveProperty('footer');
  });
  it('what has no kind of its own as words', async () => {
    const pay = {
      type: 'payment' as const,
      id: crypto.randomUUID(),
      amount: 1250,
      currency: 'CNY',
      description: 'Shoes',
      url: 'https://pay.example/1',
    };
    expect(await written(pay)).toMatchObject({
      text: { body: 'Shoes 12.50 CNY\nhttps://pay.example/1', preview_url: true },
    });
    expect(await written({ type: 'mini-program', title: 'Shop', path: '/' })).toMatchObject({ text: { body: 'Shop' } });
  });
  it('at most one at once, which is a bug of ours and not Meta’s to find', async () => {
    const { tools, asked } = set(taken);
    const messages = [1, 2].map((n) => ({ id: String(n), content: { type: 'text' as const, text: 'x' } }));
    await expect(whatsapp.send?.({ to, key, messages }, config, tools)).rejects.toBeInstanceOf(RangeError);
    expect(asked).toHaveLength(0);
  });
});

describe('whatsapp uploads', () => {
  const media = { id: 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', name: 'a.jpg', mime: 'image/jpeg' };
  const uploaded = (id: string) => jsonAnswer(200, { id });

  it('once for the same bytes, as a form that any fetch can send', async () => {
    const { tools, asked, paths } = set(routes({ [MEDIA]: uploaded('111'), [MESSAGES]: taken }));
    for (let i = 0; i < 2; i++) await whatsapp.send?.(batch({ type: 'image', media }), config, tools);
    expect(paths()).toEqual([MEDIA, MESSAGES, MESSAGES]);
    expect(asked[0]?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    for (const part of ['name="messaging_product"', 'name="type"', 'filename="a.jpg"', 'image/jpeg'])
      expect(asked[0]?.body).toContain(part);
    expect(JSON.parse(asked[1]?.body ?? '').image).toEqual({ id: '111' });
  });
  it('once more when Meta has dropped it, and no third time', async () => {
    for (const code of [131053, 131009, 100]) {
      const good = set(routes({ [MEDIA]: [uploaded('111'), uploaded('222')], [MESSAGES]: [error(code), taken] }));
      await whatsapp.send?.(batch({ type: 'image', media }), config, good.tools);
      expect(good.paths()).toEqual([MEDIA, MESSAGES, MEDIA, MESSAGES]);
      expect(JSON.parse(good.asked[3]?.body ?? '').image).toEqual({ id: '222' });
      const bad = set(routes({ [MEDIA]: [uploaded('111'), uploaded('222')], [MESSAGES]: error(code) }));
      await expect(whatsapp.send?.(batch({ type: 'image', media }), config, bad.tools)).rejects.toBeInstanceOf(Refused);
      expect(bad.paths()).toEqual([MEDIA, MESSAGES, MEDIA, MESSAGES]);
    }
    const link = set(routes({ [MESSAGES]: error(131053) }));
    const byLink = batch({ type: 'image', media: { url: 'https://hub.example/a.jpg' } });
    await expect(whatsapp.send?.(byLink, config, link.tools)).rejects.toMatchObject({ code: 'media_failed' });
    expect(link.paths()).toEqual([MESSAGES]);
  });
  it('which may be repeated: nothing has been said to anybody yet', async () => {
    for (const answer of [{ status: 502 }, jsonAnswer(200, {}), jsonAnswer(200, { id: '../x' })]) {
      const { tools } = set(routes({ [MEDIA]: answer }));
      await expect(whatsapp.send?.(batch({ type: 'image', media }), config, tools)).rejects.toBeInstanceOf(Retry);
    }
  });
});

describe('whatsapp downloads', () => {
  const bytes = 'the picture';
  const hash = createHash('sha256').update(bytes);
  const digest = hash.digest();
  const described = (url: string, more: object = {}) =>
    jsonAnswer(200, { url, mime_type: 'image/jpeg', file_size: bytes.length, ...more });
  const GOOD = 'https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1';
  const FILE = 'GET lookaside.fbsbx.com/whatsapp_business/attachments/';
  const file: FakeAnswer = { status: 200, text: bytes, headers: { 'content-type': 'image/jpeg' } };
  const open = (answers: Answers) => {
    const bench = set(answers);
    return { ...bench, result: whatsapp.media!('123', config, bench.tools) };
  };

  it('in two steps, the token to Meta only, under a plain name', async () => {
    const { result, asked } = open(
      routes({ 'GET /v24.0/123': described(GOOD, { sha256: digest.toString('base64') }), [FILE]: file }),
    );
    const { stream, mime } = await result;
    expect(await new Response(stream).text()).toBe(bytes);
    expect(mime).toBe('image/jpeg');
    expect(asked[1]?.headers).toMatchObject({ authorization: `Bearer ${config.accessToken}`, 'user-agent': 'Haina' });
  });
  it.each([
    'https://evil.example/x',
    'https://fbsbx.com.evil.example/x',
    'https://evilfbsbx.com/x',
    'http://lookaside.fbsbx.com/x',
    'https://lookaside.fbsbx.com:8443/x',
    'https://user@lookaside.fbsbx.com/x',
    'https://lookaside.fbsbx.com@evil.example/x',
    'https://127.0.0.1/x',
    'file:///etc/passwd',
    'not an address',
  ])('nothing from %s', async (url) => {
    const { result, asked } = open(routes({ 'GET /v24.0/123': described(url) }));
    await expect(result).rejects.toMatchObject({ code: 'foreign_host' });
    expect(asked).toHaveLength(1);
  });
  it('once more by a new address when the old one has ended', async () => {
    const table = { 'GET /v24.0/123': described(GOOD), [FILE]: [{ status: 404 }, file] };
    const { result, paths } = open(routes(table));
    expect(await new Response((await result).stream).text()).toBe(bytes);
    expect(paths()).toHaveLength(4);
    const gone = open(routes({ 'GET /v24.0/123': described(GOOD), [FILE]: { status: 404 } }));
    await expect(gone.result).rejects.toBeInstanceOf(Gone);
  });
  it('or says why not', async () => {
    const none = jsonAnswer(400, { error: { message: 'gone', code: 100, error_subcode: 33 } });
    await expect(open(routes({ 'GET /v24.0/123': none })).result).rejects.toBeInstanceOf(Gone);
    await expect(open(error(190)).result).rejects.toBeInstanceOf(Misconfigured);
    await expect(open(jsonAnswer(200, { id: '1' })).result).rejects.toBeInstanceOf(Retry);
    await expect(
      open(routes({ 'GET /v24.0/123': described(GOOD), [FILE]: { status: 403 } })).result,
    ).rejects.toBeInstanceOf(Misconfigured);
    await expect(
      open(routes({ 'GET /v24.0/123': described(GOOD), [FILE]: { status: 500 } })).result,
    ).rejects.toBeInstanceOf(Retry);
    const { tools, asked } = set(taken);
    await expect(whatsapp.media?.('../200000000000001', config, tools)).rejects.toBeInstanceOf(Refused);
    expect(asked).toHaveLength(0);
  });
  it('the announced bytes, in base64 or hex, and no others', async () => {
    const through = (announced: string | undefined) =>
      new Response(verified(new Blob([bytes]).stream(), announced)).text();
    for (const good of [
      undefined,
      digest.toString('base64'),
      digest.toString('base64url'),
      digest.toString('hex'),
      'no hash at all',
    ])
      expect(await through(good)).toBe(bytes);
    const other = createHash('sha256').update('another').digest();
    for (const bad of [other.toString('base64'), other.toString('hex')])
      await expect(through(bad)).rejects.toBeInstanceOf(Retry);
  });
});

describe('whatsapp templates', () => {
  const item = (name: string, components: object[], more: object = {}) => ({
    name,
    language: 'en',
    status: 'APPROVED',
    category: 'UTILITY',
    components,
    ...more,
  });
  const body = (text: string) => ({ type: 'BODY', text });

  it('all pages of them, those that words can fill', async () => {
    const pages = [
      jsonAnswer(200, {
        data: [item('one', [body('Hi {{1}}')]), { name: 7 }],
        paging: { cursors: { after: 'A' }, next: 'https://graph.facebook.com/next' },
      }),
      jsonAnswer(200, {
        data: [item('two', [body('Hi')], { status: 'REJECTED' }), item('three', [body('Bye')])],
        paging: { cursors: { after: 'B' } },
      }),
    ];
    const { tools, asked } = set(routes({ [TEMPLATES]: pages }));
    expect(await whatsapp.templates?.(config, tools)).toEqual([
      { name: 'one', language: 'en', text: 'Hi {{1}}', values: 1, category: 'utility' },
      { name: 'three', language: 'en', text: 'Bye', values: 0, category: 'utility' },
    ]);
    expect(new URL(asked[1]?.url ?? '').searchParams.get('after')).toBe('A');
    expect(asked).toHaveLength(2);
  });
  it('whose places are numbered in the order they are read, the same name once', () => {
    const buttons = { type: 'BUTTONS', buttons: [{ type: 'URL', text: 'Go', url: 'https://e.example/{{1}}' }] };
    const form = formOf(
      item('x', [buttons, body('{{b}} {{a}} {{b}}'), { type: 'HEADER', format: 'TEXT', text: '{{1}}' }]) as never,
    );
    expect(form).toEqual({
      text: '{{1}}\n{{2}} {{3}} {{2}}\nhttps://e.example/{{4}}',
      slots: [
        { component: 'header' },
        { component: 'body', name: 'b' },
        { component: 'body', name: 'a' },
        { component: 'button', index: 0 },
      ],
    });
    for (const part of [
      { type: 'HEADER', format: 'VIDEO' },
      { type: 'CAROUSEL' },
      { type: 'BUTTONS', buttons: [{ type: 'OTP', text: 'Copy' }] },
    ])
      expect(formOf(item('x', [part, body('x')]) as never)).toBeUndefined();
  });
  it('sent with their values in their places, looked up once', async () => {
    const definition = item('x', [
      { type: 'HEADER', format: 'TEXT', text: 'On {{day}}' },
      body('Dear {{guest}}'),
      {
        type: 'BUTTONS',
        buttons: [
          { type: 'QUICK_REPLY', text: 'OK' },
          { type: 'URL', text: 'Go', url: 'https://e.example/{{1}}' },
        ],
      },
    ]);
    const { tools, asked, paths } = set(
      routes({ [TEMPLATES]: jsonAnswer(200, { data: [definition] }), [MESSAGES]: taken }),
    );
    const content: Sendable = {
      type: 'template',
      name: 'x',
      language: 'en',
      values: ['Monday', 'Ada', '7'],
      text: '-',
    };
    for (let i = 0; i < 2; i++) await whatsapp.send?.(batch(content), config, tools);
    expect(paths()).toEqual([TEMPLATES, MESSAGES, MESSAGES]);
    expect(JSON.parse(asked[1]?.body ?? '').template).toEqual({
      name: 'x',
      language: { code: 'en' },
      components: [
        { type: 'header', parameters: [{ type: 'text', parameter_name: 'day', text: 'Monday' }] },
        { type: 'body', parameters: [{ type: 'text', parameter_name: 'guest', text: 'Ada' }] },
        { type: 'button', sub_type: 'url', index: '1', parameters: [{ type: 'text', text: '7' }] },
      ],
    });
    const wrong = whatsapp.send?.(batch({ ...content, values: ['one'] }), config, tools);
    await expect(wrong).rejects.toMatchObject({ code: 'template_rejected' });
  });
});
