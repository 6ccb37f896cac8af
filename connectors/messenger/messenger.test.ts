import { describe, expect, it } from 'vitest';
import type { Inbound } from '../../core/inbound.ts';
import type { RawRequest } from '../connector.ts';
import { brokenOff, connectorContract, fakeFetch, fakeTools, fixturesIn, jsonAnswer } from '../contract.ts';
import { BadRequest, BadSignature, Refused } from '../errors.ts';
import { signature } from '../lib/graph/signature.ts';
import type { MessengerConfig } from './config.ts';
import { messenger } from './index.ts';
import { messengerReplay } from './replay.ts';
import { messengerSandbox } from './sandbox.ts';

const config: MessengerConfig = {
  pageId: '100000000000001',
  accessToken: 'EAAdemoTokenOfSomeLength0123456789',
  appSecret: '0123456789abcdef0123456789abcdef',
  verifyToken: 'a-verify-token-of-ours',
  version: 'v25.0',
  humanAgent: 'no',
};
const fixtures = fixturesIn(new URL('./fixtures/', import.meta.url));
const to = '24000000000000001';

function sign(body: Uint8Array, { appSecret }: Pick<MessengerConfig, 'appSecret'>): RawRequest {
  return { method: 'POST', path: '', query: {}, headers: { 'x-hub-signature-256': signature(body, appSecret) }, body };
}
const receive = (body: string, as = config) => messenger.receive(sign(new TextEncoder().encode(body), as), as).events;
const all = (name: string, as = config) => receive(fixtures[name] ?? '', as);
const only = (name: string): Inbound | undefined => all(name)[0];
const error = (code: number, subcode?: number, status = 400, headers?: Record<string, string>) =>
  jsonAnswer(
    status,
    {
      error: {
        message: `(#${code}) The platform’s words`,
        type: 'OAuthException',
        code,
        ...(subcode && { error_subcode: subcode }),
        fbtrace_id: 'Trace1',
      },
    },
    headers,
  );
const outcome = (answers: ReturnType<typeof error>, becomes: 'Retry' | 'Refused' | 'Misconfigured', code?: string) => ({
  answers,
  becomes,
  code,
});
const good = jsonAnswer(200, { recipient_id: to, message_id: 'm_OURS0001' });
const page = { id: config.pageId, name: 'A page' };
const token = { data: { app_id: '200000000000001', is_valid: true, expires_at: 0, scopes: ['pages_messaging'] } };

