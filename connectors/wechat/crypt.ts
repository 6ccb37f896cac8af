import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  hash,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { BadSignature } from '../errors.ts';

/**
 * WXBizMsgCrypt (channels/wechat.md §3): AES-256-CBC whose IV is the head of the key, padded to 32, around
 * `random(16) | length(4, big endian) | message | receive_id`, with a sha1 over the sorted parts beside it.
 */

/** The AppID that must stand at the end: the account's own, or the third-party platform's for all its accounts. */
export type ReceiveId = string;

export interface Sealed {
  Encrypt: string;
  MsgSignature: string;
  TimeStamp: string;
  Nonce: string;
}

const BLOCK = 32;
const HEAD = 20;
/** 43 characters of base64; the last one may carry spare bits, so the text is not checked by encoding it again. */
export const AES_KEY = /^[A-Za-z0-9+/]{43}$/;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** Hex sha1 of the parts in order of their code units. Without `encrypted` it is `signature`, with it `msg_signature`. */
export function signature(token: string, timestamp: string, nonce: string, encrypted?: string): string {
  const parts = encrypted === undefined ? [token, timestamp, nonce] : [token, timestamp, nonce, encrypted];
  return hash('sha1', parts.sort().join(''), 'hex');
}

/** Compares in a time that does not tell how much of it was right. */
export function sameText(given: string | undefined, wanted: string): boolean {
  if (given === undefined) return false;
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** The 32 bytes behind an EncodingAESKey. Throws RangeError for anything but 43 characters of base64. */
export function keyBytes(aesKey: string): Buffer {
  if (!AES_KEY.test(aesKey)) throw new RangeError('An EncodingAESKey has 43 characters.');
  return Buffer.from(`${aesKey}=`, 'base64');
}

/** The same made ready once, with its head: from mere bytes Node makes a key for every message, at four times the price of opening it. */
function keyOf(aesKey: string): Key {
  let key = keys.get(aesKey);
  if (key) return key;
  const bytes = keyBytes(aesKey);
  key = { secret: createSecretKey(bytes), iv: bytes.subarray(0, 16) };
  // A house has a handful; whoever tries many does not fill our memory.
  if (keys.size > 500) keys.clear();
  keys.set(aesKey, key);
  return key;
}
interface Key {
  secret: KeyObject;
  iv: Buffer;
}
const keys = new Map<string, Key>();

/** The bytes of the message. Throws BadSignature for every way to be wrong, without telling which. */
export function decrypt(encrypted: string, aesKey: string, receiveId: ReceiveId): Buffer {
  const { secret, iv } = keyOf(aesKey);
  if (!BASE64.test(encrypted)) throw foreign();
  const bytes = Buffer.from(encrypted, 'base64');
  if (bytes.length === 0 || bytes.length % 16 !== 0) throw foreign();
  const decipher = createDecipheriv('aes-256-cbc', secret, iv).setAutoPadding(false);
  const plain = Buffer.concat([decipher.update(bytes), decipher.final()]);
  const end = plain.length - padding(plain);
  if (end < HEAD) throw foreign();
  const length = plain.readUInt32BE(16);
  if (HEAD + length > end) throw foreign();
  if (!sameText(plain.toString('utf8', HEAD + length, end), receiveId)) throw foreign();
  return plain.subarray(HEAD, HEAD + length);
}

/** Bytes of PKCS7 at the end, in blocks of 32 (Node's own assumes 16). */
function padding(plain: Buffer): number {
  const count = plain[plain.length - 1] ?? 0;
  if (count < 1 || count > BLOCK || count > plain.length) throw foreign();
  for (let at = plain.length - count; at < plain.length; at++) if (plain[at] !== count) throw foreign();
  return count;
}

const foreign = () => new BadSignature('The message was not encrypted for this account.');

/** Base64 of the encrypted message. `random` is for tests with a known answer only. */
export function encrypt(
  message: string | Uint8Array,
  aesKey: string,
  receiveId: ReceiveId,
  random = randomBytes(16),
): string {
  const { secret, iv } = keyOf(aesKey);
  const text = typeof message === 'string' ? Buffer.from(message) : message;
  const head = Buffer.alloc(4);
  head.writeUInt32BE(text.length);
  const body = Buffer.concat([random, head, text, Buffer.from(receiveId)]);
  const pad = BLOCK - (body.length % BLOCK);
  const cipher = createCipheriv('aes-256-cbc', secret, iv).setAutoPadding(false);
  return Buffer.concat([cipher.update(body), cipher.update(Buffer.alloc(pad, pad)), cipher.final()]).toString('base64');
}

/** A message in its envelope, as both sides send it. `timestamp` in seconds. */
export function seal(
  message: string | Uint8Array,
  { token, aesKey, receiveId }: { token: string; aesKey: string; receiveId: ReceiveId },
  timestamp: number,
  nonce = randomBytes(8).toString('hex'),
): Sealed {
  const Encrypt = encrypt(message, aesKey, receiveId);
  const TimeStamp = String(timestamp);
  return { Encrypt, MsgSignature: signature(token, TimeStamp, nonce, Encrypt), TimeStamp, Nonce: nonce };
}
