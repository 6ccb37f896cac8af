/** A session (会话): one episode of service from entry to end, one record even when transferred. */
export const STATES = ['bot', 'waiting', 'serving', 'closed'] as const;
export type State = (typeof STATES)[number];

/** What a decision needs to know of a session. Numbers are those of its events. */
export interface Session {
  id: string;
  state: State;
  channelId: string;
  groupId: string | null;
  agentId: string | null;
  /** Somebody of ours answers elsewhere: the rules keep silent. */
  hushed?: boolean;
}

export type EndedBy = 'visitor' | 'agent' | 'system';
