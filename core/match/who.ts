import type { Session } from '../session.ts';
import type { Matching } from '../settings/matching.ts';

/** What matching looks at. Times are epoch milliseconds. */

/** A session in a queue. */
export interface Waiting {
  sessionId: string;
  /** Null: the queue of everybody. */
  groupId: string | null;
  since: number;
  /** DS-01: the lower goes first; see `core/level.ts`. */
  priority: number;
  /** RT-06: for this agent alone until then, for him first afterwards. */
  wanted: Session['wanted'];
  /** RT-16: who served this customer last, or most often, as the organisation prefers; null: nobody, or the switch is off. */
  regularAgentId: string | null;
  /** Had it and stayed silent: is given it again only when nobody else can take it. */
  lostBy?: string | null;
}

/** Somebody who could be given a session, if only he were there and had room. */
export interface Agent {
  id: string;
  /** Skill value, 0 to 100, by the group he is a member of. */
  groups: Readonly<Record<string, number>>;
  /** RT-13: groups he helps out in when none of their members has room. */
  overflow: readonly string[];
  status: 'online' | 'busy' | 'away' | 'invisible';
  /** Some screen of his is open. */
  connected: boolean;
  serving: number;
  /** 0 to 99; 0 is given nothing. */
  cap: number;
  /** RT-12: 1 to 10. */
  level: number;
  /** When he was last given a session; 0: never. */
  lastAssigned: number;
}

/** The organisation's will, the moment, and whose working time it is. */
export interface Hall {
  matching: Pick<Matching, 'byLevel' | 'bySkill' | 'onlyInHours' | 'onlyOnline'>;
  at: number;
  /** Working time of the group; null: of the organisation. */
  open(groupId: string | null): boolean;
}

/** Why an agent is given nothing whatever waits. `offline`: no screen of his is open. */
export const UNABLE = ['offline', 'away', 'busy', 'invisible', 'cap-zero', 'full'] as const;
export type Unable = (typeof UNABLE)[number];

/** RT-15, RT-17: the first thing that keeps a session from this agent, or null. */
export function unable(agent: Agent, matching: Pick<Matching, 'onlyOnline'>): Unable | null {
  if (!agent.connected) return 'offline';
  // Who hides is left alone in any case; who is busy or away only while the check is on.
  if (agent.status === 'invisible' || (agent.status !== 'online' && matching.onlyOnline)) return agent.status as Unable;
  if (agent.cap <= 0) return 'cap-zero';
  return agent.serving >= agent.cap ? 'full' : null;
}
