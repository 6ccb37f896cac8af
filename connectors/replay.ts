import type { RawRequest } from './connector.ts';

/** How one connector's recordings become requests again: for `npm run replay`, load tests and the sandbox's own page. */
export interface Replay<Config = any> {
  /** Recorded bodies by name. */
  recordings(): Record<string, string>;
  /**
   * The request the platform would make now: ids and times new, signed for this account. `from` is the customer's id,
   * `account` the platform's id of the account.
   */
  request(name: string, config: Config, options: { from?: string; account?: string; now: () => number }): RawRequest;
}
