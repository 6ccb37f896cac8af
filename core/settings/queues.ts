import { z } from 'zod';
import { entryId, name, ref } from './pieces.ts';

/** Q-01…Q-06. The first enabled rule in order whose scope has the group and whose number is reached decides; the rest of them are silent. */
export const QueueRule = z.object({
  id: entryId,
  name,
  enabled: z.boolean().default(true),
  /** Null: every group. */
  groupIds: z.array(ref('group')).min(1).max(500).nullable().default(null),
  /** so many wait at most; number x + 1 goes on. */
  over: z.int().min(0).max(10_000),
  /** Null: nobody is sent elsewhere. */
  overflowTo: ref('group').nullable().default(null),
  /** admins are told. */
  notify: z.boolean().default(true),
});
export type QueueRule = z.infer<typeof QueueRule>;

export const Queues = z.object({
  /** without a queue, who finds nobody free leaves a message. */
  on: z.boolean().default(true),
  rules: z.array(QueueRule).max(200).default([]),
  /** Overflow policies a link may name (`overflow`, RT-08): the first of the groups with somebody free. */
  policies: z
    .array(z.object({ id: entryId, name, groupIds: z.array(ref('group')).min(1).max(50) }))
    .max(50)
    .default([]),
  showPosition: z.boolean().default(true),
  showWait: z.boolean().default(true),
});
export type Queues = z.infer<typeof Queues>;
