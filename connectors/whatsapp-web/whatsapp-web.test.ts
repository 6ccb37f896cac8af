import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Inbound } from '../../core/inbound.ts';
import { description } from '../contract/description.ts';
import { mustBeInbound } from '../contract/inbound.ts';
import { BadSignature } from '../errors.ts';
import { findBrowser } from './browser.ts';
import { chatOf, kindOf, numberOf, plainId } from './ids.ts';
import { onAck, onCall, onEdit, onMessage, onReaction, onRevoke, onUnreadable, readMessage } from './inbound.ts';
import { whatsappWeb } from './index.ts';
import { isOfLibrary } from './rejections.ts';
import { beforeSending, whileSending } from './trouble.ts';
import { cardOf } from './vcard.ts';
import { TooLate } from './within.ts';

const ADA = '4915550000009@c.us';
const ME = ['4915550000001@c.us', '111111111111111@lid'];
const about = { me: ME };

/** A message as the library hands it out: fields of its own, and the page's model beside them. */
function raw(more: Record<string, unknown> = {}, data: Record<string, unknown> = {}, remote = ADA, fromMe = false) {
  return {
    id: { fromMe, remote, id: '3A00', _serialized: `${fromMe}_${remote}_3A00` },
    type: 'chat',
    body: 'Hello',
    timestamp: 1_760_000_000,
    from: fromMe ? ME[0] : remote,
    to: fromMe ? remote : ME[0],
    hasMedia: false,
    ack: 1,
    ...more,
    _data: { notifyName: 'Ada', ...data },
  };
}
const tell = (message: object, more = {}) => onMessage(readMessage(message)!, { ...about, ...more });
const contentOf = (message: object) => {
  const [event] = tell(message);
  return event && (event.kind === 'message' || event.kind === 'echo') ? event.content : undefined;
};

description(whatsappWeb, { config: {} } as never);

