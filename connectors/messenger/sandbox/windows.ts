import { BoundedMap } from '../../lib/sandbox/bounded.ts';

const HOUR_MS = 3600 * 1000;
export const STANDARD_MS = 24 * HOUR_MS;
export const HUMAN_AGENT_MS = 7 * 24 * HOUR_MS;

/** When somebody last acted. Somebody we met before the last start is taken to have done so just before it. */
export class Windows {
  readonly #now: () => number;
  readonly #start: number;
  readonly #last = new BoundedMap<string, number>(1_000);
  constructor(now: () => number) {
    this.#now = now;
    this.#start = now();
  }

  acted(page: string, person: string): void {
    this.#last.set(`${page} ${person}`, this.#now());
  }
  /** Somebody new, who has not written yet. */
  never(page: string, person: string): void {
    if (!this.#last.has(`${page} ${person}`)) this.#last.set(`${page} ${person}`, 0);
  }
  isOpen(page: string, person: string, ms: number): boolean {
    return this.#now() - (this.#last.get(`${page} ${person}`) ?? this.#start) < ms;
  }
  /** As if that much time had gone by since. */
  wait(page: string, person: string, ms: number): void {
    this.#last.set(`${page} ${person}`, this.#now() - ms);
  }
}
