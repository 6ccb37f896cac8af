/**
 * What a channel can carry, as data. The composer, the auto-reply editor (CH-36, AR-06) and `fit` read it; nothing in
 * core or console asks for a channel by its name. Sizes are bytes, times seconds, text lengths UTF-16 units.
 */
export interface Can {
  text: number;
  image?: FileRule;
  voice?: FileRule;
  video?: FileRule;
  file?: FileRule;
  location?: boolean;
  link?: boolean;
  /** A question with choices to tap: how many, and how long each may be. Without it the choices go out numbered. */
  menu?: { options: number; text: number };
  /** Stars with texts and tags (CS-12); without them an invitation to rate goes out as a menu. */
  rating?: boolean;
  /** A card that opens a page of a mini-program (CH-29). */
  miniProgram?: boolean;
  /** Texts approved beforehand by the platform, for when the window is shut (WhatsApp). */
  template?: boolean;
  /** Our message may point at an earlier one. */
  quote?: boolean;
  /** We may take back our own message on the customer's screen, within this many seconds. */
  recall?: number;
  /** We learn that the customer received, or read, our message. */
  receipts?: 'delivered' | 'read';
  /** We can tell the customer that we read theirs. */
  markRead?: boolean;
  /** Who can see whom typing. */
  typing?: 'out' | 'both';
  /** The platform gives each of ours an id that later points at it (receipts, quotes, recall); without it none can. */
  ids?: boolean;
  /** Messages in one request, at most. */
  batch?: number;
  window?: ReplyWindow;
}

export interface FileRule {
  /** MIME types taken, `image/*` for a family. */
  types: string[];
  bytes: number;
  /** Pictures of another type, and of up to so many bytes, are made to fit before they leave. */
  remade?: number;
  /** Pixels of the longer side, at most. */
  pixels?: number;
  /** Longest playing time. */
  seconds?: number;
}

/** What a customer can do that opens the right to write to him. */
export const TRIGGERS = ['message', 'menu', 'follow', 'scan', 'enter', 'pay', 'mention', 'consent'] as const;
export type Trigger = (typeof TRIGGERS)[number];

/** What one act grants: so many seconds, and inside them so many messages of ours (absent: any number). */
export interface Grant {
  seconds: number;
  sends?: number;
}

/**
 * When we may write to a customer at all; `core/window.ts` keeps the ledger. Absent: always. `quota`: free only as an
 * answer, otherwise it costs the account's own quota, which the platform counts.
 */
export interface ReplyWindow {
  grants?: Partial<Record<Trigger, Grant>>;
  quota?: 'push';
}
