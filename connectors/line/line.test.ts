import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RawRequest } from '../connector.ts';
import { brokenOff, connectorContract, fixturesIn, jsonAnswer } from '../contract.ts';
import type { LineConfig } from './config.ts';
import { line } from './index.ts';
import { signature } from './replay.ts';
import { lineSandbox } from './sandbox.ts';

const config: LineConfig = {
  channelSecret: '0123456789abcdef0123456789abcdef',
  accessToken: 'a-pasted-token-of-some-length==',
};
const fixtures = fixturesIn(new URL('./fixtures/', import.meta.url));
const to = 'Uaa00000000000000000000000000000a';

function sign(body: Uint8Array, { channelSecret }: LineConfig): RawRequest {
  return { method: 'POST', path: '', query: {}, headers: { 'x-line-signature': signature(body, channelSecret) }, body };
}
const receive = (body: string) => line.receive(sign(new TextEncoder().encode(body), config), config).events;
const only = (name: string) => receive(fixtures[name] ?? '')[0];
const error = (status: number, message: string, headers?: Record<string, string>) =>
  jsonAnswer(status, { message }, headers);
const withToken = { replyToken: 'a-reply-token' };

connectorContract(line, {
  config,
  stranger: { channelSecret: 'ffffffffffffffffffffffffffffffff', accessToken: 'another-token-of-some-length==' },
  fixtures,
  sign,
  syntax: 'json',
  proof: { in: 'headers', name: 'x-line-signature', coversBody: true },
  redeliver: (body) => body.replaceAll('"isRedelivery": false', '"isRedelivery": true'),
  unknown: {
    'event-unknown': 'somethingNew',
    'message-unknown': 'hologram',
    'group-text': 'group/message',
    'room-text': 'room/message',
  },
  garbage: {
    'no events': '{"destination":"U0123456789abcdef0123456789abcdef"}',
    'events of text': '{"events":"all"}',
    'one event of text': '{"events":["message"]}',
  },
  sandbox: lineSandbox,
  send: {
    batch: {
      to,
      key: '4b1b0e6e-7d27-4a52-9d55-5f0f3c6b9a10',
      messages: [
        { id: '1', content: { type: 'text', text: 'first' } },
        { id: '2', content: { type: 'text', text: 'second' }, quote: 'qt' },
      ],
    },
    good: {
      answers: jsonAnswer(200, {
        sentMessages: [{ id: '461230966842064897', quoteToken: 'IStG5h1Tz7b' }, { id: '461230966842064898' }],
      }),
      ids: ['461230966842064897', '461230966842064898'],
    },
    outcomes: {
      'a key that was accepted before is a success': {
        answers: jsonAnswer(
          409,
          { message: 'The retry key is already accepted' },
          { 'x-line-accepted-request-id': 'x' },
        ),
        becomes: 'sent',
      },
      'bad input': {
        answers: jsonAnswer(400, {
          message: 'The request body has 1 error(s)',
          details: [{ message: 'May not be empty', property: 'messages[0].text' }],
        }),
        becomes: 'Refused',
        code: 'rejected',
      },
      'no friend': { answers: error(400, 'Failed to send messages'), becomes: 'Refused', code: 'unreachable' },
      'a wrong token': { answers: error(401, 'Authentication failed.'), becomes: 'Misconfigured', code: 'bad_token' },
      'not in the plan': { answers: error(403, 'Not available'), becomes: 'Misconfigured', code: 'not_allowed' },
      nobody: { answers: error(404, 'Not found'), becomes: 'Refused', code: 'not_found' },
      'too large': { answers: error(413, 'Too large'), becomes: 'Refused', code: 'too_large' },
      'wrong type': { answers: error(415, 'Unsupported'), becomes: 'Refused', code: 'wrong_type' },
      'a rate limit': {
        answers: error(429, 'The API rate limit has been exceeded. Try again later.'),
        becomes: 'Retry',
        afterMs: 2000,
      },
      'a rate limit with a time': {
        answers: error(429, 'The API rate limit has been exceeded.', { 'retry-after': '7' }),
        becomes: 'Retry',
        afterMs: 7000,
      },
      'the monthly limit': {
        answers: error(429, 'You have reached your monthly limit.'),
        becomes: 'Misconfigured',
        code: 'quota_used_up',
      },
      'a push that LINE failed on': { answers: error(500, 'Internal Server Error'), becomes: 'Retry' },
      'a push whose answer got lost': { answers: brokenOff(), becomes: 'Retry' },
      'a reply that LINE failed on': {
        answers: error(500, 'Internal Server Error'),
        batch: withToken,
        becomes: 'Uncertain',
      },
      'a reply whose answer got lost': { answers: brokenOff(), batch: withToken, becomes: 'Uncertain' },
      'a reply over the rate limit': {
        answers: error(429, 'The API rate limit has been exceeded.'),
        batch: withToken,
        becomes: 'Retry',
      },
      'a reply with bad input': {
        answers: error(400, 'The request body has 1 error(s)'),
        batch: withToken,
        becomes: 'Refused',
        code: 'rejected',
      },
      'a dead reply token, and then the push fails': {
        answers: error(400, 'Invalid reply token'),
        batch: withToken,
        becomes: 'Refused',
      },
      'somebody who is no id of LINE': {
        answers: jsonAnswer(200, {}),
        batch: { to: '../../v2/bot/info' },
        becomes: 'Refused',
        code: 'not_found',
      },
    },
  },
});

