import { z } from 'zod';
import { TAG_LIMITS } from './limits.ts';
import { colour, entryId, name } from './pieces.ts';

/** TG-01…TG-03: at most ten levels, thirty of the first level, a thousand in all; the findings count. */
export { TAG_LIMITS };

export interface SessionTag {
  id: string;
  name: string;
  colour: string;
  children: SessionTag[];
}
export const SessionTag: z.ZodType<SessionTag> = z.object({
  id: entryId,
  name,
  colour: colour.default('#64748b'),
  get children() {
    return z.array(SessionTag).max(TAG_LIMITS.all).default([]);
  },
});
export const SessionTags = z.object({ tags: z.array(SessionTag).max(TAG_LIMITS.all).default([]) });
export type SessionTags = z.infer<typeof SessionTags>;

/** TG-06, TG-07: tags of contacts in groups; of a group that is not `multiple` a contact has one at most. */
export const ContactTags = z.object({
  groups: z
    .array(
      z.object({
        id: entryId,
        name,
        multiple: z.boolean().default(true),
        tags: z
          .array(z.object({ id: entryId, name, colour: colour.default('#64748b') }))
          .max(200)
          .default([]),
      }),
    )
    .max(100)
    .default([]),
});
export type ContactTags = z.infer<typeof ContactTags>;
