import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RawRequest } from '../connector.ts';
import { BadRequest, BadSignature } from '../errors.ts';
import { decrypt, encrypt, signature } from './crypt.ts';
import { wechat, wechatMini } from './index.ts';
import { readPush } from './json.ts';
import { posted } from './replay.ts';
import { AT, direct, keysOf, message, mini, plainly, pushed } from './test/accounts.ts';
import { readXml } from './xml.ts';

const textOf = (request: RawRequest, config = direct): string | undefined => {
  const [event] = wechat.receive(request, config).events;
  return event?.kind === 'message' && event.content.type === 'text' ? event.content.text : undefined;
};
const refusal = (work: () => unknown): unknown => {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
};

describe('WeChat’s trial of the address', () => {
  const get = (query: Record<string, string>): RawRequest => ({
    method: 'GET',
    path: '',
    headers: {},
    body: new Uint8Array(),
    query,
  });
  const signed = { signature: '2cba4c59a714137efb116beda25b7427a22b9031', timestamp: '1700000000', nonce: 'n0nce' };

  it('is answered with its own word and nothing else', () => {
    expect(wechat.receive(get({ ...signed, echostr: '5927363526485127462' }), direct)).toEqual({
      events: [],
      reply: { type: 'text/plain', body: '5927363526485127462' },
    });
  });
  it('is refused from anybody else, and never an injection', () => {
    const echostr = '1';
    for (const query of [
      { echostr },
      { ...signed, signature: '', echostr },
      { ...signed, nonce: 'other', echostr },
      { ...signed, signature: '2cba4c59a714137efb116beda25b7427a22b9032', echostr },
    ])
      expect(refusal(() => wechat.receive(get(query), direct))).toBeInstanceOf(BadSignature);
    for (const echostr of ['', '<script>', 'a b', 'x'.repeat(129)])
      expect(refusal(() => wechat.receive(get({ ...signed, echostr }), direct))).toBeInstanceOf(BadRequest);
  });
});

describe('the mode is the push’s own', () => {
  const body = message();
  const keys = keysOf(direct);

  it('safe: what was encrypted', () => {
    expect(textOf(pushed(body, keys))).toBe('你好');
    expect(wechat.receive(pushed(body, keys), direct).reply).toEqual({ type: 'text/plain', body: 'success' });
  });
  it('compatible: what was encrypted, never the plain fields beside it', () => {
    const { query, body: sealed } = posted(body, keys, AT);
    const encrypted = /<Encrypt>.*<\/Encrypt>/.exec(new TextDecoder().decode(sealed))?.[0] ?? '';
    const both = (plain: string) => message({ Content: plain }).replace('</xml>', `${encrypted}</xml>`);
    for (const plain of ['你好', 'forged', '<Encrypt>QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo=</Encrypt>']) {
      const request = { ...pushed(body, keys), query, body: new TextEncoder().encode(both(plain)) };
      expect(textOf(request)).toBe('你好');
      const { encrypt_type: _, ...untold } = query;
      expect(textOf({ ...request, query: untold })).toBe('你好');
    }
  });
  it('plaintext: only where it was allowed', () => {
    const request = pushed(body, plainly(keys));
    expect(refusal(() => textOf(request))).toMatchObject({ name: 'BadRequest', code: 'plaintext_refused' });
    expect(textOf(request, { ...direct, plaintext: 'yes' })).toBe('你好');
    expect(
      textOf({ ...request, query: { ...request.query, encrypt_type: 'raw' } }, { ...direct, plaintext: 'yes' }),
    ).toBe('你好');
  });
  it('an envelope whose signature was taken away is not plaintext', () => {
    const { encrypt_type: _, msg_signature: __, ...query } = pushed(body, keys).query;
    const request = { ...pushed(body, keys), query };
    expect(refusal(() => textOf(request, { ...direct, plaintext: 'yes' }))).toBeInstanceOf(BadSignature);
  });
  it('JSON, with its ids whole', () => {
    const json =
      '{"ToUserName":"gh_1","FromUserName":"oUser1","CreateTime":1700000000,"MsgType":"text","Content":"a","MsgId":9007199254740993}';
    for (const request of [pushed(json, keysOf(mini)), pushed(` \n${json}`, keysOf(mini))])
      expect(wechatMini.receive(request, mini).events[0]).toMatchObject({
        messageId: '9007199254740993',
        at: 1_700_000_000_000,
      });
  });
  it('for another account: refused, whatever else is right', () => {
    for (const wrong of [
      { ...keys, receiveId: 'wx00000000000000ff' },
      { ...keys, token: 'another1' },
      { ...keys, aesKey: `Z${keys.aesKey?.slice(1)}` },
    ])
      expect(refusal(() => textOf(pushed(body, wrong)))).toBeInstanceOf(BadSignature);
  });
  it('an account in a platform’s hands has no address of its own', () => {
    expect(refusal(() => wechat.receive(pushed(body, keys), { appId: direct.appId }))).toBeInstanceOf(BadSignature);
  });
});

