import { randomBytes } from 'node:crypto';
import { BoundedMap } from '../../lib/sandbox/bounded.ts';

/** A reply token should be used within about a minute; ours is exact, in milliseconds. */
const REPLY_LIFE_MS = 60_000;
const KEPT = 5_000;

interface Place {
  account: string;
  person: string;
}
interface Said extends Place {
  messageId: string;
}

/** The handles LINE gives with its events: to answer once, to quote, to mark as read. */
export class Handles {
  readonly #now: () => number;
  readonly #reply = new BoundedMap<string, Place & { until: number }>(KEPT);
  readonly #quote = new BoundedMap<string, Said>(KEPT);
  readonly #read = new BoundedMap<string, Said>(KEPT);
  constructor(now: () => number) {
    this.#now = now;
  }

  reply(place: Place, token = randomBytes(16).toString('hex')): string {
    this.#reply.set(token, { ...place, until: this.#now() + REPLY_LIFE_MS });
    return token;
  }

  /** Spends a reply token; `undefined` when it was spent, is too old or another account's. */
  spend(token: string, account: string): Place | undefined {
    const place = this.#reply.get(token);
    if (!place || place.account !== account) return undefined;
    this.#reply.delete(token);
    return place.until > this.#now() ? place : undefined;
  }

  quote(said: Said): string {
    const token = randomBytes(24).toString('base64url');
    this.#quote.set(token, said);
    return token;
  }

  /** Which message a quote token stands for, in the conversation it came from only. Not spent: it may be used again. */
  quoted(token: string, place: Place): string | undefined {
    const said = this.#quote.get(token);
    return said?.account === place.account && said.person === place.person ? said.messageId : undefined;
  }

  read(said: Said): string {
    const token = randomBytes(24).toString('base64url');
    this.#read.set(token, said);
    return token;
  }

  readable(token: string, account: string): Said | undefined {
    const said = this.#read.get(token);
    return said?.account === account ? said : undefined;
  }
}
