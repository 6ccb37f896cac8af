import { createHmac, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { BoundedMap } from '../../lib/sandbox/bounded.ts';

/** Tokens of 开发者中心 begin and end here, in epoch seconds: nobody knows how long the real ones live. */
const LASTING = { since: 1_700_000_000, until: 2_400_000_000 };
/** A code must be exchanged within this time. Milliseconds. */
const CODE_MS = 10 * 60_000;

export interface Token {
  /** The account's name. */
  account: string;
  appKey: string;
  /** Epoch seconds. */
  since: number;
  until: number;
}
export interface Code {
  account: string;
  appKey: string;
  /** Must come again with the code; absent where the consent was given without a browser. */
  redirect?: string;
}

const payload = z.tuple([z.string(), z.string(), z.int(), z.int(), z.int()]);

/**
 * Tokens that carry what they stand for and are sealed with the seed: good after a restart, although a sandbox remembers
 * nothing. Codes live in memory, for ten minutes, and are good once.
 */
export class Tokens {
  readonly #seed: string;
  readonly #now: () => number;
  readonly #codes = new BoundedMap<string, Code & { until: number }>(200);
  readonly #revoked = new BoundedMap<string, true>(1000);
  /** Every turn ends all tokens given out before it. */
  #turn = 0;
  constructor(seed: string, now: () => number) {
    this.#seed = seed;
    this.#now = now;
  }

  lasting(account: string, appKey: string): string {
    return this.#sealed([account, appKey, LASTING.since, LASTING.until, this.#turn]);
  }

  /** `seconds`: how long it lives. */
  issue(account: string, appKey: string, seconds: number): string {
    const since = Math.floor(this.#now() / 1000);
    return this.#sealed([account, appKey, since, since + seconds, this.#turn]);
  }

  /** Whose is it? `over`: its time, or that of its turn, has passed. Undefined when it was never given out, or was revoked. */
  read(token: string): (Token & { over: boolean }) | undefined {
    const [, body = '', seal] = /^2\.00([\w-]+)_([0-9a-f]{24})$/.exec(token) ?? [];
    if (seal !== this.#seal(body) || this.#revoked.has(token)) return undefined;
    const [account, appKey, since, until, turn] = payload.parse(JSON.parse(Buffer.from(body, 'base64url').toString()));
    return { account, appKey, since, until, over: until * 1000 <= this.#now() || turn !== this.#turn };
  }

  revoke(token: string): void {
    this.#revoked.set(token, true);
  }

  /** Ends every token: the holder must notice and ask for another. */
  endAll(): void {
    this.#turn++;
  }

  code(code: Code): string {
    const id = randomBytes(16).toString('hex');
    this.#codes.set(id, { ...code, until: this.#now() + CODE_MS });
    return id;
  }

  /** The code's meaning, once. */
  spend(id: string): Code | undefined {
    const code = this.#codes.get(id);
    this.#codes.delete(id);
    return code && code.until > this.#now() ? code : undefined;
  }

  #sealed(parts: z.infer<typeof payload>): string {
    const body = Buffer.from(JSON.stringify(parts)).toString('base64url');
    return `2.00${body}_${this.#seal(body)}`;
  }

  #seal(body: string): string {
    return createHmac('sha256', this.#seed).update(`weibo token ${body}`).digest('hex').slice(0, 24);
  }
}
