import { round, type Why } from './match/round.ts';
import type { Agent, Hall, Waiting } from './match/who.ts';

export { pick } from './match/contender.ts';
export type { Why } from './match/round.ts';
export { type Agent, type Hall, unable, type Waiting } from './match/who.ts';
export { whyNot } from './match/why-not.ts';

export interface Pair {
  sessionId: string;
  agentId: string;
  /** Kept with the trace: `pick(why.order)` is `agentId` again. */
  why: Why;
}

/** How many of those who could take a session its trace names. */
const NAMED = 5;

/** DS-01: the better level first, then the longest waiting; by id where two came at once. Below zero: `a` first. */
export const sooner = (a: Waiting, b: Waiting): number =>
  a.priority - b.priority || a.since - b.since || (a.sessionId < b.sessionId ? -1 : Number(a.sessionId > b.sessionId));

/**
 * The only way a session ever meets an agent without anybody pressing a button. Sessions in the order of `sooner`; for each
 * the best of those who can take it: asked for by name (RT-06), the customer's own (RT-16), skill and level (RT-12), the
 * least of his cap used, the longest idle. Pure; gives pairs in the order they were made. 5,000 waiting before 300 agents
 * take a few milliseconds: see `core/match/line.ts`.
 */
export function match(waiting: readonly Waiting[], agents: readonly Agent[], hall: Hall): Pair[] {
  const now = round(agents, hall);
  const pairs: Pair[] = [];
  for (const one of [...waiting].sort(sooner)) {
    if (!now.any()) break;
    const why = now.contenders(one, NAMED);
    if (!why) continue;
    const agentId = why.order[0]!.agentId;
    now.give(agentId);
    pairs.push({ sessionId: one.sessionId, agentId, why });
  }
  return pairs;
}
