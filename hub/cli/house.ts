import type { z } from 'zod';
import { DOCUMENT_AREAS, type DocumentArea, read } from '../settings/areas.ts';
import { AutoReply, type Group, type Member } from '../shapes/house.ts';
import type { Client } from './client.ts';

/** What else a file may write down besides the documents. */
export const LISTS = ['groups', 'words', 'auto-replies'] as const;
export type List = (typeof LISTS)[number];
export type Part = DocumentArea | List;
export const PARTS: readonly Part[] = [...DOCUMENT_AREAS, ...LISTS];

export interface StoredWord {
  id: string;
  kind: string;
  text: string;
  match: 'contains' | 'equals';
  groupId: string | null;
}

/** A house as its hub tells it. */
export interface House {
  documents: Record<DocumentArea, { version: number; document: unknown }>;
  groups: Group[];
  members: Pick<Member, 'id' | 'username' | 'name' | 'disabled'>[];
  channels: { id: string; name: string }[];
  words: StoredWord[];
  replies: z.infer<typeof AutoReply>[];
}

/** Reads what `parts` need. Documents, groups, members and channels are always read: names come from them. */
export async function readHouse(client: Client, parts: ReadonlySet<Part>): Promise<House> {
  const items = <T>(path: string) => client.call<{ items: T[] }>('GET', path).then((answer) => answer.items);
  const documents = {} as House['documents'];
  for (const area of DOCUMENT_AREAS) {
    const { version, document } = await client.call<{ version: number; document: unknown }>('GET', `/settings/${area}`);
    documents[area] = { version, document: read(area, document) };
  }
  return {
    documents,
    groups: await items<Group>('/groups'),
    members: await items<Member>('/members'),
    channels: await items<{ id: string; name: string }>('/channels'),
    words: parts.has('words') ? await client.all<StoredWord>('/words') : [],
    // Through the schema, so that keys stand in one order.
    replies: parts.has('auto-replies') ? (await items('/auto-replies')).map((reply) => AutoReply.parse(reply)) : [],
  };
}
