import { z } from 'zod';
import { HOUR, ref, seconds } from './pieces.ts';

/** Who gets whom (DS-01, RT-12…RT-17). Each part can be switched off. */
export const Matching = z.object({
  /** DS-01: up to ten levels of customers by tag; the first goes first. Who has none comes after all of them. */
  levels: z
    .array(z.array(ref('contact-tag')).max(100))
    .max(10)
    .default([]),
  /** RT-16: the agent who served this customer last, or most often, comes first. */
  regular: z.enum(['off', 'last', 'most']).default('off'),
  /** RT-12: a higher level takes more of the sessions. */
  byLevel: z.boolean().default(false),
  /** RT-12: within a group the higher skill value comes first. */
  bySkill: z.boolean().default(false),
  /** RT-14: outside the group's hours nobody is given a session by himself. */
  onlyInHours: z.boolean().default(true),
  /** RT-15: only who is online; otherwise busy and away are given sessions too, as long as they are connected. */
  onlyOnline: z.boolean().default(true),
  /** A customer for a named agent waits for him alone for so long, then for the whole group. */
  hold: seconds(0, HOUR, 60),
  /** An agent who does not answer a session given to him loses it to the queue. */
  silent: z.object({ on: z.boolean().default(false), after: seconds(10, HOUR, 120) }).prefault({}),
});
export type Matching = z.infer<typeof Matching>;
