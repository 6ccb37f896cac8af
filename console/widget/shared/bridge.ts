import type { WebStyle } from '../../../hub/shapes/channels.ts';

/**
 * What the embedding page and the chat inside the iframe say to one another. The loader hands one end of a
 * MessageChannel to the chat with a message addressed to the hub's origin and nobody else; the chat takes it from its
 * parent window only, and from then on both speak over that private line: no other frame can listen or join.
 */
export const HANDSHAKE = 'haina:1';

/** Sent with the handshake. */
export interface Welcome {
  haina: typeof HANDSHAKE;
  /** Where the visitor is: the embedding page, not the iframe. */
  page: { url: string; title: string; referrer: string };
  language?: string;
  /** What `boot` was told of the visit and of the visitor; see connectors/web/entry.ts and identity.ts. */
  visit?: Record<string, string>;
  sealed?: string;
  user?: string;
  userId?: string;
  userHash?: string;
}

/** Loader to chat. */
export type ToChat = { type: 'shown'; focus: boolean } | { type: 'hidden' };
/** Chat to loader. */
export type ToPage = { type: 'unread'; count: number } | { type: 'close' };

/** What the hub prepends to /widget.js: `window.__haina={...};`. */
export interface Served {
  key?: string;
  style?: Partial<WebStyle>;
}
