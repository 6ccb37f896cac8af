import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { BoundedMap } from '../../lib/sandbox/bounded.ts';

const KINDS = { code: 'code', access: 'act', refresh: 'rft', client: 'clt' } as const;
type Kind = keyof typeof KINDS;

const shape = z.object({
  kind: z.enum(['code', 'access', 'refresh', 'client']),
  app: z.string(),
  /** Name of the business account; absent on the app's own token. */
  account: z.string().optional(),
  scopes: z.array(z.string()).default([]),
  /** Epoch milliseconds. */
  from: z.number(),
  until: z.number(),
  /** Renewals of a refresh token so far. */
  renewals: z.int().default(0),
  salt: z.string(),
});
export type Token = z.infer<typeof shape>;

/**
 * Tokens that carry what they say, sealed: what a consent gave is still good after a restart. Only what was used up or
 * ended meanwhile lies in memory.
 */
export class Tokens {
  readonly #key: Buffer;
  readonly #now: () => number;
  readonly #dead = new BoundedMap<string, true>(5_000);
  readonly #endedBefore: Record<Kind, number> = { code: 0, access: 0, refresh: 0, client: 0 };
  readonly #withdrawn = new Map<string, number>();
  constructor(seed: string, now: () => number) {
    this.#key = createHmac('sha256', seed).update('douyin tokens').digest();
    this.#now = now;
  }

  issue(
    token: Omit<Token, 'from' | 'until' | 'salt' | 'renewals'> & { renewals?: number; until?: number; life?: number },
  ): string {
    const from = this.#now();
    const { life = 0, until = from + life * 1000, ...rest } = token;
    const body = Buffer.from(
      JSON.stringify({ renewals: 0, ...rest, from, until, salt: randomBytes(6).toString('hex') }),
    ).toString('base64url');
    return `${KINDS[token.kind]}.${body}.${this.#seal(body)}`;
  }

  /** Gives the token; `expired` when its time is over, `invalid` when it is none, was used up or withdrawn. */
  read(text: string, kind: Kind): Token | 'expired' | 'invalid' {
    const [prefix, body = '', seal = ''] = text.split('.');
    if (prefix !== KINDS[kind] || !this.#isSealed(body, seal) || this.#dead.has(text)) return 'invalid';
    const token = shape.parse(JSON.parse(Buffer.from(body, 'base64url').toString()));
    if (token.from <= (this.#withdrawn.get(`${token.app} ${token.account}`) ?? 0)) return 'invalid';
    if (token.until <= this.#now() || token.from <= this.#endedBefore[kind]) return 'expired';
    return token;
  }

  /** Used up, or replaced. */
  kill(text: string): void {
    this.#dead.set(text, true);
  }
  /** Ends all of a kind that were issued so far. */
  expire(kind: Kind): void {
    this.#endedBefore[kind] = this.#now();
  }
  /** The owner took the account back. */
  withdraw(app: string, account: string): void {
    this.#withdrawn.set(`${app} ${account}`, this.#now());
  }

  #seal(body: string): string {
    return createHmac('sha256', this.#key).update(body).digest('base64url');
  }
  #isSealed(body: string, seal: string): boolean {
    const [right, given] = [Buffer.from(this.#seal(body)), Buffer.from(seal)];
    return right.length === given.length && timingSafeEqual(right, given);
  }
}
