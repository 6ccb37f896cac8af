import { BoundedMap } from '../../lib/sandbox/bounded.ts';

/** Free words are taken for this long after the customer's last, in milliseconds (whatsapp.md B7). */
const WINDOW_MS = 24 * 3600 * 1000;

/** Who wrote last, and when. Somebody we met before the last start is taken to have written just before it. */
export class Windows {
  readonly #now: () => number;
  readonly #start: number;
  readonly #last = new BoundedMap<string, number>(1_000);
  constructor(now: () => number) {
    this.#now = now;
    this.#start = now();
  }

  heard(account: string, person: string): void {
    this.#last.set(`${account} ${person}`, this.#now());
  }

  /** Somebody new, who has not written yet. */
  never(account: string, person: string): void {
    if (!this.#last.has(`${account} ${person}`)) this.#last.set(`${account} ${person}`, 0);
  }

  isOpen(account: string, person: string): boolean {
    const last = this.#last.get(`${account} ${person}`) ?? this.#start;
    return this.#now() - last < WINDOW_MS;
  }

  close(account: string, person: string): void {
    this.#last.set(`${account} ${person}`, this.#now() - WINDOW_MS);
  }
}
