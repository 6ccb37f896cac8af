import type { Exchange } from '../phone/model.ts';
import { cut } from '../text.ts';

/** Exchanges kept, and characters of each body. */
const KEPT = 200;
const BODY = 4_000;

/** The last exchanges of a sandbox, for whoever builds or looks for a fault. Headers are not kept: they hold tokens. */
export class ExchangeLog {
  readonly #list: Exchange[] = [];
  readonly #added: (exchange: Exchange) => void;
  #next = 1;
  constructor(added: (exchange: Exchange) => void) {
    this.#added = added;
  }

  add(exchange: Omit<Exchange, 'id'>): void {
    const { request, response } = exchange;
    const kept = {
      ...exchange,
      id: this.#next++,
      request: request && cut(request, BODY),
      response: response && cut(response, BODY),
    };
    this.#list.push(kept);
    if (this.#list.length > KEPT) this.#list.shift();
    this.#added(kept);
  }

  list(): Exchange[] {
    return [...this.#list];
  }
}
