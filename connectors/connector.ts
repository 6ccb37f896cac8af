import type { z } from 'zod';
import type { Can, FileRule } from '../core/can.ts';
import type { Inbound, Profile } from '../core/inbound.ts';
import type { Media, Sendable } from '../core/message.ts';
import type { Link } from './link.ts';

/**
 * The contract of a connector: the code for one platform. It translates and nothing else: what arrives becomes
 * `Inbound`, what we say becomes the platform's requests. Optional powers are optional members: what a platform cannot
 * do is absent, never a method that throws.
 */
export interface Connector<Config = any> {
  /** The name in URLs and tables: `line`, `web`. */
  readonly name: string;
  readonly label: Text;
  /** Connectors of one platform stand together where one is chosen, and share its sandbox; its own name by default. */
  readonly platform?: string;
  /** `#rrggbb` and the path of a 16 × 16 line drawing of our own (not the platform's mark), for the console. */
  readonly mark?: { ground: string; path: string };
  /** How an account is connected, the recommended way first; by `fields` alone when absent. */
  readonly ways?: readonly Way[];
  /** Draws the form in the console and is the schema at the door. */
  readonly fields: Fields;
  readonly config: z.ZodType<Config>;
  readonly can: Can;
  /** Where it differs from account to account: what this one can carry. */
  canFor?(config: Config): Can;
  /** Where the platform lives, by our own short names. A sandbox stands in by replacing the addresses, nothing else. */
  readonly hosts: Readonly<Record<string, string>>;
  /** The platform's own id of the account, once it is known: no account is connected twice in one house. */
  account?(config: Config): string | undefined;
  /** The same batch under the same `key` arrives once, however often it is sent. Without it nothing is repeated whose outcome is unknown. */
  readonly repeats?: true;
  /** A right to answer (`Inbound.reply`) is used up by the first answer, even by one that failed (LINE). */
  readonly answersOnce?: true;
  /**
   * Verifies and translates one request. No I/O, no clock: the same request gives the same answer.
   * Throws BadSignature (401) before anything is parsed, BadRequest (400) for an authentic body that is not the platform's.
   */
  receive(request: RawRequest, config: Config): Received;
  /**
   * Sends up to `can.batch` messages to one person, in order, as one request where the platform can. Gives the
   * platform's ids in the same order. Throws Retry, Refused, Misconfigured or Uncertain; anything else is a bug.
   */
  send?(batch: Outbound, config: Config, tools: Tools): Promise<Sent>;
  /** Who is this? `null` where the platform will not say. */
  profile?(from: string, config: Config, tools: Tools): Promise<Profile | null>;
  /**
   * Opens a file the customer sent. Throws Retry while it is being prepared, Gone when the platform dropped it, Refused
   * when it will never be had, Misconfigured. The caller counts the bytes and cancels the stream when they are too many.
   */
  media?(source: string, config: Config, tools: Tools): Promise<MediaStream>;
  /** Tells the platform that we read up to this message. */
  markRead?(receipt: string, config: Config, tools: Tools): Promise<void>;
  /** Shows the customer that somebody is typing. */
  typing?(to: string, config: Config, tools: Tools): Promise<void>;
  /** Takes back our own message on the customer's screen. Throws Refused in the platform's words when it is too late. */
  recall?(sent: { to: string; externalId: string }, config: Config, tools: Tools): Promise<void>;
  /** Texts the platform has approved for when the window is shut. */
  templates?(config: Config, tools: Tools): Promise<Template[]>;
  /** Looks after the account between messages: renews what ends, sees what the platform changed. Also right after connecting. */
  upkeep?(config: Config, tools: Tools): Promise<Upkeep>;
  /** For a platform that is a lasting connection, not webhooks: then `send` and its like are the open link's. */
  readonly link?: Link<Config>;
  /** Tries the account and says, point by point, what is right and how to mend what is not. */
  check?(config: Config, tools: Tools, callbackUrl: string): Promise<CheckPoint[]>;
}

/** A text in both languages of the house. */
export interface Text {
  zh: string;
  en: string;
}

/** One field of the connect form, in the order it is shown. */
export interface Field {
  label: Text;
  /** Where the person finds it, in the platform's own words. */
  help?: Text;
  /** Secrets are encrypted at rest and never leave the hub again. */
  secret?: boolean;
  required?: boolean;
  placeholder?: string;
  /** One of these, instead of free text; the first is the default. */
  choices?: { value: string; label: Text }[];
  /** We make one (random, of this many characters of A–Z a–z 0–9) where none is given; the person copies it to the platform. */
  make?: number;
  /** When it is changed, the former value stays under this plain key of `config` (sealed as this one): what was on its way still opens. */
  formerAs?: string;
  /** Several lines, such as a key in PEM. */
  lines?: true;
}
export type Fields = Record<string, Field>;

