import { describe, expect, it } from 'vitest';
import type { RawRequest } from '../connector.ts';
import { brokenOff, connectorContract, fixturesIn, jsonAnswer, noConnection } from '../contract.ts';
import { BadRequest, BadSignature } from '../errors.ts';
import { douyinApp } from './app.ts';
import type { DouyinConfig } from './config.ts';
import { douyin } from './index.ts';
import { fromToken, toToken } from './right.ts';
import { douyinSandbox } from './sandbox.ts';
import { signature } from './signature.ts';
import { inMessage } from './source.ts';

const SHOP = 'shop0001-5d1e-4a52-9d55-5f0f3c6b9a10';
const GUEST = 'guesta01-8a0b-4c0f-b04f-feba0e909113';
const app = { clientKey: 'awdemo1234567890', clientSecret: 'demo-douyin-secret' };
const config: DouyinConfig = { openId: SHOP, scopes: 'user_info,im.direct_message', app };
const fixtures = fixturesIn(new URL('./fixtures/', import.meta.url));
const vault = {
  access: JSON.stringify({ token: 'act.of-a-test-0123456789', until: 4e12 }),
  refresh: JSON.stringify({ refresh: 'rft.of-a-test-0123456789', until: 4e12, renewals: 0 }),
};

function sign(body: Uint8Array, { app }: DouyinConfig): RawRequest {
  const secret = app?.webhookSecret ?? app?.clientSecret ?? '';
  return { method: 'POST', path: '', query: {}, headers: { 'x-douyin-signature': signature(body, secret) }, body };
}
const accounts = (...ids: string[]) => ({ has: (id: string) => ids.includes(id) });
const bytes = (body: unknown) => new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body));
const hear = (body: unknown, connected = accounts(SHOP), headers: Record<string, string> = {}) => {
  const request = sign(bytes(body), config);
  return douyinApp.receive!({ ...request, headers: { ...request.headers, ...headers } }, app, connected);
};
const only = (name: string) => hear(fixtures[name]).events[0];
const changed = (name: string, change: (event: any) => void) => {
  const event = JSON.parse(fixtures[name] ?? '');
  change(event);
  return event;
};
const verdict = (code: number | string, description = 'words', where: 'extra' | 'data' = 'extra') =>
  jsonAnswer(200, {
    data: { error_code: 0, description: '', ...(where === 'data' && { error_code: code, description }) },
    extra: { error_code: 0, logid: 'log-1', ...(where === 'extra' && { error_code: code, description }) },
  });
const right = toToken({ scene: 'im_reply_msg', messageId: '@m+/==', conversation: '@c+/==', until: 4e12 });

