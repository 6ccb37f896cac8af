import { derived, derivedDigits } from '../../lib/sandbox/ids.ts';
import { needs } from '../limits.ts';

export interface PageAccount {
  name: string;
  pageId: string;
  appId: string;
  accessToken: string;
  appSecret: string;
  verifyToken: string;
  /** What stands in the app's dashboard; empty: nothing. */
  callbackUrl: string;
  /** Which events the page sends to the app. */
  subscribed: string[];
}

/** The pages of the sandbox, each with an app of its own; made of the seed, so that they are the same at every start. */
export class Accounts {
  readonly #seed: string;
  readonly #byName = new Map<string, PageAccount>();
  constructor(seed: string) {
    this.#seed = seed;
  }

  get(name: string): PageAccount {
    const known = this.#byName.get(name);
    if (known) return known;
    const hex = (what: string) => derived(this.#seed, 'messenger', what, name);
    const digits = (what: string) => derivedDigits(15, this.#seed, 'messenger', what, name);
    const account: PageAccount = {
      name,
      pageId: digits('page'),
      appId: digits('app'),
      accessToken: `EAA${Buffer.from(hex('token') + hex('token more'), 'hex').toString('base64url')}`,
      appSecret: hex('secret').slice(0, 32),
      verifyToken: hex('verify').slice(0, 32),
      callbackUrl: '',
      subscribed: [...needs.events],
    };
    this.#byName.set(name, account);
    return account;
  }

  byPage(id: string): PageAccount | undefined {
    return this.all().find(({ pageId }) => pageId === id);
  }
  byToken(token: string): PageAccount | undefined {
    return this.all().find(({ accessToken }) => accessToken === token);
  }
  all(): PageAccount[] {
    return [...this.#byName.values()];
  }
}
