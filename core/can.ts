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
  /** Messages in one request, at most. */
  batch?: number;
  window?: ReplyWindow;
}

export interface FileRule {
  /** MIME types taken, `image/*` for a family. */
  types: string[];
  bytes: number;
}

/** When we may write to a customer at all. Absent: always. */
export interface ReplyWindow {
  /** Seconds after the customer's last message. */
  seconds?: number;
  /** Messages of ours inside it. */
  sends?: number;
  /** Free only as an answer; otherwise it costs the account's quota. */
  quota?: 'push';
}
