import type { Trigger } from './can.ts';
import type { Content } from './message.ts';

/**
 * What a connector tells the house: one thing that happened on a platform, in our words. A connector never decides
 * what follows from it; `core/reception.ts` does.
 */
export type Inbound = InboundBase & InboundKind;

export interface InboundBase {
  /** The platform's account the event is for, where one webhook serves several (`destination` on LINE). */
  account?: string;
  /** The customer's id on the platform; opaque to all but the connector. Absent on account-level events. */
  from?: string;
  /**
   * Other ids of the same person on this platform (WhatsApp: phone number and user ids). Whoever is known by any of them
   * is that person; the missing ones are learnt.
   */
  aliases?: string[];
  /** Unique per channel and stable under redelivery: duplicates die on it. */
  externalId: string;
  /** Milliseconds since the epoch, the platform's own time of the event. */
  at: number;
  /** What the event itself already tells about the person. */
  profile?: Profile;
  /** A right to answer that came with the event and runs out (LINE reply token, Douyin msg_id). `until` in epoch milliseconds. */
  reply?: { token: string; until: number };
  /** Which right to write to him this act gives (`can.window.grants`). A message gives `message` by itself. */
  trigger?: Trigger;
  /**
   * What the customer came with: the scene of a QR code, the page, an advert. Kept on the session it opens, for routing
   * and reports; the platform's own names.
   */
  entry?: Record<string, string>;
  /**
   * Another application is in charge of this conversation (LINE `standby`): keep what was said, but send nothing, not
   * even a rule's answer.
   */
  silent?: true;
}

export type InboundKind =
  /**
   * The customer said something. `quoted` is the platform's id of the message it answers, `quoteToken` the handle to
   * quote this one, `receipt` a handle to mark it read with, `set` the pictures sent together (they come as separate
   * messages, in any order; `index` from 1).
   */
  | {
      kind: 'message';
      messageId: string;
      content: Content;
      quoted?: string;
      quoteToken?: string;
      receipt?: string;
      set?: { id: string; index?: number; total?: number };
    }
  /** The customer changed an earlier message. */
  | { kind: 'edit'; messageId: string; content: Content }
  /** The customer took a message back; it may arrive before the message itself. */
  | { kind: 'recall'; messageId: string }
  /**
   * Somebody of ours wrote to `from` outside this house (in the platform's own app): it is shown, and the rules keep
   * silent for the rest of the session.
   */
  | { kind: 'echo'; messageId: string; content: Content; quoted?: string }
  /** Became, or stopped being, reachable: follow and unfollow. */
  | { kind: 'contact'; change: 'added' | 'returned' | 'removed' }
  /**
   * The customer's device has received or read ours. By id, or everything up to our session's number `seq`; `session` is
   * our session's id where the channel hands it back (web), otherwise it is the customer's latest.
   */
  | {
      kind: 'receipt';
      state: 'delivered' | 'read' | 'failed';
      messageIds?: string[];
      session?: string;
      seq?: number;
      /** Everything of ours written before, in epoch milliseconds (watermarks). */
      before?: number;
      /** Why it failed after all, in the platform's words. */
      error?: { code: string; text: string };
    }
  /**
   * The customer asks for a person with a button (V-04), leaves the queue (V-08), ends the session (V-11), re-enters (V-06)
   * or wants to rate without having been invited (V-10).
   */
  | { kind: 'wish'; wish: 'human' | 'leave-queue' | 'end' | 'enter' | 'rate'; groupId?: string }
  /** An answer to an invitation, with all a page of ours can ask (CS-10, CS-12); it may come after the session's end. */
  | {
      kind: 'rate';
      invitationId: string | null;
      /** 1 to 5. */
      stars: number;
      tags: string[];
      resolved: boolean | null;
      comment: string | null;
    }
  /** A form filled in (V-09): its fields by name, and the message. */
  | { kind: 'leave-message'; form: Record<string, string>; text: string }
  /** Shown as a quiet line in the conversation; nothing is answered. `what` is the platform's own name of it. */
  | { kind: 'notice'; what: string; text?: string }
  /** Authentic and understood, but not part of any conversation (groups, account events): kept by name. */
  | { kind: 'ignored'; what: string; data?: unknown };

/** A person as a platform describes them. */
export interface Profile {
  name?: string;
  avatar?: string;
  phone?: string;
  email?: string;
  company?: string;
  /** The organisation's own fields of the contact card. */
  fields?: Record<string, string>;
  language?: string;
  /** Anything more, shown on the contact card under its own name. */
  more?: Record<string, string>;
  /** `name` is the real one: somebody vouches for it. */
  real?: true;
  /** Where and with what they write. */
  from?: Whence;
}

/** Where an address is used and with what somebody writes from there (CT-10, A-60). What is not known is null. */
export interface Whence {
  ip: string;
  region: string | null;
  network: string | null;
  terminal: Terminal | null;
}
export interface Terminal {
  device: 'desktop' | 'mobile' | 'tablet' | null;
  /** With its version where browsers still tell the truth about it: `iOS 18.1`, `Windows 7`, `Windows`, `macOS`. */
  os: string | null;
  /** With the first number of its version: `Chrome 130`. */
  browser: string | null;
}
