import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { connectorContract } from '../contract.ts';
import { BadRequest, BadSignature } from '../errors.ts';
import { web } from './index.ts';
import { recordings, webReplay } from './replay.ts';
import { signVisitor, visitorOf } from './token.ts';

const secret = 'k'.repeat(43);
const config = web.config.parse({ secret });
const visitor = '01931f4e-0000-7000-8000-00000000000a';
const fixture = (name: string) => readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url));
const token = signVisitor(secret, visitor);

function receive(body: Uint8Array | string, authorization: string | undefined = `Visitor ${token}`) {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  return web.receive({ method: 'POST', path: '', query: {}, headers: { authorization }, body: bytes }, config);
}
function codeOf(body: Uint8Array | string): string {
  try {
    receive(body);
  } catch (error) {
    if (error instanceof BadRequest) return error.code;
    throw error;
  }
  return 'taken';
}
const message = (content: unknown, more = {}) =>
  JSON.stringify({ events: [{ type: 'message', id: '01931f4e-7c00-7000-8000-000000000001', content, ...more }] });

const left = (form: object, text: unknown = 'call me') =>
  JSON.stringify({ events: [{ type: 'leave-message', id: visitor, form, text }] });
const rated = (more: object) =>
  JSON.stringify({ events: [{ type: 'rate', id: visitor, invitationId: visitor, stars: 5, ...more }] });

connectorContract(web, {
  config,
  stranger: web.config.parse({ secret: 'x'.repeat(43) }),
  fixtures: recordings(),
  sign: (body, config) => ({
    method: 'POST',
    path: '',
    query: {},
    headers: { authorization: `Visitor ${signVisitor(config.secret, visitor)}` },
    body,
  }),
  // The token says who speaks; what they say travels under TLS like every page's.
  proof: { in: 'headers', name: 'authorization', coversBody: false },
  syntax: 'json',
});

describe('web translates', () => {
  it('a text, with the event id as message id and no time of its own', () => {
    const { events, reply } = receive(fixture('text'));
    expect(events).toEqual([
      {
        kind: 'message',
        from: visitor,
        at: 0,
        externalId: '01931f4e-7c00-7000-8000-000000000001',
        messageId: '01931f4e-7c00-7000-8000-000000000001',
        content: { type: 'text', text: '你好，我想问一下退货 👋🏽' },
      },
    ]);
    expect(JSON.parse(reply?.body ?? '')).toEqual({ accepted: 1 });
    expect(receive(fixture('text')).events).toEqual(events);
  });
  it('media by our own id, and a quote', () => {
    expect(receive(fixture('image')).events[0]).toMatchObject({
      content: { type: 'image', media: { id: '01931f4e-7c00-7000-8000-0000000000aa' } },
    });
    expect(receive(fixture('quote')).events[0]).toMatchObject({ quoted: '01931f4e-7c00-7000-8000-0000000000bb' });
  });
  it('wishes and the place read', () => {
    expect(receive(fixture('wishes')).events.map((e) => e.kind === 'wish' && e.wish)).toEqual([
      'enter',
      'human',
      'leave-queue',
      'end',
      'rate',
    ]);
    expect(receive(fixture('read')).events[0]).toMatchObject({
      kind: 'receipt',
      state: 'read',
      session: '01931f4e-7c00-7000-8000-0000000000cc',
      seq: 42,
    });
  });
});

describe('V-28, V-09: what is rated and left', () => {
  it('a rating, with everything and with the stars alone', () => {
    const invitationId = '01931f4e-7c00-7000-8000-0000000000b0';
    expect(receive(fixture('rate')).events).toMatchObject([
      {
        kind: 'rate',
        externalId: '01931f4e-7c00-7000-8000-0000000000b1',
        invitationId,
        stars: 2,
        tags: ['回复太慢', '没有解决问题'],
        resolved: false,
        comment: '等了二十分钟',
      },
      { kind: 'rate', invitationId, stars: 5, tags: [], resolved: null, comment: null },
    ]);
  });
  it('a message left, without the fields that were left empty', () => {
    expect(receive(fixture('leave-message')).events[0]).toMatchObject({
      kind: 'leave-message',
      form: { name: '海风', phone: '+86 138-0000-0000', email: 'haifeng@example.com' },
      text: '周一请给我回电话，想问保修。',
    });
    const [event] = receive(left({ email: 'a@example.com' })).events;
    expect(event).toMatchObject({ form: { email: 'a@example.com' }, text: 'call me' });
    expect(event?.kind === 'leave-message' && Object.keys(event.form)).toEqual(['email']);
  });
});

describe('web refuses strangers before it reads a byte', () => {
  const other = signVisitor('x'.repeat(43), visitor);
  const someoneElse = token.replace(visitor, visitor.replace('0a', '0b'));
  it.each([
    ['nothing', ''],
    ['no scheme', token],
    ['another scheme', `Bearer ${token}`],
    ['another channel', `Visitor ${other}`],
    ['another visitor', `Visitor ${someoneElse}`],
    ['a cut token', `Visitor ${token.slice(0, -1)}`],
    ['two tokens', `Visitor ${token} ${token}`],
    ['upper case', `Visitor ${token.toUpperCase()}`],
  ])('%s', (_, authorization) => {
    expect(() => receive('{ not json', authorization)).toThrow(BadSignature);
  });
  it('no header at all', () => {
    expect(() =>
      web.receive({ method: 'POST', path: '', query: {}, headers: {}, body: new Uint8Array() }, config),
    ).toThrow(BadSignature);
  });
  it('no single changed character passes, not even another spelling of the same bytes', () => {
    fc.assert(
      fc.property(fc.nat(token.length - 1), fc.constantFrom(...'abcdefABCDEF0189-_.'), (at, letter) => {
        const changed = token.slice(0, at) + letter + token.slice(at + 1);
        expect(visitorOf(secret, changed)).toEqual(changed === token ? { id: visitor, user: false } : undefined);
      }),
    );
  });
  it('and does not tell the token', () => {
    try {
      receive('{}', `Visitor ${other}`);
    } catch (error) {
      expect(String(error)).not.toContain(other.slice(-20));
    }
  });
});

