import type { ExchangeLog } from './log.ts';

/** One webhook. `make` is called for every attempt: a repeat may say so and is signed anew. */
export interface Parcel {
  url: string;
  make(attempt: number): { body: Uint8Array; headers: Record<string, string> };
  /** `false`: given up. Called once. */
  done?(taken: boolean): void;
}

export interface CourierOptions {
  fetch: typeof fetch;
  now: () => number;
  log: ExchangeLog;
  /** The platform waits no longer for an answer, in milliseconds; what comes later counts as none. */
  timeoutMs(): number;
  /** Pauses before each repeat, in milliseconds; empty when the platform does not repeat. */
  repeats(): number[];
  /** Every webhook goes out twice at the same time. */
  twice(): boolean;
  /** Every webhook waits for the next one and goes out after it, or after `HELD_MS`. */
  swapped(): boolean;
}

/** How long one webhook waits to be overtaken. */
const HELD_MS = 1_500;
/** Webhooks on the way or waiting, at most; past that the newest are given up. */
const MAX_WAITING = 500;

/** Brings webhooks to the hub as an unreliable network would. */
export class Courier {
  readonly #options: CourierOptions;
  readonly #timers = new Set<NodeJS.Timeout>();
  #held: (() => void) | undefined;
  #waiting = 0;
  constructor(options: CourierOptions) {
    this.#options = options;
  }

  deliver(parcel: Parcel): void {
    if (this.#waiting >= MAX_WAITING) {
      parcel.done?.(false);
      return;
    }
    this.#waiting++;
    const go = () => void this.#run(parcel);
    if (!this.#options.swapped()) {
      go();
      this.#release();
    } else if (this.#held) {
      go();
      // A moment later, so that the second is really there first.
      this.#later(100, () => this.#release());
    } else {
      this.#held = go;
      this.#later(HELD_MS, () => this.#release());
    }
  }

  /** Posts at once and waits for the answer: the platform's own test of an address. */
  async post(
    url: string,
    body: Uint8Array,
    headers: Record<string, string>,
  ): Promise<{ status: number; error?: 'timeout' | 'connect' }> {
    const at = this.#options.now();
    const started = performance.now();
    const patience = this.#options.timeoutMs();
    let status = 0;
    let response: string | undefined;
    let error: 'timeout' | 'connect' | undefined;
    try {
      const answer = await this.#options.fetch(url, {
        method: 'POST',
        body: body.slice(),
        headers,
        redirect: 'manual',
        signal: AbortSignal.timeout(patience),
      });
      ({ status } = answer);
      response = await answer.text();
    } catch (cause) {
      error =
        cause instanceof Error && (cause.name === 'TimeoutError' || cause.name === 'AbortError')
          ? 'timeout'
          : 'connect';
      status = 0;
    }
    this.#options.log.add({
      at,
      direction: 'out',
      method: 'POST',
      path: url,
      status,
      ms: Math.round(performance.now() - started),
      request: new TextDecoder().decode(body),
      response,
      note: error === 'timeout' ? `no answer in ${patience} ms` : error && 'no connection',
    });
    return { status, error };
  }

  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  #release(): void {
    const held = this.#held;
    this.#held = undefined;
    held?.();
  }

  async #run(parcel: Parcel): Promise<void> {
    const taken = await this.#attempt(parcel, 0);
    this.#waiting--;
    parcel.done?.(taken);
  }

  async #attempt(parcel: Parcel, attempt: number): Promise<boolean> {
    const { body, headers } = parcel.make(attempt);
    const copies = this.#options.twice() ? 2 : 1;
    const answers = await Promise.all(Array.from({ length: copies }, () => this.#post(parcel.url, body, headers)));
    if (answers.every((status) => status >= 200 && status < 300)) return true;
    const pause = this.#options.repeats()[attempt];
    if (pause === undefined) return false;
    await new Promise<void>((resolve) => this.#later(pause, resolve));
    return this.#attempt(parcel, attempt + 1);
  }

  async #post(url: string, body: Uint8Array, headers: Record<string, string>): Promise<number> {
    return (await this.post(url, body, headers)).status;
  }

  #later(ms: number, then: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      then();
    }, ms);
    timer.unref();
    this.#timers.add(timer);
  }
}
