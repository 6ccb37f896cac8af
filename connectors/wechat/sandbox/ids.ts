import { createHmac } from 'node:crypto';
import { derived } from '../../lib/sandbox/ids.ts';

/**
 * The sandbox forgets with its process, the hub's database does not. So the ends of AppIDs and OpenIDs are checks over
 * their beginnings: after a restart they are recognised as ours, and of an AppID also which kind of account it was.
 */

/** What the accounts of the sandbox are; `subscription` is not verified, the others are. */
export const KINDS = ['service', 'subscription', 'mini'] as const;
export type Kind = (typeof KINDS)[number];

const APP_BODY = 10;
const OPEN_BODY = 19;

/** `wx` and 16 hex digits, the same at every start for the same kind and name. */
export function appIdOf(seed: string, kind: Kind, name: string): string {
  const body = derived(seed, 'wechat', 'app', kind, name).slice(0, APP_BODY);
  return `wx${body}${appCheck(seed, kind, body)}`;
}

/** Which kind of ours this AppID is; undefined for anybody else's. */
export function kindOf(seed: string, appId: string): Kind | undefined {
  if (!/^wx[0-9a-f]{16}$/.test(appId)) return undefined;
  const body = appId.slice(2, 2 + APP_BODY);
  return KINDS.find((kind) => appId.slice(2 + APP_BODY) === appCheck(seed, kind, body));
}

function appCheck(seed: string, kind: Kind, body: string): string {
  return derived(seed, 'wechat', 'app check', kind, body).slice(0, 16 - APP_BODY);
}

/**
 * 28 characters beginning with `o`. WeChat gives one person another OpenID in each account; the phones show one person
 * under one id, so here it is the same in all of them.
 */
export function openIdOf(seed: string, name: string): string {
  const body = letters(seed, 'person', name).slice(0, OPEN_BODY);
  return `o${body}${letters(seed, 'person check', body).slice(0, 27 - OPEN_BODY)}`;
}

export function isOurPerson(seed: string, id: string): boolean {
  if (!/^o[\w-]{27}$/.test(id)) return false;
  const body = id.slice(1, 1 + OPEN_BODY);
  return id.slice(1 + OPEN_BODY) === letters(seed, 'person check', body).slice(0, 27 - OPEN_BODY);
}

/** The person's id in all accounts of one Open Platform account. */
export const unionIdOf = (seed: string, openId: string): string => `oU${letters(seed, 'union', openId).slice(0, 26)}`;

/** 43 characters that are a valid base64url text, from the seed. */
export function letters(seed: string, ...words: string[]): string {
  return createHmac('sha256', seed)
    .update(['wechat', ...words].join('\u0000'))
    .digest('base64url');
}

/** An EncodingAESKey: 43 letters and digits. */
export function aesKeyOf(seed: string, ...words: string[]): string {
  return letters(seed, 'aes', ...words)
    .replaceAll('-', 'A')
    .replaceAll('_', 'B');
}
