import type { RawRequest } from '../connector.ts';
import { BadRequest, BadSignature } from '../errors.ts';
import { decrypt, type ReceiveId, sameText, signature } from './crypt.ts';
import { readPush } from './json.ts';
import { readXml } from './xml.ts';

/** What a push may be signed and encrypted with: the keys of now first, those of before after them. */
export interface Keys {
  tokens: readonly string[];
  aesKeys: readonly string[];
  receiveId: ReceiveId;
  /** Whether a push may come unencrypted. */
  plaintext: boolean;
}

export interface Opened {
  /** What the push says, by WeChat's names. */
  fields: Record<string, unknown>;
  /** JSON pushes are answered in JSON. */
  json: boolean;
  /** What it was sealed with: an answer must be sealed likewise. */
  seal?: { token: string; aesKey: string; receiveId: ReceiveId };
}

/** `Encrypt` as it stands in an envelope. A customer may write the same in a message of compatible mode, so all are looked at. */
const IN_XML = /<Encrypt>\s*(?:<!\[CDATA\[)?([A-Za-z0-9+/=]{24,})(?:\]\]>)?\s*<\/Encrypt>/g;
const IN_JSON = /"Encrypt"\s*:\s*"([A-Za-z0-9+/=\\]{24,})"/g;
const MOST_ENVELOPES = 8;
const ECHO = /^[A-Za-z0-9_\-=+/]{1,128}$/;
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The answer to WeChat's trial of the address: its own word. Throws BadSignature where the Token differs. */
export function echo({ query }: RawRequest, { tokens }: Pick<Keys, 'tokens'>): string {
  signedBy(query, tokens);
  const word = query.echostr ?? '';
  if (!ECHO.test(word)) throw new BadRequest('bad_echostr', 'The word to be echoed is not one of WeChat’s.');
  return word;
}

/**
 * Opens a push in any mode, decided by the push itself because the account's admin can change the mode at any moment
 * (channels/wechat.md §2.2). What was encrypted counts alone; plain fields beside it are not signed by anybody. Throws
 * BadSignature before anything is parsed, BadRequest `plaintext_refused` where a plain push is not wanted.
 */
export function openBody({ query, body }: RawRequest, keys: Keys): Opened {
  if (query.encrypt_type !== 'aes' && query.msg_signature === undefined) return plain(query, body, keys);
  const text = latin1(body);
  const json = isJson(body);
  for (const encrypted of envelopes(text, json)) {
    const token = keys.tokens.find((one) =>
      sameText(query.msg_signature, signature(one, query.timestamp ?? '', query.nonce ?? '', encrypted)),
    );
    if (token === undefined) continue;
    const { bytes, aesKey } = unsealed(encrypted, keys);
    return { ...parsed(bytes), seal: { token, aesKey, receiveId: keys.receiveId } };
  }
  throw new BadSignature('The signature is not of this account.');
}

function* envelopes(text: string, json: boolean): Generator<string> {
  let count = 0;
  for (const [, encrypted] of text.matchAll(json ? IN_JSON : IN_XML)) {
    if (++count > MOST_ENVELOPES) return;
    yield json ? encrypted!.replaceAll('\\/', '/') : encrypted!;
  }
}

/** Every key is tried, the newest first: signatures do not tell with which of them something was encrypted. */
function unsealed(encrypted: string, { aesKeys, receiveId }: Keys): { bytes: Uint8Array; aesKey: string } {
  let failure: unknown;
  for (const aesKey of aesKeys) {
    try {
      return { bytes: decrypt(encrypted, aesKey, receiveId), aesKey };
    } catch (error) {
      failure = error;
    }
  }
  throw failure ?? new BadSignature('There is no key.');
}

function plain(query: RawRequest['query'], body: Uint8Array, keys: Keys): Opened {
  signedBy(query, keys.tokens);
  if (!keys.plaintext)
    throw new BadRequest(
      'plaintext_refused',
      'The push is not encrypted. Choose safe mode (安全模式) at the platform.',
    );
  const opened = parsed(body);
  // An envelope without the signature that covers it: somebody took that away.
  if ('Encrypt' in opened.fields) throw new BadSignature('The push is encrypted but its signature is missing.');
  return opened;
}

/** `signature` says only that the sender knows the Token; it covers nothing of the body. */
function signedBy(query: RawRequest['query'], tokens: readonly string[]): void {
  const wanted = tokens.map((token) => signature(token, query.timestamp ?? '', query.nonce ?? ''));
  if (!wanted.some((one) => sameText(query.signature, one)))
    throw new BadSignature('The signature is not of this account.');
}

function parsed(bytes: Uint8Array): Pick<Opened, 'fields' | 'json'> {
  if (isJson(bytes)) return { fields: readPush(bytes), json: true };
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    throw new BadRequest('not_utf8', 'The body is not UTF-8.');
  }
  return { fields: readXml(text), json: false };
}

/** Whether the first character that is not a space opens an object. */
function isJson(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (byte > 0x20) return byte === 0x7b;
  return false;
}

/** Bytes as they are: an envelope is ASCII, and what stands around it does not matter. */
function latin1(body: Uint8Array): string {
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1');
}
