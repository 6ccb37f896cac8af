import { randomBytes } from 'node:crypto';
import type { RawRequest } from '../connector.ts';
import { fixturesIn } from '../lib/fixtures.ts';
import { BoundedMap } from '../lib/sandbox/bounded.ts';
import type { Replay } from '../replay.ts';
import { appOf, type WeiboConfig } from './config.ts';
import { parseExact } from './json.ts';
import { signature } from './signature.ts';
import { writeTime } from './time.ts';

/** The recorded bodies of Weibo, read when first wanted. */
let recorded: Record<string, string> | undefined;
export const recordings = (): Record<string, string> =>
  (recorded ??= fixturesIn(new URL('./fixtures/', import.meta.url)));

/** What follows the address of a push: signature, timestamp and nonce; the body is not part of it. */
export function proof(appSecret: string, now: number): { signature: string; timestamp: string; nonce: string } {
  const timestamp = String(now);
  const nonce = randomBytes(6).toString('hex');
  return { signature: signature(appSecret, timestamp, nonce), timestamp, nonce };
}

/** Fields that are numbers on the wire, also those JavaScript has no number for. */
const NUMBERS = new Set(['sender_id', 'receiver_id', 'vfid', 'tovfid']);
const WRAPPED = /\{"#int64":"(\d+)"\}/g;

/** A body as Weibo writes it. Ids are texts with us and numbers there; what a fan typed stays as it is. */
export function bodyOf(push: Record<string, unknown>): Uint8Array {
  const isNumber = (key: string) => NUMBERS.has(key) || (key === 'key' && push.type === 'mention');
  const text = JSON.stringify(push, (key, value) =>
    isNumber(key) && typeof value === 'string' && /^\d{1,19}$/.test(value) ? { '#int64': value } : value,
  );
  return new TextEncoder().encode(text.replace(WRAPPED, '$1'));
}

/** Seconds given out, by what happened in them: Weibo's events have no id but who, when and what. */
const given = new BoundedMap<string, true>(5_000);

/** The push with its time: now, or the first second in which the very same has not happened yet. */
export function timed<T extends Record<string, unknown>>(push: T, now: number): T & { created_at: string } {
  let at = now;
  const key = () => `${Math.floor(at / 1000)} ${JSON.stringify([push.sender_id, push.type, push.text, push.data])}`;
  while (given.has(key())) at += 1000;
  given.set(key(), true);
  return { ...push, created_at: writeTime(at) };
}

/** A recording as if it happened now, between these two. */
export function freshen(
  recording: string,
  { from, account, now }: { from?: string; account?: string; now: () => number },
): Record<string, unknown> {
  const push = parseExact(recording) as Record<string, unknown>;
  return timed({ ...push, ...(from && { sender_id: from }), ...(account && { receiver_id: account }) }, now());
}

/** For `npm run replay weibo text`. */
export const weiboReplay: Replay<WeiboConfig> = {
  recordings,
  request(name, config, { from, account, now }): RawRequest {
    const push = freshen(recordings()[name] ?? '{}', { from, account: account ?? config.uid, now });
    return {
      method: 'POST',
      path: '',
      query: proof(appOf(config).appSecret, now()),
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: bodyOf(push),
    };
  },
};
