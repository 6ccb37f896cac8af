import type { Trigger } from './can.ts';
import type { Content, Sendable } from './message.ts';
import type { Put } from './rating/put.ts';
import type { Trace } from './route/decision.ts';
import type { EndedBy, EndReason, Session } from './session.ts';

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
  /**
   * A rule or the house speaks. `said` names a text that is said once in a session, `told` one that says where he stands. A
   * menu whose options begin with `haina:` is the house's own (`core/menu.ts`) and remembered.
   */
  | { do: 'say'; as: 'bot' | 'system'; content: Sendable; ruleId?: string; said?: string; told?: true }
  /**
   * The session joins a queue; `null` is the queue of everybody. `since`: keeps the place of that moment (epoch
   * milliseconds). `lost`: the agent who had it did not answer.
   */
  | {
      do: 'wait';
      groupId: string | null;
      priority?: number;
      wanted?: Session['wanted'];
      since?: number;
      trace?: Trace;
      lost?: true;
    }
  /** A hand-off that did not end in a queue, kept for who asks why. */
  | { do: 'decided'; trace: Trace }
  /** Its customer's level has changed while it waits. */
  | { do: 'rank'; priority: number }
  /** It has waited long enough for the agent it wanted: from now on for any of its group (RT-06). */
  | { do: 'release' }
  /** It leaves the queue without having been served and goes back to the rules. */
  | { do: 'leave' }
  /** `why`: what spoke for this agent, for the trace. */
  | { do: 'serve'; agentId: string; how: 'accepted' | 'matched' | 'transferred'; why?: Record<string, unknown> }
  | { do: 'transfer'; byId: string; toAgentId: string | null; toGroupId: string | null }
  /** TR-02: a colleague is asked to take over, until then (epoch milliseconds); the session stays where it is. */
  | { do: 'offer'; byId: string; toAgentId: string; until: number }
  | { do: 'offer-end'; outcome: 'accepted' | 'refused' | 'expired' | 'withdrawn'; memberId: string | null }
  /** `memberId`: who of us ended it. */
  | { do: 'close'; by: EndedBy; memberId: string | null; reason?: EndReason }
  /** Timers (SS-17…SS-21). */
  | { do: 'alarm'; agentId: string | null }
  | { do: 'remind'; whom: 'visitor' | 'waiting' }
  | { do: 'wait-over' }
  /** TG-05: `memberId` null: by a timer. */
  | { do: 'tag'; tagIds: readonly string[]; on: boolean; memberId: string | null }
  /** */
  | { do: 'lock'; on: boolean; memberId: string }
  /** */
  | { do: 'join' | 'part'; memberId: string; byId: string }
  /** CS-01, CS-13: the invitation's text is said by its own step. `until` epoch milliseconds, null: open end; `put`: as what. */
  | {
      do: 'invite';
      id: string;
      by: 'agent' | 'auto' | 'visitor';
      memberId: string | null;
      until: number | null;
      put: Put;
    }
  /** An answer to an invitation; may come after the session's end. */
  | {
      do: 'rate';
      invitationId: string | null;
      stars: number;
      tags: readonly string[];
      resolved: boolean | null;
      comment: string | null;
    }
  /** The customer's next words are a message left. */
  | { do: 'leaving'; on: boolean }
  /** V-09, LM-07. */
  | { do: 'leave-message'; form: Record<string, string>; text: string; groupId: string | null }
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
  | {
      do: 'alert';
      kind: 'forbidden' | 'sensitive' | 'reminder' | 'queue' | 'agent-silent' | 'transfer';
      text: string;
      words: string[];
      agentId?: string;
    };

/** A word found in a text; `start` and `end` in UTF-16 units of the text as it was written. */
export interface WordHit {
  kind: string;
  word: string;
  start: number;
  end: number;
}