connectorContract(douyin, {
  config,
  stranger: { ...config, app: { ...app, clientSecret: 'another-douyin-secret' } },
  app: { kind: douyinApp, account: SHOP },
  vault,
  fixtures,
  sign,
  syntax: 'json',
  proof: { in: 'headers', name: 'x-douyin-signature', coversBody: true },
  redeliver: (body) => body.replace(/"log_id": "\w+"/, '"log_id": "another-delivery"'),
  unknown: {
    'event-unknown': 'something_new',
    'event-unknown-text': 'something_odd',
    'message-unknown': 'hologram',
    'group-received': 'im_group_receive_msg',
    'image-shared': 'image',
    'video-shared': 'video',
    'emoji-no-url': 'emoji',
    'local-image-no-id': 'user_local_image',
    'receive-msg-legacy': 'receive_msg',
  },
  sandbox: douyinSandbox,
  media: {
    source: inMessage('@c+/==', '@m+/=='),
    good: {
      answers: (request) =>
        request.url.startsWith('https://open.douyin.com/api/im/message/resources/')
          ? jsonAnswer(200, { err_no: 0, err_msg: '', data: { media_type: 'image', url: 'https://p.example/a' } })
          : { status: 200, text: 'bytes', headers: { 'content-type': 'image/png' } },
      bytes: 'bytes',
      mime: 'image/png',
    },
    outcomes: {
      'no such permission': {
        answers: jsonAnswer(200, { err_no: 28001018, err_msg: 'x', log_id: 'l' }),
        becomes: 'Misconfigured',
        code: 'ability_missing',
      },
      'wrong ids': { answers: jsonAnswer(200, { err_no: 28001007 }), becomes: 'Refused', code: 'rejected' },
      busy: { answers: jsonAnswer(200, { err_no: '28001006' }), becomes: 'Retry' },
      'no address yet': { answers: jsonAnswer(200, { err_no: 0, data: {} }), becomes: 'Retry' },
      'an address of another kind': {
        answers: jsonAnswer(200, { err_no: 0, data: { url: 'http://10.0.0.1/a' } }),
        becomes: 'Refused',
        code: 'rejected',
      },
      'an address that has ended': {
        answers: (request) =>
          request.url.includes('/resources/')
            ? jsonAnswer(200, { err_no: 0, data: { url: 'https://p.example/a' } })
            : { status: 403, text: '' },
        becomes: 'Gone',
      },
    },
  },
  calls: {
    upkeep: { good: { answers: verdict(0) } },
  },
  garbage: {
    'no event': '{"content":{}}',
    'a message without content': '{"event":"im_receive_msg","from_user_id":"a","to_user_id":"b"}',
    'content that is no JSON': '{"event":"im_receive_msg","from_user_id":"a","to_user_id":"b","content":"hello"}',
    'content of a list': '{"event":"im_receive_msg","from_user_id":"a","to_user_id":"b","content":[1]}',
    nobody: '{"event":"im_receive_msg","content":{"message_type":"text","text":"x"}}',
    'a trial without a challenge': '{"event":"verify_webhook","content":{}}',
    'a NUL inside the inner text': JSON.stringify({
      event: 'im_receive_msg',
      from_user_id: 'a',
      to_user_id: 'b',
      content: '{"message_type":"text","text":"a\\u0000b"}',
    }),
  },
  send: {
    batch: {
      to: GUEST,
      key: '4b1b0e6e-7d27-4a52-9d55-5f0f3c6b9a10',
      replyToken: right,
      messages: [{ id: '1', content: { type: 'text', text: '您好' } }],
    },
    good: {
      answers: jsonAnswer(200, { data: { error_code: 0 }, extra: { error_code: 0, logid: 'l' }, msg_id: '@sent+/==' }),
      ids: ['@sent+/=='],
    },
    uploads: {
      answers: (request) =>
        request.url.includes('/tool/')
          ? jsonAnswer(200, { data: { error_code: 0 }, extra: { error_code: 0 }, image_id: '@i+/==' })
          : jsonAnswer(200, { data: { error_code: 0 }, extra: { error_code: 0 }, msg_id: '@sent' }),
      once: true,
    },
    outcomes: {
      'numbers as texts': {
        answers: jsonAnswer(200, { data: { error_code: '0', msg_id: '@a' }, extra: { error_code: '0' } }),
        becomes: 'sent',
      },
      'system busy': { answers: verdict(28001006), becomes: 'Retry' },
      'a system error told in data': { answers: verdict(2100004, 'busy', 'data'), becomes: 'Retry' },
      'a system error': { answers: verdict('28001005'), becomes: 'Retry' },
      'bad parameters': { answers: verdict(28001007), becomes: 'Refused', code: 'rejected' },
      'bad parameters of old': { answers: verdict(2100005), becomes: 'Refused', code: 'rejected' },
      'not authorised': { answers: verdict(28001012), becomes: 'Misconfigured', code: 'not_authorised' },
      'the app is not authorised': { answers: verdict(28001014), becomes: 'Misconfigured', code: 'not_authorised' },
      'the app lacks it': { answers: verdict(28001019), becomes: 'Misconfigured', code: 'not_authorised' },
      'token and account mixed up': { answers: verdict(28001015), becomes: 'Misconfigured', code: 'account_mixed_up' },
      'an app that is banned': { answers: verdict(28001016), becomes: 'Misconfigured', code: 'app_banned' },
      'no such ability': { answers: verdict(28001018), becomes: 'Misconfigured', code: 'ability_missing' },
      'no such ability of the account': {
        answers: verdict(28001042),
        becomes: 'Misconfigured',
        code: 'ability_missing',
      },
      'a test app': { answers: verdict(28001020), becomes: 'Misconfigured', code: 'test_app' },
      'a test app and a stranger': { answers: verdict(28001021), becomes: 'Misconfigured', code: 'test_app' },
      ...Object.fromEntries(
        [28001045, 28001046, 28001047, 28001052, 28001056].map((code) => [
          `permission ${code}`,
          { answers: verdict(code), becomes: 'Misconfigured' as const, code: 'permission_missing' },
        ]),
      ),
      'the quota of the day': { answers: verdict(28003017), becomes: 'Misconfigured', code: 'quota_used_up' },
      'too many calls': { answers: verdict(28003018), becomes: 'Retry', afterMs: 30_000 },
      'too many messages': { answers: verdict(28003070), becomes: 'Refused', code: 'frequency_limit' },
      'content refused': { answers: verdict(28004020), becomes: 'Refused', code: 'content_refused' },
      'an unknown code of theirs': { answers: verdict(28009999), becomes: 'Refused', code: 'douyin_28009999' },
      'a token that stays dead': {
        answers: (request) =>
          request.url.includes('/oauth/')
            ? jsonAnswer(200, { data: { access_token: 'act.new', expires_in: '1296000', error_code: 0 } })
            : verdict(28001008),
        becomes: 'Misconfigured',
        code: 'bad_token',
      },
      'a consent that has ended': {
        answers: (request) =>
          request.url.includes('/oauth/')
            ? jsonAnswer(200, { data: { error_code: 10010, description: 'refresh_token expired' }, message: 'error' })
            : verdict(2190008),
        becomes: 'Misconfigured',
        code: 'authorisation_ended',
      },
      'a gateway that answers 502': { answers: { status: 502, text: '<html>' }, becomes: 'Uncertain' },
      'a success without a verdict': { answers: { status: 200, text: 'ok' }, becomes: 'Uncertain' },
      'an answer that got lost': { answers: brokenOff(), becomes: 'Uncertain' },
      'no connection': { answers: noConnection(), becomes: 'Retry' },
      'a hub that died over it': { answers: verdict(0), batch: { again: true }, becomes: 'Uncertain' },
      'an id that is none': { answers: verdict(0), batch: { to: '../x y' }, becomes: 'Refused', code: 'not_found' },
    },
  },
});

