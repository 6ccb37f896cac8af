import type { ContactTags } from '../../../../core/settings/tags.ts';
import { deskSettings } from '../desk-settings.svelte.ts';
import { spots, type Tag } from './tree.ts';

export type TagGroup = ContactTags['groups'][number];
export type Kind = 'session' | 'contact';
/** A tag as a chip shows it; `path` says what it stands under. */
export interface Shown {
  id: string;
  name: string;
  colour: string;
  path: string[];
}

/** The tags of the house by their ids, as the desk's settings have them. */
class Known {
  get session(): readonly Tag[] {
    return deskSettings.sessionTags;
  }
  get groups(): readonly TagGroup[] {
    return deskSettings.contactTags;
  }
  get loaded(): boolean {
    return deskSettings.loaded;
  }
  readonly #byId: Record<Kind, Map<string, Shown>> = $derived({
    session: new Map(
      pathed(this.session).map(({ tag: { id, name, colour }, path }) => [id, { id, name, colour, path }]),
    ),
    contact: new Map(
      this.groups.flatMap((group) =>
        group.tags.map(({ id, name, colour }) => [id, { id, name, colour, path: [group.name] }] as const),
      ),
    ),
  });

  want(): Promise<void> {
    return deskSettings.want();
  }
  /** Those that are still there, in the order of the settings. */
  of(kind: Kind, ids: readonly string[]): Shown[] {
    const wanted = new Set(ids);
    return [...this.#byId[kind].values()].filter((one) => wanted.has(one.id));
  }
  one(kind: Kind, id: string): Shown | undefined {
    return this.#byId[kind].get(id);
  }
}
export const known = new Known();

/** Every tag of the tree with the names above it. */
function pathed(tags: readonly Tag[]): { tag: Tag; path: string[] }[] {
  const path: string[] = [];
  return spots(tags).map(({ tag, level }) => {
    path.length = level - 1;
    const above = [...path];
    path.push(tag.name);
    return { tag, path: above };
  });
}
