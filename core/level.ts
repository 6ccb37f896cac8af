import { NO_LEVEL } from './session.ts';
import type { Matching } from './settings/matching.ts';

/**
 * DS-01, DS-02: a customer's level, 1 (goes first) to 10 by the first of the levels that has one of his tags; `NO_LEVEL` (11)
 * where none has.
 */
export function levelOf(tags: readonly string[], levels: Matching['levels']): number {
  const index = levels.findIndex((level) => level.some((tag) => tags.includes(tag)));
  return index < 0 ? NO_LEVEL : index + 1;
}