describe('douyin believes', () => {
  it('the sample of the reference: secret followed by the body, no HMAC', () => {
    const body = bytes('{"event":"verify_webhook","client_key":"awdemo","content":{"challenge":777}}');
    expect(signature(body, 'demo-douyin-secret')).toBe('f275d90040ce826dde855973c8b7ee1a86b4c00c');
    expect(douyinApp.receive!(sign(body, config), app, accounts())).toEqual({
      events: [],
      reply: { body: '{"challenge":777}' },
    });
  });
  it('the webhook’s own secret where there is one, and then no other', () => {
    const own = { ...app, webhookSecret: 'webhook-secret-1' };
    const request = sign(bytes(fixtures.text), { ...config, app: own });
    expect(douyinApp.receive!(request, own, accounts(SHOP)).events).toHaveLength(1);
    expect(() => douyinApp.receive!(sign(bytes(fixtures.text), config), own, accounts(SHOP))).toThrow(BadSignature);
  });
  it('lower-case letters only, and nobody at an account’s own address', () => {
    const request = sign(bytes(fixtures.text), config);
    const loud = { 'x-douyin-signature': request.headers['x-douyin-signature']?.toUpperCase() };
    expect(() => douyinApp.receive!({ ...request, headers: loud }, app, accounts())).toThrow(BadSignature);
    expect(() => douyin.receive(request, config)).toThrow(BadSignature);
  });
});

describe('douyin’s trial of an address gets its challenge back', () => {
  it.each([
    ['verify', '{"challenge":777}'],
    ['verify-string', '{"challenge":777}'],
    ['verify-text', '{"challenge":"abc\\u00e9"}'],
    ['verify-long', '{"challenge":9223372036854775807}'],
  ])('%s', (name, body) => expect(hear(fixtures[name]).reply).toEqual({ body }));
});

