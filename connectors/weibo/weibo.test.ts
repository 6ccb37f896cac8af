import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RawRequest } from '../connector.ts';
import { brokenOff, connectorContract, fixturesIn, jsonAnswer, noConnection } from '../contract.ts';
import { BadRequest, BadSignature } from '../errors.ts';
import type { WeiboConfig } from './config.ts';
import { weibo } from './index.ts';
import { proof } from './replay.ts';
import { weiboSandbox } from './sandbox.ts';
import { signature } from './signature.ts';
import { readTime, writeTime } from './time.ts';

const config: WeiboConfig = {
  appKey: '1234567890',
  appSecret: '0123456789abcdef0123456789abcdef',
  accessToken: '2.00PastedTokenOfSomeLength',
  uid: '5000000001',
};
const passiveOnly: WeiboConfig = { appKey: config.appKey, appSecret: config.appSecret };
const fixtures = fixturesIn(new URL('./fixtures/', import.meta.url));
const bytes = (text: string) => new TextEncoder().encode(text);
const NOW = 1_760_000_100_000;
const error = (status: number, code: number, words = 'some words') =>
  jsonAnswer(status, { request: '/2/messages/reply.json', error_code: code, error: words });

function sign(body: Uint8Array, { app, appSecret = '' }: WeiboConfig): RawRequest {
  const query = { timestamp: '1760000000123', nonce: '8421' };
  const secret = app?.appSecret ?? appSecret;
  return {
    method: 'POST',
    path: '',
    query: { ...query, signature: signature(secret, query.timestamp, query.nonce) },
    headers: {},
    body,
  };
}
const receive = (body: string, as = config) => weibo.receive(sign(bytes(body), as), as);
const events = (name: string) => receive(fixtures[name] ?? '').events;
const only = (name: string) => events(name)[0];

connectorContract(weibo, {
  config,
  stranger: { ...config, appSecret: 'ffffffffffffffffffffffffffffffff' },
  fixtures,
  sign,
  syntax: 'json',
  proof: { in: 'query', name: 'signature', coversBody: false },
  unknown: { 'type-unknown': 'hologram', 'event-unknown': 'somethingNew', 'event-no-subtype': 'event' },
  garbage: {
    'XML of the WeChat mode': '<xml><ToUserName><![CDATA[5000000001]]></ToUserName></xml>',
    'XML behind spaces and a mark': '\ufeff \n<xml/>',
    'a push without its time': '{"type":"text","receiver_id":1,"sender_id":2,"text":"x"}',
    'a push of nobody': '{"type":"text","receiver_id":1,"created_at":"Tue Mar 04 21:05:07 +0800 2025","text":"x"}',
    'a sender that is no number':
      '{"type":"text","receiver_id":1,"sender_id":"a/../b","created_at":"Tue Mar 04 21:05:07 +0800 2025"}',
  },
  sandbox: weiboSandbox,
  send: {
    batch: {
      to: '5000000002',
      key: '4b1b0e6e-7d27-4a52-9d55-5f0f3c6b9a10',
      messages: [{ id: '1', content: { type: 'text', text: '您好 1+1=2' } }],
    },
    good: { answers: jsonAnswer(200, { result: true }), ids: [undefined] },
    outcomes: {
      'a success that is the message itself': {
        answers: jsonAnswer(200, { type: 'text', sender_id: 5000000001, receiver_id: 5000000002 }),
        becomes: 'sent',
      },
      'a success that is none': { answers: jsonAnswer(200, { result: false }), becomes: 'Refused', code: 'rejected' },
      'a success nobody can read': { answers: { status: 200, text: '<html>' }, becomes: 'Uncertain' },
      'system error': { answers: error(400, 10001), becomes: 'Retry' },
      'service unavailable': { answers: error(503, 10002), becomes: 'Retry' },
      'remote service error': { answers: error(400, 10003), becomes: 'Retry' },
      'too busy': { answers: error(400, 10009), becomes: 'Retry' },
      'a timeout inside Weibo': { answers: error(400, 10010), becomes: 'Uncertain' },
      'a wrong IP': { answers: error(403, 10004), becomes: 'Misconfigured', code: 'ip_not_allowed' },
      'no permission': { answers: error(403, 10005), becomes: 'Misconfigured', code: 'not_permitted' },
      'no permission, told with 200': { answers: error(200, 10014), becomes: 'Misconfigured', code: 'not_permitted' },
      'no app key': { answers: error(400, 10006), becomes: 'Misconfigured', code: 'bad_app' },
      'a bad parameter': { answers: error(400, 10017), becomes: 'Refused', code: 'rejected' },
      'a code as text': {
        answers: jsonAnswer(400, { error_code: '10008', error: 'param error' }),
        becomes: 'Refused',
        code: 'rejected',
      },
      'a rate limit until the next hour': {
        answers: error(403, 10023),
        becomes: 'Retry',
        afterMs: 3_600_000 - (NOW % 3_600_000),
      },
      'a revoked token': { answers: error(400, 21332), becomes: 'Misconfigured', code: 'bad_token' },
      'a token that is over': { answers: error(401, 21327), becomes: 'Misconfigured', code: 'token_expired' },
      'an app that is not reviewed': { answers: error(403, 21321), becomes: 'Misconfigured', code: 'app_unreviewed' },
      'what nobody has published': {
        answers: error(400, 20130, 'no quota for this receiver'),
        becomes: 'Refused',
        code: 'weibo_20130',
      },
      'a failure in front of Weibo': { answers: { status: 502, text: '<html>' }, becomes: 'Uncertain' },
      'an answer that got lost': { answers: brokenOff(), becomes: 'Uncertain' },
      'no connection': { answers: noConnection(), becomes: 'Retry' },
      'somebody who is no id of Weibo': {
        answers: jsonAnswer(200, { result: true }),
        batch: { to: '../2/users' },
        becomes: 'Refused',
        code: 'not_found',
      },
      'a file without an address': {
        answers: jsonAnswer(200, { result: true }),
        batch: { messages: [{ id: '1', content: { type: 'image', media: { name: 'a.png' } } }] },
        becomes: 'Refused',
        code: 'media_missing',
      },
    },
  },
});

