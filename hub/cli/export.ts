import { DOCUMENT_AREAS, schemaOf } from '../settings/areas.ts';
import { WORDS } from '../shapes/house.ts';
import type { Client } from './client.ts';
import { type House, type Part, readHouse } from './house.ts';
import { lean } from './lean.ts';
import { declared, Names } from './names.ts';
import { FILE, short } from './shape.ts';
import { keys, toldDocument, toldGroup, toldReply, toldWord } from './told.ts';
import { writeYaml } from './yaml.ts';

/** The names of a house as its hub has it. Members are named by their sign-in names. */
export function namesOf(house: House): Names {
  const documents = Object.fromEntries(DOCUMENT_AREAS.map((area) => [area, house.documents[area].document]));
  return new Names({
    ...declared(documents),
    group: house.groups,
    channel: house.channels,
    member: house.members.map(({ id, username }) => ({ id, name: username })),
  });
}

/** Writes a house down: what `apply` needs to make another like it. What is as it always is, is left out. */
export async function exported(client: Client, parts: ReadonlySet<Part>): Promise<string> {
  const house = await readHouse(client, parts);
  const names = namesOf(house);
  const file: Record<string, unknown> = { haina: 1 };
  for (const area of DOCUMENT_AREAS)
    if (parts.has(area)) file[area] = lean(schemaOf(area), toldDocument(area, house.documents[area].document, names));
  if (parts.has('groups'))
    file.groups = house.groups.map((group) => {
      const { id: _, members, ...told } = toldGroup(group, names);
      return { ...told, members: members.map(({ id: member, name: _name, ...rest }) => ({ member, ...rest })) };
    });
  if (parts.has('words')) {
    const listed = WORDS.map((kind) => [kind, house.words.filter((word) => word.kind === kind)] as const);
    file.words = Object.fromEntries(
      listed
        .filter(([, words]) => words.length)
        .map(([kind, words]) => [
          kind,
          words.map((word) => {
            const { id: _, name: text, ...told } = toldWord(word, names);
            return { text, ...told };
          }),
        ]),
    );
  }
  if (parts.has('auto-replies')) {
    const own = keys(house.replies.map((reply) => reply.name));
    file['auto-replies'] = house.replies.map((reply, index) => {
      const { id: _, ...told } = toldReply(reply, own[index]!, names);
      return told;
    });
  }
  return writeYaml(shortened(lean(FILE, file) as Record<string, unknown>));
}

type Loose = Record<string, any>;
function shortened(file: Loose): Loose {
  for (const group of file.groups ?? []) group.members = group.members?.map(short('member'));
  for (const kind of Object.keys(file.words ?? {})) file.words[kind] = file.words[kind].map(short('text'));
  for (const reply of file['auto-replies'] ?? [])
    if (reply.keywords) reply.keywords = reply.keywords.map(short('text'));
  return file;
}
