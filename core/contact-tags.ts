import type { ContactTags } from './settings/index.ts';

/** By tag: its group, and whether a contact may have several of that group (TG-07). */
export type TagGroups = ReadonlyMap<string, { groupId: string; multiple: boolean }>;

export const tagGroups = ({ groups }: ContactTags): TagGroups =>
  new Map(groups.flatMap(({ id, multiple, tags }) => tags.map((tag) => [tag.id, { groupId: id, multiple }] as const)));

/**
 * A contact's tags after some were put on and some taken off. Of a group that allows one, the last one put on stays; tags
 * that are no longer in the document go. In the order in which they were put on.
 */
export function retagged(
  current: readonly string[],
  { add = [], remove = [] }: { add?: readonly string[]; remove?: readonly string[] },
  groups: TagGroups,
): string[] {
  const kept = new Set(current.filter((id) => groups.has(id) && !remove.includes(id)));
  for (const id of add) {
    const group = groups.get(id);
    if (!group) continue;
    if (!group.multiple) for (const other of kept) if (groups.get(other)?.groupId === group.groupId) kept.delete(other);
    kept.add(id);
  }
  return [...kept];
}
