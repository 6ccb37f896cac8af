import type { AppKind } from '../app.ts';
import type { Outbound, RawRequest } from '../connector.ts';
import type { Sandbox, SandboxHost } from '../sandbox.ts';

export interface ContractOptions<Config> {
  /** A config as `connector.config` gives it. */
  config: Config;
  /** Another account of the same platform: what it signed must be refused. */
  stranger: Config;
  /** Recorded bodies by name, as they came over the wire (`fixturesIn`). Every event in them has an id of its own. */
  fixtures: Record<string, string>;
  /** Makes the request the platform would make of this body. */
  sign(body: Uint8Array, config: Config): RawRequest;
  /** Where the proof lies, and whether it covers the body: then a changed body must be refused too. */
  proof: { in: 'headers' | 'query'; name: string; coversBody: boolean };
  /** `json`: bodies are JSON, and the suite breaks every field of every fixture itself. */
  syntax: 'json' | 'other';
  /** Authentic bodies that are not the platform's: BadRequest. For JSON the usual ones are added. */
  garbage?: Record<string, string | Uint8Array>;
  /** How the platform marks a body that it sends again. Left out: it sends the very same. */
  redeliver?(body: string): string;
  /** Fixtures (by name) whose kind we do not know, and the name it must be kept under. */
  unknown?: Record<string, string>;
  /**
   * For accounts that are connected through an app and hear through its webhook: the same cases run over `kind.receive`
   * with `config.app` and this one account connected. `sign` and `stranger` are given whole configs as everywhere.
   */
  app?: { kind: AppKind; account: string };
  /** What lies in the account's vault when it sends: refresh tokens and the like. Counted as secrets. */
  vault?: Record<string, string>;
  send?: SendOptions;
  /** The platform's sandbox, for the way there and back. */
  sandbox?: (host: SandboxHost) => Sandbox<Config>;
}

export interface FakeAnswer {
  status: number;
  json?: unknown;
  text?: string;
  headers?: Record<string, string>;
}
/** What the platform answers: always the same, by request, or a failure of the network. */
export type Answers = FakeAnswer | Error | ((request: Request) => FakeAnswer | Promise<FakeAnswer>);

export interface SendOptions {
  batch: Outbound;
  /** The platform takes the batch, and these are the ids it gives (`undefined` where it gives none). */
  good: { answers: Answers; ids: (string | undefined)[] };
  /** What it may answer instead, and what we must make of it. */
  outcomes: Record<
    string,
    {
      answers: Answers;
      /** Changes to the batch: with a reply token, for instance. */
      batch?: Partial<Outbound>;
      becomes: 'sent' | 'Retry' | 'Refused' | 'Misconfigured' | 'Uncertain';
      code?: string;
      afterMs?: number;
    }
  >;
}