connectorContract(messenger, {
  config,
  stranger: { ...config, appSecret: 'ffffffffffffffffffffffffffffffff' },
  fixtures,
  sign,
  syntax: 'json',
  proof: { in: 'headers', name: 'x-hub-signature-256', coversBody: true },
  unknown: {
    'event-unknown': 'something_new',
    'attachment-unknown': 'hologram',
    'message-empty': 'message',
    'fallback-empty': 'fallback',
    'file-no-address': 'file',
    appointment: 'appointment_booking',
    feed: 'feed',
    'change-unknown': 'something_else',
    'policy-enforcement': 'policy_enforcement',
    'pass-thread-control': 'pass_thread_control',
    'take-thread-control': 'take_thread_control',
    'request-thread-control': 'request_thread_control',
    'app-roles': 'app_roles',
    'account-linking': 'account_linking',
    'message-feedback': 'messaging_feedback',
    'optin-notification': 'optin/notification_messages',
    'optin-user-ref': 'optin',
    'one-of-two-unreadable': 'unreadable',
  },
  garbage: {
    'another object': '{"object":"instagram","entry":[]}',
    'no entries': '{"object":"page"}',
    'entries of text': '{"object":"page","entry":"all"}',
    'an entry without an id': '{"object":"page","entry":[{"time":1,"messaging":[]}]}',
    'events of text': '{"object":"page","entry":[{"id":"1","time":1,"messaging":"all"}]}',
    'a message without an id':
      '{"object":"page","entry":[{"id":"1","time":1,"messaging":[{"sender":{"id":"2"},"message":{"text":"x"}}]}]}',
  },
  sandbox: messengerSandbox,
  send: {
    batch: {
      to,
      key: '4b1b0e6e-7d27-4a52-9d55-5f0f3c6b9a10',
      messages: [{ id: '1', content: { type: 'text', text: 'first' }, quote: 'm_DEMO0001' }],
    },
    good: { answers: good, ids: ['m_OURS0001'] },
    uploads: {
      once: true,
      answers: (request) =>
        request.url.endsWith('/message_attachments') ? jsonAnswer(200, { attachment_id: '900000000000001' }) : good,
    },
    outcomes: {
      'a token that ended': outcome(error(190, 463, 401), 'Misconfigured', 'bad_token'),
      'a permission that is missing': outcome(error(10), 'Misconfigured', 'not_allowed'),
      'one of the permission errors': outcome(error(200), 'Misconfigured', 'not_allowed'),
      'the id of another page': outcome(error(100, 33), 'Misconfigured', 'wrong_id'),
      'a restricted page': outcome(error(368), 'Misconfigured', 'account_restricted'),
      'outside the window': outcome(error(10, 2018278), 'Refused', 'window_closed'),
      'outside the window, the old code': outcome(error(10, 2018065), 'Refused', 'window_closed'),
      'a tag that is not approved': outcome(error(10, 2018108), 'Refused', 'window_closed'),
      'another app in charge': outcome(error(10, 2018300), 'Refused', 'another_app'),
      'a person who is not to be reached': outcome(error(551), 'Refused', 'unreachable'),
      'the same with its subcode': outcome(error(551, 1545041), 'Refused', 'unreachable'),
      'no matching user': outcome(error(100, 2018001), 'Refused', 'unreachable'),
      'a bad parameter': outcome(error(100), 'Refused', 'rejected'),
      'a file that could not be fetched': outcome(error(100, 2018008), 'Refused', 'media_failed'),
      'a file that is too large': outcome(error(100, 2018109), 'Refused', 'file_too_large'),
      'a temporary failure': outcome(error(1200), 'Retry'),
      'a temporary failure with 500': outcome(error(1200, undefined, 500), 'Retry'),
      'an unknown error of Meta': outcome(error(1, 99, 500), 'Retry'),
      'service unavailable': outcome(error(2, undefined, 503), 'Retry'),
      'too many calls of the app': outcome(error(4), 'Retry'),
      'too many calls of the page': outcome(error(32), 'Retry'),
      'too many calls of this kind': { answers: error(613), becomes: 'Retry', afterMs: 30_000 },
      'a wait that is named': {
        answers: error(613, undefined, 400, { 'retry-after': '9' }),
        becomes: 'Retry',
        afterMs: 9000,
      },
      'a code of tomorrow': outcome(error(99_999), 'Refused', 'rejected'),
      'a gateway that failed: nobody knows': { answers: { status: 502, text: '<html>' }, becomes: 'Uncertain' },
      'an answer that got lost': { answers: brokenOff(), becomes: 'Uncertain' },
      'somebody who is no id of Messenger': {
        answers: good,
        batch: { to: '../me/subscribed_apps' },
        becomes: 'Refused',
        code: 'unreachable',
      },
    },
  },
  media: {
    source: 'https://cdn.fbsbx.com/v/t59.3654-21/a.mp4?oe=1',
    good: { answers: { status: 200, text: 'bytes', headers: { 'content-type': 'audio/mp4' } }, bytes: 'bytes' },
    outcomes: {
      'an address that ended': { answers: { status: 403, text: 'URL signature expired' }, becomes: 'Gone' },
      'a file that is gone': { answers: { status: 404 }, becomes: 'Gone' },
      'a host that is down': { answers: { status: 503 }, becomes: 'Retry' },
    },
  },
  calls: {
    markRead: { with: to, good: { answers: jsonAnswer(200, { recipient_id: to }) } },
    typing: {
      good: { answers: jsonAnswer(200, { recipient_id: to }) },
      outcomes: { 'outside the window': { answers: error(10, 2018278), becomes: 'Refused', code: 'window_closed' } },
    },
    profile: {
      good: {
        answers: jsonAnswer(200, { id: to, first_name: 'Guest', last_name: '甲', profile_pic: 'https://x.example/a' }),
        gives: { name: 'Guest 甲', avatar: 'https://x.example/a' },
      },
      outcomes: {
        'nobody to be named': { answers: error(100, 33), becomes: { gives: null } },
        'no consent to be named': { answers: error(100, 2018218), becomes: { gives: null } },
        'nothing in it': { answers: jsonAnswer(200, { id: to }), becomes: { gives: null } },
        'a token that ended': { answers: error(190, undefined, 401), becomes: 'Misconfigured', code: 'bad_token' },
      },
    },
    upkeep: {
      good: {
        answers: (request) => {
          if (request.url.includes('/debug_token')) return jsonAnswer(200, token);
          if (request.url.includes('/subscribed_apps')) return jsonAnswer(200, { data: [], success: true });
          return jsonAnswer(200, page);
        },
      },
      outcomes: {
        'a page that is down': {
          answers: { status: 503 },
          becomes: { gives: { next: 1_760_000_100_000 + 900_000 } },
        },
      },
    },
  },
});