describe('weibo believes', () => {
  const query = {
    timestamp: '1700000000123',
    nonce: '8421',
    signature: 'eaca4768d9f5b4c1ee6e0657a40b030a0b3eaf0b',
    echostr: '5837297109821 +/=你',
  };
  const demo: WeiboConfig = { appKey: '1234567890', appSecret: 'demo-weibo-secret' };
  const get = (more: Record<string, string>, as = demo) =>
    weibo.receive({ method: 'GET', path: '', query: { ...query, ...more }, headers: {}, body: new Uint8Array() }, as);

  it('the vector of the reference page, and answers the check of the address with its echo, as it is', () => {
    expect(get({})).toEqual({
      events: [],
      reply: { status: 200, type: 'text/plain; charset=utf-8', body: query.echostr },
    });
  });
  it('no other echo, nonce or time', () => {
    const forgeries: Record<string, string>[] = [
      { nonce: '8422' },
      { timestamp: '1700000000124' },
      { timestamp: '' },
      { timestamp: 'soon' },
    ];
    for (const forged of forgeries) expect(() => get(forged)).toThrow(BadSignature);
  });
  it('times in seconds as well as in milliseconds', () => {
    for (const timestamp of ['1700000000', '1700000000123'])
      expect(get({ timestamp, signature: signature('demo-weibo-secret', timestamp, '8421') }).events).toEqual([]);
  });
  it('nobody while there is no secret, for whoever signs with none', () => {
    const nobody: WeiboConfig = { through: 'weibo-app', uid: '5000000001' };
    expect(() => get({ signature: signature('', query.timestamp, query.nonce) }, nobody)).toThrow(BadSignature);
  });
  it('the app’s secret where the account came through an app', () => {
    const through: WeiboConfig = {
      through: 'weibo-app',
      uid: '5000000001',
      app: { appKey: '1234567890', appSecret: 'demo-weibo-secret' },
    };
    expect(get({}, through).reply?.body).toBe(query.echostr);
  });
  it('whatever order the three parts sort in', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[A-Za-z0-9_-]{8,40}$/),
        fc.stringMatching(/^[A-Za-z0-9]{0,20}$/),
        (secret, nonce) => {
          const as = { ...demo, appSecret: secret };
          expect(get({ nonce, signature: signature(secret, query.timestamp, nonce) }, as).reply?.body).toBe(
            query.echostr,
          );
        },
      ),
    );
  });
  it('proofs of its own making', () => {
    expect(get({ ...proof('demo-weibo-secret', NOW) }).events).toEqual([]);
  });
});

