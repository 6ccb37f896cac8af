import { describe, expect, it } from 'vitest';
import { throughApp } from '../../contract/app.ts';
import { bodies } from '../../contract/bodies.ts';
import { signature } from '../../contract/signature.ts';
import { NOW } from '../../contract/tools.ts';
import { translation } from '../../contract/translation.ts';
import { fixturesIn } from '../../contract.ts';
import { BadRequest, BadSignature } from '../../errors.ts';
import { decrypt } from '../crypt.ts';
import { wechat } from '../index.ts';
import { ACCOUNT, authorised, direct, keysOf, message, OPEN_ID, plainly, platform, pushed } from '../test/accounts.ts';
import { readXml } from '../xml.ts';
import { writeXml } from '../xml-write.ts';
import { wechatOpen } from './index.ts';
import { keepTicket } from './ticket.ts';

const all = fixturesIn(new URL('../fixtures/', import.meta.url));
const fixtures = Object.fromEntries(
  ['text', 'image', 'click', 'subscribe-scene', 'event-unknown'].map((name) => [name, all[name] ?? '']),
);
const nobody = { has: () => false };
const keys = keysOf(platform);
const path = `/${ACCOUNT}/message`;
const receive = (body: string, to = '/events', accounts = nobody) => {
  if (!wechatOpen.receive) throw new Error('no webhook');
  return wechatOpen.receive(pushed(body, keys, to), platform, accounts);
};
const info = (InfoType: string, more: Record<string, string | number> = {}) =>
  writeXml({ AppId: platform.appId, CreateTime: 1_700_001_000, InfoType, ...more });
describe('through its address', () => {
  const heard = throughApp(wechat, { kind: wechatOpen, account: ACCOUNT });
  const options = {
    config: authorised,
    stranger: { ...authorised, app: { ...platform, token: 'otherToken' } },
    fixtures,
    proof: { in: 'query' as const, name: 'msg_signature', coversBody: false, also: ['timestamp', 'nonce'] },
    syntax: 'other' as const,
    sign: (body: Uint8Array, config: typeof authorised) => pushed(body, keysOf(config.app ?? platform), path),
    garbage: { nothing: '', 'an event of nothing': '<xml><InfoType>x</InfoType></xml>' },
    unknown: { 'event-unknown': 'somethingNew' },
  };
  signature(heard, options);
  translation(heard, options);
  bodies(heard, options);

  it('every message names its account', () => {
    expect(receive(message(), path).events).toMatchObject([
      { account: ACCOUNT, from: OPEN_ID, messageId: '24000000000000001' },
    ]);
    expect(receive(message(), path).reply).toEqual({ type: 'text/plain', body: 'success' });
  });
  it('one for another account than the address says is refused', () => {
    const accounts = { has: () => true, config: () => ({ ghId: 'gh_other' }) };
    expect(() => receive(message(), path, accounts)).toThrow(BadSignature);
  });
  it('only what is encrypted with the platform’s keys is taken', () => {
    for (const signer of [plainly(keys), keysOf(direct), { ...keys, receiveId: ACCOUNT }])
      expect(() => wechatOpen.receive?.(pushed(message(), signer, path), platform, nobody)).toThrow(/not/);
    expect(() => receive(message(), '/elsewhere')).toThrow(BadRequest);
  });
  it('an account that is not verified is answered there and then, a mini-program and a verified one never', () => {
    const facts = (config: Record<string, string>) => ({ has: () => true, config: () => config });
    const { passive } = receive(message(), path, facts({ verified: 'no', kind: 'subscription' }));
    const answer = readXml(passive?.answer({ type: 'text', text: '稍等' }, NOW)?.body ?? '');
    const inner = readXml(decrypt(String(answer.Encrypt), platform.aesKey, platform.appId).toString());
    expect(inner).toMatchObject({
      ToUserName: OPEN_ID,
      FromUserName: 'gh_1a2b3c4d5e6f',
      MsgType: 'text',
      Content: '稍等',
    });
    for (const config of [{ verified: 'yes' }, { verified: 'no', kind: 'mini' }] as Record<string, string>[])
      expect(receive(message(), path, facts(config)).passive).toBeUndefined();
  });
  it('pushes with the keys of before a change still open', () => {
    const changed = {
      ...platform,
      token: 'newToken',
      aesKey: `${platform.aesKey.slice(1)}Z`,
      previousToken: platform.token,
      previousAesKey: platform.aesKey,
    };
    expect(wechatOpen.receive?.(pushed(message(), keys, path), changed, nobody).events).toHaveLength(1);
  });
});

describe('the platform is told', () => {
  it('a ticket, and keeps it with its time', () => {
    const got = receive(info('component_verify_ticket', { ComponentVerifyTicket: 'ticket@@@abc' }));
    expect(got).toEqual({
      events: [],
      reply: { type: 'text/plain', body: 'success' },
      changes: [keepTicket('ticket@@@abc', 1_700_001_000_000)],
    });
  });
  it('another platform’s ticket, and lets it be', () => {
    const got = receive(
      info('component_verify_ticket', { ComponentVerifyTicket: 't' }).replace(platform.appId, 'wx00000000000000ff'),
    );
    expect(got).toEqual({ events: [], reply: { type: 'text/plain', body: 'success' } });
  });
  it.each(['authorized', 'updateauthorized'])('%s', (type) => {
    const body = `<xml><AppId>${platform.appId}</AppId><CreateTime>1700001200</CreateTime><InfoType>${type}</InfoType><AuthorizerAppid>${ACCOUNT}</AuthorizerAppid><AuthorizationCode>queryauthcode@@@x</AuthorizationCode><AuthorizationCodeExpiredTime>1700004800</AuthorizationCodeExpiredTime><PreAuthCode>preauthcode@@@y</PreAuthCode></xml>`;
    expect(receive(body).changes).toEqual([
      { do: 'authorise', grant: { account: ACCOUNT, code: 'queryauthcode@@@x', preAuthCode: 'preauthcode@@@y' } },
    ]);
  });
  it('unauthorized', () => {
    expect(receive(info('unauthorized', { AuthorizerAppid: ACCOUNT })).changes).toMatchObject([
      { do: 'revoke', account: ACCOUNT, why: { zh: '授权已取消' } },
    ]);
  });
  it('something new, kept by name', () => {
    expect(receive(info('notify_3rd_wxa_auth', { AuthorizerAppid: ACCOUNT, a: 'b' }))).toMatchObject({
      events: [{ account: ACCOUNT, kind: 'ignored', what: 'notify_3rd_wxa_auth' }],
      reply: { body: 'success' },
    });
    expect(receive(info('notify_third_fasteregister')).events).toEqual([]);
  });
});
