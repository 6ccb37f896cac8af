import { randomBytes } from 'node:crypto';
import { BoundedMap } from '../../lib/sandbox/bounded.ts';
import type { Claims, Signer } from './signed.ts';

/** Milliseconds: of a pre-authorisation code, and of an authorisation code. */
export const PRE_AUTH_LIFE = 600_000;
export const AUTH_CODE_LIFE = 3_600_000;
const KEPT = 1_000;
const CODE = 'queryauthcode@@@';
const REFRESH = 'refreshtoken@@@';

export interface Grant {
  funcs: number[];
  /** Milliseconds. */
  at: number;
  revoked: boolean;
}

/** Which account is authorised to which third-party platform, and the codes and refresh tokens that say so. */
export class Grants {
  readonly #signer: Signer;
  readonly #now: () => number;
  /** By platform and account. */
  readonly #grants = new BoundedMap<string, Grant & { by: string; app: string }>(KEPT);
  readonly #pre = new BoundedMap<string, { by: string; until: number }>(KEPT);
  readonly #used = new BoundedMap<string, true>(KEPT);
  readonly #changed: (app: string) => void;
  constructor(signer: Signer, now: () => number, changed: (app: string) => void) {
    this.#signer = signer;
    this.#now = now;
    this.#changed = changed;
  }

  preAuth(by: string): string {
    const code = `preauthcode@@@${randomBytes(32).toString('base64url')}`;
    this.#pre.set(code, { by, until: this.#now() + PRE_AUTH_LIFE });
    return code;
  }

  /** Works once. */
  spendPreAuth(code: string, by: string): boolean {
    const pre = this.#pre.get(code);
    if (pre?.by !== by) return false;
    this.#pre.delete(code);
    return pre.until > this.#now();
  }
  isPreAuth = (code: string, by: string): boolean => {
    const pre = this.#pre.get(code);
    return pre?.by === by && pre.until > this.#now();
  };

  get = (by: string, app: string): Grant | undefined => this.#grants.get(`${by} ${app}`);
  /** Those who have this account in hand. */
  holders = (app: string): string[] => this.list((grant) => grant.app === app).map(({ by }) => by);
  accounts = (by: string) => this.list((grant) => grant.by === by);
  list(fits: (grant: Grant & { by: string; app: string }) => boolean) {
    return [...this.#grants.values()].filter((grant) => !grant.revoked && fits(grant));
  }

  /** The owner consents, for the first time or anew. */
  put(by: string, app: string, funcs: number[]): { updated: boolean } {
    const before = this.get(by, app);
    this.#set(by, app, { funcs, at: Math.max(this.#now(), (before?.at ?? 0) + 1), revoked: false });
    return { updated: before !== undefined && !before.revoked };
  }

  revoke(by: string, app: string): void {
    this.#set(by, app, { funcs: [], at: this.#now(), revoked: true });
  }

  /** An authorisation code of the grant; each call gives another, each is good once. */
  code(by: string, app: string): string {
    const funcs = this.get(by, app)?.funcs ?? [];
    const now = this.#now();
    const claims = { is: 'code', app, by, funcs, from: now, until: now + AUTH_CODE_LIFE, n: nonce() } as const;
    return CODE + this.#signer.sign(claims);
  }

  spendCode(code: string, by: string): Claims | 'invalid' | 'expired' {
    const claims = code.startsWith(CODE) ? this.#signer.read(code.slice(CODE.length)) : undefined;
    if (claims?.is !== 'code' || claims.by !== by) return 'invalid';
    if ((claims.until ?? 0) <= this.#now() || this.#used.has(code)) return 'expired';
    this.#used.set(code, true);
    return this.remember(claims) ? claims : 'invalid';
  }

  /** The refresh token of a grant: the same until it is granted anew or rotated. */
  refreshToken(by: string, app: string): string | undefined {
    const grant = this.get(by, app);
    if (!grant || grant.revoked) return undefined;
    return REFRESH + this.#signer.sign({ is: 'refresh', app, by, funcs: grant.funcs, from: grant.at, n: '' });
  }

  /** Good for the newest only; one from before our last start is believed. */
  readRefresh(token: string, by: string, app: string): Claims | undefined {
    const claims = token.startsWith(REFRESH) ? this.#signer.read(token.slice(REFRESH.length)) : undefined;
    if (claims?.is !== 'refresh' || claims.by !== by || claims.app !== app) return undefined;
    return this.remember(claims) && this.refreshToken(by, app) === token ? claims : undefined;
  }

  /** What a token of ours says was granted, where that was forgotten; false when it was taken back since. */
  remember({ by, app, funcs, from }: Claims): boolean {
    if (!by) return true;
    const known = this.get(by, app);
    if (!known) this.#set(by, app, { funcs: funcs ?? [], at: from, revoked: false });
    return !known?.revoked;
  }

  /** Refresh tokens change and the old ones are worth nothing; the list gives the new ones. */
  rotate(): void {
    for (const grant of this.#grants.values()) grant.at++;
  }

  #set(by: string, app: string, grant: Grant): void {
    this.#grants.set(`${by} ${app}`, { ...grant, by, app });
    this.#changed(app);
  }
}

const nonce = () => randomBytes(9).toString('base64url');