describe('weibo translates', () => {
  it('text, with the time’s offset applied', () => {
    expect(only('text')).toEqual({
      account: '5000000001',
      from: '5000000002',
      at: Date.UTC(2025, 2, 4, 13, 0, 1),
      externalId: expect.stringMatching(/^5000000002:1741093201:text:[\w-]{22}$/),
      kind: 'message',
      messageId: only('text')?.externalId,
      content: { type: 'text', text: '请问几点关门？' },
    });
    expect(only('text-other-zone')?.at).toBe(Date.UTC(2012, 6, 16, 10, 9, 20));
    expect(only('text-negative-zone')?.at).toBe(Date.UTC(2012, 6, 16, 3, 9, 20));
    expect(only('text-bad-time')?.at).toBe(0);
  });
  it('big numbers as they are', () => {
    expect(only('text-big-ids')).toMatchObject({ from: '9007199254740993', account: '9223372036854775807' });
    expect(only('image-big-fid')).toMatchObject({ content: { media: { source: '9100000000000000003' } } });
    expect(only('image-data-string')).toMatchObject({ content: { media: { source: '9100000000000000013' } } });
    expect(only('mention-comment')).toMatchObject({ entry: { mention: 'comment', key: '9100123456789012345' } });
  });
  it('our copy of a file, never the sender’s', () => {
    expect(only('image')).toMatchObject({
      content: { type: 'image', media: { source: '4900000000000002', state: 'fetching' } },
    });
    expect(only('voice')).toMatchObject({ content: { type: 'voice', media: { source: '4900000000000009' } } });
    expect(only('image-without-ours')).toMatchObject({ content: { type: 'unsupported', what: 'image' } });
  });
  it('places given as texts', () => {
    expect(only('position')).toMatchObject({
      content: { type: 'location', longitude: 121.490317, latitude: 31.241701 },
    });
    expect(only('position-numbers')).toMatchObject({ content: { longitude: -73.9857, latitude: 40.7484 } });
    for (const name of ['position-past-range', 'position-empty'])
      expect(only(name)).toMatchObject({ content: { type: 'unsupported', what: 'position' } });
  });
  it('nothing Weibo says of itself as if it were typed', () => {
    const spoken = /发了|我在这里|事件消息|扫描二维码|某种/;
    for (const [name, body] of Object.entries(fixtures)) {
      if (name.startsWith('text') || name.startsWith('mention')) continue;
      for (const event of receive(body).events)
        if (event.kind === 'message') expect(JSON.stringify(event.content), name).not.toMatch(spoken);
    }
  });
  it('what opens the right to answer, and what ends it', () => {
    const grants = (name: string) => [only(name)?.kind, only(name)?.trigger];
    expect(grants('event-follow')).toEqual(['contact', 'follow']);
    expect(grants('event-subscribe')).toEqual(['contact', 'follow']);
    expect(grants('event-scan')).toEqual(['notice', 'scan']);
    expect(grants('event-scan-follow')).toEqual(['contact', 'scan']);
    expect(grants('event-click')).toEqual(['message', 'menu']);
    expect(grants('event-view')).toEqual(['notice', undefined]);
    for (const name of ['event-unfollow', 'event-unsubscribe']) {
      expect(only(name)).toMatchObject({ kind: 'contact', change: 'removed' });
      expect(only(name)?.trigger).toBeUndefined();
    }
  });
  it('what a fan came with', () => {
    expect(only('event-subscribe-keyword')?.entry).toEqual({ keyword: 'dy' });
    expect(only('event-subscribe')?.entry).toBeUndefined();
    expect(only('event-scan')?.entry).toEqual({ key: 'qr_shop101', ticket: 'gQH47joAAAAAAAAAASxodHRwOi8' });
    expect(only('event-scan-bare')?.entry).toBeUndefined();
  });
  it('a tapped menu as what it stands for', () => {
    expect(only('event-click')).toMatchObject({ content: { type: 'action', data: 'V1001_HOURS' } });
    expect(only('event-click-data-string')).toMatchObject({ content: { data: '人工客服' } });
  });
  it('a mention as what was said, with a right of its own, and where', () => {
    expect(events('mention-status')).toMatchObject([
      { kind: 'message', trigger: 'mention', content: { type: 'text', text: '@海纳演示 你们周末开门吗？' } },
      { kind: 'notice', what: 'mention', text: 'status https://m.weibo.cn/status/4900123456789012' },
    ]);
    expect(weibo.can.window?.grants?.mention).toEqual({ seconds: 172_800, sends: 1 });
    expect(weibo.can.window?.grants?.message).toEqual({ seconds: 172_800 });
  });
  it('two messages of one second as two, the same message sent again as one', () => {
    const say = (text: string) =>
      receive(
        `{"type":"text","receiver_id":1,"sender_id":2,"created_at":"Tue Mar 04 21:05:07 +0800 2025","text":"${text}"}`,
      ).events[0]?.externalId;
    expect(say('一')).not.toBe(say('二'));
    expect(say('一')).toBe(say('一'));
  });
  it('XML not at all, and says where to change that', () => {
    const xml = () => receive('<xml></xml>');
    expect(xml).toThrow(BadRequest);
    expect(xml).toThrow(/set_format/);
    expect(xml).toThrow(expect.objectContaining({ code: 'xml_format' }));
  });
  it('any text, whatever is in it', () => {
    const typed = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 60 })
      .filter((s) => s.isWellFormed() && !s.includes('\0'));
    fc.assert(
      fc.property(typed, fc.bigInt({ min: 1n, max: 2n ** 63n - 1n }), (text, fan) => {
        const [event] = receive(
          `{"type":"text","receiver_id":1,"sender_id":${fan},"created_at":"${writeTime(NOW)}","text":${JSON.stringify(text)}}`,
        ).events;
        expect(event).toMatchObject({ from: String(fan), content: { type: 'text', text } });
      }),
    );
  });
  it('every time it could have written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), (seconds) => {
        expect(readTime(writeTime(seconds * 1000))).toBe(seconds * 1000);
      }),
    );
    for (const no of [
      '',
      'Tue Foo 04 21:05:07 +0800 2025',
      'Tue Feb 30 21:05:07 +0800 2025',
      'Tue Mar 04 25:05:07 +0800 2025',
    ])
      expect(readTime(no)).toBeUndefined();
    fc.assert(fc.property(fc.string(), (text) => void readTime(text)));
  });
});

