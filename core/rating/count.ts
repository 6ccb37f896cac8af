import type { Session } from '../session.ts';
import type { Ratings } from '../settings/index.ts';

/** CS-14: five and four stars are good, three medium, two and one bad; null: nobody rated. */
export const classOf = (stars: number | null): 'good' | 'medium' | 'bad' | 'none' =>
  stars === null ? 'none' : stars >= 4 ? 'good' : stars === 3 ? 'medium' : 'bad';

/** CS-07: of several answers of one session, earliest first, the one that counts: the first, or the last. */
export const counting = <T>(ratings: readonly T[], { firstOnly }: Pick<Ratings, 'firstOnly'>): T | undefined =>
  firstOnly ? ratings[0] : ratings.at(-1);

/**
 * CS-09: whom a rating counts for. `last`: who served last, though the session may wait for the next by now, or have ended in
 * the queue. Null: for everybody who served it.
 */
export function countsFor({ agentId, marks }: Pick<Session, 'agentId' | 'marks'>, share: Ratings['share']) {
  const last = agentId ?? marks.servedBy;
  return share === 'last' && last ? [last] : null;
}
