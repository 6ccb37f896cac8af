import { TAG_LIMITS } from '../../../../core/settings/limits.ts';
import type { SessionTag } from '../../../../core/settings/tags.ts';

/** The tree of session tags (TG-01…TG-03) as values: nothing here changes what it is given. */
export type Tag = SessionTag;
/** Why a tag cannot be put there: `core/settings` would refuse it. `inside`: into itself. */
export type Limit = 'levels' | 'first' | 'all' | 'inside';

/** A tag and where it stands. */
export interface Spot {
  tag: Tag;
  /** null: of the first level. */
  parent: Tag | null;
  /** Among its siblings, from 0. */
  index: number;
  /** How many it has beside itself, itself counted. */
  siblings: number;
  /** 1 is the first level. */
  level: number;
}

/** Every tag with its place, parents before children. `open`: whose children are wanted; absent: everybody's. */
export function spots(tags: readonly Tag[], open: (tag: Tag) => boolean = () => true): Spot[] {
  const all: Spot[] = [];
  const walk = (some: readonly Tag[], parent: Tag | null, level: number) => {
    some.forEach((tag, index) => {
      all.push({ tag, parent, index, siblings: some.length, level });
      if (tag.children.length && open(tag)) walk(tag.children, tag, level + 1);
    });
  };
  walk(tags, null, 1);
  return all;
}

export const count = (tags: readonly Tag[]): number => tags.reduce((sum, tag) => sum + 1 + count(tag.children), 0);
/** Levels of this tag and what is under it: 1 for a leaf. */
export const height = (tag: Tag): number => 1 + Math.max(0, ...tag.children.map(height));

/** From the first level down to this tag; undefined where there is no such tag. */
export function pathTo(tags: readonly Tag[], id: string): Tag[] | undefined {
  for (const tag of tags) {
    if (tag.id === id) return [tag];
    const rest = pathTo(tag.children, id);
    if (rest) return [tag, ...rest];
  }
  return undefined;
}
export const find = (tags: readonly Tag[], id: string): Tag | undefined => pathTo(tags, id)?.at(-1);

/** The children of a tag, or the first level; null where there is no such tag. */
const under = (tags: readonly Tag[], parentId: string | null): readonly Tag[] | null =>
  parentId === null ? tags : (find(tags, parentId)?.children ?? null);

/** What stands against one more tag there. */
export function mayAdd(tags: readonly Tag[], parentId: string | null): Limit | null {
  if (count(tags) >= TAG_LIMITS.all) return 'all';
  if (parentId === null) return tags.length >= TAG_LIMITS.first ? 'first' : null;
  return (pathTo(tags, parentId)?.length ?? 0) >= TAG_LIMITS.levels ? 'levels' : null;
}

/** What stands against moving a tag, with all that is under it, there. */
export function mayPlace(tags: readonly Tag[], id: string, parentId: string | null): Limit | null {
  const path = pathTo(tags, id);
  if (!path) return null;
  const tag = path.at(-1)!;
  if (parentId === null) return path.length > 1 && tags.length >= TAG_LIMITS.first ? 'first' : null;
  const to = pathTo(tags, parentId) ?? [];
  if (to.some((one) => one.id === id)) return 'inside';
  return to.length + height(tag) > TAG_LIMITS.levels ? 'levels' : null;
}

/** Another tag of this name beside it: names are told apart by where they stand. */
export function taken(tags: readonly Tag[], parentId: string | null, name: string, id?: string): boolean {
  const wish = name.trim().toLowerCase();
  return (under(tags, parentId) ?? []).some((one) => one.id !== id && one.name.trim().toLowerCase() === wish);
}

/** The name with a number behind it where a sibling has it already. */
export function free(tags: readonly Tag[], parentId: string | null, name: string): string {
  for (let n = 1; ; n++) {
    const wish = n === 1 ? name : `${name} ${n}`;
    if (!taken(tags, parentId, wish)) return wish;
  }
}

/** The list under `parentId` made anew; the rest is the same objects. */
function within(tags: readonly Tag[], parentId: string | null, make: (list: readonly Tag[]) => Tag[]): Tag[] {
  if (parentId === null) return make(tags);
  return tags.map((tag) => {
    if (tag.id === parentId) return { ...tag, children: make(tag.children) };
    if (!tag.children.length) return tag;
    const children = within(tag.children, parentId, make);
    return children.some((child, index) => child !== tag.children[index]) ? { ...tag, children } : tag;
  });
}
const inserted = (list: readonly Tag[], tag: Tag, index = list.length): Tag[] => list.toSpliced(index, 0, tag);

/** A new tag at the end of, or at `index` in, the list under `parentId`. */
export const added = (tags: readonly Tag[], parentId: string | null, tag: Tag, index?: number): Tag[] =>
  within(tags, parentId, (list) => inserted(list, tag, index));

export function changed(tags: readonly Tag[], id: string, to: Partial<Pick<Tag, 'name' | 'colour'>>): Tag[] {
  const parentId = pathTo(tags, id)?.at(-2)?.id ?? null;
  return within(tags, parentId, (list) => list.map((one) => (one.id === id ? { ...one, ...to } : one)));
}

/** Without the tag and all that is under it. */
export function removed(tags: readonly Tag[], id: string): Tag[] {
  const parentId = pathTo(tags, id)?.at(-2)?.id ?? null;
  return within(tags, parentId, (list) => list.filter((one) => one.id !== id));
}

/** The tag at this place; `index` counts without the tag itself. Where a limit stands against it: as it was. */
export function placed(tags: readonly Tag[], id: string, parentId: string | null, index?: number): readonly Tag[] {
  const tag = find(tags, id);
  if (!tag || !under(tags, parentId) || mayPlace(tags, id, parentId)) return tags;
  return added(removed(tags, id), parentId, tag, index);
}
