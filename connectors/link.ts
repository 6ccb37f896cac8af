import type { Inbound, Profile } from '../core/inbound.ts';
import type { MediaStream, Outbound, Sent, Tools } from './connector.ts';

/**
 * A platform that is one lasting connection instead of webhooks (WhatsApp Web). Exactly one hub of the house holds each
 * account's link; when that hub dies another opens it again from what was saved.
 */
export interface Link<Config = any> {
  /** Resolves once the link is being made; what becomes of it is told through `holder.state`. */
  open(config: Config, tools: Tools, holder: LinkHolder): Promise<OpenLink>;
}

export interface LinkHolder {
  /** Takes in what arrived; resolves when it is safe. */
  receive(events: Inbound[]): Promise<void>;
  state(state: LinkState): void;
  /** A folder of this account alone, on this machine. */
  folder: string;
  /** What must outlive this machine: the saved login, as one file. */
  saved: {
    load(): Promise<ReadableStream<Uint8Array> | null>;
    save(bytes: ReadableStream<Uint8Array>): Promise<void>;
    remove(): Promise<void>;
  };
}

export type LinkState =
  | { state: 'starting' | 'connecting' }
  /** To be drawn and scanned with the phone; only the newest is good. */
  | { state: 'qr'; qr: string }
  /** To be typed on the phone instead. */
  | { state: 'code'; code: string }
  | { state: 'ready'; account: string; name?: string }
  /** Will be tried again by itself. */
  | { state: 'disconnected'; reason: string }
  /** Needs a person: logged out, blocked. `code` is stable. */
  | { state: 'failed'; code: string; reason: string };

/** What can be done while the link is open; as the connector's own members, without config and tools. */
export interface OpenLink {
  send(batch: Outbound): Promise<Sent>;
  profile?(from: string): Promise<Profile | null>;
  media?(source: string): Promise<MediaStream>;
  markRead?(receipt: string): Promise<void>;
  typing?(to: string): Promise<void>;
  recall?(sent: { to: string; externalId: string }): Promise<void>;
  /** Asks for a code to type on the phone with this number (digits only) instead of the QR code. */
  pair?(phone: string): Promise<void>;
  /** Ends the login for good. */
  logout(): Promise<void>;
  /** Lets go; the login stays saved. */
  close(): Promise<void>;
}
