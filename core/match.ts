/** Who waits, longest first, and who could take one more. */
export interface Waiting {
  sessionId: string;
  since: number;
  groupId: string | null;
}
export interface Agent {
  id: string;
  /** Groups he belongs to; the queue of everybody (null) is anybody's. */
  groupIds: readonly string[];
  serving: number;
  cap: number;
  /** When he was last given a session, epoch milliseconds; 0: never. */
  lastAssigned: number;
}

/**
 * The only way a session ever meets an agent without anybody pressing a button. Longest waiting first; among the agents
 * of its group with room (A-32: cap 0 takes none) the one with the smallest share of his cap used, then the one idle
 * longest. Pure; gives pairs in the order they were made.
 */
export function match(waiting: readonly Waiting[], agents: readonly Agent[]): { sessionId: string; agentId: string }[] {
  const room = agents.map((agent) => ({ ...agent }));
  const pairs: { sessionId: string; agentId: string }[] = [];
  for (const one of [...waiting].sort((a, b) => a.since - b.since || (a.sessionId < b.sessionId ? -1 : 1))) {
    let best: (typeof room)[number] | undefined;
    for (const agent of room) {
      if (agent.serving >= agent.cap) continue;
      if (one.groupId !== null && !agent.groupIds.includes(one.groupId)) continue;
      if (!best || load(agent) < load(best) || (load(agent) === load(best) && agent.lastAssigned < best.lastAssigned))
        best = agent;
    }
    if (!best) continue;
    best.serving++;
    best.lastAssigned = Number.MAX_SAFE_INTEGER;
    pairs.push({ sessionId: one.sessionId, agentId: best.id });
  }
  return pairs;
}

const load = (agent: { serving: number; cap: number }) => agent.serving / agent.cap;
