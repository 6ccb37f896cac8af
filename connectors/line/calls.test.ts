import { describe, expect, it } from 'vitest';
import type { Outbound } from '../connector.ts';
import type { Answers, FakeAnswer } from '../contract/options.ts';
import { brokenOff, fakeFetch, fakeTools, jsonAnswer, noConnection } from '../contract.ts';
import { Gone, Misconfigured, Refused, Retry, Uncertain } from '../errors.ts';
import type { LineConfig } from './config.ts';
import { line } from './index.ts';

const pasted: LineConfig = {
  channelSecret: '0123456789abcdef0123456789abcdef',
  accessToken: 'a-pasted-token-of-some-length==',
};
const issued: LineConfig = { channelSecret: pasted.channelSecret, channelId: '1234567890' };
const to = 'Uaa00000000000000000000000000000a';
const batch: Outbound = {
  to,
  key: '4b1b0e6e-7d27-4a52-9d55-5f0f3c6b9a10',
  messages: [{ id: '1', content: { type: 'text', text: 'hello' } }],
};
const sent = jsonAnswer(200, { sentMessages: [{ id: '1001', quoteToken: 'q1' }] });
const unauthorised = jsonAnswer(401, { message: 'Authentication failed.' });

/** Answers by path; what is not named gets a 404. */
const routes =
  (table: Record<string, FakeAnswer | FakeAnswer[]>): Answers =>
  (request) => {
    const found = table[`${request.method} ${new URL(request.url).pathname}`];
    return (Array.isArray(found) ? found.shift() : found) ?? jsonAnswer(404, { message: 'Not found' });
  };
function set(answers: Answers, config = pasted) {
  const { fetch, asked } = fakeFetch(answers);
  const tools = fakeTools(fetch, line.hosts);
  const paths = () => asked.map(({ method, url }) => `${method} ${new URL(url).pathname}`);
  return { config, tools, asked, paths };
}

describe('line answers', () => {
  it('with the reply token while there is one, and says that it is spent', async () => {
    const { config, tools, asked } = set(sent);
    expect(await line.send?.({ ...batch, replyToken: 'rt' }, config, tools)).toEqual({
      messages: [{ externalId: '1001', quoteToken: 'q1' }],
      replyTokenUsed: true,
    });
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({ method: 'POST', url: 'https://api.line.me/v2/bot/message/reply' });
    expect(asked[0]?.headers).not.toHaveProperty('x-line-retry-key');
    expect(JSON.parse(asked[0]?.body ?? '')).toEqual({
      replyToken: 'rt',
      messages: [{ type: 'text', text: 'hello' }],
    });
  });
  it('by push with our key when there is none', async () => {
    const { config, tools, asked } = set(sent);
    await line.send?.(batch, config, tools);
    expect(asked[0]).toMatchObject({ url: 'https://api.line.me/v2/bot/message/push' });
    expect(asked[0]?.headers).toMatchObject({
      'x-line-retry-key': batch.key,
      authorization: `Bearer ${pasted.accessToken}`,
    });
    expect(JSON.parse(asked[0]?.body ?? '')).toMatchObject({ to });
  });
  it('by push with the same messages when the token is dead', async () => {
    const { config, tools, asked, paths } = set(
      routes({
        'POST /v2/bot/message/reply': jsonAnswer(400, { message: 'Invalid reply token' }),
        'POST /v2/bot/message/push': sent,
      }),
    );
    const result = await line.send?.({ ...batch, replyToken: 'old' }, config, tools);
    expect(paths()).toEqual(['POST /v2/bot/message/reply', 'POST /v2/bot/message/push']);
    expect(JSON.parse(asked[1]?.body ?? '').messages).toEqual(JSON.parse(asked[0]?.body ?? '').messages);
    expect(result).toMatchObject({ messages: [{ externalId: '1001' }], replyTokenUsed: true });
  });
  it('and asks a person when an attempt that was cut off may have spent the token', async () => {
    const { config, tools, paths } = set(jsonAnswer(400, { message: 'Invalid reply token' }));
    const result = line.send?.({ ...batch, replyToken: 'rt', again: true }, config, tools);
    await expect(result).rejects.toBeInstanceOf(Uncertain);
    expect(paths()).toEqual(['POST /v2/bot/message/reply']);
  });
  it('never twice when a reply may have arrived, but again when there was no connection', async () => {
    for (const answers of [brokenOff(), jsonAnswer(500, {}), jsonAnswer(503, {})]) {
      const { config, tools, asked } = set(answers);
      await expect(line.send?.({ ...batch, replyToken: 'rt' }, config, tools)).rejects.toBeInstanceOf(Uncertain);
      expect(asked).toHaveLength(1);
    }
    const { config, tools } = set(noConnection());
    await expect(line.send?.({ ...batch, replyToken: 'rt' }, config, tools)).rejects.toBeInstanceOf(Retry);
  });
  it('and takes the ids of a push that was accepted before', async () => {
    const { config, tools } = set(
      jsonAnswer(409, { message: 'The retry key is already accepted', sentMessages: [{ id: '77' }] }),
    );
    expect(await line.send?.(batch, config, tools)).toMatchObject({ messages: [{ externalId: '77' }] });
  });
  it('with at most five messages, which is a bug of ours and not LINE’s to find', async () => {
    const { config, tools, asked } = set(sent);
    const messages = Array.from({ length: 6 }, (_, i) => ({
      id: String(i),
      content: { type: 'text' as const, text: 'x' },
    }));
    await expect(line.send?.({ ...batch, messages }, config, tools)).rejects.toBeInstanceOf(RangeError);
    expect(asked).toHaveLength(0);
  });
});

