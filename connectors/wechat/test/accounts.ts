import type { RawRequest } from '../../connector.ts';
import { wechat, wechatMini } from '../index.ts';
import { wechatOpen } from '../open/index.ts';
import { posted, type Signer } from '../replay.ts';

/** Accounts for tests; every value is made up. */
export const ACCOUNT = 'wx00000000000000aa';
export const OPEN_ID = 'oUser0000000000000000000001';
/** Seconds; what tests sign with. */
export const AT = 1_760_000_100;

export const direct = wechat.config.parse({
  appId: ACCOUNT,
  appSecret: '0123456789abcdef0123456789abcdef',
  token: 'demoToken1',
  aesKey: 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8',
  plaintext: 'no',
  verified: 'yes',
});
export const mini = wechatMini.config.parse({
  appId: 'wx00000000000000bb',
  appSecret: 'fedcba9876543210fedcba9876543210',
  token: 'demoToken2',
  aesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
  plaintext: 'no',
});
export const platform = wechatOpen.config.parse({
  appId: 'wx00000000000000cc',
  appSecret: '00112233445566778899aabbccddeeff',
  token: 'demoToken3',
  aesKey: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopq',
});
/** The same account in the platform's hands. */
export const authorised = wechat.config.parse({
  appId: ACCOUNT,
  via: 'platform',
  ghId: 'gh_1a2b3c4d5e6f',
  verified: 'yes',
  app: platform,
});

export const keysOf = (config: { appId: string; token?: string; aesKey?: string }): Signer => ({
  token: config.token ?? '',
  aesKey: config.aesKey,
  receiveId: config.appId,
});

/** A push, sealed for the account; `sealed: false` sends it plain. */
export function pushed(body: string | Uint8Array, signer: Signer, path = '', nonce = 'n0nce'): RawRequest {
  return { method: 'POST', path, headers: { 'content-type': 'text/xml' }, ...posted(body, signer, AT, nonce) };
}
export const plainly = ({ token, receiveId }: Signer): Signer => ({ token, receiveId });

/** One message of a customer, with what is told in place of what it has. */
export const message = (more: Record<string, string> = {}, gh = 'gh_1a2b3c4d5e6f'): string => {
  const fields: Record<string, string> = {
    ToUserName: gh,
    FromUserName: OPEN_ID,
    CreateTime: '1700000001',
    MsgType: 'text',
    Content: '你好',
    MsgId: '24000000000000001',
    ...more,
  };
  return `<xml>${Object.entries(fields)
    .map(([name, value]) => `<${name}><![CDATA[${value}]]></${name}>`)
    .join('')}</xml>`;
};
