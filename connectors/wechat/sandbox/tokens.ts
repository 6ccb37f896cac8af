import { randomBytes } from 'node:crypto';
import { BoundedMap } from '../../lib/sandbox/bounded.ts';
import type { Claims, Signer } from './signed.ts';

/** Every access token lives this long, in seconds (wechat.md §10). */
export const TOKEN_LIFE = 7200;
/** The stable token is renewed this long before its end, and old ones stay good this long beside a new one, in ms. */
const OVERLAP_MS = 300_000;
const KEPT = 2_000;

type Issued = 'stable' | 'plain' | 'authoriser' | 'component';
export interface Fresh {
  token: string;
  /** Seconds. */
  expiresIn: number;
}
export type Checked = Claims | 'missing' | 'invalid' | 'expired';

/** Access tokens of all kinds: who may call, until when. */
export class Tokens {
  readonly #signer: Signer;
  readonly #now: () => number;
  /** The newest by what it opens. */
  readonly #current = new BoundedMap<string, { token: string; until: number }>(KEPT);
  /** Those that end before their own time. */
  readonly #ends = new BoundedMap<string, { at: number; as: 'invalid' | 'expired' }>(KEPT);
  /** All issued until then are over. */
  #over = 0;
  constructor(signer: Signer, now: () => number) {
    this.#signer = signer;
    this.#now = now;
  }

  /** Normal mode gives the same until five minutes before its end; `force` ends it at once. */
  stable(app: string, force: boolean): Fresh {
    const current = this.#current.get(`stable ${app}`);
    const left = (current?.until ?? 0) - this.#now();
    if (current && !force && left > OVERLAP_MS && this.check(current.token) !== 'expired')
      return { token: current.token, expiresIn: Math.floor(left / 1000) };
    return this.#issue('stable', { app }, force ? 0 : OVERLAP_MS);
  }

  /** The old way: every call ends the one before. */
  plain = (app: string): Fresh => this.#issue('plain', { app }, OVERLAP_MS);
  authoriser = (app: string, by: string, funcs: number[]): Fresh =>
    this.#issue('authoriser', { app, by, funcs }, OVERLAP_MS);
  component = (app: string): Fresh => this.#issue('component', { app }, 0);

  check(token: string | undefined): Checked {
    if (!token) return 'missing';
    const claims = this.#signer.read(token);
    if (!claims || claims.is === 'refresh' || claims.is === 'code') return 'invalid';
    const now = this.#now();
    const end = this.#ends.get(token);
    if (end && end.at <= now) return end.as;
    return claims.from <= this.#over || (claims.until ?? 0) <= now ? 'expired' : claims;
  }

  /** Ends all there are: whoever holds one must notice and ask for another. */
  expireAll(): void {
    this.#over = this.#now();
    this.#current.clear();
  }

  #issue(is: Issued, what: Pick<Claims, 'app' | 'by' | 'funcs'>, overlap: number): Fresh {
    const now = this.#now();
    const key = [is, what.app, what.by].filter(Boolean).join(' ');
    const old = this.#current.get(key);
    if (old && old.until > now + overlap) this.#ends.set(old.token, { at: now + overlap, as: 'invalid' });
    // After `expireAll` in the same millisecond: this one is newer.
    const from = Math.max(now, this.#over + 1);
    const until = now + TOKEN_LIFE * 1000;
    const token = this.#signer.sign({ is, ...what, from, until, n: randomBytes(9).toString('base64url') });
    this.#current.set(key, { token, until });
    return { token, expiresIn: TOKEN_LIFE };
  }
}
