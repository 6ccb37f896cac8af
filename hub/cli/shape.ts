import { z } from 'zod';
import { ref, spoken } from '../../core/settings/pieces.ts';
import { DOCUMENTS } from '../settings/areas.ts';
import { AutoReply, Word as StoredWord, WORDS } from '../shapes/house.ts';

/** What a file may say: the same schemas as the API's, with names in the places of ids. */

const name = z.string().trim().min(1).max(100);
const Member = z.object({
  member: ref('member'),
  skill: z.int().min(0).max(100).default(0),
  overflow: z.boolean().default(false),
});
const Group = z.object({
  name,
  /** Left out: whoever is in it stays. */
  members: z.array(Member).max(5000).optional(),
  plan: ref('plan').nullable().default(null),
  greeting: spoken(false),
  offHours: spoken(false),
});
const Word = z.object({
  text: StoredWord.shape.text,
  match: z.enum(['contains', 'equals']).default('contains'),
  group: ref('group').nullable().default(null),
});
const Reply = z.object({
  name,
  type: z.enum(['welcome', 'keyword']),
  enabled: z.boolean().default(true),
  channels: z.array(ref('channel')).max(500).default([]),
  keywords: z
    .array(
      z.object({ text: z.string().trim().min(1).max(100), match: z.enum(['contains', 'equals']).default('contains') }),
    )
    .max(200)
    .default([]),
  replies: AutoReply.shape.replies.default([]),
  mode: z.enum(['all', 'random']).default('all'),
});
const words = Object.fromEntries(WORDS.map((kind) => [kind, z.array(Word).max(100_000)]));
const documents = Object.fromEntries(Object.entries(DOCUMENTS).map(([area, schema]) => [area, schema.optional()]));

export const FILE = z.object({
  /** Of this form of file. */
  haina: z.literal(1).optional(),
  ...(documents as { [A in keyof typeof DOCUMENTS]: z.ZodOptional<(typeof DOCUMENTS)[A]> }),
  groups: z.array(Group).max(1000).optional(),
  words: z
    .object(words as { [K in (typeof WORDS)[number]]: z.ZodArray<typeof Word> })
    .partial()
    .optional(),
  'auto-replies': z.array(Reply).max(2000).optional(),
});
export type File = z.infer<typeof FILE>;
export type FileGroup = z.infer<typeof Group>;
export type FileReply = z.infer<typeof Reply>;

type Loose = Record<string, unknown>;
const isRecord = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const each = (value: unknown, act: (one: unknown) => unknown) => (Array.isArray(value) ? value.map(act) : value);
const worded = (key: string) => (one: unknown) => (typeof one === 'string' ? { [key]: one } : one);

/** What is written short (a bare word, a bare member) as what it stands for. Nothing changes its place. */
export function spreadOut(file: Loose): Loose {
  const spread = { ...file };
  if ('groups' in file)
    spread.groups = each(file.groups, (group) =>
      isRecord(group) && 'members' in group ? { ...group, members: each(group.members, worded('member')) } : group,
    );
  if (isRecord(file.words))
    spread.words = Object.fromEntries(
      Object.entries(file.words).map(([kind, list]) => [kind, each(list, worded('text'))]),
    );
  if ('auto-replies' in file)
    spread['auto-replies'] = each(file['auto-replies'], (reply) =>
      isRecord(reply) && 'keywords' in reply ? { ...reply, keywords: each(reply.keywords, worded('text')) } : reply,
    );
  return spread;
}

/** The other way round, for writing: `{ text: x }` as `x`. */
export const short = (key: string) => (one: unknown) =>
  isRecord(one) && Object.keys(one).length === 1 && typeof one[key] === 'string' ? one[key] : one;