describe('line writes', () => {
  const written = async (content: Outbound['messages'][number]['content'], quote?: string) => {
    const { config, tools, asked } = set(sent);
    await line.send?.({ ...batch, messages: [{ id: '1', content, quote }] }, config, tools);
    return JSON.parse(asked[0]?.body ?? '').messages[0];
  };
  const url = 'https://hub.example/m/1';

  it('a quote', async () =>
    expect(await written({ type: 'text', text: 'yes' }, 'qt')).toEqual({
      type: 'text',
      text: 'yes',
      quoteToken: 'qt',
    }));
  it('pictures with a smaller one, or the same', async () => {
    expect(await written({ type: 'image', media: { url, previewUrl: `${url}/s` } })).toMatchObject({
      originalContentUrl: url,
      previewImageUrl: `${url}/s`,
    });
    expect(await written({ type: 'image', media: { url } })).toMatchObject({ previewImageUrl: url });
  });
  it('films with a still, else their link', async () => {
    expect(await written({ type: 'video', media: { url, previewUrl: url } })).toMatchObject({ type: 'video' });
    expect(await written({ type: 'video', media: { url, name: 'a.mp4' } })).toEqual({
      type: 'text',
      text: `a.mp4\n${url}`,
    });
  });
  it('sounds with their length in milliseconds, else their link', async () => {
    expect(await written({ type: 'voice', media: { url, seconds: 2.5, mime: 'audio/mp4' } })).toEqual({
      type: 'audio',
      originalContentUrl: url,
      duration: 2500,
    });
    expect(await written({ type: 'voice', media: { url, mime: 'audio/mp4' } })).toMatchObject({ type: 'text' });
    expect(await written({ type: 'voice', media: { url, seconds: 2, mime: 'audio/webm' } })).toMatchObject({
      type: 'text',
    });
  });
  it('files as name and link', async () =>
    expect(await written({ type: 'file', media: { url, name: '订单.pdf' } })).toEqual({
      type: 'text',
      text: `订单.pdf\n${url}`,
    }));
  it('places with what LINE insists on, and no longer than it takes', async () => {
    expect(await written({ type: 'location', latitude: 31.24, longitude: 121.49 })).toEqual({
      type: 'location',
      title: '31.24000, 121.49000',
      address: '31.24000, 121.49000',
      latitude: 31.24,
      longitude: 121.49,
    });
    const long = await written({ type: 'location', latitude: 1, longitude: 1, title: 'x'.repeat(99).concat('😀😀') });
    expect(long.title).toBe('x'.repeat(99));
  });
  it('link cards, and bare links where the address is too long for a button', async () => {
    const card = await written({
      type: 'link',
      title: 't'.repeat(200),
      text: 'b',
      url: 'https://example.com/a',
      image: { url },
    });
    expect(card).toMatchObject({
      type: 'flex',
      contents: { hero: { url }, action: { uri: 'https://example.com/a', label: 't'.repeat(40) } },
    });
    expect(card.altText.length).toBeLessThanOrEqual(400);
    expect(await written({ type: 'link', title: 't', url: `https://example.com/${'a'.repeat(1000)}` })).toMatchObject({
      type: 'text',
    });
  });
  it('nothing without an address that LINE could fetch', async () => {
    await expect(written({ type: 'image', media: { id: crypto.randomUUID() } })).rejects.toMatchObject({
      code: 'media_missing',
    });
    await expect(
      written({ type: 'image', media: { url: `https://x.example/${'a'.repeat(2000)}` } }),
    ).rejects.toMatchObject({ code: 'url_too_long' });
  });
});

