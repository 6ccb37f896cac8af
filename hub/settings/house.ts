import type { Reference } from '../../core/settings/pieces.ts';
import { references } from '../../core/settings/walk.ts';
import { DOCUMENT_AREAS, type DocumentArea, type Documents, schemaOf } from './areas.ts';

/** What of a house stands outside its documents, and may be named in them: ids with names. */
export interface Rows {
  group: ReadonlyMap<string, string>;
  channel: ReadonlyMap<string, string>;
  /** The kind of each channel. */
  connectors: ReadonlyMap<string, string>;
  /** Who can still sign in. */
  member: ReadonlyMap<string, string>;
  /** The time plan of each group that has one of its own. */
  plans: readonly { groupId: string; planId: string }[];
}

/** The references that point into a document, and the area it belongs to. */
export const DECLARED: Partial<Record<Reference, DocumentArea>> = {
  plan: 'hours',
  policy: 'queues',
  'session-tag': 'session-tags',
  'contact-tag': 'contact-tags',
};

interface Tag {
  id: string;
  name: string;
  children?: readonly Tag[];
}
/** The tags of contacts, all groups together. */
export const contactTags = (documents: Pick<Documents, 'contact-tags'>) =>
  documents['contact-tags'].groups.flatMap((group) => group.tags);
const flat = (tags: readonly Tag[]): Tag[] => tags.flatMap((tag) => [tag, ...flat(tag.children ?? [])]);
const named = (entries: readonly { id: string; name: string }[]) =>
  new Map(entries.map(({ id, name }) => [id, name] as const));

/** Everything that can be pointed at: ids with names, by kind. */
export type Known = Record<Reference, ReadonlyMap<string, string>>;

export const known = (documents: Documents, rows: Rows): Known => ({
  group: rows.group,
  channel: rows.channel,
  member: rows.member,
  plan: named(documents.hours.plans),
  policy: named(documents.queues.policies),
  'session-tag': named(flat(documents['session-tags'].tags)),
  'contact-tag': named(contactTags(documents)),
});

/** One use of something: a place in a document, or what a row of the database says. */
export type Use =
  | { area: DocumentArea; path: string; entry: string | null }
  | { kind: 'group' | 'channel'; id: string; name: string }
  | { kind: 'words' | 'sessions'; count: number };

/** Where documents point at `id`. */
export function usesIn(documents: Documents, ref: Reference, id: string): Use[] {
  return DOCUMENT_AREAS.flatMap((area) =>
    references(schemaOf(area), documents[area])
      .filter((one) => one.ref === ref && one.id === id)
      .map(({ path }) => ({ area, path: path.join('.'), entry: entryAt(documents[area], path) })),
  );
}

/** The name of the innermost entry of a list that a path leads through: which rule, which menu item. */
export function entryAt(document: unknown, path: readonly (string | number)[]): string | null {
  let at = document as Record<string | number, unknown> | undefined;
  let name: string | null = null;
  for (const key of path) {
    at = at?.[key] as typeof at;
    if (typeof key !== 'number') continue;
    const told = at?.name ?? at?.text;
    if (typeof told === 'string' && told) name = told;
  }
  return name;
}
