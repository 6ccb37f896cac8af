import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { derived } from '../../lib/sandbox/ids.ts';

/**
 * Ids as Douyin makes them: `@` and 88 characters of base64 for conversations and messages, UUIDs for people. A message's
 * id carries when it was made and for whom, sealed, so that the right it gives can still be judged after a restart.
 */
const TIME = 8;
const SALT = 8;
const PAIR = 24;
const SEAL = 24;

export interface MessageIds {
  conversation(account: string, person: string): string;
  message(account: string, person: string, at: number, kind: 'said' | 'entered' | 'ours'): string;
  /** When and as what it was made; `undefined` when it is not of these two, or not of ours at all. */
  read(id: string, account: string, person: string): { at: number; kind: 'said' | 'entered' | 'ours' } | undefined;
}

const KINDS = ['said', 'entered', 'ours'] as const;

export function messageIds(seed: string): MessageIds {
  const bytes = (...words: string[]) => Buffer.from(derived(seed, 'douyin', ...words), 'hex');
  const seal = (front: Buffer) =>
    createHmac('sha256', derived(seed, 'douyin', 'seal'))
      .update(front)
      .digest()
      .subarray(0, SEAL);
  const pair = (account: string, person: string) => bytes('pair', account, person).subarray(0, PAIR);
  return {
    conversation: (account, person) =>
      `@${Buffer.concat([bytes('talk', account, person), bytes('talk more', account, person)]).toString('base64')}`,
    message(account, person, at, kind) {
      const time = Buffer.alloc(TIME);
      time.writeBigUInt64BE(BigInt(at) * 4n + BigInt(KINDS.indexOf(kind)));
      const front = Buffer.concat([time, randomBytes(SALT), pair(account, person)]);
      return `@${Buffer.concat([front, seal(front)]).toString('base64')}`;
    },
    read(id, account, person) {
      const all = Buffer.from(id.slice(1), 'base64');
      if (!id.startsWith('@') || all.length !== TIME + SALT + PAIR + SEAL) return undefined;
      const front = all.subarray(0, -SEAL);
      const isOurs = timingSafeEqual(all.subarray(-SEAL), seal(front));
      if (!isOurs || !front.subarray(-PAIR).equals(pair(account, person))) return undefined;
      const packed = front.readBigUInt64BE(0);
      const kind = KINDS[Number(packed % 4n)];
      return kind && { at: Number(packed / 4n), kind };
    },
  };
}

/** A person's open_id, the same at every start for the same name; its end is a check over its beginning. */
export function personId(seed: string, name: string): string {
  const body = derived(seed, 'douyin', 'person', name).slice(0, 24);
  return uuid(body + check(seed, body));
}
export function isOurPerson(seed: string, id: string): boolean {
  const hex = id.replaceAll('-', '');
  return /^[0-9a-f]{32}$/.test(hex) && hex.slice(24) === check(seed, hex.slice(0, 24));
}
export const openId = (seed: string, clientKey: string, account: string): string =>
  uuid(derived(seed, 'douyin', 'account', clientKey, account).slice(0, 32));

const check = (seed: string, body: string) => derived(seed, 'douyin', 'person check', body).slice(0, 8);
const uuid = (hex: string) =>
  [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');

export const logId = (now: number): string => `02${now}${randomBytes(12).toString('hex')}`;
