import type { Contender } from './contender.ts';
import { type Group, group, groupsOf, partOf } from './group.ts';
import { contender, hasRoom, type Room } from './line.ts';
import { type Agent, type Hall, type Unable, unable, type Waiting } from './who.ts';

/**
 * What kept the others from a session. `held`: it waits for one agent alone. `helper`: only helps out in this group, and a
 * member has room. `behind`: could take it, and stands behind those named.
 */
export type Out = Unable | 'not-in-group' | 'held' | 'helper' | 'behind';

/** Why a session went to an agent: the best of those who could take it, in order, and how many others did not, by reason. */
export interface Why {
  order: Contender[];
  out: Partial<Record<Out, number>>;
}

/** One round of matching: who has how much room, as the round goes on. */
export interface Round {
  /** Null: nobody can take it now. At most `most` are named. */
  contenders(one: Waiting, most: number): Why | null;
  give(agentId: string): void;
  /** Is there any room left at all? */
  any(): boolean;
}

export function round(agents: readonly Agent[], hall: Hall): Round {
  const { matching } = hall;
  const reasons = new Map<string, Unable>();
  const rooms = new Map<string, Room>();
  let places = 0;
  for (const agent of agents) {
    const reason = unable(agent, matching);
    if (reason) reasons.set(agent.id, reason);
    else {
      rooms.set(agent.id, { agent, serving: agent.serving, lastAssigned: agent.lastAssigned, turn: 0 });
      places += agent.cap - agent.serving;
    }
  }
  const groups = new Map<string | null, Group>();
  const groupOf = remember(groups, (id) => group(id, agents, rooms, reasons, matching));
  const open = remember(new Map<string | null, boolean>(), (id) => !matching.onlyInHours || hall.open(id));
  let turns = 0;

  /** Somebody chosen by name, if he has room. */
  const named = (agentId: string, first: Contender['first'], groupId: string | null): Contender | null => {
    const room = rooms.get(agentId);
    return room && hasRoom(room) ? { ...contender(room, groupId, matching), first } : null;
  };

  return {
    any: () => places > 0,
    contenders(one, most) {
      const { groupId, wanted, lostBy } = one;
      if (!open(groupId)) return null;
      // RT-06: whoever is asked for by name need not be in the group.
      const asked = wanted && named(wanted.agentId, 'wanted', groupId);
      if (wanted && hall.at < wanted.until)
        return asked && { order: [asked], out: counted({}, { held: agents.length - 1 }) };
      const { members, helpers, out, outsiders } = groupOf(groupId);
      // RT-13: helpers when no member has room.
      const [line, part] = members.size > 0 ? ([members, 'member'] as const) : ([helpers, 'helper'] as const);
      const partIn = ({ agentId }: Contender) => partOf(rooms.get(agentId)!.agent, groupId);
      // RT-16: the customer's own agent is preferred among those whose turn it is; nobody leaves his group for it.
      const known =
        one.regularAgentId && one.regularAgentId !== asked?.agentId
          ? named(one.regularAgentId, 'regular', groupId)
          : null;
      const firsts = [asked, known && partIn(known) === part ? known : null].filter(
        (first) => first !== null && first.agentId !== lostBy,
      ) as Contender[];
      // Whoever stayed silent may have it if nobody else can.
      const silent = lostBy ? named(lostBy, null, groupId) : null;
      const may = silent && (partIn(silent) === part || asked?.agentId === lostBy);
      const lasts = may ? [{ ...silent, lost: true as const }] : [];
      const plain = !firsts.length && !lasts.length;
      const best = line.best(most + firsts.length + lasts.length);
      const order = plain ? best : between(firsts, best, lasts).slice(0, most);
      if (!order.length) return null;
      // Only somebody asked for by name can be of another part than the rest.
      const shown = { member: 0, helper: 0, outsider: 0, ...(plain && { [part]: order.length }) };
      if (!plain) for (const each of order) shown[partIn(each) ?? 'outsider']++;
      const waiting = part === 'member' ? helpers.size - shown.helper : 0;
      return {
        order,
        out: counted(out, {
          behind: line.size - shown[part],
          helper: waiting,
          'not-in-group': outsiders - shown.outsider,
        }),
      };
    },
    give(agentId) {
      const room = rooms.get(agentId)!;
      room.serving++;
      room.lastAssigned = hall.at;
      room.turn = ++turns;
      places--;
      if (hasRoom(room)) return;
      for (const id of groupsOf(room.agent)) {
        const full = groups.get(id);
        if (!full) continue;
        (partOf(room.agent, id) === 'member' ? full.members : full.helpers).size--;
        full.out.full = (full.out.full ?? 0) + 1;
      }
    },
  };
}

const remember =
  <K, V>(known: Map<K, V>, find: (key: K) => V) =>
  (key: K): V => {
    if (!known.has(key)) known.set(key, find(key));
    return known.get(key)!;
  };

/** Those chosen by name before all others, nobody twice. */
function between(firsts: Contender[], others: Contender[], lasts: Contender[]): Contender[] {
  const chosen = new Set([...firsts, ...lasts].map((each) => each.agentId));
  return [...firsts, ...others.filter((each) => !chosen.has(each.agentId)), ...lasts];
}

/** The reasons that apply to anybody. */
function counted(out: Why['out'], more: Why['out']): Why['out'] {
  const all = { ...out };
  for (const reason in more) if (more[reason as Out]! > 0) all[reason as Out] = more[reason as Out]!;
  return all;
}
