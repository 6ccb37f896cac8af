import { randomUUID } from 'node:crypto';

/** What is on its way, by the id its text carries. */
export class Flights {
  readonly #begun = new Map<string, number>();
  times: number[] = [];
  begin(): string {
    const id = randomUUID();
    this.#begun.set(id, performance.now());
    return id;
  }
  /** A frame that may carry one of ours. */
  land(frame: string): void {
    const id = /flight:([0-9a-f-]{36})/.exec(frame)?.[1];
    const begun = id && this.#begun.get(id);
    if (!begun) return;
    this.#begun.delete(id);
    this.times.push(performance.now() - begun);
  }
  get open(): number {
    return this.#begun.size;
  }
}

/** Each way has its own. */
export type Air = Record<'toAgent' | 'toVisitor' | 'echo', Flights>;
