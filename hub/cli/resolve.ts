import type { Reference } from '../../core/settings/pieces.ts';
import { mapped, type Path, strays } from '../../core/settings/walk.ts';
import { newId } from '../id.ts';
import { errorsOf } from '../problem.ts';
import { DOCUMENT_AREAS, type DocumentArea, schemaOf } from '../settings/areas.ts';
import { identified } from './entries.ts';
import { namesOf } from './export.ts';
import { type House, LISTS, type Part } from './house.ts';
import { declared, Names } from './names.ts';
import { FILE, type File, spreadOut } from './shape.ts';
import { filesOf, toldDocument } from './told.ts';

/** Something wrong with what a file says: where, and what. `key`: it is the key that is wrong. */
export interface Said {
  path: Path;
  code: string;
  params?: Record<string, string | number>;
  message?: string;
  key?: boolean;
}

/** A file understood: every name an id, every entry with one. Groups that are not there yet have ids made up for now. */
export interface Wanted {
  file: File;
  /** Ids made up, by the name of the group that shall get a real one. */
  fresh: Map<string, string>;
  /** Everything the house has and shall have, by name. */
  names: Names;
}

type Loose = Record<string, unknown>;

/** Reads what a file says into what it means for this house. Gives everything that is wrong instead, where something is. */
export function resolve(given: Loose, parts: ReadonlySet<Part>, house: House): { wanted: Wanted } | { wrong: Said[] } {
  const wrong: Said[] = [];
  const known = new Set<string>(['haina', ...DOCUMENT_AREAS, ...LISTS]);
  for (const key of Object.keys(given))
    if (!known.has(key)) wrong.push({ path: [key], code: 'unknown_key', key: true });
  const value = spreadOut(
    Object.fromEntries(Object.entries(given).filter(([key]) => key === 'haina' || parts.has(key as Part))),
  );

  const now = namesOf(house);
  for (const area of DOCUMENT_AREAS)
    if (area in value)
      value[area] = identified(schemaOf(area), value[area], toldDocument(area, house.documents[area].document, now));

  const fresh = newGroups(value.groups, house, wrong);
  const names = wantedNames(value, house, fresh);
  const said = mapped(FILE, value, (ref, told, path) => {
    if (typeof told !== 'string') return told;
    const found = names.idOf(ref, told);
    if ('id' in found) return found.id;
    wrong.push({ path, code: found.wrong, params: { kind: ref, name: told } });
    return newId();
  });
  const parsed = FILE.safeParse(said);
  if (!parsed.success) {
    for (const { path, message, code } of errorsOf(parsed.error)) wrong.push({ path: path.split('.'), message, code });
    return { wrong };
  }
  for (const path of strays(said, parsed.data)) wrong.push({ path, code: 'unknown_key', key: true });
  const files = new Set(house.replies.flatMap((reply) => reply.replies).flatMap(filesOf));
  for (const [index, reply] of (parsed.data['auto-replies'] ?? []).entries())
    for (const [nth, content] of reply.replies.entries())
      if (filesOf(content).some((id) => !files.has(id)))
        wrong.push({ path: ['auto-replies', index, 'replies', nth], code: 'unknown', params: { kind: 'file' } });
  return wrong.length ? { wrong } : { wanted: { file: parsed.data, fresh, names } };
}

/** Ids for groups that shall be made. Two of one name are wrong. */
function newGroups(groups: unknown, house: House, wrong: Said[]): Map<string, string> {
  const fresh = new Map<string, string>();
  const seen = new Set<string>();
  for (const [index, group] of (Array.isArray(groups) ? groups : []).entries()) {
    const name = (group as Loose | null)?.name;
    if (typeof name !== 'string') continue;
    if (seen.has(name)) wrong.push({ path: ['groups', index, 'name'], code: 'name-twice', params: { name } });
    seen.add(name);
    if (!house.groups.some((one) => one.name === name)) fresh.set(name, newId());
  }
  return fresh;
}

/** What names will mean once the file is in force: its own entries, and of other areas the hub's. */
function wantedNames(value: Loose, house: House, fresh: ReadonlyMap<string, string>): Names {
  const documents = Object.fromEntries(
    DOCUMENT_AREAS.map((area): [DocumentArea, unknown] => [area, value[area] ?? house.documents[area].document]),
  );
  const lists: Partial<Record<Reference, { id: string; name: string }[]>> = {
    ...declared(documents),
    group: [...house.groups, ...[...fresh].map(([name, id]) => ({ id, name }))],
    channel: house.channels,
    member: house.members.map(({ id, username }) => ({ id, name: username })),
  };
  return new Names(lists);
}
