import { randomBytes } from 'node:crypto';
import { BoundedMap } from '../../lib/sandbox/bounded.ts';
import { derived, derivedDigits } from '../../lib/sandbox/ids.ts';

/** Stateless tokens live this long, in seconds (line.md section 1). */
export const TOKEN_LIFE = 900;
/** Pushes a month in the plan of a sandbox account. */
export const QUOTA = 5_000;

export interface LineAccount {
  name: string;
  /** `destination` of webhooks. */
  userId: string;
  basicId: string;
  channelId: string;
  channelSecret: string;
  /** The long-lived token of the console. */
  accessToken: string;
  callbackUrl: string;
  /** Pushes since the start. */
  used: number;
}

/** The official accounts of the sandbox and who may speak for them. */
export class Accounts {
  readonly #seed: string;
  readonly #now: () => number;
  readonly #byName = new Map<string, LineAccount>();
  readonly #stateless = new BoundedMap<string, { account: LineAccount; until: number }>(1000);
  constructor(seed: string, now: () => number) {
    this.#seed = seed;
    this.#now = now;
  }

  /** The account of that name; made of the seed, so that it is the same at every start. */
  get(name: string): LineAccount {
    const known = this.#byName.get(name);
    if (known) return known;
    const hex = (what: string) => derived(this.#seed, 'line', what, name);
    const account: LineAccount = {
      name,
      userId: `U${hex('account').slice(0, 32)}`,
      basicId: `@${hex('basic').slice(0, 8)}`,
      channelId: derivedDigits(10, this.#seed, 'line', 'channel', name),
      channelSecret: hex('secret').slice(0, 32),
      accessToken: Buffer.from(`${hex('token')}${hex('token more')}`, 'hex').toString('base64'),
      callbackUrl: '',
      used: 0,
    };
    this.#byName.set(name, account);
    return account;
  }

  byUserId(userId: string): LineAccount | undefined {
    return [...this.#byName.values()].find((account) => account.userId === userId);
  }

  issue(channelId: string, channelSecret: string): string | undefined {
    const account = [...this.#byName.values()].find(
      (item) => item.channelId === channelId && item.channelSecret === channelSecret,
    );
    if (!account) return undefined;
    const token = randomBytes(48).toString('base64url');
    this.#stateless.set(token, { account, until: this.#now() + TOKEN_LIFE * 1000 });
    return token;
  }

  /** Whose token is it? `undefined` when unknown or past its time. */
  byToken(token: string): LineAccount | undefined {
    const issued = this.#stateless.get(token);
    if (issued) return issued.until > this.#now() ? issued.account : undefined;
    return [...this.#byName.values()].find((account) => account.accessToken === token);
  }

  /** Ends every stateless token: the holder must notice and ask for another. */
  expireTokens(): void {
    this.#stateless.clear();
  }
}
