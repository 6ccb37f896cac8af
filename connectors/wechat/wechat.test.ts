import { describe, expect, it } from 'vitest';
import type { Sendable } from '../../core/message.ts';
import type { Outbound, Reply } from '../connector.ts';
import { NOW } from '../contract/tools.ts';
import { brokenOff, connectorContract, fixturesIn, jsonAnswer } from '../contract.ts';
import { decrypt, sameText, signature } from './crypt.ts';
import { wechat, wechatMini } from './index.ts';
import { wechatSandbox } from './sandbox.ts';
import { direct, keysOf, mini, OPEN_ID, plainly, pushed } from './test/accounts.ts';
import { failed, routes } from './test/answers.ts';
import { readXml } from './xml.ts';

const fixtures = fixturesIn(new URL('./fixtures/', import.meta.url));
const miniFixtures = fixturesIn(new URL('./fixtures/mini/', import.meta.url));
const SEND = '/cgi-bin/message/custom/send';

const some = (...names: string[]) => Object.fromEntries(names.map((name) => [name, fixtures[name] ?? '']));

const garbage = {
  nothing: '',
  'no XML': 'hello',
  'JSON that is no object': '[1]',
  'half a document': '<xml><ToUserName>',
  'another language of it': '<html><body>sorry</body></html>',
  'an empty document': '<xml></xml>',
  'a declared entity': '<!DOCTYPE xml [<!ENTITY a "b">]><xml><MsgType>&a;</MsgType></xml>',
  'endless nesting': '<a>'.repeat(10_000),
  'invalid UTF-8': new Uint8Array([...new TextEncoder().encode('<xml><A>'), 0xff, 0xfe]),
  'a message from nobody':
    '<xml><CreateTime>1</CreateTime><MsgType>text</MsgType><MsgId>1</MsgId><Content>a</Content></xml>'.replace(
      'text',
      '',
    ),
  'a time that is none':
    '<xml><FromUserName>o1</FromUserName><CreateTime>soon</CreateTime><MsgType>text</MsgType></xml>',
  'half a JSON': '{"ToUserName":',
  'NUL in JSON': '{"FromUserName":"o1","CreateTime":1,"MsgType":"text","Content":"a\\u0000"}',
};

const batch = (content: Sendable = { type: 'text', text: '你好' }): Outbound => ({
  to: OPEN_ID,
  key: '018f2b6e-0000-7000-8000-000000000001',
  messages: [{ id: '018f2b6e-0000-7000-8000-000000000002', content }],
});
const outcomes = {
  'another account’s person': { answers: routes({ [SEND]: failed(40003) }), becomes: 'Refused', code: 'not_found' },
  'the window shut': { answers: routes({ [SEND]: failed(45015) }), becomes: 'Refused', code: 'window_closed' },
  'the window used up': { answers: routes({ [SEND]: failed(45047) }), becomes: 'Refused', code: 'window_closed' },
  'WeChat busy': { answers: routes({ [SEND]: failed(-1) }), becomes: 'Retry' },
  'a code as a text': { answers: routes({ [SEND]: failed('45015') }), becomes: 'Refused', code: 'window_closed' },
  'too fast': { answers: routes({ [SEND]: failed(45011) }), becomes: 'Retry', afterMs: 60_000 },
  'no such API': { answers: routes({ [SEND]: failed(48001) }), becomes: 'Misconfigured', code: 'send_api_unavailable' },
  'our address unknown': {
    answers: routes({ [SEND]: failed(40164) }),
    becomes: 'Misconfigured',
    code: 'ip_not_allowed',
  },
  'a wrong secret': {
    answers: routes({ '/cgi-bin/stable_token': failed(40001) }),
    becomes: 'Misconfigured',
    code: 'bad_credentials',
  },
  'a gateway in trouble': { answers: routes({ [SEND]: { status: 502, text: '<html>' } }), becomes: 'Uncertain' },
  'a connection that broke off': { answers: routes({ [SEND]: brokenOff() }), becomes: 'Uncertain' },
  'no token to be had': { answers: routes({ '/cgi-bin/stable_token': brokenOff() }), becomes: 'Retry' },
} as const;
const send = {
  batch: batch(),
  good: { answers: routes(), ids: [undefined] },
  outcomes,
  uploads: { answers: routes(), once: true },
};

