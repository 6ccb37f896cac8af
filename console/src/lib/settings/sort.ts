/** The list with one of its things at another place; the same list when it stands there already. */
export function placed<T extends { id: string }>(items: readonly T[], id: string, to: number): readonly T[] {
  const from = items.findIndex((one) => one.id === id);
  const at = Math.max(0, Math.min(items.length - 1, to));
  if (from < 0 || from === at) return items;
  const next = items.filter((one) => one.id !== id);
  next.splice(at, 0, items[from]!);
  return next;
}

/** Where a thing that is dragged belongs: behind every other whose middle (px from the top) the pointer has passed. */
export const placeAt = (middles: readonly number[], y: number): number => middles.filter((middle) => y > middle).length;
