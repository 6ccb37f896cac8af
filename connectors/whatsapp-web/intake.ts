import type { Inbound } from '../../core/inbound.ts';
import { pause } from './within.ts';

const LONGEST_PAUSE_MS = 30_000;

/**
 * What arrived, on its way into the house, in order. WhatsApp hands a message to this browser once, so it is offered
 * until it is safe; only closing ends that.
 */
export class Intake {
  readonly #receive: (events: Inbound[]) => Promise<void>;
  readonly #warn: (data: object, text: string) => void;
  #tail: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(receive: (events: Inbound[]) => Promise<void>, warn: (data: object, text: string) => void) {
    this.#receive = receive;
    this.#warn = warn;
  }

  /** `translate` runs when it is its turn; what it throws is told, and the next goes on. */
  add(translate: () => Promise<Inbound[]> | Inbound[]): void {
    this.#tail = this.#tail.then(async () => {
      try {
        const events = await translate();
        if (events.length) await this.#offer(events);
      } catch (error) {
        this.#warn({ error: wordsOf(error) }, 'something of WhatsApp Web could not be read');
      }
    });
  }

  async #offer(events: Inbound[]): Promise<void> {
    for (let wait = 500; ; wait = Math.min(wait * 2, LONGEST_PAUSE_MS)) {
      try {
        return await this.#receive(events);
      } catch (error) {
        if (this.#closed) throw error;
        this.#warn({ error: wordsOf(error) }, 'what arrived could not be kept; trying again');
        await pause(wait);
      }
    }
  }

  /** Resolves when all is safe, or was offered once more in vain. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#tail;
  }
}

const wordsOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
