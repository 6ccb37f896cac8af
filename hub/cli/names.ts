import { z } from 'zod';
import type { Reference } from '../../core/settings/pieces.ts';
import { walk } from '../../core/settings/walk.ts';
import { DOCUMENT_AREAS, type DocumentArea, schemaOf } from '../settings/areas.ts';

type Named = { id: string; name: string };
export const isId = (text: string): boolean => z.uuid().safeParse(text).success;

/** Names for ids and ids for names. A name that two things of a kind share names neither of them. */
export class Names {
  readonly #names = new Map<Reference, Map<string, string>>();
  readonly #ids = new Map<Reference, Map<string, string | null>>();

  constructor(lists: Partial<Record<Reference, readonly Named[]>>) {
    for (const [kind, list] of Object.entries(lists) as [Reference, readonly Named[]][]) {
      this.#names.set(kind, new Map(list.map(({ id, name }) => [id, name])));
      const ids = new Map<string, string | null>();
      for (const { id, name } of list) ids.set(name, ids.has(name) ? null : id);
      this.#ids.set(kind, ids);
    }
  }

  /** What a file writes for an id: its name where that says enough, else the id. */
  nameOf(kind: Reference, id: string): string {
    const name = this.#names.get(kind)?.get(id);
    return name !== undefined && !isId(name) && this.#ids.get(kind)?.get(name) === id ? name : id;
  }

  /** The id for what a file says: a name, or an id. `unknown` and `ambiguous` are what can be wrong with it. */
  idOf(kind: Reference, told: string): { id: string } | { wrong: 'unknown' | 'ambiguous' } {
    if (isId(told)) return { id: told };
    const id = this.#ids.get(kind)?.get(told);
    return id ? { id } : { wrong: id === null ? 'ambiguous' : 'unknown' };
  }
}

const DECLARING: Partial<Record<DocumentArea, { kind: Reference; list: string }>> = {
  hours: { kind: 'plan', list: 'plans' },
  queues: { kind: 'policy', list: 'policies' },
  'session-tags': { kind: 'session-tag', list: 'tags' },
  'contact-tags': { kind: 'contact-tag', list: 'groups' },
};

/** What documents declare that others may name. Takes documents with faults: what has no id or name is passed over. */
export function declared(documents: Partial<Record<DocumentArea, unknown>>): Partial<Record<Reference, Named[]>> {
  const found: Partial<Record<Reference, Named[]>> = {};
  for (const area of DOCUMENT_AREAS) {
    const what = DECLARING[area];
    if (!what) continue;
    const list: Named[] = [];
    found[what.kind] = list;
    walk(schemaOf(area), documents[area], ({ path, value }) => {
      if (path[0] !== what.list || typeof path.at(-1) !== 'number') return;
      // Of contact tags the tags, not the groups they are in.
      if (what.kind === 'contact-tag' && path.length !== 4) return;
      const { id, name } = (value ?? {}) as Partial<Named>;
      if (typeof id === 'string' && typeof name === 'string') list.push({ id, name });
    });
  }
  return found;
}