describe('line keeps its own tokens', () => {
  const token = (value: string) => jsonAnswer(200, { access_token: value, expires_in: 900, token_type: 'Bearer' });
  const TOKEN = 'POST /oauth2/v3/token';
  const PUSH = 'POST /v2/bot/message/push';

  it('asks for one, keeps it, and never shows the secret', async () => {
    const { tools, asked, paths } = set(routes({ [TOKEN]: [token('one')], [PUSH]: sent }), issued);
    await line.send?.(batch, issued, tools);
    await line.send?.(batch, issued, tools);
    expect(paths()).toEqual([TOKEN, PUSH, PUSH]);
    expect(Object.fromEntries(new URLSearchParams(asked[0]?.body))).toEqual({
      grant_type: 'client_credentials',
      client_id: issued.channelId,
      client_secret: issued.channelSecret,
    });
    expect(asked[1]?.headers.authorization).toBe('Bearer one');
    expect(tools.logged.join()).not.toContain(issued.channelSecret);
    expect([...tools.kept.keys()].join()).not.toContain(issued.channelSecret);
  });
  it('renews it once when LINE does not take it', async () => {
    const { tools, asked, paths } = set(
      routes({ [TOKEN]: [token('old'), token('new')], [PUSH]: [unauthorised, sent] }),
      issued,
    );
    await line.send?.(batch, issued, tools);
    expect(paths()).toEqual([TOKEN, PUSH, TOKEN, PUSH]);
    expect(asked[3]?.headers).toMatchObject({ authorization: 'Bearer new', 'x-line-retry-key': batch.key });
  });
  it('gives up after the second refusal, and at once with a pasted one', async () => {
    const own = set(routes({ [TOKEN]: token('any'), [PUSH]: unauthorised }), issued);
    await expect(line.send?.(batch, issued, own.tools)).rejects.toMatchObject({
      name: 'Misconfigured',
      code: 'bad_token',
    });
    expect(own.paths()).toEqual([TOKEN, PUSH, TOKEN, PUSH]);
    const foreign = set(routes({ [PUSH]: unauthorised }));
    await expect(line.send?.(batch, pasted, foreign.tools)).rejects.toBeInstanceOf(Misconfigured);
    expect(foreign.paths()).toEqual([PUSH]);
  });
  it('tells wrong credentials from a platform in trouble', async () => {
    const fails = async (answers: Answers) =>
      line.send?.({ ...batch, replyToken: 'rt' }, issued, set(answers).tools).catch((error: unknown) => error);
    expect(
      await fails(jsonAnswer(400, { error: 'invalid_client', error_description: 'invalid client_secret' })),
    ).toMatchObject({
      name: 'Misconfigured',
      code: 'bad_credentials',
      message: 'invalid_client: invalid client_secret',
    });
    // No reply has been tried yet: even a broken connection may be repeated.
    for (const answers of [
      jsonAnswer(503, {}),
      brokenOff(),
      jsonAnswer(200, {}),
      jsonAnswer(429, {}, { 'retry-after': '3' }),
    ]) {
      expect(await fails(answers)).toBeInstanceOf(Retry);
    }
  });
  it('another secret means another token', async () => {
    const { tools, paths } = set(routes({ [TOKEN]: [token('one'), token('two')], [PUSH]: sent }), issued);
    await line.send?.(batch, issued, tools);
    await line.send?.(batch, { ...issued, channelSecret: 'f'.repeat(32) }, tools);
    expect(paths()).toEqual([TOKEN, PUSH, TOKEN, PUSH]);
  });
});

