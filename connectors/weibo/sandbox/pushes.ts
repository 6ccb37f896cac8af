import { bodyOf, proof, timed } from '../replay.ts';
import type { WeiboAccount } from './accounts.ts';
import type { Platform } from './platform.ts';
import { xmlOf } from './xml.ts';

/** One push before it is written: ids as texts. */
export interface Push extends Record<string, unknown> {
  type: string;
  receiver_id: string;
  sender_id: string;
  created_at: string;
  text: string;
  data: Record<string, unknown>;
}

/** Makes Weibo's pushes and has them brought to the account's address, signed. */
export class Pushes {
  readonly #platform: Platform;
  constructor(platform: Platform) {
    this.#platform = platform;
  }

  make(account: WeiboAccount, fan: string, type: string, text: string, data: Record<string, unknown>): Push {
    const bare = { type, receiver_id: account.uid, sender_id: fan, text, data };
    return timed(bare, this.#platform.host.now());
  }

  /** Brings it to the account. `done` hears whether it was taken; without an address it is not. */
  send(account: WeiboAccount, push: Record<string, unknown>, done: (taken: boolean) => void = () => {}): void {
    const { faults, courier } = this.#platform;
    if (!account.callbackUrl || faults.on('pushOff')) {
      done(false);
      return;
    }
    const written = faults.on('dataAsString') ? { ...push, data: JSON.stringify(push.data) } : push;
    const body = account.format === 'xml' ? xmlOf(push) : bodyOf(written);
    const type = account.format === 'xml' ? 'text/xml' : 'application/json';
    const headers = { 'content-type': `${type}; charset=utf-8`, 'user-agent': 'Weibo-Push-Sandbox' };
    courier.deliver({ url: this.#signed(account), make: () => ({ body, headers }), done });
  }

  #signed(account: WeiboAccount): string {
    return signedUrl(account.callbackUrl, account.app.appSecret, this.#platform);
  }
}

/** The address with signature, timestamp and nonce, as every request of Weibo's has them. */
export function signedUrl(
  address: string,
  appSecret: string,
  { faults, host }: Pick<Platform, 'faults' | 'host'>,
  more: Record<string, string> = {},
): string {
  const now = faults.on('seconds') ? Math.floor(host.now() / 1000) : host.now();
  const url = new URL(address);
  const query = { ...proof(faults.on('badSignature') ? 'another secret' : appSecret, now), ...more };
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.href;
}
