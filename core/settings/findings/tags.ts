import type { SessionTag } from '../index.ts';
import { TAG_LIMITS } from '../limits.ts';
import { type Notes, plain, repeats } from './notes.ts';

/** TG-01. */
export function sessionTags(at: Notes): void {
  const { tags } = at.settings['session-tags'];
  branch(at, ['tags'], tags, 1, new Map());
  if (tags.length > TAG_LIMITS.first) at.add(['tags'], 'tags-first', { count: tags.length, most: TAG_LIMITS.first });
  const count = size(tags);
  if (count > TAG_LIMITS.all) at.add(['tags'], 'tags-many', { count, most: TAG_LIMITS.all });
}

const size = (tags: readonly SessionTag[]): number => tags.reduce((sum, { children }) => sum + 1 + size(children), 0);

/** `seen`: ids anywhere in the tree, and how many were before each. */
function branch(
  at: Notes,
  path: (string | number)[],
  tags: readonly SessionTag[],
  level: number,
  seen: Map<string, number>,
): void {
  if (tags.length && level > TAG_LIMITS.levels) at.add(path, 'tags-deep', { most: TAG_LIMITS.levels });
  siblings(at, path, tags);
  for (const [n, { id, children }] of tags.entries()) {
    const first = seen.get(id);
    if (first === undefined) seen.set(id, seen.size);
    else at.add([...path, n, 'id'], 'duplicate-id', { first });
    // What is too deep is said once.
    if (level <= TAG_LIMITS.levels) branch(at, [...path, n, 'children'], children, level + 1, seen);
  }
}

/** TG-06, TG-07. */
export function contactTags(at: Notes): void {
  const { groups } = at.settings['contact-tags'];
  for (const { n, first } of repeats(groups.map(({ id }) => id)))
    at.add(['groups', n, 'id'], 'duplicate-id', { first });
  for (const { n, first } of repeats(groups.map(({ name }) => plain(name))))
    at.add(['groups', n, 'name'], 'name-twice', { name: groups[first]!.name });
  const seen = new Map<string, number>();
  for (const [n, { tags }] of groups.entries()) {
    siblings(at, ['groups', n, 'tags'], tags);
    for (const [k, { id }] of tags.entries()) {
      const first = seen.get(id);
      if (first === undefined) seen.set(id, seen.size);
      else at.add(['groups', n, 'tags', k, 'id'], 'duplicate-id', { first });
    }
  }
}

/** Tags side by side have names of their own. */
function siblings(at: Notes, path: (string | number)[], tags: readonly { name: string }[]): void {
  for (const { n, first } of repeats(tags.map(({ name }) => plain(name))))
    at.add([...path, n, 'name'], 'tag-name-twice', { name: tags[first]!.name });
}