const GET = '/cgi-bin/media/get';
const media = {
  source: 'M_img_1',
  good: {
    answers: routes({ [GET]: { status: 200, text: 'bytes', headers: { 'content-type': 'image/jpeg' } } }),
    bytes: 'bytes',
    mime: 'image/jpeg',
  },
  outcomes: {
    'older than three days': { answers: routes({ [GET]: failed(40007) }), becomes: 'Gone' },
    'not allowed': { answers: routes({ [GET]: failed(48001) }), becomes: 'Misconfigured' },
    'WeChat busy': { answers: routes({ [GET]: failed(-1) }), becomes: 'Retry' },
    'no media id': { answers: routes({ [GET]: failed(41006) }), becomes: 'Refused' },
  },
} as const;
const INFO = '/cgi-bin/user/info';
const calls = {
  typing: { with: OPEN_ID, good: { answers: routes() } },
  profile: {
    with: OPEN_ID,
    good: { answers: routes({ [INFO]: jsonAnswer(200, { subscribe: 1 }) }), gives: { name: '微信用户 ·000001' } },
  },
  upkeep: { good: { answers: routes(), gives: { next: NOW + 86_400_000, points: [], config: {} } } },
} as const;
/** As WeChat reads an answer: opens it, checks whom it is from. */
const readAnswer = (reply: Reply, config: typeof direct) => {
  const outer = readXml(reply.body);
  const { Encrypt = '', TimeStamp = '', Nonce = '', MsgSignature } = outer as Record<string, string>;
  expect(MsgSignature).toBe(signature(config.token ?? '', TimeStamp, Nonce, Encrypt));
  const inner = readXml(decrypt(Encrypt, config.aesKey ?? '', config.appId).toString()) as Record<string, string>;
  expect(inner.FromUserName).toBe('gh_1a2b3c4d5e6f');
  expect(inner.CreateTime).toMatch(/^\d{10}$/);
  if (inner.MsgType === 'text') expect(inner.Content?.trim()).not.toBe('');
  return { to: inner.ToUserName ?? '', text: inner.Content };
};

/** `msg_signature` covers what was encrypted, and the time and nonce beside it; the envelope around it counts for nothing. */
const ciphertext = (body: Uint8Array): [number, number] => {
  const text = new TextDecoder('latin1').decode(body);
  const encrypted = /(?:<Encrypt><!\[CDATA\[|"Encrypt":")([^\]"]+)/.exec(text)?.[1] ?? '';
  const from = text.indexOf(encrypted);
  return [from, from + encrypted.length];
};
const proof = { in: 'query', name: 'msg_signature', coversBody: ciphertext, also: ['timestamp', 'nonce'] } as const;
const stranger = { ...direct, token: 'otherToken', appId: 'wx00000000000000ee' };
const unknown = {
  'message-unknown': 'hologram',
  'device-text': 'device_text',
  file: 'file',
  'event-unknown': 'somethingNew',
  'device-event': 'bind',
  'naming-verify': 'naming_verify_success',
  'mass-finish': 'MASSSENDJOBFINISH',
};

describe('safe mode', () => {
  connectorContract(wechat, {
    config: direct,
    stranger,
    fixtures,
    garbage,
    unknown,
    send,
    proof: { ...proof, also: [...proof.also] },
    syntax: 'other',
    sign: (body, config) => pushed(body, keysOf(config)),
    media,
    calls,
    passive: { config: { ...direct, verified: 'no' }, fixture: 'text', read: readAnswer },
    sandbox: wechatSandbox,
  });
});

describe('plaintext mode', () => {
  connectorContract(wechat, {
    config: { ...direct, plaintext: 'yes' },
    stranger: { ...stranger, plaintext: 'yes' },
    fixtures: { ...some('text', 'click', 'subscribe-scene', 'scan', 'json-text', 'event-unknown') },
    garbage,
    unknown: { 'event-unknown': 'somethingNew' },
    proof: { in: 'query', name: 'signature', coversBody: false, also: ['timestamp', 'nonce'] },
    syntax: 'other',
    sign: (body, config) => pushed(body, plainly(keysOf(config))),
  });
});

describe('mini-program', () => {
  connectorContract(wechatMini, {
    config: mini,
    stranger: { ...mini, token: 'otherToken' },
    fixtures: miniFixtures,
    garbage,
    unknown: { 'message-unknown': 'channels_card', 'event-unknown': 'somethingNew', 'audit-fail': 'weapp_audit_fail' },
    send: { ...send, batch: batch({ type: 'link', title: '订单', url: 'https://example.com/o' }) },
    proof: { ...proof, also: [...proof.also] },
    syntax: 'other',
    sign: (body, config) => pushed(body, keysOf(config)),
    sandbox: wechatSandbox,
  });
});

describe('the proof', () => {
  it('is over what was encrypted: no byte of it can be turned', () => {
    const good = pushed(Object.values(fixtures)[0] ?? '', keysOf(direct));
    const text = new TextDecoder().decode(good.body);
    const start = text.indexOf('<Encrypt><![CDATA[') + 18;
    const end = text.indexOf(']]></Encrypt>');
    for (let at = start; at < end; at += 7) {
      const changed = good.body.slice();
      changed[at] = changed[at] === 65 ? 66 : 65;
      expect(() => wechat.receive({ ...good, body: changed }, direct), String(at)).toThrow('The signature is not');
    }
    expect(() => wechat.receive({ ...good, body: good.body.slice(0, end) }, direct)).toThrow('The signature is not');
    const { timestamp: _, ...query } = good.query;
    expect(() => wechat.receive({ ...good, query }, direct)).toThrow('The signature is not');
    expect(
      sameText(good.query.msg_signature, signature(direct.token ?? '', '1760000100', 'n0nce', text.slice(start, end))),
    ).toBe(true);
  });
});