describe('after a change of keys', () => {
  const old = keysOf(direct);
  const next = {
    ...direct,
    token: 'newToken',
    aesKey: 'ZYXWVUTSRQPONMLKJIHGFEDCBAzyxwvutsrqponmlkj',
    previousToken: direct.token,
    previousAesKey: direct.aesKey,
  };
  it('what was on its way still opens, in every mixture, and is answered with the keys it came with', () => {
    for (const token of [old.token, next.token])
      for (const aesKey of [old.aesKey, next.aesKey])
        expect(textOf(pushed(message(), { ...old, token, aesKey }), next)).toBe('你好');
    const { passive } = wechat.receive(pushed(message(), old), { ...next, verified: 'no' });
    const answer = readXml(passive?.answer({ type: 'text', text: 'hi' }, AT * 1000)?.body ?? '');
    expect(decrypt(String(answer.Encrypt), direct.aesKey ?? '', direct.appId).toString()).toContain('hi');
    expect(answer.MsgSignature).toBe(
      signature(old.token, String(answer.TimeStamp), String(answer.Nonce), String(answer.Encrypt)),
    );
  });
  it('and without what was before it does not', () => {
    const { previousToken: _, previousAesKey: __, ...forgot } = next;
    expect(refusal(() => textOf(pushed(message(), old), forgot))).toBeInstanceOf(BadSignature);
  });
});

/** Tencent's own samples, as its example code has them since 2014. */
describe('the samples of WeChat', () => {
  const aesKey = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';
  it('are encrypted as there', () => {
    const random = Buffer.from('aaaabbbbccccdddd');
    const wanted = 'jn1L23DB+6ELqJ+6bruv21Y6MD7KeIfP82D6gU39rmkgczbWwt5+3bnyg5K55bgVtVzd832WzZGMhkP72vVOfg==';
    expect(encrypt('我是中文abcd123', aesKey, 'wxb11529c136998cb6', random)).toBe(wanted);
    expect(decrypt(wanted, aesKey, 'wxb11529c136998cb6').toString()).toBe('我是中文abcd123');
  });
  it('are understood, as they were posted in compatible mode', () => {
    const encrypted =
      'hyzAe4OzmOMbd6TvGdIOO6uBmdJoD0Fk53REIHvxYtJlE2B655HuD0m8KUePWB3+LrPXo87wzQ1QLvbeUgmBM4x6F8PGHQHFVAFmOD2LdJF9FrXpbUAh0B5GIItb52sn896wVsMSHGuPE328HnRGBcrS7C41IzDWyWNlZkyyXwon8T332jisa+h6tEDYsVticbSnyU8dKOIbgU6ux5VTjg3yt+WGzjlpKn6NPhRjpA912xMezR4kw6KWwMrCVKSVCZciVGCgavjIQ6X8tCOp3yZbGpy0VxpAe+77TszTfRd5RJSVO/HTnifJpXgCSUdUue1v6h0EIBYYI1BD1DlD+C0CR8e6OewpusjZ4uBl9FyJvnhvQl+q5rv1ixrcpCumEPo5MJSgM9ehVsNPfUM669WuMyVWQLCzpu9GhglF2PE=';
    const config = { ...direct, token: 'spamtest', aesKey, appId: 'wx2c2769f8efd9abc2' };
    const outer = `<xml><ToUserName><![CDATA[gh_10f6c3c3ac5a]]></ToUserName><Content><![CDATA[forged]]></Content><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`;
    const request: RawRequest = {
      method: 'POST',
      path: '',
      headers: {},
      query: {
        encrypt_type: 'aes',
        timestamp: '1409735669',
        nonce: '1320562132',
        msg_signature: '5d197aaffba7e9b25a30732f161a50dee96bd5fa',
      },
      body: new TextEncoder().encode(outer),
    };
    expect(wechat.receive(request, config).events).toMatchObject([
      { messageId: '6054768590064713728', at: 1_409_735_668_000, content: { type: 'text', text: 'abcdteT' } },
    ]);
  });
});

describe('JSON from outside', () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  it('keeps every digit of whole numbers, and no other text changes', () => {
    const inner = fc.oneof(
      fc
        .bigInt({ min: 0n, max: 2n ** 64n })
        .map((n) => ({ json: String(n), is: n > 999_999_999_999_999n ? String(n) : Number(n) })),
      fc
        .string({ unit: 'grapheme' })
        .filter((text) => !text.includes('\u0000'))
        .map((text) => ({ json: JSON.stringify(text), is: text })),
      fc.constantFrom({ json: '"\\"1234567890123456789"', is: '"1234567890123456789' }, { json: '"\\\\"', is: '\\' }),
      fc
        .double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 })
        .map((n) => ({ json: JSON.stringify(n), is: Object.is(n, -0) ? 0 : n })),
    );
    fc.assert(
      fc.property(fc.array(inner, { maxLength: 8 }), (items) => {
        const read = readPush(bytes(`{"List":[${items.map(({ json }) => json).join(' , ')}]}`)) as { List: unknown[] };
        expect(read.List.map((one) => (typeof one === 'number' ? one + 0 : one))).toEqual(items.map(({ is }) => is));
      }),
      { numRuns: 500 },
    );
  });
  it('is an object or refused', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const error = refusal(() => readPush(bytes(text)));
        if (error) expect(error).toBeInstanceOf(BadRequest);
      }),
    );
    for (const text of ['[]', 'null', '7', '"a"', '', '{"a":', '{"MsgId":12345678901234567890.5e3}x'])
      expect(
        refusal(() => readPush(bytes(text))),
        text,
      ).toBeInstanceOf(BadRequest);
    expect(readPush(bytes('{"a":1.2345678901234567890,"b":-1234567890123456789}'))).toEqual({
      a: Number('1.2345678901234567890'),
      b: '-1234567890123456789',
    });
  });
});
