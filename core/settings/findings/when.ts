import type { ContactTags, When } from '../index.ts';
import type { Notes } from './notes.ts';

/** Conditions that contradict themselves. `path` is that of the condition. */
export function contradictions(at: Notes, path: (string | number)[], when: When): void {
  const { any, all, none } = when.tags;
  const banned = new Set(none);
  const tagId = all.find((id) => banned.has(id)) ?? (any.every((id) => banned.has(id)) ? any[0] : undefined);
  if (tagId) at.add([...path, 'tags'], 'never-tags', { tagId });
  const group = single(all, at.settings['contact-tags']);
  if (group) at.add([...path, 'tags', 'all'], 'never-single', { group });
  const name = clash(when.entry);
  if (name !== null) at.add([...path, 'entry'], 'never-entry', { name });
  const kinds = when.channelIds.map((id) => at.known.connectorOf?.(id) ?? null);
  const misses = (kind: string | null) => kind !== null && !when.connectors.includes(kind);
  if (when.connectors.length && kinds.length && kinds.every(misses)) at.add([...path, 'channelIds'], 'never-channel');
}

/** TG-07: the group of which two tags are asked for, though a contact has one at most. */
function single(all: readonly string[], { groups }: ContactTags): string | null {
  const asked = new Set(all);
  const group = groups.find((one) => !one.multiple && one.tags.filter(({ id }) => asked.has(id)).length > 1);
  return group?.name ?? null;
}

/** A parameter has one value, and these conditions ask for two. */
function clash(entry: When['entry']): string | null {
  for (const one of entry) {
    const same = entry.filter(({ name }) => name === one.name);
    if (!one.values.some((value) => same.every(({ values }) => values.includes(value)))) return one.name;
  }
  return null;
}

/** Does `a` hold for everybody `b` holds for? `false` also where it cannot be told from the conditions alone. */
export function covers(a: When, b: When, connectorOf?: (channelId: string) => string | null): boolean {
  return (
    (within(b.connectors, a.connectors) || ofKinds(b.channelIds, a.connectors, connectorOf)) &&
    within(b.channelIds, a.channelIds) &&
    (within(b.tags.any, a.tags.any) || b.tags.all.some((id) => a.tags.any.includes(id))) &&
    a.tags.all.every(
      (id) => b.tags.all.includes(id) || (b.tags.any.length > 0 && b.tags.any.every((one) => one === id)),
    ) &&
    a.tags.none.every((id) => b.tags.none.includes(id)) &&
    a.entry.every(({ name, values }) => b.entry.some((one) => one.name === name && within(one.values, values)))
  );
}

/** Whoever has one of `some` has one of `of`; none at all stands for anything. */
const within = (some: readonly string[], of: readonly string[]) =>
  of.length === 0 || (some.length > 0 && some.every((one) => of.includes(one)));

/** All these channels are of these kinds. */
const ofKinds = (
  channelIds: readonly string[],
  kinds: readonly string[],
  connectorOf?: (id: string) => string | null,
) =>
  channelIds.length > 0 && connectorOf !== undefined && channelIds.every((id) => kinds.includes(connectorOf(id) ?? ''));