describe('web refuses what is not its own', () => {
  it.each([
    ['not_utf8', new Uint8Array([0x7b, 0xff, 0x7d])],
    ['bad_json', '{"events":['],
    ['bad_json', ''],
    ['nul', message({ type: 'text', text: 'a\u0000b' })],
    [
      'lone_surrogate',
      '{"events":[{"type":"message","id":"01931f4e-7c00-7000-8000-000000000001","content":{"type":"text","text":"\\ud83d"}}]}',
    ],
    ['not_web_events', 'null'],
    ['not_web_events', '[]'],
    ['not_web_events', '{"events":[]}'],
    ['not_web_events', '{"events":{}}'],
    ['not_web_events', message({ type: 'text', text: '' })],
    ['not_web_events', message({ type: 'text', text: 'x'.repeat(4001) })],
    ['not_web_events', message({ type: 'text', text: 7 })],
    ['not_web_events', message({ type: 'text', text: 'x', html: '<b>' })],
    ['not_web_events', message({ type: 'location', latitude: 1, longitude: 1 })],
    ['not_web_events', message({ type: 'image', media: { id: 'x' } })],
    [
      'not_web_events',
      message({ type: 'image', media: { id: '01931f4e-7c00-7000-8000-0000000000aa', url: 'http://10.0.0.1/' } }),
    ],
    ['not_web_events', message({ type: 'text', text: 'x' }, { at: 1 })],
    ['not_web_events', message({ type: 'text', text: 'x' }, { id: '1' })],
    ['not_web_events', JSON.stringify({ events: Array.from({ length: 21 }, () => ({ type: 'enter', id: visitor })) })],
    ['not_web_events', JSON.stringify({ events: [{ type: 'read', id: visitor, cursor: 'x:1' }] })],
    ['not_web_events', JSON.stringify({ events: [{ type: 'read', id: visitor, cursor: `${visitor}:-1` }] })],
    ['not_web_events', JSON.stringify({ events: [{ type: 'become-owner', id: visitor }] })],
    ['not_web_events', rated({ stars: 0 })],
    ['not_web_events', rated({ stars: 6 })],
    ['not_web_events', rated({ stars: 4.5 })],
    ['not_web_events', rated({ invitationId: 'x' })],
    ['not_web_events', rated({ tags: Array.from({ length: 21 }, (_, i) => `${i}`) })],
    ['not_web_events', rated({ comment: 'x'.repeat(501) })],
    ['not_web_events', rated({ agentId: visitor })],
    ['not_web_events', left({}, '  ')],
    ['not_web_events', left({}, 'x'.repeat(2001))],
    ['not_web_events', left({ email: 'nobody' })],
    ['not_web_events', left({ email: `a@${'-'.repeat(60)}.com` })],
    ['not_web_events', left({ email: `${'a'.repeat(200)}@example.com` })],
    ['not_web_events', left({ phone: 'call me' })],
    ['not_web_events', left({ name: '' })],
    ['not_web_events', left({ owner: 'x' })],
  ])('%s', (code, body) => {
    expect(codeOf(body)).toBe(code);
  });
  it('takes the longest text that is allowed', () => {
    expect(codeOf(message({ type: 'text', text: 'x'.repeat(4000) }))).toBe('taken');
  });
  it('whatever comes, it is an answer or a named refusal, and no secret is told', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string(), fc.uint8Array()), (body) => {
        expect(['taken', 'not_utf8', 'bad_json', 'nul', 'lone_surrogate', 'too_deep', 'not_web_events']).toContain(
          codeOf(body),
        );
      }),
    );
  });
});

describe('the secret', () => {
  it('is made when left empty, kept when given, refused when weak', () => {
    const made = web.config.parse({}).secret;
    expect(made).toHaveLength(43);
    expect(web.config.parse({ secret: '' }).secret).not.toBe(made);
    expect(web.config.parse({ secret })).toMatchObject({ secret, identity: 'optional', link: 'plain' });
    expect(web.config.safeParse({ secret: 'short' }).success).toBe(false);
  });
});

describe('a replay', () => {
  it('is a new event of the same visitor every time', () => {
    const once = () =>
      web.receive(webReplay.request('text', { secret }, { from: visitor, now: Date.now }), config).events[0];
    expect(once()).toMatchObject({ from: visitor, kind: 'message' });
    expect(once()?.externalId).not.toBe(once()?.externalId);
  });
});

describe('the language a browser prefers', () => {
  it.each([
    ['en-GB,en;q=0.9', 'en-GB'],
    ['zh-CN', 'zh-CN'],
    ['ja;q=0.8', 'ja'],
    ['*', undefined],
    ['"><script>', undefined],
    [undefined, undefined],
  ])('%s is %s', (header, language) => {
    const body = new TextEncoder().encode(message({ type: 'text', text: 'hi' }));
    const headers = { authorization: `Visitor ${token}`, 'accept-language': header };
    const [event] = web.receive({ method: 'POST', path: '', query: {}, headers, body }, config).events;
    expect(event?.profile?.language).toBe(language);
  });
});