const person = { account: config.pageId, from: to };

describe('messenger believes', () => {
  it('the vector of the reference page, escape as it stands', () => {
    const body = '{"object":"page","entry":[],"note":"caf\\u00e9"}';
    const bytes = new TextEncoder().encode(body);
    expect(receive(body)).toEqual([]);
    const rewritten = new TextEncoder().encode(body.replace('\\u00e9', 'é'));
    expect(() => messenger.receive({ ...sign(bytes, config), body: rewritten }, config)).toThrow(BadSignature);
  });
  it('a handshake with our verify token, and gives the challenge back', () => {
    const ask = (query: Record<string, string>) =>
      messenger.receive({ method: 'GET', path: '', query, headers: {}, body: new Uint8Array() }, config);
    const right = { 'hub.mode': 'subscribe', 'hub.verify_token': config.verifyToken, 'hub.challenge': '1158201444' };
    expect(ask(right).reply?.body).toBe('1158201444');
    expect(() => ask({ ...right, 'hub.verify_token': 'another' })).toThrow(BadSignature);
    expect(() => ask({ ...right, 'hub.challenge': '<b>' })).toThrow(BadRequest);
  });
});

describe('messenger translates', () => {
  it('words as typed, with their handles', () => {
    expect(only('text-escaped')).toEqual({
      ...person,
      silent: undefined,
      at: 1_760_000_002_000,
      externalId: 'm_DEMO0002-AbCdEfGhIjKlMnOpQrStUvWxYz_0123456789',
      kind: 'message',
      messageId: 'm_DEMO0002-AbCdEfGhIjKlMnOpQrStUvWxYz_0123456789',
      content: { type: 'text', text: '  café 😀 谢谢  ' },
      quoteToken: 'm_DEMO0002-AbCdEfGhIjKlMnOpQrStUvWxYz_0123456789',
      receipt: to,
    });
    expect(only('text-quote')).toMatchObject({ quoted: 'm_OURS0001' });
  });
  it('each page’s events under its own account', () => {
    expect(all('two-pages').map(({ account, kind }) => [account, kind])).toEqual([
      ['100000000000001', 'message'],
      ['100000000000001', 'receipt'],
      ['100000000000002', 'message'],
    ]);
  });
  it('an unreadable event beside its readable neighbour', () => {
    expect(all('one-of-two-unreadable').map(({ kind }) => kind)).toEqual(['message', 'ignored']);
  });
  it('files by their address, several as a set, names out of the address', () => {
    expect(only('audio')).toMatchObject({ content: { type: 'voice', media: { state: 'fetching' } } });
    expect(only('video')).toMatchObject({ content: { type: 'video' } });
    expect(only('file')).toMatchObject({ content: { type: 'file', media: { name: '发票 2026.pdf' } } });
    expect(only('file-evil-name')).toMatchObject({ content: { media: { name: 'cod.exe' } } });
    const pictures = all('images');
    expect(pictures.map((event) => event.kind === 'message' && event.set?.index)).toEqual([1, 2, 3]);
    expect(new Set(pictures.map(({ externalId }) => externalId)).size).toBe(3);
    expect(all('image-and-text').map((event) => event.kind === 'message' && event.content.type)).toEqual([
      'text',
      'image',
    ]);
  });
  it('stickers once, whichever of the three ways they come', () => {
    for (const name of ['sticker-old', 'sticker-transition', 'sticker']) {
      expect(all(name), name).toHaveLength(1);
      expect(only(name), name).toMatchObject({ content: { type: 'sticker', url: expect.stringContaining('fbcdn') } });
    }
    expect(only('sticker-old')).toMatchObject({ content: { id: '369239263222822' } });
  });
  it('places, shared pages, reels and products', () => {
    expect(only('location')).toMatchObject({
      content: { type: 'location', latitude: 31.24, longitude: 121.49, title: '外滩' },
    });
    expect(all('text-link').map((event) => event.kind === 'message' && event.content.type)).toEqual(['text']);
    expect(only('fallback')).toMatchObject({ content: { type: 'card', title: 'A shared page' } });
    expect(only('reel')).toMatchObject({ content: { type: 'card', title: 'A reel' } });
    expect(only('ig-reel')).toMatchObject({ content: { type: 'card', title: 'ig_reel' } });
    expect(only('product')).toMatchObject({ content: { type: 'card', title: 'Tea 绿茶', text: 'CNY 42.00' } });
  });
  it('taps as actions that open the window', () => {
    expect(only('quick-reply')).toMatchObject({
      trigger: 'menu',
      content: { type: 'action', data: 'colour:blue', text: 'Blue' },
    });
    expect(only('postback')).toMatchObject({ trigger: 'menu', content: { data: 'track:42', text: 'Track my order' } });
    expect(only('postback-get-started')).toMatchObject({ entry: { ref: 'flyer-7', source: 'SHORTLINK' } });
    expect(only('postback-old')).toMatchObject({
      content: { data: 'prices' },
      externalId: expect.stringMatching(/^postback:/),
    });
  });
  it('where they came from', () => {
    expect(only('text-referral-ad')?.entry).toMatchObject({
      ref: 'winter',
      source: 'ADS',
      'ads_context_data.ad_title': 'Winter sale 冬季促销',
      'ads_context_data.flow_id': '7',
    });
    expect(only('text-referral-product')?.entry).toEqual({ 'product.id': 'SKU-42' });
    expect(only('referral-m-me')).toMatchObject({ kind: 'wish', wish: 'enter', trigger: 'enter' });
    expect(only('optin-plugin')).toMatchObject({ kind: 'wish', trigger: 'consent', entry: { ref: 'newsletter-page' } });
    expect(only('optin-notification')?.trigger).toBeUndefined();
  });
  it('edits, takings back, reactions and marks', () => {
    expect(only('edit')).toMatchObject({
      kind: 'edit',
      messageId: expect.stringMatching(/^m_DEMO0001/),
      content: { text: 'hello, all!' },
    });
    expect(only('deleted')).toMatchObject({ kind: 'recall' });
    expect(only('reaction')).toMatchObject({ kind: 'notice', text: '❤️', trigger: 'message' });
    expect(only('reaction-other')).toMatchObject({ text: 'other' });
    expect(only('reaction-removed')).toMatchObject({ what: 'reaction/removed' });
    expect(only('reaction-removed')?.trigger).toBeUndefined();
    expect(only('delivery')).toMatchObject({ state: 'delivered', messageIds: ['m_OURS0001', 'm_OURS0002'] });
    expect(only('delivery')).not.toHaveProperty('before');
    expect(only('delivery-watermark')).toMatchObject({ state: 'delivered', before: 1_760_000_000_002 });
    expect(only('read')).toMatchObject({ state: 'read', before: 1_760_000_000_003 });
  });
  it('our own words as nothing new, a colleague’s as an echo to the customer', () => {
    expect(all('echo-ours-by-mark')).toEqual([]);
    expect(all('echo-ours-by-app', { ...config, appId: '200000000000001' })).toEqual([]);
    expect(only('echo-ours-by-app')).toMatchObject({ kind: 'echo' });
    expect(only('echo-inbox')).toMatchObject({ kind: 'echo', from: to, content: { text: '我来处理' } });
    expect(only('echo-inbox-picture')).toMatchObject({
      kind: 'echo',
      content: { type: 'image' },
      quoted: 'm_DEMO0001',
    });
  });
  it('what another app answers in silence', () => {
    for (const name of ['standby-text', 'standby-postback']) expect(only(name), name).toMatchObject({ silent: true });
    expect(only('standby-postback')).toMatchObject({ content: { type: 'action', data: 'Prices' } });
  });
});

