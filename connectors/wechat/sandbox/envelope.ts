import { randomBytes } from 'node:crypto';
import { seal, signature } from '../crypt.ts';
import { writeXml, type XmlPart } from '../xml-write.ts';

/** What a push says, by WeChat's names; ids of 64 bits are texts of digits. */
export type Fields = Record<string, XmlPart>;
export type Mode = 'plain' | 'compatible' | 'safe';

/** How one receiver wants its pushes. */
export interface Wrapping {
  token: string;
  aesKey: string;
  /** The AppID inside the encryption. */
  receiveId: string;
  mode: Mode;
  json: boolean;
  /** The outer element that names the receiver: messages `ToUserName`, events of the platform `AppId`. */
  outer: { ToUserName: string } | { AppId: string };
  openId?: string;
}

/** Names whose values are numbers for WeChat, though too long for ours. */
const BARE = 'MsgId|MsgID|MsgDataId|MenuId';

/** The query and the body of one push, signed anew at every call (wechat.md §2.2). `now` in milliseconds. */
export function wrap(fields: Fields, wrapping: Wrapping, now: number): { query: string; body: string; clear: string } {
  const { token, aesKey, receiveId, mode, json, outer, openId } = wrapping;
  const timestamp = String(Math.floor(now / 1000));
  const nonce = randomBytes(5).readUIntBE(0, 5).toString();
  const clear = json ? asJson(fields) : asXml(fields);
  const query = new URLSearchParams({ signature: signature(token, timestamp, nonce), timestamp, nonce });
  if (openId) query.set('openid', openId);
  if (mode === 'plain') return { query: query.toString(), body: clear, clear };
  const { Encrypt, MsgSignature } = seal(clear, { token, aesKey, receiveId }, Number(timestamp), nonce);
  query.set('encrypt_type', 'aes');
  query.set('msg_signature', MsgSignature);
  const around: Fields = mode === 'compatible' ? { ...fields, Encrypt } : { ...outer, Encrypt };
  return { query: query.toString(), body: json ? asJson(around) : asXml(around), clear };
}

const asXml = (fields: Fields): string =>
  writeXml(fields).replace(new RegExp(`<(${BARE})><!\\[CDATA\\[(\\d+)\\]\\]>`, 'g'), '<$1>$2');
const asJson = (fields: Fields): string =>
  JSON.stringify(fields).replace(new RegExp(`"(${BARE})":"(\\d+)"`, 'g'), '"$1":$2');
