import { partOf } from './group.ts';
import { type Out, round } from './round.ts';
import { type Agent, type Hall, unable, type Waiting } from './who.ts';

/** One agent's chance of a session. `closed`: outside the group's hours nobody is given any (RT-14). */
export interface Judged {
  agentId: string;
  would: boolean;
  code: 'first' | 'closed' | Out;
  params?: Record<string, string | number>;
}

/** For the what-if form: would this agent be given the session if it came now, and why not? Whoever would comes first, then those behind him. */
export function whyNot(one: Waiting, agents: readonly Agent[], hall: Hall): Judged[] {
  const now = round(agents, hall);
  const order = now.contenders(one, agents.length)?.order ?? [];
  const places = new Map(order.map(({ agentId }, index) => [agentId, index + 1]));
  return agents
    .map((agent) => judged(agent, one, places, hall))
    .sort((a, b) => (places.get(a.agentId) ?? Infinity) - (places.get(b.agentId) ?? Infinity) || 0);
}

function judged(agent: Agent, one: Waiting, places: ReadonlyMap<string, number>, hall: Hall): Judged {
  const no = (code: Judged['code'], params?: Judged['params']): Judged => ({
    agentId: agent.id,
    would: false,
    code,
    ...(params && { params }),
  });
  const place = places.get(agent.id);
  if (place === 1) return { agentId: agent.id, would: true, code: 'first' };
  if (hall.matching.onlyInHours && !hall.open(one.groupId)) return no('closed');
  if (place) return no('behind', { place });
  const part = partOf(agent, one.groupId);
  const wanted = one.wanted?.agentId === agent.id;
  if (!part && !wanted) return no('not-in-group');
  const reason = unable(agent, hall.matching);
  if (reason) return no(reason, reason === 'full' ? { serving: agent.serving, cap: agent.cap } : undefined);
  if (one.wanted && hall.at < one.wanted.until) return no('held', { agentId: one.wanted.agentId });
  return no('helper');
}
