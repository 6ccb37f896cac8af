import { before, type Contender, loadOf } from './contender.ts';
import type { Agent, Hall } from './who.ts';

/** An agent with what this round has already given him. */
export interface Room {
  agent: Agent;
  serving: number;
  lastAssigned: number;
  /** As the how-manieth of this round he was given one last; 0: not in it. */
  turn: number;
}

export const hasRoom = (room: Room): boolean => room.serving < room.agent.cap;

/** The agent as he would contend for a session of this group now. */
export function contender(
  { agent, serving, lastAssigned, turn }: Room,
  groupId: string | null,
  matching: Hall['matching'],
): Contender {
  const own = groupId !== null && Object.hasOwn(agent.groups, groupId);
  return {
    agentId: agent.id,
    first: null,
    overflow: groupId !== null && !own,
    skill: matching.bySkill && own ? agent.groups[groupId]! : 0,
    load: loadOf(agent, serving, matching),
    lastAssigned,
    turn,
  };
}

/** Agents of one group with room, best first. */
export interface Line {
  /** The best of them, at most so many, in order. */
  best(most: number): Contender[];
  /** How many have room. */
  size: number;
}

/**
 * Kept sorted, and put right only when looked at: being given a session only ever moves an agent back, so whoever stands in
 * front and is up to date is the best. One look costs the agents that moved since, times a binary search.
 */
export function line(rooms: readonly Room[], groupId: string | null, matching: Hall['matching']): Line {
  const fresh = (room: Room) => ({ room, as: contender(room, groupId, matching) });
  const places = rooms.map(fresh).sort((a, b) => before(a.as, b.as));
  return {
    size: places.length,
    best(most) {
      for (let index = 0; index < most && index < places.length; ) {
        const { room, as } = places[index]!;
        if (as.turn === room.turn) index++;
        else {
          places.splice(index, 1);
          if (!hasRoom(room)) continue;
          const moved = fresh(room);
          places.splice(placeOf(places, moved.as), 0, moved);
        }
      }
      return places.slice(0, most).map((place) => place.as);
    },
  };
}

/** Where he belongs. Those not yet put right stand too far in front, if anything, which changes nothing for who is found in front. */
function placeOf(places: readonly { as: Contender }[], one: Contender): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (before(places[middle]!.as, one) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