describe('line looks at people', () => {
  it('and gives what LINE says of them', async () => {
    const { config, tools } = set(
      jsonAnswer(200, {
        userId: to,
        displayName: '客人',
        pictureUrl: 'https://p.example/a',
        statusMessage: 'hi',
        language: 'zh',
      }),
    );
    expect(await line.profile?.(to, config, tools)).toEqual({
      name: '客人',
      avatar: 'https://p.example/a',
      language: 'zh',
      more: { statusMessage: 'hi' },
    });
  });
  it('or nothing, for who blocked us and for ids that are none', async () => {
    const { config, tools, asked } = set(jsonAnswer(404, { message: 'Not found' }));
    expect(await line.profile?.(to, config, tools)).toBeNull();
    expect(await line.profile?.('../info', config, tools)).toBeNull();
    expect(asked).toHaveLength(1);
  });
  it('and reads, and types', async () => {
    const { config, tools, asked } = set(jsonAnswer(202, {}));
    await line.markRead?.('mr-1', config, tools);
    await line.typing?.(to, config, tools);
    expect(asked.map(({ body }) => JSON.parse(body))).toEqual([
      { markAsReadToken: 'mr-1' },
      { chatId: to, loadingSeconds: 10 },
    ]);
    await expect(line.typing?.('Ccc00000000000000000000000000000c', config, tools)).rejects.toBeInstanceOf(Refused);
  });
});

describe('line fetches files', () => {
  const at = 'GET /v2/bot/message/580000000000000007/content';
  const open = async (answers: Answers, source = '580000000000000007') => {
    const made = set(answers);
    return { ...made, result: await line.media?.(source, made.config, made.tools).catch((error: unknown) => error) };
  };
  it('from LINE’s other host, with type and size', async () => {
    const { result, asked } = await open({
      status: 200,
      text: 'bytes',
      headers: { 'content-type': 'image/jpeg; x=1', 'content-length': '5' },
    });
    expect(asked[0]?.url).toBe('https://api-data.line.me/v2/bot/message/580000000000000007/content');
    expect(result).toMatchObject({ mime: 'image/jpeg', size: 5 });
    expect(await new Response((result as { stream: ReadableStream }).stream).text()).toBe('bytes');
  });
  it('from elsewhere without our token', async () => {
    const { asked, result } = await open(
      { status: 200, text: 'x', headers: { 'content-type': 'image/png' } },
      'https://example.com/a.png',
    );
    expect(asked[0]?.headers).not.toHaveProperty('authorization');
    expect(result).toMatchObject({ mime: 'image/png' });
    expect((await open({ status: 200 }, 'http://example.com/a')).result).toBeInstanceOf(Refused);
    expect((await open({ status: 200 }, 'file:///etc/passwd')).result).toBeInstanceOf(Refused);
  });
  it('later, while LINE prepares them; never, when it could not', async () => {
    const state = (status: string) =>
      routes({ [at]: { status: 202 }, [`${at}/transcoding`]: jsonAnswer(200, { status }) });
    expect((await open(state('processing'))).result).toMatchObject({ name: 'Retry', afterMs: 5000 });
    expect((await open(state('succeeded'))).result).toMatchObject({ name: 'Retry', afterMs: 500 });
    expect((await open(state('failed'))).result).toMatchObject({ name: 'Refused', code: 'transcoding_failed' });
    expect((await open(routes({ [at]: { status: 202 } }))).result).toBeInstanceOf(Retry);
  });
  it('never, when they are gone; later, when LINE is in trouble', async () => {
    for (const status of [404, 410]) expect((await open({ status })).result).toBeInstanceOf(Gone);
    for (const answers of [{ status: 500 }, { status: 429 }, brokenOff(), noConnection()]) {
      expect((await open(answers)).result).toBeInstanceOf(Retry);
    }
  });
});