/** A way to connect an account. The guide is told step by step, in the platform's own words. */
export interface Way {
  /** `fields`: credentials are copied. `app`: the account's owner scans and consents (`app.ts`). `link`: a live QR code (`link.ts`). */
  kind: 'fields' | 'app' | 'link';
  /** For `app`: the name of the kind of app. */
  app?: string;
  label: Text;
  /** What one gets and needs, in a sentence or two. */
  text: Text;
  guide: Text[];
}

/** A request as it arrived. Header names are lower case; the body is the raw bytes a signature was made over. */
export interface RawRequest {
  method: string;
  /** What follows the channel's key in the address, with its slash; empty for most platforms. */
  path: string;
  query: Record<string, string>;
  headers: Record<string, string | undefined>;
  body: Uint8Array;
}

export interface Received {
  events: Inbound[];
  /** How this platform wants to be thanked or shaken hands with; 200 with an empty JSON object by default. */
  reply?: Reply;
  /**
   * The account cannot be written to but in this very answer (WeChat accounts that are not verified). Makes the answer out
   * of the first message the house wants to say, within `withinMs` of the request's arrival; undefined when it cannot
   * carry it. Where an account may use the send API, leave this out: never both.
   */
  passive?: { withinMs: number; answer(content: Sendable, now: number): Reply | undefined };
}
/** An answer to a platform's request. */
export interface Reply {
  status?: number;
  type?: string;
  body: string;
}

export interface Outbound {
  /** The customer's id on the platform. */
  to: string;
  /** A UUID, the same on every attempt at this batch: the platform's retry key. */
  key: string;
  /** Our messages, oldest first. Media carry a `url` (and `previewUrl`) that the platform can fetch. */
  messages: {
    id: string;
    content: Sendable /** The platform's handle of the message this one quotes. */;
    quote?: string;
  }[];
  /** The right to answer that came with the customer's last words, if it is still alive. Used once. */
  replyToken?: string;
  /**
   * An earlier attempt at this very batch was cut off without an outcome (the hub died over it), and the token may be
   * spent by it. A platform that then says "no such token" has most likely delivered: Uncertain, not a second way.
   */
  again?: boolean;
}

export interface Sent {
  messages: { externalId?: string; quoteToken?: string }[];
  /** Whether the reply token was spent. */
  replyTokenUsed?: boolean;
}

export interface Template {
  name: string;
  language: string;
  /** With `{{1}}`, `{{2}}` … where values go. */
  text: string;
  values: number;
  category?: string;
}

/** What looking after an account brought. */
export interface Upkeep {
  /** When to look again, in epoch milliseconds; null: no need. */
  next: number | null;
  /** When the account stops working unless somebody authorises again, in epoch milliseconds. */
  expiresAt?: number | null;
  /** What is not right becomes the channel's state, and its admin is told. */
  points?: CheckPoint[];
  /** What the platform says of the account now; merged into the channel's plain config. */
  config?: Record<string, string>;
}

export interface MediaStream {
  stream: ReadableStream<Uint8Array>;
  mime?: string;
  name?: string;
  size?: number;
}

export interface CheckPoint {
  /** A stable name of what was tried: `token`, `webhook`, `quota` … */
  code?: string;
  ok: boolean;
  what: Text;
  /** How to mend it. */
  mend?: Text;
  /** Something to open or to show as a QR code: the page where customers find the account, for instance. */
  url?: string;
}

/** What the hub lends a connector. */
export interface Tools {
  /** Bounded in time; every address is checked against our own networks unless it is a sandbox's. */
  fetch: typeof fetch;
  /** `connector.hosts`, or the sandbox's addresses in their place. No slash at the end. */
  hosts: Readonly<Record<string, string>>;
  now(): number;
  /** A small store with expiry and a lock, for tokens: `make` runs in one hub at a time. `ttl` in seconds comes from `make`. */
  keep(key: string, make: () => Promise<{ value: string; ttl: number }>): Promise<string>;
  /** Forgets a kept value, after a 401 for instance; only while it is still `failed`, where that is told: another may have renewed it. */
  forget(key: string, failed?: string): Promise<void>;
  /** Values of this account that must not be lost: refresh tokens. Sealed, without an end, gone with the account. */
  vault: Vault;
  /**
   * One of our files, for platforms that want it uploaded. With a rule, a picture is made smaller or another type until it
   * fits; throws Refused (`file_too_large`, `file_type_refused`) when it cannot.
   */
  file(media: Media, rule?: FileRule): Promise<OutFile>;
  /** Of the app the account was connected through; its kept values are shared by all its accounts. */
  app?: Omit<Tools, 'app' | 'file'>;
  log: { info(data: object, text: string): void; warn(data: object, text: string): void };
}

export interface Vault {
  get(key: string): Promise<string | undefined>;
  put(key: string, value: string): Promise<void>;
  remove(key: string): Promise<void>;
}

export interface OutFile {
  blob: Blob;
  /** With an extension. */
  name: string;
  mime: string;
  /** Hash of the bytes (sha256, hex): the same file need not be uploaded twice. */
  hash: string;
}

/** Gives the type of `config` from its schema. */
export function defineConnector<Config>(connector: Connector<Config>): Connector<Config> {
  return connector;
}
