import type { Marks } from './session.ts';
import type { Desk } from './settings/index.ts';

/**
 * SS-24 (对话分级): the kind of a conversation by the messages of both sides since a person took it first; the highest number
 * reached counts, and of two with the same number the first. Null: none is reached, or there are none.
 */
export function gradeOf(
  { visitor = 0, agent = 0 }: Pick<Marks, 'visitor' | 'agent'>,
  grades: Desk['grades'],
): Desk['grades'][number] | null {
  let best: Desk['grades'][number] | null = null;
  for (const grade of grades) if (visitor + agent >= grade.least && (!best || grade.least > best.least)) best = grade;
  return best;
}
