import type { Agent, Hall } from './who.ts';

/** One who could be given the session, with everything that decides between him and the others. Kept with the trace as it is. */
export interface Contender {
  agentId: string;
  /** He had it and stayed silent: comes after everybody. */
  lost?: true;
  /** Why he comes before everybody else: asked for by name (RT-06), or knows the customer (RT-16). */
  first: 'wanted' | 'regular' | null;
  /** RT-13: not of the group, only helps out. */
  overflow: boolean;
  /** RT-12; 0 where skill does not count. */
  skill: number;
  /** How much of what he should carry he carries; see `loadOf`. */
  load: number;
  /** When he was last given a session, epoch milliseconds, and as the how-manieth of this round; 0: not in it. */
  lastAssigned: number;
  turn: number;
}

const FIRST = { wanted: 0, regular: 1 } as const;

/** Below zero: `a` comes before `b`. Never zero between two agents. */
export function before(a: Contender, b: Contender): number {
  return (
    Number(a.lost ?? false) - Number(b.lost ?? false) ||
    (a.first ? FIRST[a.first] : 2) - (b.first ? FIRST[b.first] : 2) ||
    Number(a.overflow) - Number(b.overflow) ||
    b.skill - a.skill ||
    a.load - b.load ||
    a.lastAssigned - b.lastAssigned ||
    a.turn - b.turn ||
    (a.agentId < b.agentId ? -1 : Number(a.agentId > b.agentId))
  );
}

/** Who gets it. What a trace has kept gives the same answer again. */
export function pick(contenders: readonly Contender[]): string | null {
  let best: Contender | undefined;
  for (const one of contenders) if (!best || before(one, best) < 0) best = one;
  return best?.agentId ?? null;
}

/**
 * RT-12, RT-17. Without levels the share of his cap an agent has used. With them a weighted fair share: what he would
 * carry with one more, over his cap times his level, so that of two agents with one cap the one of level 10 carries ten for
 * each one of level 1, and the first goes to the higher.
 */
export const loadOf = ({ cap, level }: Agent, serving: number, { byLevel }: Hall['matching']): number =>
  byLevel ? (serving + 1) / (cap * level) : serving / cap;