describe('messenger sends', () => {
  const sent = async (content: object, as = config, answers: Parameters<typeof fakeFetch>[0] = good) => {
    const { fetch, asked } = fakeFetch(answers);
    const batch = { to, key: crypto.randomUUID(), messages: [{ id: '1', content: content as never }] };
    const result = await messenger
      .send?.(batch, as, fakeTools(fetch, messenger.hosts))
      .catch((error: unknown) => error);
    return { result, bodies: asked.map(({ body }) => JSON.parse(body)), urls: asked.map(({ url }) => url) };
  };
  it('an answer, marked as ours', async () => {
    const { bodies, urls } = await sent({ type: 'text', text: 'hi' });
    expect(urls).toEqual(['https://graph.facebook.com/v25.0/100000000000001/messages']);
    expect(bodies).toEqual([
      { recipient: { id: to }, messaging_type: 'RESPONSE', message: { text: 'hi', metadata: 'haina' } },
    ]);
  });
  it('as a person after 24 hours, once Meta said no and only where the app is allowed to', async () => {
    let asked = 0;
    const answers = () => (++asked === 1 ? error(10, 2018278) : good);
    const allowed = await sent({ type: 'text', text: 'hi' }, { ...config, humanAgent: 'yes' }, answers);
    expect(allowed.bodies[1]).toMatchObject({ messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' });
    expect(allowed.result).toMatchObject({ messages: [{ externalId: 'm_OURS0001' }] });
    const refused = await sent({ type: 'text', text: 'hi' }, config, error(10, 2018278));
    expect(refused.bodies).toHaveLength(1);
    expect(refused.result).toBeInstanceOf(Refused);
    const late = await sent({ type: 'text', text: 'hi' }, { ...config, humanAgent: 'yes' }, error(10, 2018278));
    expect(late.bodies).toHaveLength(2);
    expect(late.result).toMatchObject({ code: 'window_closed' });
  });
  it('menus as quick replies, links as a button, places as words', async () => {
    const options = [{ id: 'a', text: 'A long title of more than twenty' }];
    const menu = await sent({ type: 'menu', text: 'Which?', options, footer: 'One only' });
    expect(menu.bodies[0].message).toMatchObject({
      text: 'Which?\n\nOne only',
      quick_replies: [{ content_type: 'text', title: 'A long title of more', payload: 'a' }],
    });
    const link = await sent({ type: 'link', title: 'T', text: 'x', url: 'https://example.com/' });
    expect(link.bodies[0].message.attachment.payload).toMatchObject({ template_type: 'button', text: 'T\nx' });
    const place = await sent({ type: 'location', latitude: 1, longitude: 2, title: 'Here' });
    expect(place.bodies[0].message.text).toBe('Here\n1,2');
  });
  it('a file by its address where it is not ours to read', async () => {
    const { bodies } = await sent({ type: 'image', media: { url: 'https://x.example/a.png' } });
    expect(bodies[0].message.attachment).toEqual({ type: 'image', payload: { url: 'https://x.example/a.png' } });
  });
});

describe('messenger replays', () => {
  it('every recording as if it happened now', () => {
    let clock = Date.now();
    for (const name of Object.keys(messengerReplay.recordings())) {
      const now = () => clock++;
      const make = () => messengerReplay.request(name, config, { from: '24000000000000777', now });
      const [first, again] = [make(), make()].map((request) => messenger.receive(request, config).events);
      for (const event of first ?? []) if (event.kind === 'message') expect(event.from, name).toBe('24000000000000777');
      const message = first?.find(({ kind }) => kind === 'message');
      if (message) expect(again?.[0]?.externalId, name).not.toBe(message.externalId);
    }
  });
});
