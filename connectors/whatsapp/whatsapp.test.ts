import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Inbound } from '../../core/inbound.ts';
import type { RawRequest } from '../connector.ts';
import { brokenOff, connectorContract, fixturesIn, jsonAnswer } from '../contract.ts';
import { BadRequest, BadSignature } from '../errors.ts';
import { signature } from '../lib/graph/signature.ts';
import type { WhatsAppConfig } from './config.ts';
import { whatsapp } from './index.ts';
import { whatsappSandbox } from './sandbox.ts';

const config: WhatsAppConfig = {
  phoneNumberId: '300000000000001',
  wabaId: '200000000000001',
  accessToken: 'EAAdemoTokenOfSomeLength0123456789',
  appSecret: '0123456789abcdef0123456789abcdef',
  verifyToken: 'a-verify-token-of-ours',
  version: 'v25.0',
};
const fixtures = fixturesIn(new URL('./fixtures/', import.meta.url));
const to = '4915550000009';

function sign(body: Uint8Array, { appSecret }: Pick<WhatsAppConfig, 'appSecret'>): RawRequest {
  return { method: 'POST', path: '', query: {}, headers: { 'x-hub-signature-256': signature(body, appSecret) }, body };
}
const receive = (body: string) => whatsapp.receive(sign(new TextEncoder().encode(body), config), config).events;
const all = (name: string) => receive(fixtures[name] ?? '');
const only = (name: string): Inbound | undefined => all(name)[0];
const error = (code: number, status = 400, more: object = {}, headers?: Record<string, string>) =>
  jsonAnswer(
    status,
    {
      error: {
        message: `(#${code}) The platform’s words`,
        type: 'OAuthException',
        code,
        error_data: { messaging_product: 'whatsapp', details: 'The details' },
        fbtrace_id: 'Trace1',
        ...more,
      },
    },
    headers,
  );

const outcome = (code: number, becomes: 'Retry' | 'Refused' | 'Misconfigured', name?: string, afterMs?: number) => ({
  answers: error(code),
  becomes,
  code: name,
  afterMs,
});