describe('douyin’s messages', () => {
  it('come with the right to answer, good for a day and many answers', () => {
    const event = only('text');
    expect(event).toMatchObject({
      kind: 'message',
      account: SHOP,
      from: GUEST,
      at: 1760000001123,
      content: { type: 'text', text: '还有现货吗' },
      profile: { name: '客人甲', avatar: 'https://p3.douyinpic.example/aweme/100x100/guest.jpeg' },
      reply: { until: 1760000001123 + 86_400_000 },
    });
    expect(fromToken(event?.reply?.token ?? '')).toMatchObject({ scene: 'im_reply_msg' });
  });
  it('keep 64-bit ids that come as numbers, and ids of 89 characters', () => {
    expect(only('text-number-ids')).toMatchObject({ messageId: '7494460928000411113' });
    expect(fromToken(only('text-number-ids')?.reply?.token ?? '')?.conversation).toBe('7494205308479291111');
    const { messageId } = only('text') as { messageId: string };
    expect(messageId).toMatch(/^@.{88}$/);
  });
  it('are the same whether the content is an object or a text', () => {
    for (const name of ['text', 'local-image', 'emoji', 'card-filled', 'sent-in-app', 'enter-object', 'consent']) {
      const asText = changed(name, (event) => (event.content = JSON.stringify(event.content)));
      expect(hear(asText), name).toEqual(hear(fixtures[name]));
    }
  });
  it('tell their time, or that of their index, or none', () => {
    expect(only('text-no-time')?.at).toBeGreaterThan(1.76e12);
    expect(only('text-no-clock')).toMatchObject({ at: 0, reply: { until: expect.any(Number) } });
    expect(only('text-no-clock')?.reply?.until).toBeGreaterThan(4e12);
  });
  it('without an id have a key of their own and no right to answer', () => {
    const event = only('text-no-message-id');
    expect(event).toMatchObject({ externalId: expect.stringContaining('hash') });
    expect(event?.reply).toBeUndefined();
    const other = changed('text-no-message-id', ({ content }) => (content.text = 'something else'));
    expect(hear(other).events[0]?.externalId).not.toBe(event?.externalId);
  });
  it('show pictures, forms and what nobody can see', () => {
    expect(only('local-image')).toMatchObject({ content: { type: 'image', media: { state: 'fetching' } } });
    expect(only('local-video')).toMatchObject({ content: { type: 'video' } });
    expect(only('emoji')).toMatchObject({
      content: {
        type: 'image',
        media: { source: 'https://p3.douyinpic.example/emoji/dance.gif', mime: 'image/gif', width: 240 },
      },
    });
    expect(only('emoji-text-numbers')).toMatchObject({ content: { media: { mime: 'image/webp', width: 120 } } });
    expect(only('card-filled')).toMatchObject({
      content: { type: 'card', title: '留资卡片', rows: [{ label: '姓名', value: '客人甲' }, {}, {}] },
    });
    expect(only('card-odd-rows')).toMatchObject({
      content: {
        rows: [
          { label: '预算', value: '3000' },
          { label: '', value: '只有答案' },
        ],
      },
    });
    expect(only('image-shared')).toMatchObject({ content: { type: 'unsupported', what: 'image' } });
    expect(only('other')).toMatchObject({ content: { type: 'text' } });
    expect(only('text-masked-phone')).toMatchObject({ content: { text: '我的电话 138****5678，回我' } });
  });
  it('take names from the right person only', () => {
    expect(only('text-foreign-user-infos')?.profile).toBeUndefined();
    expect(only('text-no-user-infos')?.profile).toBeUndefined();
  });
});

describe('douyin’s accounts are told by who is connected', () => {
  it('whatever the position', () => {
    expect(only('text-turned')).toMatchObject({ account: SHOP, from: GUEST, kind: 'message' });
    expect(hear(fixtures.text, accounts(GUEST)).events[0]).toMatchObject({ account: GUEST, from: SHOP });
  });
  it('by position between two connected ones, and where none is', () => {
    const both = accounts(SHOP, GUEST);
    expect(hear(fixtures.text, both).events[0]).toMatchObject({ account: SHOP, from: GUEST, kind: 'message' });
    expect(hear(fixtures['sent-in-app'], both).events[0]).toMatchObject({ account: SHOP, from: GUEST, kind: 'echo' });
    expect(hear(fixtures.text, accounts()).events[0]).toMatchObject({ account: SHOP, from: GUEST });
  });
});

describe('douyin’s echoes', () => {
  it('of our own calls are receipts, which set off nothing', () => {
    for (const name of ['sent-by-us', 'sent-by-us-image']) {
      const event = only(name);
      expect(event).toMatchObject({ kind: 'receipt', state: 'delivered', from: GUEST, account: SHOP });
      expect((event as { messageIds: string[] }).messageIds[0]).toMatch(/^@/);
      expect(event?.reply).toBeUndefined();
    }
  });
  it('of colleagues and of other apps are shown', () => {
    expect(only('sent-in-app')).toMatchObject({ kind: 'echo', from: GUEST, content: { text: '同事在抖音里回的' } });
    expect(only('sent-in-app-image')).toMatchObject({ kind: 'echo', content: { type: 'image' } });
    expect(only('sent-by-other-app')).toMatchObject({ kind: 'echo' });
  });
});