describe('whatsapp-web translates', () => {
  it('a text, with its person, its handles and other ids of the same person', () => {
    expect(tell(raw(), { aliases: ['222@lid'] })).toEqual([
      {
        from: ADA,
        aliases: ['222@lid'],
        at: 1_760_000_000_000,
        profile: { name: 'Ada' },
        entry: undefined,
        externalId: `false_${ADA}_3A00`,
        kind: 'message',
        messageId: `false_${ADA}_3A00`,
        content: { type: 'text', text: 'Hello' },
        quoted: undefined,
        quoteToken: `false_${ADA}_3A00`,
        receipt: ADA,
      },
    ]);
  });

  it.each([
    ['image', 'image', {}],
    ['sticker', 'image', {}],
    ['video', 'video', { seconds: 12 }],
    ['audio', 'voice', { seconds: 12 }],
    ['ptt', 'voice', { seconds: 12 }],
    ['document', 'file', { name: 'list 2026.pdf' }],
  ])('%s by the message’s id, with type, size and name', (type, becomes, more) => {
    const data = { mimetype: 'audio/ogg; codecs=opus', size: 2048, duration: '12', filename: '../list 2026.pdf' };
    expect(contentOf(raw({ type, hasMedia: true, body: '' }, data))).toMatchObject({
      type: becomes,
      media: { source: `false_${ADA}_3A00`, state: 'fetching', mime: 'audio/ogg', size: 2048, ...more },
    });
  });

  it('words below a picture as a message of their own; a document’s name is none', () => {
    const events = tell(raw({ type: 'image', hasMedia: true, body: 'Look at this' }));
    expect(events.map((event) => event.kind === 'message' && [event.messageId, event.content.type])).toEqual([
      [`false_${ADA}_3A00`, 'image'],
      [`false_${ADA}_3A00:caption`, 'text'],
    ]);
    expect(tell(raw({ type: 'document', hasMedia: true, body: 'a.pdf' }, { filename: 'a.pdf' }))).toHaveLength(1);
  });

  it('a picture to be seen once never comes to linked devices: told as gone', () => {
    expect(contentOf(raw({ type: 'image', hasMedia: false, body: '' }))).toEqual({
      type: 'image',
      media: expect.objectContaining({ state: 'expired' }),
    });
  });

  it('places, cards, taps, orders, products, polls', () => {
    const location = { latitude: 31.2, longitude: '121.5', name: 'Shop', address: 'Road 1' };
    expect(contentOf(raw({ type: 'location', body: 'a thumbnail', location }))).toEqual({
      type: 'location',
      latitude: 31.2,
      longitude: 121.5,
      title: 'Shop',
      address: 'Road 1',
    });
    expect(contentOf(raw({ type: 'location', location: { latitude: 91, longitude: 0 } }))).toMatchObject({
      type: 'unsupported',
    });
    expect(contentOf(raw({ type: 'vcard', vCards: ['BEGIN:VCARD\nFN:Bob\nTEL;type=CELL:+49 1\nEND:VCARD'] }))).toEqual({
      type: 'card',
      title: 'Bob',
      rows: [{ label: '☎', value: '+49 1' }],
    });
    expect(contentOf(raw({ type: 'buttons_response', body: 'Yes', selectedButtonId: 'b1' }))).toEqual({
      type: 'action',
      data: 'b1',
      text: 'Yes',
    });
    expect(contentOf(raw({ type: 'list_response', body: 'Blue', selectedRowId: 'r2' }))).toMatchObject({ data: 'r2' });
    const order = { orderTitle: 'Shoes', itemCount: 2, totalAmount1000: 59_900, totalCurrencyCode: 'EUR' };
    expect(contentOf(raw({ type: 'order', body: '', orderId: '77' }, order))).toEqual({
      type: 'card',
      title: 'Shoes',
      rows: [
        { label: 'order', value: '77' },
        { label: 'items', value: '2' },
        { label: 'total', value: '59.90 EUR' },
      ],
    });
    const poll = { pollName: 'Colour?', pollOptions: [{ name: 'red' }, { name: 'blue' }] };
    expect(contentOf(raw({ type: 'poll_creation', body: 'Colour?' }, poll))).toMatchObject({
      title: 'Colour?',
      rows: [{ value: 'red' }, { value: 'blue' }],
    });
  });

  it.each(['interactive', 'payment', 'oversized', 'unknown', 'somethingNew'])(
    '%s, which it does not know, by name',
    (type) => {
      expect(contentOf(raw({ type, body: 'words' }))).toEqual({ type: 'unsupported', what: type, text: 'words' });
    },
  );

  it.each([
    'e2e_notification',
    'notification_template',
    'gp2',
    'call_log',
    'ciphertext',
    'protocol',
    'revoked',
    'album',
  ])('nothing of %s', (type) => expect(tell(raw({ type }))).toEqual([]));

  it.each([
    ['120363000000000000@g.us', {}, 'group/chat'],
    ['status@broadcast', { isStatus: true }, 'status/chat'],
    ['120363000000000001@newsletter', {}, 'newsletter/chat'],
    [ME[0], {}, 'self/chat'],
    ['4915550000009@c.us', { broadcast: true }, 'broadcast/chat'],
  ])('%s by name, without the words', (remote, more, what) => {
    const events = tell(raw(more, {}, remote));
    expect(events).toMatchObject([{ kind: 'ignored', what }]);
    expect(events[0]?.from).toBeUndefined();
    expect(JSON.stringify(events)).not.toContain('Hello');
  });

  it('a hidden id as it stands: its digits are no number', () => {
    expect(tell(raw({}, {}, '123456789012345@lid'))[0]).toMatchObject({ from: '123456789012345@lid' });
  });

  it('what was written on the phone as an echo of ours, without handles', () => {
    const [event] = tell(raw({}, {}, ADA, true));
    expect(event).toMatchObject({ kind: 'echo', from: ADA, messageId: `true_${ADA}_3A00` });
    expect(event).not.toHaveProperty('quoteToken');
    expect(event?.profile).toBeUndefined();
  });

  it('what a message answers: as the page found it, else made of its halves', () => {
    expect(tell(raw(), { quoted: 'true_x_1' })[0]).toMatchObject({ quoted: 'true_x_1' });
    expect(tell(raw({}, { quotedStanzaID: '3EB0AA', quotedParticipant: ME[1] }))[0]).toMatchObject({
      quoted: `true_${ADA}_3EB0AA`,
    });
    expect(tell(raw({}, { quotedStanzaID: '3A01', quotedParticipant: { _serialized: ADA } }))[0]).toMatchObject({
      quoted: `false_${ADA}_3A01`,
    });
  });

  it('where somebody came from: the advert’s own words', () => {
    const ctwaContext = { sourceUrl: 'https://fb.me/x', title: 'Summer', thumbnail: 'AAAA', mediaType: 1 };
    expect(tell(raw({}, { ctwaContext }))[0]).toMatchObject({
      entry: { sourceUrl: 'https://fb.me/x', title: 'Summer' },
    });
  });

  it('edits, also below a picture; our own only by name', () => {
    const edit = (message: object, body = 'New') => onEdit(readMessage(message)!, body, about);
    expect(edit(raw())).toMatchObject([{ kind: 'edit', messageId: `false_${ADA}_3A00`, content: { text: 'New' } }]);
    expect(edit(raw({ type: 'image', hasMedia: true }))).toMatchObject([{ messageId: `false_${ADA}_3A00:caption` }]);
    expect(edit(raw({}, {}, ADA, true))).toMatchObject([{ kind: 'ignored', what: 'edit/own' }]);
    expect(edit(raw(), '')).toEqual([]);
    expect(edit(raw())[0]?.externalId).not.toBe(edit(raw(), 'Newer')[0]?.externalId);
  });

  it('what was taken back, under the id it had', () => {
    const id = `false_${ADA}_OLD`;
    const protocolMessageKey = { fromMe: false, remote: ADA, id: 'OLD', _serialized: id };
    const revoke = (message: object) => onRevoke(readMessage(message)!, about);
    expect(revoke(raw({ type: 'revoked', protocolMessageKey }))).toMatchObject([
      { kind: 'recall', messageId: id },
      { kind: 'recall', messageId: `${id}:caption` },
    ]);
    expect(revoke(raw({ type: 'revoked' }))[0]).toMatchObject({ messageId: `false_${ADA}_3A00` });
    expect(revoke(raw({ type: 'revoked' }, {}, ADA, true))).toMatchObject([{ kind: 'ignored', what: 'revoke/own' }]);
    expect(revoke(raw({ type: 'revoked' }, {}, '1@g.us'))).toEqual([]);
  });

  it.each([
    [-1, 'failed'],
    [0, undefined],
    [1, undefined],
    [2, 'delivered'],
    [3, 'read'],
    [4, 'read'],
  ])('acknowledgement %i as %s', (ack, state) => {
    const events = onAck(readMessage(raw({}, {}, ADA, true))!, ack, about);
    expect(events.map((event) => event.kind === 'receipt' && event.state)).toEqual(state ? [state] : []);
    if (ack === -1) expect(events[0]).toMatchObject({ error: { code: 'not_sent' } });
    expect(onAck(readMessage(raw())!, ack, about)).toEqual([]);
  });

  it('reactions, calls and what could not be read as quiet lines', () => {
    const reaction = { msgId: raw().id, senderId: ADA, reaction: '👍', timestamp: 1_760_000_001 };
    expect(onReaction(reaction, about)).toMatchObject([
      { kind: 'notice', what: 'reaction', text: '👍', from: ADA, at: 1_760_000_001_000 },
    ]);
    expect(onReaction({ ...reaction, reaction: '' }, about)[0]).toMatchObject({ kind: 'notice', text: undefined });
    expect(onReaction({ ...reaction, senderId: ME[1] }, about)).toEqual([]);
    expect(onReaction({ ...reaction, msgId: `false_1@g.us_3A_${ADA}` }, about)).toEqual([]);
    expect(onCall({ id: 'c1', from: { _serialized: ADA }, isVideo: true }, about)).toMatchObject([
      { what: 'video_call' },
    ]);
    expect(onCall({ id: 'c1', from: ADA, fromMe: true }, about)).toEqual([]);
    expect(onUnreadable(readMessage(raw({ type: 'ciphertext' }))!, about)).toMatchObject([
      { what: 'ciphertext_failed' },
    ]);
  });

  it('anything at all: valid events or none, the same way twice', () => {
    const odd = fc.oneof(fc.anything({ maxDepth: 2 }), fc.string({ unit: 'binary' }), fc.constant(undefined));
    const fields = fc.dictionary(
      fc.constantFrom(
        'type',
        'body',
        'timestamp',
        'from',
        'location',
        'vCards',
        'hasMedia',
        'broadcast',
        'orderId',
        '_data',
      ),
      odd,
    );
    const types = fc.constantFrom(
      'chat',
      'image',
      'location',
      'vcard',
      'order',
      'product',
      'list_response',
      'document',
    );
    fc.assert(
      fc.property(
        fields,
        fc.dictionary(
          fc.constantFrom('filename', 'mimetype', 'size', 'duration', 'pollOptions', 'title', 'ctwaContext'),
          odd,
        ),
        types,
        (more, data, type) => {
          const message = readMessage({ ...raw({ type, hasMedia: true }, data), ...more });
          if (!message) return;
          const events: Inbound[] = onMessage(message, about);
          for (const event of events) mustBeInbound(event);
          expect(onMessage(message, about)).toEqual(events);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('whatsapp-web', () => {
  it('takes no webhook, whoever sends it', () => {
    const request = { method: 'POST', path: '', query: {}, headers: {}, body: new Uint8Array() };
    expect(() => whatsappWeb.receive(request, {})).toThrow(BadSignature);
  });

  it.each([
    ['4915550000009@c.us', 'person', '4915550000009', '4915550000009@c.us'],
    ['4915550000009:12@s.whatsapp.net', 'person', '4915550000009', '4915550000009@c.us'],
    ['123456789012345@lid', 'person', undefined, '123456789012345@lid'],
    ['+4915550000009', 'other', undefined, '4915550000009@c.us'],
    ['1203@g.us', 'group', undefined, undefined],
    ['../../x', 'other', undefined, undefined],
    ['status@broadcast', 'status', undefined, undefined],
  ])('knows whose id %s is', (id, kind, number, chat) => {
    expect([kindOf(id), numberOf(id), chatOf(id)]).toEqual([kind, number, chat]);
    expect(plainId(plainId(id))).toBe(plainId(id));
  });

  it.each([
    [new TooLate('x'), 'Retry', 'Uncertain'],
    [new Error('Protocol error (Runtime.callFunctionOn): Target closed'), 'Retry', 'Uncertain'],
    [new Error('No LID for user'), 'Retry', 'Refused'],
    [new Error('Could not get the quoted message.'), 'Retry', 'Refused'],
    [new Error("Cannot read properties of undefined (reading 'sendSeen')"), 'Misconfigured', 'Misconfigured'],
    [new Error('media-fault: sendToChat filehash undefined'), 'Retry', 'Refused'],
    ['auth timeout', 'Retry', 'Refused'],
  ])('knows what %s means before and while sending', (error, before, during) => {
    expect([beforeSending(error).name, whileSending(error).name]).toEqual([before, during]);
  });

  it('reads business cards of all versions', () => {
    expect(
      cardOf([
        'BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E5=BC=A0;=E4=B8=89\r\nTEL:1\r\nEND:VCARD',
        'BEGIN:VCARD\nVERSION:3.0\nFN:Long\n  name\nitem1.TEL;waid=49:+49 2\nORG:Acme\\, Inc;Sales\nPHOTO;BASE64:AAAA\nEND:VCARD',
      ]),
    ).toEqual({
      type: 'card',
      title: '三 张, Long name',
      rows: [
        { label: '三 张 ☎', value: '1' },
        { label: 'Long name ☎', value: '+49 2' },
        { label: 'Long name ORG', value: 'Acme, Inc Sales' },
      ],
    });
    expect(cardOf(['no card'])).toBeUndefined();
    expect(cardOf([])).toBeUndefined();
  });

  it('passes over the library’s leftovers and nobody else’s', () => {
    const error = new Error('x');
    error.stack = 'Error: x\n    at /srv/node_modules/puppeteer-core/lib/x.js:1:1';
    expect([isOfLibrary('auth timeout'), isOfLibrary('ready timeout'), isOfLibrary(error)]).toEqual([true, true, true]);
    expect([isOfLibrary(new Error('ours')), isOfLibrary('else'), isOfLibrary(undefined)]).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('says in plain words that there is no browser', async () => {
    await expect(findBrowser({ PUPPETEER_EXECUTABLE_PATH: '/no/such/browser' })).rejects.toMatchObject({
      name: 'Misconfigured',
      code: 'no_browser',
      message: expect.stringContaining('/no/such/browser'),
    });
    await expect(findBrowser({ CHROME_PATH: process.execPath })).resolves.toBe(process.execPath);
  });
});