connectorContract(whatsapp, {
  config,
  stranger: { ...config, appSecret: 'ffffffffffffffffffffffffffffffff' },
  fixtures,
  sign,
  syntax: 'json',
  proof: { in: 'headers', name: 'x-hub-signature-256', coversBody: true },
  unknown: {
    'message-unknown': 'hologram',
    'interactive-unknown': 'interactive/somethingNew',
    'field-unknown': 'something_new',
    'unsupported-bare': 'unsupported',
    unsupported: 'view_once',
    'group-text': 'group/text',
    'status-deleted': 'status/deleted',
    'account-update': 'account_update',
    'request-welcome': 'request_welcome',
  },
  garbage: {
    'another object': '{"object":"page","entry":[]}',
    'no entries': '{"object":"whatsapp_business_account"}',
    'entries of text': '{"object":"whatsapp_business_account","entry":"all"}',
    'one entry of text': '{"object":"whatsapp_business_account","entry":["one"]}',
    'changes of text': '{"object":"whatsapp_business_account","entry":[{"id":"1","changes":["one"]}]}',
    'a change without a field': '{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"value":{}}]}]}',
    'messages of text':
      '{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"messages":"all"}}]}]}',
  },
  sandbox: whatsappSandbox,
  send: {
    batch: {
      to,
      key: '4b1b0e6e-7d27-4a52-9d55-5f0f3c6b9a10',
      messages: [{ id: '1', content: { type: 'text', text: 'first' }, quote: 'wamid.HBgNDEMO0001' }],
    },
    good: {
      answers: jsonAnswer(200, {
        messaging_product: 'whatsapp',
        contacts: [{ input: to, wa_id: to }],
        messages: [{ id: 'wamid.HBgNOURS0001' }],
      }),
      ids: ['wamid.HBgNOURS0001'],
    },
    outcomes: {
      'a token that ended': outcome(190, 'Misconfigured', 'bad_token'),
      'no token at all': outcome(0, 'Misconfigured', 'bad_token'),
      'a session that ended': outcome(102, 'Misconfigured', 'bad_token'),
      'a permission that is missing': outcome(10, 'Misconfigured', 'not_allowed'),
      'a capability that is missing': outcome(3, 'Misconfigured', 'not_allowed'),
      'one of the permission errors': outcome(294, 'Misconfigured', 'not_allowed'),
      'a bad parameter': outcome(100, 'Refused', 'rejected'),
      'the id of another account': {
        answers: error(100, 400, { error_subcode: 33 }),
        becomes: 'Misconfigured',
        code: 'wrong_id',
      },
      'a missing parameter': outcome(131008, 'Refused', 'rejected'),
      'a wrong value': outcome(131009, 'Refused', 'rejected'),
      'too many calls of the app': outcome(4, 'Retry'),
      'too many calls of the account': outcome(80007, 'Retry'),
      'too much throughput': outcome(130429, 'Retry', undefined, 5000),
      'a wait that is named': {
        answers: error(130429, 400, {}, { 'retry-after': '9' }),
        becomes: 'Retry',
        afterMs: 9000,
      },
      'too many registrations': outcome(133016, 'Retry'),
      'the pair rate': outcome(131056, 'Retry', undefined, 6000),
      'the spam limit': outcome(131048, 'Misconfigured', 'spam_limit'),
      'the messaging limit': outcome(131064, 'Misconfigured', 'messaging_limit'),
      'something went wrong': { answers: error(131000, 500), becomes: 'Retry' },
      'service unavailable': { answers: error(131016, 503), becomes: 'Retry' },
      'service temporarily down': { answers: error(2, 503), becomes: 'Retry' },
      'an unknown error of Meta': { answers: error(1, 500), becomes: 'Retry' },
      'nobody there': outcome(131026, 'Refused', 'unreachable'),
      'a closed window': outcome(131047, 'Refused', 'window_closed'),
      'marketing held back': outcome(131049, 'Refused', 'marketing_held_back'),
      'marketing stopped by the person': outcome(131050, 'Refused', 'marketing_held_back'),
      'an experiment': outcome(130472, 'Refused', 'marketing_held_back'),
      'marketing elsewhere': outcome(131063, 'Refused', 'marketing_held_back'),
      'a type that is not supported': outcome(131051, 'Refused', 'wrong_type'),
      'a file that could not be fetched': outcome(131052, 'Refused', 'media_failed'),
      'a file that could not be processed': outcome(131053, 'Refused', 'media_failed'),
      'to ourselves': outcome(131021, 'Refused', 'to_ourselves'),
      'not on the test list': outcome(131030, 'Refused', 'not_on_test_list'),
      'a user id where a phone is needed': outcome(131062, 'Refused', 'phone_needed'),
      'a locked account': outcome(131031, 'Misconfigured', 'account_restricted'),
      'a blocked account': outcome(368, 'Misconfigured', 'account_restricted'),
      'a country that is restricted': outcome(130497, 'Misconfigured', 'account_restricted'),
      'a name that is not approved': outcome(131037, 'Misconfigured', 'name_not_approved'),
      'a payment that is missing': outcome(131042, 'Misconfigured', 'payment_missing'),
      'a payment that is missing, too': outcome(131044, 'Misconfigured', 'payment_missing'),
      'a certificate that is missing': outcome(131045, 'Misconfigured', 'certificate_missing'),
      'an account in maintenance': outcome(131057, 'Misconfigured', 'account_in_maintenance'),
      'a number that is not registered': outcome(133010, 'Misconfigured', 'number_not_registered'),
      ...Object.fromEntries(
        [132000, 132001, 132005, 132007, 132008, 132012, 132015, 132016, 132068, 132069].map((code) => [
          `a template or flow refused with ${code}`,
          outcome(code, 'Refused', 'template_rejected'),
        ]),
      ),
      'another identity': outcome(137000, 'Refused', 'identity_changed'),
      'a code of tomorrow': outcome(139999, 'Refused', 'rejected'),
      'a code of tomorrow with 500': { answers: error(139999, 500), becomes: 'Retry' },
      'a gateway that failed: nobody knows': { answers: { status: 502, text: '<html>' }, becomes: 'Uncertain' },
      'an answer that got lost': { answers: brokenOff(), becomes: 'Uncertain' },
      'somebody who is no id of WhatsApp': {
        answers: jsonAnswer(200, {}),
        batch: { to: '../200000000000001/subscribed_apps' },
        becomes: 'Refused',
        code: 'not_found',
      },
    },
  },
});

const person = { account: '300000000000001', from: to };

