import type { Hono } from 'hono';
import type { Text } from './connector.ts';
import type { Phone } from './lib/phone/model.ts';

/**
 * The platform's side of the conversation, in our own process: the newcomer's demo, the end-to-end tests' platform and
 * the connector author's bench. It speaks HTTP and knows nothing of the hub but the webhook address it was given.
 */
export interface Sandbox<Config = any> {
  readonly name: string;
  readonly label: Text;
  /** Platform API, media, QR pages and the phone's own requests; mounted under `/sandbox/<name>`. */
  readonly app: Hono;
  /** Addresses to put in place of `connector.hosts`, relative to where `app` is mounted: `{ api: '/api' }`. */
  readonly hosts: Readonly<Record<string, string>>;
  /**
   * The credentials of a sandbox account, the same at every start for the same name, so that a database outlives the
   * process. `callbackUrl` is where its webhooks go; memory is all a sandbox has, so call this at every start, not only
   * when the channel is first made. An empty address leaves the account without one until the platform's API sets it.
   */
  account(name: string, callbackUrl: string, connector?: string): Config;
  /** Credentials of a sandbox app (`app.ts`), by the kind's name; the same at every start. */
  readonly apps?: Readonly<Record<string, (name: string, callbackUrl: string) => Record<string, string>>>;
  /**
   * An account's owner consents without a browser, for the demo and for tests: gives the query the platform would send the
   * browser back with. What it grants must still be good after a restart.
   */
  consent?(
    app: Record<string, string>,
    account: string,
    ask: { state: string; redirectUrl: string; connector?: string },
  ): Promise<Record<string, string>>;
  /** The customer's side, for tests: speak as a person, look at what arrived. The page does the same over HTTP. */
  readonly phone?: Phone;
  /** Stops pending deliveries. */
  close?(): void;
}

/** What a sandbox is given when it is built. */
export interface SandboxHost {
  /** Where the sandbox itself is reachable, with its mount path: `http://127.0.0.1:3000/sandbox/line`. */
  url: string;
  /** For posting to webhooks; must reach our own address. */
  fetch: typeof fetch;
  now(): number;
  /** Any stable text: account secrets derive from it. */
  seed: string;
}
