import type { Ratings } from '../settings/index.ts';

/** CS-14: five and four stars are good, three medium, two and one bad; null: nobody rated. */
export const classOf = (stars: number | null): 'good' | 'medium' | 'bad' | 'none' =>
  stars === null ? 'none' : stars >= 4 ? 'good' : stars === 3 ? 'medium' : 'bad';

/** CS-07: of several answers of one session, earliest first, the one that counts: the first, or the last. */
export const counting = <T>(ratings: readonly T[], { firstOnly }: Pick<Ratings, 'firstOnly'>): T | undefined =>
  firstOnly ? ratings[0] : ratings.at(-1);

/** CS-09: whom a rating counts for. `takes`: who served the session, earliest first, once for each time he took it. */
export const countsFor = (takes: readonly string[], { share }: Pick<Ratings, 'share'>): string[] =>
  share === 'all' ? [...new Set(takes)] : takes.slice(-1);
