import { signature } from '../signature.ts';
import { escaped } from './body.ts';
import type { GraphPlatform } from './platform.ts';

/** Whose webhooks they are; `callbackUrl` empty: nobody's. */
export interface Subscriber {
  id: string;
  appSecret: string;
  callbackUrl: string;
}

interface Waiting<Item> {
  items: Item[];
  done: ((taken: boolean) => void)[];
}

/** Events of this long go into one body while `bundle` is on. */
const BUNDLE_MS = 1_000;

/** Brings events to a subscriber as Meta does: wrapped, escaped, signed with the app's secret, repeated. */
export class Hooks<Item> {
  readonly #platform: GraphPlatform;
  readonly #wrap: (to: Subscriber, items: Item[]) => unknown;
  readonly #bundles = new Map<string, Waiting<Item>>();
  constructor(platform: GraphPlatform, wrap: (to: Subscriber, items: Item[]) => unknown) {
    this.#platform = platform;
    this.#wrap = wrap;
  }

  /** `done` hears whether they were taken; without an address they are not. */
  send(to: Subscriber, items: Item[], done: (taken: boolean) => void = () => {}): void {
    const waiting = this.#bundles.get(to.id);
    if (!to.callbackUrl) done(false);
    else if (!this.#platform.faults.on('bundle')) this.deliver(to, this.#wrap(to, items), done);
    else if (waiting) {
      waiting.items.push(...items);
      waiting.done.push(done);
    } else this.#gather(to, { items: [...items], done: [done] });
  }

  /** A whole body, as it stands. */
  deliver(to: Subscriber, body: unknown, done: (taken: boolean) => void = () => {}): void {
    const bytes = escaped(body);
    this.#platform.courier.deliver({
      url: to.callbackUrl,
      make: () => ({
        body: bytes,
        headers: {
          'content-type': 'application/json',
          'user-agent': 'facebookexternalua',
          'x-hub-signature-256': signature(
            bytes,
            this.#platform.faults.on('badSignature') ? 'another secret' : to.appSecret,
          ),
        },
      }),
      done,
    });
  }

  #gather(to: Subscriber, bundle: Waiting<Item>): void {
    this.#bundles.set(to.id, bundle);
    setTimeout(() => {
      this.#bundles.delete(to.id);
      this.deliver(to, this.#wrap(to, bundle.items), (taken) => {
        for (const tell of bundle.done) tell(taken);
      });
    }, BUNDLE_MS).unref();
  }
}
