import type { z } from 'zod';
import type { CheckPoint, Fields, RawRequest, Received, Text, Tools } from './connector.ts';

/**
 * An application registered at a platform through which many accounts are connected by consent: WeChat's third-party
 * platform, a Douyin or Weibo app. The admin fills in its fields once; then every account is one scan. A channel
 * connected through it finds the app's config as `config.app`, and its tools as `tools.app`.
 */
export interface AppKind<Config = any> {
  /** The name in URLs and tables: `wechat-open`. Not a connector's name. */
  readonly name: string;
  readonly label: Text;
  readonly text: Text;
  /** Connectors whose accounts it serves. */
  readonly connectors: readonly string[];
  readonly fields: Fields;
  readonly config: z.ZodType<Config>;
  /** How the app is registered, step by step, in the platform's own words. */
  readonly guide: readonly Text[];
  /** What is entered at the platform: `path` comes after the app's own webhook address, `redirect` and `origin` are ours. */
  readonly addresses: readonly { label: Text; is: 'webhook' | 'redirect' | 'origin'; path?: string }[];
  readonly hosts: Readonly<Record<string, string>>;
  /**
   * As a connector's `receive`, for all accounts: every event names its `account`. `accounts` are those connected now.
   * Absent where each account has a webhook of its own.
   */
  receive?(request: RawRequest, config: Config, accounts: Accounts): AppReceived;
  /** Begins a consent. The page is opened by a click on a page of ours; `state` must come back with the person. */
  start(config: Config, tools: AppTools, ask: Ask): Promise<Consent>;
  /** The person came back: what was granted. Throws Refused in the platform's words, Retry, Misconfigured. */
  finish(query: Record<string, string>, config: Config, tools: AppTools, ask: Ask): Promise<Authorised[]>;
  /** A consent told by a push instead (`AppChange` `authorise`). */
  granted?(grant: Record<string, string>, config: Config, tools: AppTools): Promise<Authorised[]>;
  check?(config: Config, tools: AppTools, callbackUrl: string): Promise<CheckPoint[]>;
}

export type AppTools = Omit<Tools, 'app' | 'file'>;
export interface Accounts {
  has(account: string): boolean;
  /** Plain facts of a connected account, as its connector's `config` has them; where the hub tells. */
  config?(account: string): Readonly<Record<string, string>> | undefined;
}

export interface Ask {
  /** Random, single use, bound to the admin who asked. */
  state: string;
  /** Where the platform sends the person back to; carries the state already, for platforms that bring none. */
  redirectUrl: string;
  /** The same without the state, always the same address, for platforms that bring `state` back themselves and want the address registered (Weibo, Douyin). */
  returnUrl: string;
  /** Which kind of account is wanted. */
  connector?: string;
}

export interface Consent {
  /** To be opened by a click in the admin's browser; shows the platform's QR code. */
  url: string;
  /** The same for the admin's phone, to be drawn as a QR code by us. */
  phoneUrl?: string;
  /** Epoch milliseconds. */
  until: number;
}

/** An account somebody has put into our hands. */
export interface Authorised {
  connector: string;
  /** The platform's id of it. */
  account: string;
  name: string;
  avatar?: string;
  /** Plain values, as the connector's `config` takes them. */
  config: Record<string, string>;
  /** What goes into the account's vault. */
  vault?: Record<string, string>;
  expiresAt?: number;
  /** Permissions that are missing and the like. */
  points?: CheckPoint[];
}

export interface AppReceived extends Received {
  /** Done before the platform is answered. */
  changes?: AppChange[];
  /** Runs right after the answer has left, in this process; for what a platform wants at once (WeChat's release check). */
  after?(tools: AppTools): Promise<void>;
}
export type AppChange =
  /** Kept in the app's vault (a component ticket); `at` in epoch milliseconds: an older one never replaces a newer. */
  | { do: 'keep'; key: string; value: string; at: number }
  /** Somebody consented or changed his consent; `granted` makes accounts of it. */
  | { do: 'authorise'; grant: Record<string, string> }
  /** The owner took the account back: nothing is sent any more, its tokens are thrown away, its history stays. */
  | { do: 'revoke'; account: string; why: Text };

/** Gives the type of `config` from its schema. */
export function defineApp<Config>(app: AppKind<Config>): AppKind<Config> {
  return app;
}
