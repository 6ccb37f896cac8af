import { hasRoom, type Line, line, type Room } from './line.ts';
import type { Agent, Hall, Unable } from './who.ts';

/** The queue of one group, seen from those who could take from it. */
export interface Group {
  members: Line;
  helpers: Line;
  /** Members and helpers who are given nothing, and why. */
  out: Partial<Record<Unable, number>>;
  /** Everybody else. */
  outsiders: number;
}

/** What an agent is to a queue; that of everybody (null) is everybody's. */
export function partOf(agent: Agent, groupId: string | null): 'member' | 'helper' | null {
  if (groupId === null || Object.hasOwn(agent.groups, groupId)) return 'member';
  return agent.overflow.includes(groupId) ? 'helper' : null;
}

export const groupsOf = (agent: Agent): Set<string | null> =>
  new Set([null, ...Object.keys(agent.groups), ...agent.overflow]);

/** `rooms` are the agents who can be given something, `unable` the others with their reason. */
export function group(
  groupId: string | null,
  agents: readonly Agent[],
  rooms: ReadonlyMap<string, Room>,
  unable: ReadonlyMap<string, Unable>,
  matching: Hall['matching'],
): Group {
  const members: Room[] = [];
  const helpers: Room[] = [];
  const out: Group['out'] = {};
  let outsiders = 0;
  for (const agent of agents) {
    const part = partOf(agent, groupId);
    if (!part) {
      outsiders++;
      continue;
    }
    const room = rooms.get(agent.id);
    // Whoever this very round has filled is as full as the others.
    const reason = unable.get(agent.id) ?? (hasRoom(room!) ? null : 'full');
    if (reason) out[reason] = (out[reason] ?? 0) + 1;
    else (part === 'member' ? members : helpers).push(room!);
  }
  return { members: line(members, groupId, matching), helpers: line(helpers, groupId, matching), out, outsiders };
}