describe('line checks an account', () => {
  const callback = 'https://hub.example/webhooks/line/k';
  const good = {
    'GET /v2/bot/info': jsonAnswer(200, {
      userId: to,
      displayName: 'Shop',
      basicId: '@shop',
      chatMode: 'chat',
      markAsReadMode: 'manual',
    }),
    'PUT /v2/bot/channel/webhook/endpoint': jsonAnswer(200, {}),
    'POST /v2/bot/channel/webhook/test': jsonAnswer(200, {
      success: true,
      statusCode: 200,
      reason: 'OK',
      detail: '200',
    }),
    'GET /v2/bot/message/quota': jsonAnswer(200, { type: 'limited', value: 200 }),
    'GET /v2/bot/message/quota/consumption': jsonAnswer(200, { totalUsage: 5 }),
  };
  const endpoint = (url: string, active = true) => jsonAnswer(200, { endpoint: url, active });
  const check = async (table: Record<string, FakeAnswer | FakeAnswer[]>) => {
    const { config, tools, paths } = set(routes({ ...good, ...table }));
    return { points: (await line.check?.(config, tools, callback)) ?? [], paths };
  };
  const WEBHOOK = 'GET /v2/bot/channel/webhook/endpoint';

  it('sets the address, tries it and says where customers find it', async () => {
    const { points, paths } = await check({ [WEBHOOK]: [jsonAnswer(404, {}), endpoint(callback)] });
    expect(points.filter((point) => !point.ok)).toEqual([]);
    expect(points.map((point) => point.code)).toEqual(['token', 'webhook', 'active', 'test', 'quota', 'greeting']);
    expect(points[0]?.url).toBe('https://line.me/R/ti/p/%40shop');
    expect(paths()).toContain('PUT /v2/bot/channel/webhook/endpoint');
    for (const { what, mend } of points)
      for (const text of [what, mend]) if (text) expect(text.zh && text.en).toBeTruthy();
  });
  it('leaves an address alone that is right, and names the one it replaces', async () => {
    const { paths } = await check({ [WEBHOOK]: endpoint(callback) });
    expect(paths()).not.toContain('PUT /v2/bot/channel/webhook/endpoint');
    const { points } = await check({ [WEBHOOK]: [endpoint('https://old.example/hook'), endpoint(callback)] });
    expect(points[1]?.what.en).toContain('https://old.example/hook');
  });
  it('says what is wrong and how to mend it', async () => {
    const bad = async (table: Record<string, FakeAnswer | FakeAnswer[]>) =>
      (await check({ [WEBHOOK]: endpoint(callback), ...table })).points.filter((point) => !point.ok);
    expect(await bad({ 'GET /v2/bot/info': unauthorised })).toMatchObject([{ code: 'token', mend: expect.anything() }]);
    expect(await bad({ [WEBHOOK]: endpoint(callback, false) })).toMatchObject([
      { code: 'active', mend: expect.anything() },
    ]);
    expect(
      await bad({
        'POST /v2/bot/channel/webhook/test': jsonAnswer(200, {
          success: false,
          statusCode: 0,
          reason: 'REQUEST_TIMEOUT',
          detail: '',
        }),
      }),
    ).toMatchObject([{ code: 'test', mend: { en: expect.stringContaining('2 seconds') } }]);
    expect(await bad({ 'GET /v2/bot/message/quota/consumption': jsonAnswer(200, { totalUsage: 200 }) })).toMatchObject([
      { code: 'quota' },
    ]);
    expect(await bad({ 'GET /v2/bot/message/quota': jsonAnswer(500, {}) })).toMatchObject([{ code: 'quota' }]);
    expect(
      await bad({
        [WEBHOOK]: endpoint('https://x.example'),
        'PUT /v2/bot/channel/webhook/endpoint': jsonAnswer(400, { message: 'Invalid webhook endpoint URL' }),
      }),
    ).toMatchObject([{ code: 'webhook', what: { en: expect.stringContaining('Invalid webhook endpoint URL') } }]);
  });
  it('says so when nobody answers', async () => {
    const { config, tools } = set(noConnection());
    expect(await line.check?.(config, tools, callback)).toMatchObject([{ code: 'token', ok: false }]);
  });
});