describe('whatsapp believes', () => {
  it('the vector of the reference page, escape as it stands', () => {
    const body = '{"object":"whatsapp_business_account","entry":[],"note":"caf\\u00e9"}';
    const bytes = new TextEncoder().encode(body);
    const proof = 'sha256=dff9aac6e93f063287baf5b6ae89e801f9f667fe0f0fa97704f21e458c552476';
    expect(signature(bytes, 'demo-app-secret')).toBe(proof);
    const request = { ...sign(bytes, config), headers: { 'x-hub-signature-256': proof } };
    const demo = { ...config, appSecret: 'demo-app-secret' };
    expect(whatsapp.receive(request, demo).events).toEqual([]);
    // The same document written otherwise is another body.
    const rewritten = new TextEncoder().encode(body.replace('\\u00e9', 'é'));
    expect(() => whatsapp.receive({ ...request, body: rewritten }, demo)).toThrow(BadSignature);
    expect(whatsapp.receive(sign(rewritten, demo), demo).events).toEqual([]);
  });
  it('no upper-case hex and no other scheme', () => {
    const bytes = new TextEncoder().encode(fixtures.text);
    const good = signature(bytes, config.appSecret);
    for (const wrong of [
      good.replace('sha256=', ''),
      good.replace('sha256', 'sha1'),
      `sha256=${good.slice(7).toUpperCase()}`,
    ])
      expect(() =>
        whatsapp.receive({ ...sign(bytes, config), headers: { 'x-hub-signature-256': wrong } }, config),
      ).toThrow(BadSignature);
  });
  it('a handshake with our verify token, and gives the challenge back as plain text', () => {
    const ask = (query: Record<string, string>) =>
      whatsapp.receive({ method: 'GET', path: '', query, headers: {}, body: new Uint8Array() }, config);
    const good = { 'hub.mode': 'subscribe', 'hub.verify_token': config.verifyToken, 'hub.challenge': '1158201444' };
    expect(ask(good)).toEqual({ events: [], reply: { type: 'text/plain; charset=utf-8', body: '1158201444' } });
    for (const wrong of [
      {},
      { ...good, 'hub.mode': 'unsubscribe' },
      { ...good, 'hub.verify_token': 'another' },
      { ...good, 'hub.verify_token': '' },
    ])
      expect(() => ask(wrong)).toThrow(BadSignature);
    for (const challenge of ['', '<script>alert(1)</script>', 'x'.repeat(300)])
      expect(() => ask({ ...good, 'hub.challenge': challenge })).toThrow(BadRequest);
  });
});

