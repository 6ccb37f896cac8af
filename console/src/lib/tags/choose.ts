import type { TagGroup } from './known.svelte.ts';
import type { Spot, Tag } from './tree.ts';
import { pathTo, spots } from './tree.ts';

/** Choosing tags as values. */
const has = (name: string, wish: string) => name.toLowerCase().includes(wish.trim().toLowerCase());

/** What a picker shows of the tree: everything found and what stands above it; nothing searched for: what is open. */
export function shownSpots(tags: readonly Tag[], wish: string, open: (tag: Tag) => boolean): Spot[] {
  if (!wish.trim()) return spots(tags, open);
  const near = new Set<string>();
  const look = (some: readonly Tag[]): boolean =>
    some.reduce((any, tag) => {
      const below = look(tag.children);
      if (below || has(tag.name, wish)) near.add(tag.id);
      return any || near.has(tag.id);
    }, false);
  look(tags);
  return spots(tags).filter((spot) => near.has(spot.tag.id));
}

/** Whose children a picker shows at first: all of a small tree; of a big one only the way to what is chosen. */
export function openedFor(tags: readonly Tag[], chosen: readonly string[], small = 40): Set<string> {
  const all = spots(tags);
  if (all.length <= small) return new Set(all.map(({ tag }) => tag.id));
  return new Set(chosen.flatMap((id) => pathTo(tags, id)?.slice(0, -1) ?? []).map((tag) => tag.id));
}

/** The groups with those of their tags that are found; a group that is found shows all of its own. */
export function shownGroups(groups: readonly TagGroup[], wish: string): TagGroup[] {
  if (!wish.trim()) return [...groups];
  return groups
    .map((group) =>
      has(group.name, wish) ? group : { ...group, tags: group.tags.filter((tag) => has(tag.name, wish)) },
    )
    .filter((group) => group.tags.length);
}

/** TG-07: one more or one less; of a group that is not `multiple` the new one takes the place of the old one. */
export function toggled(chosen: readonly string[], id: string, group?: TagGroup): string[] {
  if (chosen.includes(id)) return chosen.filter((one) => one !== id);
  const rivals = group && !group.multiple ? new Set(group.tags.map((tag) => tag.id)) : new Set<string>();
  return [...chosen.filter((one) => !rivals.has(one)), id];
}