describe('weibo answers inside the response', () => {
  const passive = (name: string, as = passiveOnly) => receive(fixtures[name] ?? '', as).passive;
  const said = (name = 'text', text = '您好 1+1=2') =>
    JSON.parse(passive(name)?.answer({ type: 'text', text }, NOW)?.body ?? 'null');

  it('with the ids swapped and the data encoded as the reference page has it', () => {
    expect(said()).toEqual({
      result: true,
      sender_id: '5000000001',
      receiver_id: '5000000002',
      type: 'text',
      data: '%7B%22text%22%3A%22%E6%82%A8%E5%A5%BD%201%2B1%3D2%22%7D',
    });
    expect(said('text-big-ids')).toMatchObject({ sender_id: '9223372036854775807', receiver_id: '9007199254740993' });
  });
  it('any text, so that it comes out as it went in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }), (text) => {
        const { data } = said('text', text);
        expect(data).not.toContain('+');
        expect(JSON.parse(decodeURIComponent(data))).toEqual({ text });
      }),
    );
  });
  it('cards and places too, but not what has no address', () => {
    const answer = passive('event-follow')?.answer;
    expect(JSON.parse(answer?.({ type: 'location', latitude: 1, longitude: 2 }, NOW)?.body ?? '')).toMatchObject({
      type: 'position',
    });
    expect(answer?.({ type: 'image', media: {} }, NOW)).toBeUndefined();
  });
  it('only while there is no token, and never to somebody who left', () => {
    for (const name of ['text', 'event-follow', 'event-click', 'event-scan', 'mention-status'])
      expect(passive(name), name).toMatchObject({ withinMs: 4000 });
    for (const name of ['event-unfollow', 'event-unsubscribe', 'event-view', 'event-unknown'])
      expect(passive(name), name).toBeUndefined();
    expect(passive('text', config)).toBeUndefined();
    const through: WeiboConfig = { through: 'weibo-app', app: { appKey: '12345', appSecret: config.appSecret ?? '' } };
    expect(passive('text', through)).toBeUndefined();
  });
  it('and thanks with nothing at all', () => {
    expect(receive(fixtures.text ?? '').reply).toMatchObject({ status: 200, body: '' });
  });
});

describe('weibo is filled in', () => {
  it('with a profile’s address as well as with its number', () => {
    for (const uid of [
      '5000000001',
      'https://weibo.com/u/5000000001',
      'weibo.com/5000000001?refer_flag=1',
      ' 5000000001 ',
    ])
      expect(weibo.config.parse({ ...config, uid })).toEqual(config);
    expect(weibo.config.parse({ ...config, uid: '' }).uid).toBeUndefined();
    expect(weibo.config.safeParse({ ...config, uid: 'haina' }).success).toBe(false);
  });
  it('by an app without keys of its own', () => {
    expect(weibo.config.parse({ uid: '5000000001', through: 'weibo-app' })).toEqual({
      uid: '5000000001',
      through: 'weibo-app',
    });
    expect(weibo.config.safeParse({ uid: '5000000001' }).success).toBe(false);
  });
});
