import { z } from 'zod';
import { DAY, HOUR, ref, seconds, spoken, text } from './pieces.ts';

const tagIds = z.array(ref('session-tag')).max(20).default([]);

/** SS-17…SS-23. All times in seconds. Nothing ends a locked session by itself. */
export const Timers = z.object({
  /** SS-17, A-20, A-21: the customer waits for an answer of his agent. */
  agentSilent: z
    .object({
      on: z.boolean().default(true),
      after: seconds(10, DAY, 180),
      mark: z.boolean().default(true),
      tell: spoken(false),
      alarm: z.boolean().default(true),
    })
    .prefault({}),
  /** SS-18, SS-22: the customer does not answer his agent: `reminders` texts, each after `after`; after one more `after` the session ends. */
  visitorSilent: z
    .object({
      on: z.boolean().default(false),
      after: seconds(10, DAY, 600),
      reminders: z.int().min(0).max(10).default(1),
      text: text(),
      endText: text(),
      tagIds,
    })
    .prefault({}),
  /** SS-19: neither side writes. */
  inactive: z.object({ on: z.boolean().default(false), after: seconds(60, DAY, 2 * HOUR), text: text() }).prefault({}),
  /** SS-20: the first reminder after `after`, then one each `every`, `times` in all. */
  waitReminder: z
    .object({
      on: z.boolean().default(false),
      after: seconds(10, DAY, 120),
      times: z.int().min(1).max(20).default(3),
      every: seconds(10, DAY, 120),
      text: text(),
      leaveButton: z.boolean().default(true),
      tagIds,
    })
    .prefault({}),
  /** SS-21: waited too long: end, or say so and let him wait on. */
  waitOver: z
    .object({
      on: z.boolean().default(false),
      after: seconds(30, DAY, 1800),
      then: z.enum(['end', 'keep']).default('keep'),
      text: text(),
      tagIds,
    })
    .prefault({}),
  /** SS-22, AR-20: a conversation with the rules ends when the customer is silent; at most an hour. */
  bot: z.object({ on: z.boolean().default(true), after: seconds(60, HOUR, HOUR), text: text() }).prefault({}),
});
export type Timers = z.infer<typeof Timers>;