describe('whatsapp translates', () => {
  it('text as typed, escapes and all, with its handles', () => {
    expect(only('text-escaped')).toEqual({
      ...person,
      aliases: ['DE.1000000000000001'],
      profile: { name: 'Guest A', more: { phone: '+4915550000009' } },
      externalId: 'wamid.HBgNDEMO0002',
      at: 1760000002000,
      kind: 'message',
      messageId: 'wamid.HBgNDEMO0002',
      content: { type: 'text', text: '  café 😀 谢谢  ' },
      quoteToken: 'wamid.HBgNDEMO0002',
      receipt: `${to} wamid.HBgNDEMO0002`,
    });
  });
  it('who wrote: by phone where there is one, else by user id, the rest as aliases', () => {
    expect(only('text-username-only')).toMatchObject({
      from: 'DE.1000000000000002',
      profile: { name: 'Guest B', more: { username: '@guest.b' } },
    });
    // Alone, and perhaps known by another: the house is asked to look.
    expect(only('text-username-only')?.aliases).toEqual(['DE.1000000000000002']);
    expect(only('text-parent-id')).toMatchObject({
      from: to,
      aliases: ['DE.1000000000000001', 'DE.ENT.9000000000000001'],
    });
    expect(only('text-phone-from-contact')).toMatchObject({ from: to, aliases: ['DE.1000000000000001'] });
  });
  it('a contact beside a message only when the ids agree', () => {
    expect(only('text-contact-of-another')).toMatchObject({ from: to, aliases: ['DE.1000000000000001'] });
    expect(only('text-contact-of-another')?.profile).toBeUndefined();
  });
  it('nobody and groups by name, without the words', () => {
    expect(only('nobody')).toMatchObject({ kind: 'ignored', what: 'text' });
    expect(only('group-text')).toMatchObject({ kind: 'ignored', what: 'group/text' });
    expect(JSON.stringify(only('group-text'))).not.toContain('words of a stranger');
  });
  it('quotes, but not what was only forwarded', () => {
    expect(only('text-quote')).toMatchObject({ quoted: 'wamid.HBgNOURS0001' });
    expect(only('text-forwarded')).toMatchObject({ kind: 'message' });
    expect(only('text-forwarded')).not.toHaveProperty('quoted', expect.anything());
  });
  it('adverts and products as what the customer came with', () => {
    expect(only('text-referral')?.entry).toEqual({
      source_url: 'https://fb.me/demo',
      source_id: '120200000000001',
      source_type: 'ad',
      headline: 'Winter sale',
      body: 'Up to 40%',
      media_type: 'image',
      image_url: 'https://example.com/ad.jpg',
      ctwa_clid: 'ARdemoClickId',
      welcome_message: 'Hi! Ask us anything.',
    });
    expect(only('text-product')?.entry).toEqual({ catalog_id: '800000000000001', product_retailer_id: 'SKU-42' });
  });
  it('files by id, captions as words of their own', () => {
    expect(only('image')).toMatchObject({
      content: { type: 'image', media: { mime: 'image/jpeg', state: 'fetching' } },
    });
    const [picture, caption] = all('image-caption');
    expect(picture).toMatchObject({ messageId: 'wamid.HBgNDEMO0014', content: { type: 'image' } });
    expect(caption).toMatchObject({
      externalId: 'wamid.HBgNDEMO0014/caption',
      messageId: 'wamid.HBgNDEMO0014/caption',
      content: { type: 'text', text: '这是发票' },
      receipt: `${to} wamid.HBgNDEMO0014`,
    });
    expect(only('audio-voice')).toMatchObject({ content: { type: 'voice', media: { mime: 'audio/ogg' } } });
    expect(only('audio-file')).toMatchObject({ content: { type: 'voice', media: { mime: 'audio/mpeg' } } });
    expect(only('document')).toMatchObject({ content: { type: 'file', media: { name: '订单 2026.pdf' } } });
    expect(only('document-evil-name')).toMatchObject({ content: { media: { name: 'fdp.exe' } } });
    expect(only('sticker')).toMatchObject({ content: { type: 'image', media: { mime: 'image/webp' } } });
  });
  it('a file that Meta lost: no download, and the words stay', () => {
    const [picture, caption] = all('image-unretrievable');
    expect(picture).toMatchObject({ content: { type: 'image', media: { state: 'failed' } } });
    expect(picture).not.toHaveProperty('content.media.source', expect.anything());
    expect(caption).toMatchObject({ content: { text: 'the picture is lost' } });
  });
  it('places, business cards, orders and forms', () => {
    expect(only('location')).toMatchObject({ content: { type: 'location', latitude: 31.24, title: '外滩' } });
    expect(only('contacts')).toMatchObject({
      content: {
        type: 'card',
        title: 'Guest C',
        rows: expect.arrayContaining([
          { label: 'CELL', value: '+49 1555 0000003' },
          { label: 'WORK', value: 'c@example.com' },
          { label: 'company', value: 'Example' },
          { label: 'HOME', value: 'Berlin, Germany' },
        ]),
      },
    });
    expect(only('contacts-two')).toMatchObject({ content: { title: 'Guest C, Guest D' } });
    expect(only('order')).toMatchObject({
      content: {
        type: 'card',
        text: 'Please gift-wrap',
        rows: [
          { label: 'catalog_id', value: '800000000000001' },
          { label: 'SKU-42', value: '2 × 10.5 EUR' },
          { label: 'SKU-43', value: '1 × 7 EUR' },
        ],
      },
    });
    expect(only('flow')).toMatchObject({
      content: {
        type: 'card',
        rows: expect.arrayContaining([
          { label: 'guests', value: '2' },
          { label: 'extras', value: '["tea"]' },
        ]),
      },
    });
    expect(only('flow-broken')).toMatchObject({ content: { type: 'card', text: 'Sent\n{"name":"Guest' } });
    expect(only('flow-absent')).toMatchObject({ content: { type: 'card', title: 'address_message' } });
  });
  it('taps as choices that open the window', () => {
    expect(only('button-reply')).toMatchObject({
      trigger: 'menu',
      content: { type: 'action', data: 'size-42', text: '42' },
    });
    expect(only('list-reply')).toMatchObject({ trigger: 'menu', content: { data: 'order-7', text: 'Order 7' } });
    expect(only('template-button')).toMatchObject({
      trigger: 'menu',
      content: { data: 'track-7', text: 'Track my parcel' },
    });
    expect(only('template-button-bare')).toMatchObject({ content: { data: 'Stop', text: 'Stop' } });
    expect(whatsapp.can.window?.grants?.menu).toEqual({ seconds: 24 * 3600 - 120 });
    expect(whatsapp.can.window?.grants?.message).toEqual({ seconds: 24 * 3600 - 120 });
  });
  it('reactions, permissions and greetings as quiet lines', () => {
    expect(only('reaction')).toMatchObject({ kind: 'notice', what: 'reaction', text: '👍' });
    expect(only('reaction-removed')).toMatchObject({ kind: 'notice', what: 'reaction/removed' });
    expect(only('call-permission')).toMatchObject({ kind: 'notice', what: 'call_permission_reply', text: 'accept' });
    expect(only('request-welcome')).toMatchObject({ kind: 'notice', what: 'request_welcome' });
  });
  it('another number or id of the same person, shown to nobody', () => {
    for (const name of ['system-number', 'system-number-old', 'system-user-id'])
      expect(only(name)).toMatchObject({ kind: 'ignored', what: expect.stringMatching(/^system\/user_changed_/) });
    expect(only('system-number')).toMatchObject({ ...person, aliases: ['DE.1000000000000001', '4915550000010'] });
    expect(only('system-number-old')).toMatchObject({ ...person, aliases: ['DE.1000000000000001', '4915550000011'] });
    expect(only('system-user-id')).toMatchObject({
      from: 'DE.1000000000000001',
      aliases: ['DE.ENT.9000000000000001', 'DE.1000000000000021', 'DE.ENT.9000000000000021'],
    });
    expect(only('system-identity')).toMatchObject({ kind: 'ignored', what: 'system/customer_identity_changed' });
  });
  it('changes and takings-back, of the words below a picture too', () => {
    expect(only('edit-text')).toMatchObject({
      kind: 'edit',
      messageId: 'wamid.HBgNDEMO0001',
      content: { text: '43 码呢？' },
    });
    expect(only('edit-caption')).toMatchObject({ kind: 'edit', messageId: 'wamid.HBgNDEMO0014/caption' });
    expect(all('revoke').map((event) => event.kind === 'recall' && event.messageId)).toEqual([
      'wamid.HBgNDEMO0001',
      'wamid.HBgNDEMO0001/caption',
    ]);
  });
  it('what is not supported, with the reason', () =>
    expect(only('unsupported')).toMatchObject({
      content: { type: 'unsupported', what: 'view_once', text: expect.stringContaining('currently not supported') },
    }));
  it('an old sender without types', () => {
    expect(only('no-type')).toMatchObject({ content: { type: 'text' } });
    expect(only('no-type-media')).toMatchObject({ content: { type: 'voice' } });
    expect(only('text-number')).toMatchObject({ at: 1760000012000 });
  });
  it('how far ours came, and why not', () => {
    expect(only('status-sent')).toMatchObject({
      kind: 'ignored',
      what: 'status/sent',
      data: { id: 'wamid.HBgNOURS0011', key: '4b1b0e6e-7d27-4a52-9d55-5f0f3c6b9a10' },
    });
    expect(only('status-delivered')).toMatchObject({
      ...person,
      kind: 'receipt',
      state: 'delivered',
      messageIds: ['wamid.HBgNOURS0011'],
    });
    expect(only('status-read')).toMatchObject({ state: 'read' });
    expect(only('status-played')).toMatchObject({ state: 'read' });
    expect(only('status-failed')).toMatchObject({
      state: 'failed',
      error: { code: 'window_closed', text: expect.stringContaining('131047') },
    });
    expect(only('status-failed-unknown')).toMatchObject({ error: { code: 'whatsapp_139999' } });
    expect(only('status-failed-silent')).toMatchObject({ error: { code: 'undelivered' } });
    expect(only('status-username-only')).toMatchObject({ kind: 'receipt', from: 'DE.1000000000000002' });
    expect(only('status-group')).toMatchObject({ kind: 'ignored', what: 'status/read' });
  });
  it('everything in one body, of both numbers', () => {
    expect(all('several').map((event) => [event.account, event.from, event.kind])).toEqual([
      ['300000000000001', to, 'message'],
      ['300000000000001', '4915550000019', 'message'],
      ['300000000000001', to, 'receipt'],
      ['300000000000001', to, 'receipt'],
      ['300000000000002', to, 'message'],
    ]);
    expect(all('several')[1]?.profile?.name).toBe('Guest E');
  });
  it('one that nobody can read without harm to the others', () => {
    const body = JSON.parse(fixtures.several ?? '');
    body.entry[0].changes[0].value.messages[1].text = 7;
    const events = receive(JSON.stringify(body));
    expect(events.map((event) => event.kind)).toEqual(['message', 'ignored', 'receipt', 'receipt', 'message']);
    expect(events[1]).toMatchObject({ what: 'unreadable', account: '300000000000001' });
  });
  it('what colleagues typed in the phone’s app', () => {
    expect(only('echo-text')).toMatchObject({
      ...person,
      kind: 'echo',
      content: { type: 'text', text: '我来处理' },
      quoted: 'wamid.HBgNDEMO0001',
    });
    expect(all('echo-image').map((event) => event.kind === 'echo' && event.content.type)).toEqual(['image', 'text']);
    expect(only('echo-revoke')).toMatchObject({ kind: 'notice', what: 'smb_message_echoes/revoke' });
  });
  it('old chats by name and number only', () => {
    expect(all('history')).toMatchObject([
      { kind: 'ignored', what: 'history', data: { phase: 0, chunk_order: 1, progress: 55, threads: 2, messages: 5 } },
      { kind: 'ignored', what: 'history', data: { phase: 1, threads: 1, messages: 1 } },
    ]);
    expect(JSON.stringify(all('history'))).not.toContain('old words');
    expect(only('app-state-sync')).toMatchObject({ kind: 'ignored', data: { contacts: 1 } });
    expect(JSON.stringify(only('app-state-sync'))).not.toContain('Guest C');
  });
  it('calls as quiet lines, those of the customer opening the window', () => {
    expect(all('call').map((event) => event.trigger)).toEqual(['message', undefined]);
    expect(only('call-ours')).toMatchObject({ from: to, kind: 'notice' });
    expect(only('call-ours')?.trigger).toBeUndefined();
  });
  it('statuses in any order and number as the same set of events', () => {
    const names = Object.keys(fixtures).filter((name) => name.startsWith('status-'));
    const status = (name: string) => JSON.parse(fixtures[name] ?? '').entry[0].changes[0].value.statuses[0];
    const keyed = (list: string[]) => {
      const body = JSON.parse(fixtures['status-sent'] ?? '');
      body.entry[0].changes[0].value.statuses = list.map(status);
      return new Map(receive(JSON.stringify(body)).map((event) => [event.externalId, event]));
    };
    const once = keyed(names);
    expect(once.size).toBe(names.length);
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...names), { minLength: 1, maxLength: 40 }), (list) => {
        for (const [key, event] of keyed(list)) expect(event).toEqual(once.get(key));
        expect(keyed(list).size).toBe(new Set(list).size);
      }),
    );
  });
  it('aliases that hold the sender only where there is no other, whoever is named', () => {
    const id = fc.option(fc.constantFrom('4915550000009', '+4915550000009', 'DE.1', 'DE.2', 'DE.ENT.3'), {
      nil: undefined,
    });
    fc.assert(
      fc.property(id, id, id, id, id, (from, user, parent, wa, known) => {
        const body = JSON.parse(fixtures.text ?? '');
        const { value } = body.entry[0].changes[0];
        Object.assign(value.messages[0], { from, from_user_id: user, from_parent_user_id: parent });
        value.contacts = [{ wa_id: wa, user_id: known }];
        const [event] = receive(JSON.stringify(body));
        if (event?.kind === 'ignored') {
          expect(from ?? user ?? parent).toBeUndefined();
          return;
        }
        expect(event?.from).not.toMatch(/^\+/);
        if (event?.aliases?.[0] !== event?.from) expect(event?.aliases).not.toContain(event?.from);
        else expect(event?.aliases).toHaveLength(1);
        expect(new Set(event?.aliases).size).toBe(event?.aliases?.length ?? 0);
      }),
    );
  });
});

describe('whatsapp asks for', () => {
  it('ids, token and secret as Meta writes them, and a version it knows', () => {
    const parsed = whatsapp.config.parse({
      ...config,
      appSecret: ` ${config.appSecret.toUpperCase()} `,
      version: '',
      pin: '',
    });
    expect(parsed).toMatchObject({ appSecret: config.appSecret, version: 'v25.0' });
    expect(whatsapp.config.safeParse({ ...config, version: 'v1.0' }).success).toBe(false);
    expect(whatsapp.config.safeParse({ ...config, phoneNumberId: '+49 1555 0000001' }).success).toBe(false);
    expect(whatsapp.config.safeParse({ ...config, accessToken: 'two words, no token at all' }).success).toBe(false);
    expect(whatsapp.account?.(config)).toBe(config.phoneNumberId);
  });
});
