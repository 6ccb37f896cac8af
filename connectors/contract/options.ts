import type { AppKind } from '../app.ts';
import type { Outbound, RawRequest, Reply } from '../connector.ts';
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
  /**
   * Where the proof lies, and whether it covers the body: then a changed body must be refused too. A part of it: gives
   * where that lies; what is outside must change nothing. `also`: what else in the query is signed (timestamp, nonce).
   */
  proof: {
    in: 'headers' | 'query';
    name: string;
    coversBody: boolean | ((body: Uint8Array) => [from: number, to: number]);
    also?: string[];
  };
  /** `json`: bodies are JSON. The suite breaks every field of every fixture itself, of XML ones (`<…`) too. */
  syntax: 'json' | 'other';
  /** Authentic bodies that are not the platform's: BadRequest. For JSON and XML the usual ones are added. */
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
  /** Where a customer's file comes from, and what may happen instead. */
  media?: MediaOptions;
  /** What the platform answers to the other powers. Those not named are tried with broken answers only. */
  calls?: Partial<Record<Power, CallOptions>>;
  /** For accounts that may only answer within the request. Without it no fixture may offer that. */
  passive?: PassiveOptions<Config>;
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
  /**
   * For platforms that want files uploaded (`tools.file`): what they answer to upload and message alike. `once`: the same
   * file is not uploaded a second time.
   */
  uploads?: { answers: Answers; once?: boolean };
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

export interface MediaOptions {
  /** As a fixture's `content.media.source`. */
  source: string;
  good: { answers: Answers; bytes?: string | Uint8Array; mime?: string };
  outcomes: Record<
    string,
    { answers: Answers; becomes: 'Retry' | 'Gone' | 'Refused' | 'Misconfigured'; code?: string }
  >;
}

/** What a connector can do beside sending; `with` is its first argument where it has one. */
export type Power = 'recall' | 'templates' | 'upkeep' | 'profile' | 'markRead' | 'typing';
export interface CallOptions {
  with?: unknown;
  good: { answers: Answers; gives?: unknown };
  outcomes?: Record<
    string,
    {
      answers: Answers;
      becomes: 'Retry' | 'Refused' | 'Misconfigured' | 'Uncertain' | { gives: unknown };
      code?: string;
    }
  >;
}

export interface PassiveOptions<Config> {
  /** Of an account that may not use the send API; `config` of the contract may. */
  config: Config;
  /** Name of a fixture in which a customer says something. */
  fixture: string;
  /**
   * Reads an answer as the platform would: opens it, parses it. `to` is whom it goes to, `text` what a text says.
   * Throws when the platform would not take it.
   */
  read(reply: Reply, config: Config): { to: string; text?: string };
}
