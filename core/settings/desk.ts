import { z } from 'zod';
import { entryId, name, seconds } from './pieces.ts';

/** Transfers (SS-08, SS-09, TR-02). */
export const Transfers = z.object({
  /** The other side must agree. */
  confirm: z.boolean().default(false),
  /** Seconds until an unanswered request fails. */
  answerWithin: seconds(10, 3600, 60),
  /** SS-09 turned round: greet again after a transfer. */
  greet: z.boolean().default(true),
});
export type Transfers = z.infer<typeof Transfers>;

/** What agents see and may do at their desk (SS-15, SS-16, SS-24, TR-07, A-14… ). */
export const Desk = z.object({
  /** */
  newOnTop: z.boolean().default(true),
  /** */
  realName: z.boolean().default(true),
  /** */
  duration: z.boolean().default(true),
  /** */
  seeRatings: z.boolean().default(true),
  /** agents may pin and lock. */
  mayPin: z.boolean().default(true),
  /** TR-07: agents may hand sessions on. */
  mayTransfer: z.boolean().default(true),
  /** TR-07, CT-05: agents may put customers on the blacklist, and take them off. */
  mayBlock: z.boolean().default(true),
  /** agents may look into sessions that wait. */
  seeWaiting: z.boolean().default(true),
  /** SS-24: kinds of conversation by their messages; the highest number reached counts. See `core/grade.ts`. */
  grades: z
    .array(z.object({ id: entryId, name, least: z.int().min(0).max(100_000) }))
    .max(10)
    .default([]),
  /** SS-16: what is put to a customer's name: where from, over which network, on which day. */
  nickname: z
    .object({
      region: z.boolean().default(false),
      network: z.boolean().default(false),
      date: z.boolean().default(false),
    })
    .prefault({}),
});
export type Desk = z.infer<typeof Desk>;
