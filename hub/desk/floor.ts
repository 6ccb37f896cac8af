import type { AgentFloor, Floor, GroupFloor } from '../../core/floor.ts';
import { nextOpening } from '../../core/hours.ts';
import { unable } from '../../core/match.ts';
import type { Hub } from '../hub.ts';
import { kept } from '../kept.ts';
import { agentsOnFloor, type FloorAgent, paces, queueLengths } from '../store/floor.ts';
import type { Org } from '../store/org.ts';
import { agentOf } from './hall.ts';
import { isGroupOpen, planOf } from './plan.ts';
import type { CompiledRules } from './rulebook.ts';

/** The floor at one moment, with the agents it was made of. */
export interface FloorView extends Floor {
  agents: readonly FloorAgent[];
  /** One more waits in this queue: the next in the same batch stands behind him. */
  joined(groupId: string | null): void;
}

/** How long a queue's pace is believed, and how far back it looks. Milliseconds. */
const PACE_MS = 15_000;
const BACK_MS = 3_600_000;
const known = new WeakMap<Hub, Map<string, Promise<Map<string | null, number>>>>();

/** Looks at who is there now, and at the hours of `at`: two queries, and now and then a third for how fast queues move. */
export async function lookAtFloor(hub: Hub, org: Org, rules: CompiledRules, at = hub.now()): Promise<FloorView> {
  const [agents, lengths, pace] = await Promise.all([agentsOnFloor(org), queueLengths(org), pacesOf(hub, org)]);
  return floorOf(agents, new Map(lengths.map((row) => [row.groupId, row.waiting])), pace, rules, at, hub.now());
}

async function pacesOf(hub: Hub, org: Org): Promise<Map<string | null, number>> {
  const mine = known.get(hub) ?? new Map<string, Promise<Map<string | null, number>>>();
  known.set(hub, mine);
  return await kept(mine, org.id, 1000, async () => {
    setTimeout(() => mine.delete(org.id), PACE_MS).unref();
    const rows = await paces(org, new Date(hub.now() - BACK_MS));
    return new Map(rows.map((row) => [row.groupId, row.pace]));
  });
}

/** At the desk: connected, and not hiding. RT-15 says whether away is there too. */
function isPresent(agent: Pick<FloorAgent, 'status' | 'present_until'>, rules: CompiledRules, at: number): boolean {
  if (!agent.present_until || agent.present_until.getTime() <= at) return false;
  if (agent.status === 'online' || agent.status === 'busy') return true;
  return !rules.settings.matching.onlyOnline && agent.status === 'away';
}

/** Could be given a session by himself: what matching says. */
const isFree = (row: FloorAgent, { settings }: CompiledRules, at: number): boolean =>
  unable(agentOf(row, at), settings.matching) === null;

function floorOf(
  agents: readonly FloorAgent[],
  waiting: Map<string | null, number>,
  pace: ReadonlyMap<string | null, number>,
  rules: CompiledRules,
  at: number,
  now: number,
): FloorView {
  const byGroup = new Map<string | null, GroupFloor>();
  function count(groupId: string | null): GroupFloor {
    const open = isGroupOpen(rules, groupId, at);
    const inGroup = agents.filter((one) => groupId === null || one.groups.some(({ id }) => id === groupId));
    return {
      open,
      opensAt: open ? null : nextOpening(planOf(rules, groupId), rules.settings.hours.zone, at),
      members: inGroup.length,
      present: inGroup.filter((one) => isPresent(one, rules, now)).length,
      free: inGroup.filter((one) => isFree(one, rules, now)).length,
      waiting: waiting.get(groupId) ?? 0,
      pace: pace.get(groupId) ?? null,
    };
  }
  return {
    agents,
    joined(groupId) {
      waiting.set(groupId, (waiting.get(groupId) ?? 0) + 1);
      byGroup.delete(groupId);
    },
    group(id) {
      if (id !== null && !rules.groups.has(id)) return null;
      let floor = byGroup.get(id);
      if (!floor) byGroup.set(id, (floor = count(id)));
      return floor;
    },
    agent(id): AgentFloor | null {
      const agent = agents.find((one) => one.id === id);
      if (!agent) return null;
      return {
        present: isPresent(agent, rules, now),
        free: isFree(agent, rules, now),
        groupIds: agent.groups.map((group) => group.id),
      };
    },
  };
}
