/** Who is at work now: what routing and matching look at. The hub counts it; what a decision looked at is kept with its trace. */

export interface GroupFloor {
  /** Working time by the group's plan, or the organisation's. */
  open: boolean;
  /** When it opens next, epoch milliseconds; null: open, or never again. */
  opensAt: number | null;
  /** All members; those at the desk and able to be given a session; those among them with room. */
  members: number;
  present: number;
  free: number;
  /** Sessions in its queue. */
  waiting: number;
  /** Seconds between two sessions taken from this queue, lately; null: nothing to go by. */
  pace: number | null;
}
export interface AgentFloor {
  /** At the desk and able to be given a session. */
  present: boolean;
  free: boolean;
  groupIds: readonly string[];
}

export interface Floor {
  /** Null id: the queue of everybody. Null: no such group. */
  group(id: string | null): GroupFloor | null;
  /** Null: no such agent, or no longer. */
  agent(id: string): AgentFloor | null;
}

/** What was looked at, by id (`*` is everybody). */
export interface SeenFloor {
  groups: Record<string, GroupFloor | null>;
  agents: Record<string, AgentFloor | null>;
}

/** The same floor, writing down what it is asked. */
export function recorded(floor: Floor): Floor & { seen: SeenFloor } {
  const seen: SeenFloor = { groups: {}, agents: {} };
  return {
    seen,
    group: (id) => (seen.groups[id ?? '*'] = floor.group(id)),
    agent: (id) => (seen.agents[id] = floor.agent(id)),
  };
}

/** The floor as it was seen; whatever was not looked at then is not there. */
export const replayed = ({ groups, agents }: SeenFloor): Floor => ({
  group: (id) => (Object.hasOwn(groups, id ?? '*') ? groups[id ?? '*']! : null),
  agent: (id) => (Object.hasOwn(agents, id) ? agents[id]! : null),
});
