import { randomBytes } from 'node:crypto';
import { fixturesIn } from '../lib/fixtures.ts';
import { numbers } from '../lib/sandbox/ids.ts';
import type { Replay } from '../replay.ts';
import type { WechatConfig } from './config.ts';
import { seal, signature } from './crypt.ts';
import { writeXml } from './xml-write.ts';

/** The recorded bodies, read when first wanted. */
const read = (folder: string) => {
  let recorded: Record<string, string> | undefined;
  return () => (recorded ??= fixturesIn(new URL(folder, import.meta.url)));
};
export const recordings = read('./fixtures/');
export const miniRecordings = read('./fixtures/mini/');

/** What a push is signed with: an account's own keys, or its platform's. */
export interface Signer {
  token: string;
  aesKey?: string;
  receiveId: string;
}

/** Query and body as WeChat posts them: sealed where there is a key, plain where there is none. `at` in seconds. */
export function posted(
  body: string | Uint8Array,
  { token, aesKey, receiveId }: Signer,
  at: number,
  nonce = randomBytes(5).toString('hex'),
): { query: Record<string, string>; body: Uint8Array } {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const timestamp = String(at);
  const query = { signature: signature(token, timestamp, nonce), timestamp, nonce };
  if (!aesKey) return { query, body: bytes };
  const { Encrypt, MsgSignature } = seal(bytes, { token, aesKey, receiveId }, at, nonce);
  const envelope = { ToUserName: 'gh_1a2b3c4d5e6f', Encrypt };
  const outer = bytes[0] === 0x7b ? JSON.stringify(envelope) : writeXml(envelope);
  return {
    query: { ...query, encrypt_type: 'aes', msg_signature: MsgSignature },
    body: new TextEncoder().encode(outer),
  };
}

/** A recording as if it happened now to `from`: time and ids new, in XML as in JSON. */
export function freshen(recording: string, from: string | undefined, now: () => number): string {
  const nextId = numbers(now);
  const at = Math.floor(now() / 1000);
  const person = from?.replace(/[^\w-]/g, '');
  let text = recording
    .replace(/<CreateTime>\d+<|("CreateTime"\s*:\s*)\d+/, (_, json) => (json ? `${json}${at}` : `<CreateTime>${at}<`))
    .replace(/<MsgId>\d+<|("MsgId"\s*:\s*)\d+/, (_, json) => (json ? `${json}${nextId()}` : `<MsgId>${nextId()}<`));
  if (person) {
    text = text.replace(
      /(<FromUserName><!\[CDATA\[)[^\]]*|("FromUserName"\s*:\s*")[^"]*/,
      (_, xml, json) => `${xml ?? json}${person}`,
    );
  }
  return text;
}

function replayOf(recorded: () => Record<string, string>): Replay<WechatConfig> {
  return {
    recordings: recorded,
    request(name, { appId, token = '', aesKey, app }, { from, now }) {
      const fresh = freshen(recorded()[name] ?? '<xml/>', from, now);
      const signer = app
        ? { token: app.token, aesKey: app.aesKey, receiveId: app.appId }
        : { token, aesKey, receiveId: appId };
      const { query, body } = posted(fresh, signer, Math.floor(now() / 1000));
      // Accounts of a platform are pushed to the platform's address.
      const path = app ? `/${appId}/message` : '';
      return { method: 'POST', path, query, body, headers: { 'content-type': 'text/xml' } };
    },
  };
}

/** For `npm run replay wechat text`. */
export const wechatReplay = replayOf(recordings);
/** For `npm run replay wechat-mini enter`. */
export const wechatMiniReplay = replayOf(miniRecordings);
