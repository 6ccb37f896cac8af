/**
 * Brings the place of a path into sight: its own spot, or the nearest around it, opened where it is folded away, its first
 * control focused. Nothing when the page has no such place.
 */
export function reveal(frame: HTMLElement | undefined, path: string): void {
  const parts = path.split('.');
  for (let length = parts.length; length > 0; length--) {
    const spot = frame?.querySelector<HTMLElement>(`[data-path="${CSS.escape(parts.slice(0, length).join('.'))}"]`);
    if (!spot) continue;
    for (let fold = spot.closest('details'); fold; fold = fold.parentElement?.closest('details') ?? null)
      fold.open = true;
    spot.scrollIntoView({ block: 'center' });
    spot
      .querySelector<HTMLElement>('input, textarea, select, button:not([data-grip]), a')
      ?.focus({ preventScroll: true });
    spot.animate([{ backgroundColor: 'var(--mark)' }, { backgroundColor: 'transparent' }], {
      duration: 1600,
      easing: 'ease-out',
    });
    return;
  }
}
