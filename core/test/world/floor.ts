import type { Floor, GroupFloor } from '../../floor.ts';
import { isOpen, nextOpening } from '../../hours.ts';
import { unable } from '../../match/who.ts';
import type { Agent } from '../../match.ts';
import type { Session } from '../../session.ts';
import type { House } from './any-house.ts';
import { AGENTS, GROUPS } from './names.ts';

/** The plan a group, or everybody (null), goes by. */
function planOf({ settings, groups }: House, groupId: string | null) {
  const { plans, standard } = settings.hours;
  const own = groups[GROUPS.indexOf(groupId as 'g1')]?.planId ?? standard;
  return plans.find(({ id }) => id === own) ?? null;
}

export const isWorked = (house: House, groupId: string | null, at: number): boolean =>
  isOpen(planOf(house, groupId), house.settings.hours.zone, at);

/** The agents with what they serve now. */
export function agentsOf(house: House, open: readonly Session[], connected: ReadonlyMap<string, boolean>): Agent[] {
  return AGENTS.map((id, n) => {
    const { groups, status, cap } = house.staff[n]!;
    return {
      id,
      groups: Object.fromEntries(groups.map((group) => [group, 50])),
      overflow: [],
      status,
      connected: connected.get(id) ?? house.staff[n]!.connected,
      serving: open.filter(({ agentId }) => agentId === id).length,
      cap,
      level: 5,
      lastAssigned: 0,
    };
  });
}

/** Who is at work, counted as the hub counts it. */
export function floorOf(house: House, open: readonly Session[], agents: readonly Agent[], at: number): Floor {
  const { matching, hours } = house.settings;
  const there = (agent: Agent) => [null, 'full'].includes(unable(agent, matching));
  const free = (agent: Agent) => !unable(agent, matching);
  return {
    group(id): GroupFloor | null {
      if (id !== null && !GROUPS.includes(id as 'g1')) return null;
      const members = id === null ? agents : agents.filter(({ groups }) => Object.hasOwn(groups, id));
      const worked = isWorked(house, id, at);
      return {
        open: worked,
        opensAt: worked ? null : nextOpening(planOf(house, id), hours.zone, at),
        members: members.length,
        present: members.filter(there).length,
        free: members.filter(free).length,
        waiting: open.filter(({ state, groupId }) => state === 'waiting' && groupId === id).length,
        pace: 60,
      };
    },
    agent(id) {
      const agent = agents.find((one) => one.id === id);
      return agent ? { present: there(agent), free: free(agent), groupIds: Object.keys(agent.groups) } : null;
    },
  };
}
