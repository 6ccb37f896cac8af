import type { TagGroup } from './known.svelte.ts';

/** Groups of contact tags (TG-06, TG-07) as values. */
type Groups = readonly TagGroup[];

/** The tag at this place of a group; `index` counts without the tag itself. */
export function tagPlaced(groups: Groups, id: string, groupId: string, index: number): Groups {
  const tag = groups.flatMap((group) => group.tags).find((one) => one.id === id);
  if (!tag || !groups.some((group) => group.id === groupId)) return groups;
  return groups.map((group) => {
    const had = group.tags.some((one) => one.id === id);
    if (!had && group.id !== groupId) return group;
    const tags = group.tags.filter((one) => one.id !== id);
    return { ...group, tags: group.id === groupId ? tags.toSpliced(index, 0, tag) : tags };
  });
}

/** One step up (-1) or down (1); at the edge of its group a tag enters the next one. */
export function tagStepped(groups: Groups, id: string, by: -1 | 1): Groups {
  const from = groups.findIndex((group) => group.tags.some((one) => one.id === id));
  if (from < 0) return groups;
  const group = groups[from]!;
  const to = group.tags.findIndex((one) => one.id === id) + by;
  if (to >= 0 && to < group.tags.length) return tagPlaced(groups, id, group.id, to);
  const next = groups[from + by];
  return next ? tagPlaced(groups, id, next.id, by < 0 ? next.tags.length : 0) : groups;
}

/** The group at this place; `index` counts without the group itself. */
export function groupPlaced(groups: Groups, id: string, index: number): Groups {
  const group = groups.find((one) => one.id === id);
  if (!group) return groups;
  const rest = groups.filter((one) => one.id !== id);
  return rest.toSpliced(Math.max(0, index), 0, group);
}
export function groupStepped(groups: Groups, id: string, by: -1 | 1): Groups {
  const to = groups.findIndex((one) => one.id === id) + by;
  return to < 0 || to >= groups.length ? groups : groupPlaced(groups, id, to);
}
