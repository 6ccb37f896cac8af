import type { Sendable } from '../../core/message.ts';
import { mapped } from '../../core/settings/walk.ts';
import { type DocumentArea, schemaOf } from '../settings/areas.ts';
import type { House, StoredWord } from './house.ts';
import type { Names } from './names.ts';

/** A house in the words of the file: names for ids, entries known by what they are called. What plans compare. */

export interface ToldGroup {
  id: string;
  name: string;
  members: { id: string; name: string; skill: number; overflow: boolean }[];
  plan: string | null;
  greeting: { on: boolean; text: string };
  offHours: { on: boolean; text: string };
}
export interface ToldWord {
  id: string;
  name: string;
  match: string;
  group: string | null;
}
export interface ToldReply {
  id: string;
  name: string;
  type: string;
  enabled: boolean;
  channels: string[];
  keywords: { text: string; match: string }[];
  replies: unknown[];
  mode: string;
}

export const toldDocument = (area: DocumentArea, document: unknown, names: Names): unknown =>
  mapped(schemaOf(area), document, (ref, id) => names.nameOf(ref, String(id)));

export const toldGroup = (group: House['groups'][number], names: Names): ToldGroup => ({
  id: group.name,
  name: group.name,
  members: sorted(
    group.memberIds.map((id) => ({
      ...both(names.nameOf('member', id)),
      skill: group.skills[id] ?? 0,
      overflow: group.overflowMemberIds.includes(id),
    })),
  ),
  plan: group.planId && names.nameOf('plan', group.planId),
  greeting: group.greeting,
  offHours: group.offHours,
});
export const both = (name: string) => ({ id: name, name });
/** Who is in a group has no order; it is told by name, so that the same people read the same. */
export const sorted = <E extends { id: string }>(list: E[]): E[] =>
  list.sort((one, other) => (one.id < other.id ? -1 : one.id > other.id ? 1 : 0));

export const toldWord = (word: Pick<StoredWord, 'text' | 'match' | 'groupId'>, names: Names): ToldWord => ({
  ...both(word.text),
  match: word.match,
  group: word.groupId && names.nameOf('group', word.groupId),
});

export const toldReply = (reply: House['replies'][number], key: string, names: Names): ToldReply => ({
  id: key,
  name: reply.name,
  type: reply.type,
  enabled: reply.enabled,
  channels: reply.channelIds.map((id) => names.nameOf('channel', id)),
  keywords: reply.keywords,
  replies: reply.replies.map(plain),
  mode: reply.mode,
});

/** Names may repeat: the second rule of a name is `name (2)`. */
export function keys(names: readonly string[]): string[] {
  const count = new Map<string, number>();
  return names.map((name) => {
    const nth = (count.get(name) ?? 0) + 1;
    count.set(name, nth);
    return nth === 1 ? name : `${name} (${nth})`;
  });
}

/** A reply with of its files only what says which they are: the rest the hub knows itself. */
export function plain(reply: Sendable): Sendable {
  const file = ({ id, seconds }: { id?: string; seconds?: number }) => ({
    ...(id && { id }),
    ...(seconds !== undefined && { seconds }),
  });
  if ('media' in reply && reply.media) return { ...reply, media: file(reply.media) };
  if (reply.type === 'link' && reply.image) return { ...reply, image: file(reply.image) };
  return reply;
}
/** The files a reply shows. */
export function filesOf(reply: Sendable): string[] {
  const media = 'media' in reply ? reply.media : reply.type === 'link' ? reply.image : undefined;
  return media?.id ? [media.id] : [];
}
