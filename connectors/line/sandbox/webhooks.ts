import { ulid } from '../../lib/sandbox/ids.ts';
import { bodyOf, signature } from '../replay.ts';
import type { LineAccount } from './accounts.ts';
import type { Platform } from './platform.ts';

type Json = Record<string, unknown>;
interface Waiting {
  events: Json[];
  done: ((taken: boolean) => void)[];
}

/** Events of this long go into one body while `bundle` is on. */
const BUNDLE_MS = 1_000;

/** Makes LINE's events and has them brought to the account's address, signed. */
export class Webhooks {
  readonly #platform: Platform;
  readonly #bundles = new Map<string, Waiting>();
  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /** One event of a person: the fields every event shares and its own. `reply`: it comes with a reply token. */
  event(account: LineAccount, person: string, type: string, own: Json, reply: boolean): Json {
    const { host, faults, handles } = this.#platform;
    const now = host.now();
    const standby = faults.on('standby');
    return {
      type,
      mode: standby ? 'standby' : 'active',
      timestamp: now,
      source: { type: 'user', userId: person },
      webhookEventId: ulid(now),
      deliveryContext: { isRedelivery: false },
      ...(reply && !standby && { replyToken: handles.reply({ account: account.userId, person }) }),
      ...own,
    };
  }

  /** Brings events to the account. `done` hears whether they were taken; without an address they are not. */
  send(account: LineAccount, events: Json[], done: (taken: boolean) => void = () => {}): void {
    const { faults } = this.#platform;
    const waiting = this.#bundles.get(account.userId);
    if (!account.callbackUrl || faults.on('webhookOff')) done(false);
    else if (!faults.on('bundle')) this.#deliver(account, { events, done: [done] });
    else if (waiting) {
      waiting.events.push(...events);
      waiting.done.push(done);
    } else this.#gather(account, { events: [...events], done: [done] });
  }

  #gather(account: LineAccount, bundle: Waiting): void {
    this.#bundles.set(account.userId, bundle);
    setTimeout(() => {
      this.#bundles.delete(account.userId);
      this.#deliver(account, bundle);
    }, BUNDLE_MS).unref();
  }

  /** LINE's own trial of an address: signed, without events. */
  test(account: LineAccount, url: string): ReturnType<Platform['courier']['post']> {
    const body = bodyOf(account.userId, []);
    return this.#platform.courier.post(url, body, this.#headers(account, body));
  }

  #deliver(account: LineAccount, { events, done }: Waiting): void {
    this.#platform.courier.deliver({
      url: account.callbackUrl,
      make: (attempt) => {
        const body = bodyOf(
          account.userId,
          events.map((event) => ({ ...event, deliveryContext: { isRedelivery: attempt > 0 } })),
        );
        return { body, headers: this.#headers(account, body) };
      },
      done: (taken) => {
        for (const tell of done) tell(taken);
      },
    });
  }

  #headers(account: LineAccount, body: Uint8Array): Record<string, string> {
    const secret = this.#platform.faults.on('badSignature') ? 'another secret' : account.channelSecret;
    return {
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'LineBotWebhook/2.0',
      'x-line-signature': signature(body, secret),
    };
  }
}