describe('douyin’s events', () => {
  it('of somebody who opens the chat give half a minute and say whence he came', () => {
    const event = only('enter');
    expect(event).toMatchObject({ kind: 'wish', wish: 'enter', trigger: 'enter', entry: { scene_type: '1' } });
    expect(event?.reply?.until).toBe((event?.at ?? 0) + 30_000);
    expect(fromToken(event?.reply?.token ?? '')).toMatchObject({ scene: 'im_enter_direct_msg' });
    expect(only('enter-object')).toMatchObject({ entry: { objectId: '7180000000000000003' } });
    expect(only('enter-ad')).toMatchObject({
      entry: { adv_id: '1700000000000001', ad_name: '夏季', creative_id: '1700000000000003' },
    });
    expect(only('enter-ad-broken')).toMatchObject({ entry: { scene_type: '3' } });
    expect(only('enter-mini-app')).toMatchObject({
      entry: { query: 'from=menu', path: 'pages/shop/index', 'data-im-extra': 'order=20261121' },
    });
    expect(only('enter-no-id')?.reply).toBeUndefined();
  });
  it('take back what either side said', () => {
    expect(only('recall')).toMatchObject({ kind: 'recall', from: GUEST, account: SHOP });
    expect(only('recall-by-us')).toMatchObject({ kind: 'recall', from: GUEST, account: SHOP });
  });
  it('read up to a moment, by the customer only', () => {
    expect(only('read')).toMatchObject({ kind: 'receipt', state: 'read', before: 1760000099001 });
    expect(only('read-number')).toMatchObject({ before: 1760000098001 });
    expect(only('read-by-us')).toMatchObject({ kind: 'ignored' });
    expect(only('read-odd-index')).toMatchObject({ kind: 'ignored' });
  });
  it('open the window by consent, with times in seconds', () => {
    expect(only('consent')).toMatchObject({
      kind: 'notice',
      what: 'im_authorize',
      trigger: 'consent',
      at: 1760000100000,
      text: '→ 2025-11-08',
    });
    expect(only('consent-string')).toMatchObject({ trigger: 'consent', at: 1760000102000 });
    expect(only('consent-withdrawn')?.trigger).toBeUndefined();
  });
  it('take the account back, when the messages go with it', () => {
    for (const name of ['unauthorize', 'unauthorize-all', 'contract-unauthorize'])
      expect(hear(fixtures[name]).changes, name).toMatchObject([{ do: 'revoke', account: SHOP }]);
    for (const name of ['unauthorize-less', 'contract-unauthorize-less', 'authorize'])
      expect(hear(fixtures[name]).changes, name).toBeUndefined();
  });
  it('of groups keep nobody’s words', () => {
    expect(JSON.stringify([only('group-received'), only('group-sent')])).not.toContain('群里');
  });
});

describe('douyin’s repeats', () => {
  it('have the same key whatever the delivery says of itself', () => {
    const again = { 'msg-id': 'one-id' };
    for (const name of Object.keys(fixtures)) {
      const first = hear(fixtures[name], accounts(SHOP), again).events;
      const body = fixtures[name]?.replace(/"log_id": "\w+"/, '"log_id": "x"');
      expect(hear(body, accounts(SHOP), again).events.map((e) => e.externalId)).toEqual(first.map((e) => e.externalId));
    }
  });
  it('are told by the message first: another delivery id does not make it new', () => {
    const key = (id: string) => hear(fixtures.text, accounts(SHOP), { 'msg-id': id }).events[0]?.externalId;
    expect(key('a')).toBe(key('b'));
  });
  it('are told by the delivery where the event has no id', () => {
    const key = (id: string) => hear(fixtures.follow, accounts(SHOP), { 'msg-id': id }).events[0]?.externalId;
    expect(key('a')).not.toBe(key('b'));
  });
  it('of ids too long for a key still differ', () => {
    const long = (end: string) =>
      hear(changed('read', ({ content }) => (content.conversation_short_id = `${'x'.repeat(199)}${end}`))).events[0];
    expect(long('a')?.externalId).not.toBe(long('b')?.externalId);
    expect(() => hear(changed('text', ({ content }) => (content.server_message_id = 'x'.repeat(500))))).not.toThrow(
      BadRequest,
    );
  });
});
