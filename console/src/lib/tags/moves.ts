import { TAG_LIMITS } from '../../../../core/settings/limits.ts';
import { find, height, type Limit, pathTo, type Spot, spots, type Tag } from './tree.ts';

/** Where a tag can go from where it stands. */

/** One step by keyboard: among its siblings, in as the last child of the one above it, or out behind its parent. */
export type Step = 'up' | 'down' | 'in' | 'out';

/** Where a step leads; null where there is no such place, whatever the limits say. */
export function target(
  tags: readonly Tag[],
  id: string,
  step: Step,
): { parentId: string | null; index: number | undefined } | null {
  const path = pathTo(tags, id);
  if (!path) return null;
  const parent = path.at(-2) ?? null;
  const list = parent?.children ?? tags;
  const index = list.findIndex((one) => one.id === id);
  if (step === 'in') return index > 0 ? { parentId: list[index - 1]!.id, index: undefined } : null;
  if (step === 'out') {
    if (!parent) return null;
    const above = path.at(-3)?.children ?? tags;
    return { parentId: path.at(-3)?.id ?? null, index: above.indexOf(parent) + 1 };
  }
  const to = index + (step === 'up' ? -1 : 1);
  return to >= 0 && to < list.length ? { parentId: parent?.id ?? null, index: to } : null;
}

/** Every place a tag could go to, as the parent it would have, and what stands against it. One walk, whatever the size. */
export function homes(tags: readonly Tag[], id: string): { spot: Spot; limit: Limit | null }[] {
  const tag = find(tags, id);
  if (!tag) return [];
  const inside = new Set(spots([tag]).map((spot) => spot.tag.id));
  const high = height(tag);
  return spots(tags).map((spot) => ({
    spot,
    limit: inside.has(spot.tag.id) ? 'inside' : spot.level + high > TAG_LIMITS.levels ? 'levels' : null,
  }));
}

/** Where a tag falls that is let go over another one: before it, after it, or under it at the end. */
export type Drop = 'before' | 'into' | 'after';
export function dropped(
  tags: readonly Tag[],
  id: string,
  overId: string,
  drop: Drop,
): { parentId: string | null; index: number | undefined } | null {
  if (id === overId) return null;
  const path = pathTo(tags, overId);
  if (!path) return null;
  if (drop === 'into') return { parentId: overId, index: undefined };
  const parent = path.at(-2);
  const index = (parent?.children ?? tags).filter((one) => one.id !== id).findIndex((one) => one.id === overId);
  return { parentId: parent?.id ?? null, index: drop === 'before' ? index : index + 1 };
}
