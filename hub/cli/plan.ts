import { type Change, changes, equal } from '../../core/settings/changes.ts';
import { DOCUMENT_AREAS, type DocumentArea } from '../settings/areas.ts';
import { WORDS } from '../shapes/house.ts';
import { namesOf } from './export.ts';
import type { House, List, Part, StoredWord } from './house.ts';
import type { Wanted } from './resolve.ts';
import type { FileGroup, FileReply } from './shape.ts';
import {
  both,
  keys,
  plain,
  sorted,
  type ToldGroup,
  type ToldReply,
  toldDocument,
  toldGroup,
  toldReply,
  toldWord,
} from './told.ts';

/** What has to be done so that a house is as a file says. */
export interface Plan {
  documents: Partial<Record<DocumentArea, { version: number; document: unknown }>>;
  groups: { make: FileGroup[]; set: { id: string; group: FileGroup }[]; drop: { id: string; name: string }[] };
  words: { add: Map<string, Word[]>; drop: string[] };
  replies: {
    make: { key: string; reply: FileReply }[];
    set: { id: string; reply: FileReply }[];
    drop: string[];
    /** Keys in the order they shall have; null: they have it. */
    order: string[] | null;
    /** Of those that are there, by key. */
    ids: Map<string, string>;
  };
  /** The same as a person reads it. */
  changes: { part: Part; change: Change }[];
}
type Word = Pick<StoredWord, 'text' | 'match' | 'groupId'>;

/** Compares a house with what is wanted of it. Nothing is taken away that the file does not name, unless `prune`. */
export function plan(house: House, wanted: Wanted, prune: boolean): Plan {
  const made: Plan = {
    documents: {},
    groups: { make: [], set: [], drop: [] },
    words: { add: new Map(), drop: [] },
    replies: { make: [], set: [], drop: [], order: null, ids: new Map() },
    changes: [],
  };
  planDocuments(house, wanted, made);
  if (wanted.file.groups) planGroups(house, wanted, wanted.file.groups, prune, made);
  if (wanted.file.words) planWords(house, wanted, wanted.file.words, prune, made);
  if (wanted.file['auto-replies']) planReplies(house, wanted, wanted.file['auto-replies'], prune, made);
  return made;
}

function planDocuments(house: House, { file, names }: Wanted, made: Plan): void {
  const now = namesOf(house);
  for (const area of DOCUMENT_AREAS) {
    const document = file[area];
    const { version, document: before } = house.documents[area];
    if (!document || equal(document, before)) continue;
    made.documents[area] = { version, document };
    for (const change of changes(toldDocument(area, before, now), toldDocument(area, document, names)))
      made.changes.push({ part: area, change });
  }
}

/** Compares two lists by key; what is not wanted any more counts only when it shall go. */
function compare<E extends { id: string }>(part: List, before: E[], after: E[], prune: boolean, made: Plan) {
  const named = new Set(after.map((one) => one.id));
  const kept = prune ? [] : before.filter((one) => !named.has(one.id));
  for (const change of changes(before, [...after, ...kept]))
    if (change.kind !== 'moved' || part === 'auto-replies') made.changes.push({ part, change });
  const old = new Map(before.map((one) => [one.id, one]));
  return {
    isNew: (one: E) => !old.has(one.id),
    isOther: (one: E) => old.has(one.id) && !equal(old.get(one.id), one),
    gone: prune ? before.filter((one) => !named.has(one.id)) : [],
  };
}

function planGroups(house: House, { names }: Wanted, groups: FileGroup[], prune: boolean, made: Plan): void {
  const now = namesOf(house);
  const before = house.groups.map((group) => toldGroup(group, now));
  const after = groups.map((group): ToldGroup => {
    const { name, members, plan: planId, greeting, offHours } = group;
    const told = members?.map(({ member, ...more }) => ({ ...both(names.nameOf('member', member)), ...more }));
    return {
      ...both(name),
      members: told ? sorted(told) : (before.find((one) => one.id === name)?.members ?? []),
      plan: planId && names.nameOf('plan', planId),
      greeting,
      offHours,
    };
  });
  const { isNew, isOther, gone } = compare('groups', before, after, prune, made);
  const idOf = (name: string) => house.groups.find((group) => group.name === name)!.id;
  for (const [index, told] of after.entries())
    if (isNew(told)) made.groups.make.push(groups[index]!);
    else if (isOther(told) || planGoes(told.name)) made.groups.set.push({ id: idOf(told.name), group: groups[index]! });
  made.groups.drop = gone.map(({ name }) => ({ id: idOf(name), name }));

  /** A plan of the same name may be another plan. */
  function planGoes(name: string): boolean {
    const old = house.groups.find((group) => group.name === name)!.planId;
    return old !== (groups.find((group) => group.name === name)!.plan ?? null);
  }
}

function planWords(
  house: House,
  { names }: Wanted,
  lists: NonNullable<Wanted['file']['words']>,
  prune: boolean,
  made: Plan,
) {
  const now = namesOf(house);
  for (const kind of WORDS) {
    const list = lists[kind];
    if (!list) continue;
    const stored = house.words.filter((word) => word.kind === kind);
    const ids = new Map(stored.map((word) => [word.text, word.id]));
    const wanted = [...new Map(list.map(({ text, match, group }) => [text, { text, match, groupId: group }])).values()];
    const before = { [kind]: stored.map((word) => toldWord(word, now)) };
    const after = { [kind]: wanted.map((word) => toldWord(word, names)) };
    const inside = { changes: [] } as unknown as Plan;
    const { isNew, isOther, gone } = compare('words', before[kind]!, after[kind]!, prune, inside);
    for (const { part, change } of inside.changes)
      made.changes.push({ part, change: { ...change, path: [kind, ...change.path] } });
    const add: Word[] = [];
    for (const [index, told] of after[kind]!.entries()) {
      if (isNew(told) || isOther(told)) add.push(wanted[index]!);
      // Words are put in once and never changed: one that shall be otherwise is taken out first.
      if (isOther(told)) made.words.drop.push(ids.get(told.id)!);
    }
    if (add.length) made.words.add.set(kind, add);
    made.words.drop.push(...gone.map((told) => ids.get(told.id)!));
  }
}

function planReplies(house: House, { names }: Wanted, replies: FileReply[], prune: boolean, made: Plan): void {
  const now = namesOf(house);
  const old = keys(house.replies.map((reply) => reply.name));
  const own = keys(replies.map((reply) => reply.name));
  const before = house.replies.map((reply, index) => toldReply(reply, old[index]!, now));
  const after = replies.map(
    (reply, index): ToldReply => ({
      ...reply,
      id: own[index]!,
      channels: reply.channels.map((id) => names.nameOf('channel', id)),
      replies: reply.replies.map(plain),
    }),
  );
  const { isNew, isOther, gone } = compare('auto-replies', before, after, prune, made);
  for (const [index, key] of old.entries()) made.replies.ids.set(key, house.replies[index]!.id);
  const idOf = (key: string) => made.replies.ids.get(key)!;
  for (const [index, told] of after.entries())
    if (isNew(told)) made.replies.make.push({ key: told.id, reply: replies[index]! });
    else if (isOther(told)) made.replies.set.push({ id: idOf(told.id), reply: replies[index]! });
  made.replies.drop = gone.map((told) => idOf(told.id));
  // What is made comes last until it is put in its place; those the file does not name follow.
  const rest = old.filter((key) => !own.includes(key) && !prune);
  const come = [...old.filter((key) => own.includes(key) || !prune), ...own.filter((key) => !old.includes(key))];
  if (!equal(come, [...own, ...rest])) made.replies.order = own;
}
