import type { Trigger } from './can.ts';
import type { Content, Sendable } from './message.ts';
import type { EndedBy } from './session.ts';

/**
 * All that core can ask for. The hub makes rows of steps in one place (`hub/desk/apply.ts`), in the order given and in
 * one transaction; a new step breaks one `switch`.
 */
export type Step =
  /** A new session begins. Always the first step where there is none. */
  | { do: 'open'; entry?: Record<string, string> }
  /** The customer's message becomes part of the session. */
  | {
      do: 'hear';
      content: Content;
      messageId: string;
      quoted?: string;
      quoteToken?: string;
      receipt?: string;
      hits: WordHit[];
    }
  /** A rule or the house speaks. */
  | { do: 'say'; as: 'bot' | 'system'; content: Sendable; ruleId?: string }
  /** The session joins a queue; `null` is the queue of everybody. */
  | { do: 'wait'; groupId: string | null }
  /** It leaves the queue without having been served and goes back to the rules. */
  | { do: 'leave' }
  | { do: 'serve'; agentId: string; how: 'accepted' | 'matched' | 'transferred' }
  | { do: 'transfer'; byId: string; toAgentId: string | null; toGroupId: string | null }
  /** `memberId`: who of us ended it. */
  | { do: 'close'; by: EndedBy; memberId: string | null }
  /** A member writes. */
  | { do: 'reply'; id: string; agentId: string; content: Sendable; quoteId?: string; hits: WordHit[] }
  | { do: 'recall'; messageId: string }
  | { do: 'edit'; messageId: string; content: Content }
  /** The customer has received or read ours: by the platform's ids, or everything up to `seq`. */
  | {
      do: 'receipt';
      state: 'delivered' | 'read' | 'failed';
      messageIds?: string[];
      seq?: number;
      before?: number;
      error?: { code: string; text: string };
    }
  /** The customer's act opens the right to write to him; see `core/window.ts`. */
  | { do: 'grant'; trigger: Trigger; at: number }
  /** What somebody of ours wrote elsewhere becomes part of the session. */
  | { do: 'echo'; content: Content; messageId: string; quoted?: string }
  /** A person of ours is at it: the rules keep silent for the rest of the session. */
  | { do: 'hush' }
  /** A member has seen the customer's words up to `seq`; `unread` came after. */
  | { do: 'see'; agentId: string; seq: number; unread: number }
  /** A quiet line in the conversation, by the platform's own name. */
  | { do: 'note'; what: string; text?: string }
  /** The customer can, or can no longer, be reached. */
  | { do: 'reach'; reachable: boolean }
  /** Supervisors are told (SW-07…SW-09). */
  | { do: 'alert'; kind: 'forbidden' | 'sensitive' | 'reminder'; text: string; words: string[]; agentId?: string };

/** A word found in a text; `start` and `end` in UTF-16 units of the text as it was written. */
export interface WordHit {
  kind: string;
  word: string;
  start: number;
  end: number;
}
