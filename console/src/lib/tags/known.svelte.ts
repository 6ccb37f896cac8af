import type { ContactTags, SessionTags } from '../../../../core/settings/tags.ts';
import { api } from '../api.ts';
import { live } from '../live.svelte.ts';
import { spots, type Tag } from './tree.ts';

/** What agents may read of the settings. */
interface DeskTags {
  sessionTags: SessionTags['tags'];
  contactTags: ContactTags['groups'];
}
export type TagGroup = ContactTags['groups'][number];
export type Kind = 'session' | 'contact';
/** A tag as a chip shows it; `path` says what it stands under. */
export interface Shown {
  id: string;
  name: string;
  colour: string;
  path: string[];
}

/** The tags of the house, read once and kept fresh by news. Nothing there yet: no tags. */
class Known {
  session: readonly Tag[] = $state.raw([]);
  groups: readonly TagGroup[] = $state.raw([]);
  loaded = $state(false);
  #going: Promise<void> | null = null;
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

  /** Reads once; a list that is refused stays empty, and is asked for again next time. */
  want(): Promise<void> {
    if (!this.#going) {
      live.hear((frame) => {
        if (frame.type === 'changed' && frame.area === 'settings') void this.#read();
      });
      this.#going = this.#read();
    }
    return this.#going;
  }
  async #read(): Promise<void> {
    const read = await api.get<DeskTags>('/desk/settings').catch(() => null);
    if (read) {
      this.session = read.sessionTags;
      this.groups = read.contactTags;
    }
    this.loaded = true;
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
