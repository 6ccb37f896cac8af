import type { AuthorType } from './message.ts';
import type { Put } from './rating/put.ts';

/** A session (会话): one episode of service from entry to end, one record even when transferred. */
export const STATES = ['bot', 'waiting', 'serving', 'closed'] as const;
export type State = (typeof STATES)[number];

export type EndedBy = 'visitor' | 'agent' | 'system';
/** Why the house itself ended one. */
export const END_REASONS = ['visitor-silent', 'inactive', 'wait-over', 'bot-silent', 'blacklisted', 'moved'] as const;
export type EndReason = (typeof END_REASONS)[number];

/** What a decision needs to know of a session. Times are epoch milliseconds. */
export interface Session {
  id: string;
  channelId: string;
  state: State;
  groupId: string | null;
  agentId: string | null;
  /** Somebody of ours answers elsewhere: the rules keep silent. */
  hushed: boolean;
  /** no timer ends it. */
  locked: boolean;
  /** Further agents who take part. */
  participants: readonly string[];
  /** Session tags, in the order they were put on. */
  tagIds: readonly string[];
  /** DS-01: 1 to 10 by the customer's level, 11 for everybody else. */
  priority: number;
  /** Waits for this agent alone until then (RT-06). */
  wanted: { agentId: string; until: number } | null;
  openedAt: number;
  waitingSince: number | null;
  servedSince: number | null;
  /** The customer's first words that nobody has answered. */
  unansweredSince: number | null;
  closedAt: number | null;
  endedBy: EndedBy | null;
  endReason: EndReason | null;
  marks: Marks;
}

/** The last place among levels: everybody without one. */
export const NO_LEVEL = 11;

/** What timers, texts and ratings remember of a session. */
export interface Marks {
  /** It came into the state it is in; a session that keeps an earlier place waits since later than `waitingSince`. */
  stateAt?: number;
  /** Since when it had waited as its agent took it: the place it gets back if he stays silent. */
  place?: number;
  /** Who had it and stayed silent, so that it came back to the queue. */
  lostBy?: string;
  /** A person has served it. */
  served?: true;
  /** Who did last: a session that waits again has no agent. */
  servedBy?: string;
  /** Messages of each side since a person took it first (CS-02); `streak` of the same side at the end, the agent's below zero (CS-03). */
  visitor?: number;
  agent?: number;
  streak?: number;
  /** Last words of each side. */
  visitorAt?: number;
  agentAt?: number;
  /** Has the customer said anything at all? */
  heard?: true;
  /** The alarm for these unanswered words was given (SS-17). */
  alarmed?: true;
  /** SS-18: reminders since the agent's last words. */
  reminded?: number;
  remindedAt?: number;
  /** SS-20, SS-21: in this stay in the queue. */
  waitReminded?: number;
  waitRemindedAt?: number;
  waitOver?: true;
  /** When he was last told where he stands. */
  toldAt?: number;
  /** Texts said once: `greeting`, `group:<id>`. */
  said?: string[];
  /** What the house last let him choose from; his answer may be a number. */
  menu?: { id: string; text: string }[];
  /** His next words are a message left. */
  leaving?: true;
  /** TR-02: a colleague has been asked to take over. */
  offer?: { to: string; by: string | null; until: number };
  /** The last invitation to rate, how it was put, and whether it was answered. */
  invited?: { id: string; by: 'agent' | 'auto' | 'visitor'; until: number | null; put?: Put };
  rated?: true;
}

/** A new session, before its first event. */
export function blank(id: string, channelId: string, at: number): Session {
  return {
    id,
    channelId,
    state: 'bot',
    groupId: null,
    agentId: null,
    hushed: false,
    locked: false,
    participants: [],
    tagIds: [],
    priority: NO_LEVEL,
    wanted: null,
    openedAt: at,
    waitingSince: null,
    servedSince: null,
    unansweredSince: null,
    closedAt: null,
    endedBy: null,
    endReason: null,
    marks: {},
  };
}

/** One row of `session_events`, as far as the session depends on it. */
export interface Happening {
  type: string;
  actor: AuthorType;
  actorId: string | null;
  data: Record<string, unknown> | null;
  at: number;
}
