import { z } from 'zod';
import { DAY, spoken, text } from './pieces.ts';

/** One star's words and tags (CS-12). */
const Option = z.object({
  text: z.string().trim().min(1).max(40),
  tags: z.array(z.string().trim().min(1).max(40)).max(20).default([]),
});

/** CS-01…CS-14. */
export const Ratings = z.object({
  on: z.boolean().default(true),
  /** CS-01: at the end, if nobody invited and nobody rated before. */
  autoInvite: z.boolean().default(true),
  /** CS-02: not before so many messages of each side since a person took it; 0: whatever. */
  least: z
    .object({
      on: z.boolean().default(false),
      visitor: z.int().min(0).max(100).default(1),
      agent: z.int().min(0).max(100).default(1),
    })
    .prefault({}),
  /** CS-03: not where only one side wrote among the last 50. */
  skipOneSided: z.boolean().default(true),
  /** CS-08: not where the customer's silence or inactivity ended it. */
  skipAutoEnded: z.boolean().default(true),
  /** CS-04: how long an invitation can be answered, seconds; null: as long as the customer likes. */
  valid: z
    .int()
    .min(60)
    .max(30 * DAY)
    .nullable()
    .default(DAY),
  /** CS-05. */
  receipt: spoken(true, 500),
  /** CS-07: the first answer counts and no other is taken; otherwise the last one counts. */
  firstOnly: z.boolean().default(true),
  /** CS-09: the agents it counts for. */
  share: z.enum(['all', 'last']).default('all'),
  /** CS-10. */
  resolved: z
    .object({
      on: z.boolean().default(false),
      text: text(200),
      yes: z.string().max(40).default(''),
      no: z.string().max(40).default(''),
    })
    .prefault({}),
  /** CS-11. */
  guide: text(200),
  /** CS-06: the numbered menu counts down. */
  reversed: z.boolean().default(false),
  /** One to five stars, the lowest first; empty: the house's words. */
  options: z.array(Option).length(5).or(z.array(Option).length(0)).default([]),
});
export type Ratings = z.infer<typeof Ratings>;
