import type { Notes } from './notes.ts';

/** DS-01, RT-06. */
export function matching(at: Notes): void {
  const { levels, hold } = at.settings.matching;
  const seen = new Map<string, number>();
  for (const [n, tagIds] of levels.entries())
    for (const [k, id] of tagIds.entries()) {
      const level = seen.get(id);
      if (level !== undefined) at.add(['levels', n, k], 'level-tag-twice', { level });
      else seen.set(id, n + 1);
    }
  const { waitOver } = at.settings.timers;
  if (waitOver.on && waitOver.then === 'end' && hold >= waitOver.after)
    at.add(['hold'], 'hold-too-long', { hold, over: waitOver.after });
}
