import type { ExchangeLog } from './log.ts';

/** What came back: status 0 and no body where nothing did. */
export interface CourierAnswer {
  status: number;
  body: string;
  error?: 'timeout' | 'connect';
}
/** Taken; not taken, so it is tried again as often as `repeats` says; or answered in a way that trying again would not mend. */
export type Verdict = 'taken' | 'again' | 'never';

/** One webhook. `make` is called for every attempt: a repeat may say so and is signed anew, in the address too. */
export interface Parcel {
  url: string;
  make(attempt: number): { url?: string; body: Uint8Array; headers: Record<string, string>; note?: string };
  /** What the answer means, where a 2xx is not enough. */
  judge?(answer: CourierAnswer): Verdict;
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

interface Letter {
  url: string;
  body?: Uint8Array;
  headers: Record<string, string>;
  note?: string;
}

const byStatus = ({ status }: CourierAnswer): Verdict => (status >= 200 && status < 300 ? 'taken' : 'again');

const TO_THE_LETTER = new TextDecoder('utf-8', { ignoreBOM: true });

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
  post(url: string, body: Uint8Array, headers: Record<string, string>, note?: string): Promise<CourierAnswer> {
    return this.#ask({ url, body, headers, note });
  }

  /** Asks an address with GET: a handshake. */
  get(url: string, note?: string): Promise<CourierAnswer> {
    return this.#ask({ url, headers: {}, note });
  }

  async #ask({ url, body, headers, note }: Letter): Promise<CourierAnswer> {
    const method = body ? 'POST' : 'GET';
    const at = this.#options.now();
    const started = performance.now();
    const patience = this.#options.timeoutMs();
    let status = 0;
    let response: string | undefined;
    let error: 'timeout' | 'connect' | undefined;
    try {
      const answer = await this.#options.fetch(url, {
        method,
        body: body?.slice(),
        headers,
        redirect: 'manual',
        signal: AbortSignal.timeout(patience),
      });
      ({ status } = answer);
      // To the letter: a mark of order before the first character is a fault of the hub's that some platforms mind.
      response = TO_THE_LETTER.decode(await answer.arrayBuffer());
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
      method,
      path: url,
      status,
      ms: Math.round(performance.now() - started),
      request: body && new TextDecoder().decode(body),
      response,
      note: error === 'timeout' ? `no answer in ${patience} ms` : error ? 'no connection' : note,
    });
    return { status, body: response ?? '', error };
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
    const { url = parcel.url, body, headers, note } = parcel.make(attempt);
    const copies = this.#options.twice() ? 2 : 1;
    const answers = await Promise.all(Array.from({ length: copies }, () => this.post(url, body, headers, note)));
    const verdicts = answers.map((answer) => (parcel.judge ?? byStatus)(answer));
    if (verdicts.every((verdict) => verdict === 'taken')) return true;
    if (verdicts.includes('never')) return false;
    const pause = this.#options.repeats()[attempt];
    if (pause === undefined) return false;
    await new Promise<void>((resolve) => this.#later(pause, resolve));
    return this.#attempt(parcel, attempt + 1);
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