describe('line translates', () => {
  it('the signature of the reference page', () => {
    const body = '{"destination":"U0123456789abcdef0123456789abcdef","events":[],"note":"caf\\u00e9"}';
    expect(signature(new TextEncoder().encode(body), 'demo-line-secret')).toBe(
      'waYFD1Zf+O/BePgstZMeyMyaJT1HmvdESXDwK8ReECA=',
    );
  });
  it('text as typed, escapes and all, with its handles', () => {
    expect(only('text-escaped')).toEqual({
      account: 'U0123456789abcdef0123456789abcdef',
      from: to,
      at: 1760000002123,
      externalId: '01K70000000000000000000002:580000000000000002',
      reply: { token: '0000000000000000000000000abc0002', until: 1760000052123 },
      kind: 'message',
      messageId: '580000000000000002',
      content: { type: 'text', text: '  谢谢 😀 café  ' },
      quoteToken: 'qt-580000000000000002',
      receipt: 'mr-580000000000000002',
    });
  });
  it('emojis and mentions as marks, those past the end left out', () => {
    expect(only('text-emoji')).toMatchObject({
      content: { marks: [{ type: 'emoji', index: 21, length: 7, id: '5ac000000000000000000000/002' }] },
    });
    expect(only('text-emoji-past-end')).toMatchObject({ content: { text: '(ok)', marks: [{ index: 0, length: 4 }] } });
    expect(only('text-mention')).toMatchObject({
      content: {
        marks: [
          { type: 'mention', id: 'all' },
          { type: 'mention', id: 'self' },
        ],
      },
    });
  });
  it('marks that lie inside the text, whatever the numbers say', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }).filter((s) => s.isWellFormed() && !s.includes('\0')),
        fc.array(fc.tuple(fc.maxSafeInteger(), fc.integer({ min: -3, max: 60 }))),
        (text, spots) => {
          const body = JSON.parse(fixtures['text-emoji'] ?? '');
          body.events[0].message.text = text;
          body.events[0].message.emojis = spots.map(([index, length], i) => ({
            index: i % 2 ? index : index % 50,
            length,
            productId: 'p',
            emojiId: 'e',
          }));
          const event = receive(JSON.stringify(body))[0];
          if (event?.kind !== 'message' || event.content.type !== 'text') throw new Error('not a text');
          expect(event.content.text).toBe(text);
          for (const { index, length } of event.content.marks ?? [])
            expect(index >= 0 && length > 0 && index + length <= text.length).toBe(true);
        },
      ),
    );
  });
  it('a quote', () => expect(only('text-quote')).toMatchObject({ quoted: '579999999999999999' }));
  it('media by message id, outside content by its address, and nothing over plain http', () => {
    expect(only('image')).toMatchObject({
      content: { type: 'image', media: { source: '580000000000000007', state: 'fetching' } },
    });
    expect(only('video')).toMatchObject({ content: { type: 'video', media: { seconds: 60 } } });
    expect(only('audio')).toMatchObject({ content: { type: 'voice', media: { seconds: 4.321 } } });
    expect(only('file')).toMatchObject({ content: { type: 'file', media: { name: '订单 2026.pdf', size: 20481 } } });
    expect(only('image-external')).toMatchObject({
      content: { media: { source: 'https://example.com/original.jpg' } },
    });
    expect(only('image-external-http')).toMatchObject({ content: { type: 'unsupported', what: 'image' } });
  });
  it('a set of pictures under one event id as two messages', () => {
    const events = receive(fixtures['image-set'] ?? '');
    expect(events.map((event) => event.kind === 'message' && event.set)).toEqual([
      { id: '5E0000000000000000', index: 2, total: 2 },
      { id: '5E0000000000000000', index: 1, total: 2 },
    ]);
    expect(new Set(events.map((event) => event.externalId)).size).toBe(2);
    expect(only('image-set-old-phone')).toMatchObject({ set: { id: '5E0000000000000001' } });
  });
  it('places and stickers', () => {
    expect(only('location')).toMatchObject({
      content: { type: 'location', title: '外滩', latitude: 31.24, longitude: 121.49 },
    });
    expect(only('sticker')).toMatchObject({
      content: { type: 'sticker', id: '446/1988', url: expect.stringContaining('/sticker/1988/') },
    });
    expect(only('sticker')).not.toHaveProperty('content.text', expect.anything());
    expect(only('sticker-message')).toMatchObject({ content: { text: '收到' }, quoted: '579999999999999998' });
  });
  it('edits, recalls, comings and goings', () => {
    expect(only('edited')).toMatchObject({
      kind: 'edit',
      messageId: '580000000000000001',
      content: { text: '43 码呢？' },
    });
    expect(only('unsend')).toMatchObject({ kind: 'recall', messageId: '580000000000000001' });
    expect(only('unsend')?.reply).toBeUndefined();
    expect(only('follow')).toMatchObject({ kind: 'contact', change: 'added', reply: expect.anything() });
    expect(only('follow-again')).toMatchObject({ kind: 'contact', change: 'returned' });
    expect(only('unfollow')).toMatchObject({ kind: 'contact', change: 'removed' });
  });
  it('taps as actions, the switch of a menu as a quiet line', () => {
    expect(only('postback')).toMatchObject({ kind: 'message', content: { type: 'action', data: 'action=human' } });
    expect(only('postback-date')).toMatchObject({
      content: { type: 'action', data: 'book', text: '2026-12-24T18:00' },
    });
    expect(only('postback-rich-menu')).toMatchObject({ kind: 'notice', what: 'richMenuSwitch', text: 'menu-b' });
  });
  it('what the screens only mention', () => {
    expect(only('beacon')).toMatchObject({ kind: 'notice', what: 'beacon', text: 'enter d41d8cd98f' });
    expect(only('membership')).toMatchObject({ kind: 'notice', what: 'membership', text: 'joined 3189' });
    expect(only('account-link-failed')).toMatchObject({ kind: 'notice', text: 'failed' });
    expect(only('video-play-complete')).toMatchObject({ kind: 'notice', text: 'track-1' });
  });
  it('standby: kept, but silent and without a right to answer', () => {
    expect(only('standby')).toMatchObject({ kind: 'message', silent: true });
    expect(only('standby')?.reply).toBeUndefined();
    expect(only('no-mode')).not.toHaveProperty('silent', true);
    expect(only('deactivated')).toMatchObject({ kind: 'ignored', silent: true });
  });
  it('groups and rooms by name, without the words of strangers', () => {
    for (const name of ['group-text', 'room-text', 'group-edited', 'join', 'leave', 'member-joined', 'member-left']) {
      expect(only(name)).toMatchObject({ kind: 'ignored', what: expect.stringMatching(/^(group|room)\//) });
      expect(JSON.stringify(only(name))).not.toContain('words of a');
      expect(only(name)?.reply).toBeUndefined();
    }
  });
  it('what concerns the account by name, with its data', () => {
    expect(only('module')).toMatchObject({ kind: 'ignored', what: 'module', data: { module: { type: 'attached' } } });
    expect(only('bot-suspended')).toMatchObject({ kind: 'ignored', what: 'botSuspended' });
    expect(only('activated')).toMatchObject({
      kind: 'ignored',
      what: 'activated',
      data: { chatControl: { expireAt: 1760000900000 } },
    });
  });
  it('several people in one body, and one of them unreadable without harm to the others', () => {
    expect(receive(fixtures.several ?? '').map((event) => event.kind)).toEqual(['message', 'message', 'contact']);
    const body = JSON.parse(fixtures.several ?? '');
    body.events[1].message.text = 7;
    const events = receive(JSON.stringify(body));
    expect(events.map((event) => event.kind)).toEqual(['message', 'ignored', 'contact']);
    expect(events[1]).toMatchObject({ what: 'unreadable', at: events[2]?.at });
    body.events = [body.events[1]];
    expect(() => receive(JSON.stringify(body))).toThrow('message.text');
  });
  it('an old sender without event ids, by what it says', () => {
    const body = JSON.parse(fixtures['no-event-id'] ?? '');
    const first = only('no-event-id')?.externalId;
    body.events[0].replyToken = 'another';
    expect(receive(JSON.stringify(body))[0]?.externalId).toBe(first);
    body.events[0].message.text = 'something else';
    expect(receive(JSON.stringify(body))[0]?.externalId).not.toBe(first);
  });
  it('nothing at all: LINE tries the address with an empty list', () =>
    expect(receive(fixtures.empty ?? '')).toEqual([]));
});

describe('line asks for', () => {
  it('a token or a channel id, whatever a form left empty', () => {
    const { channelSecret } = config;
    expect(
      line.config.parse({
        channelId: '',
        channelSecret: ` ${channelSecret.toUpperCase()} `,
        accessToken: ' abcdefghijklmnopqrstuvwx ',
      }),
    ).toEqual({ channelId: undefined, channelSecret, accessToken: 'abcdefghijklmnopqrstuvwx' });
    expect(line.config.safeParse({ channelSecret, channelId: '1234567890', accessToken: '' }).success).toBe(true);
    expect(line.config.safeParse({ channelSecret, channelId: '', accessToken: '' }).success).toBe(false);
    expect(line.config.safeParse({ channelSecret, accessToken: 'two words, no token at all' }).success).toBe(false);
  });
});
