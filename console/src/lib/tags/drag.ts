import type { Drop } from './moves.ts';

/** The row under the pointer, and where in it: the upper and lower quarters are before and after, the middle is into. */
export function dropAt({ clientX, clientY }: PointerEvent): { id: string; drop: Drop } | null {
  const row = document.elementFromPoint(clientX, clientY)?.closest<HTMLElement>('[data-tag]');
  if (!row) return null;
  const { top, height } = row.getBoundingClientRect();
  const part = (clientY - top) / height;
  return { id: row.dataset.tag!, drop: part < 0.28 ? 'before' : part > 0.72 ? 'after' : 'into' };
}
