import { z } from 'zod';
import { entryId, ref, spoken, text } from './pieces.ts';

/**
 * What the house says (SS-01…SS-05, SS-12…SS-14, AR-10…AR-17). `{position}`, `{wait}`, `{agent}`, `{group}`, `{hours}` are
 * replaced where they mean something. Skill groups have texts of their own (SG-03, SG-05).
 */
export const Texts = z.object({
  /** SS-01: the name under what the house says before somebody takes the session; empty: the channel's name. */
  dispatcher: z.string().max(60).default(''),
  /** AR-10: on a new session, before the customer's first words. */
  welcome: spoken(false),
  /** AR-11: items under the welcome; each leads to a group. */
  menu: z
    .object({
      on: z.boolean().default(false),
      text: text(500),
      items: z
        .array(z.object({ id: entryId, text: z.string().trim().min(1).max(100), groupId: ref('group') }))
        .max(10)
        .default([]),
    })
    .prefault({}),
  /** AR-12: after the customer's first words. */
  greeting: spoken(false),
  /** AR-14. */
  closing: spoken(true),
  /** Joined a queue where somebody is free or soon will be. */
  queued: text(),
  /** AR-15, SS-14: everybody is busy. */
  noIdle: spoken(true),
  /** Nobody is at the desk. */
  noAgent: text(),
  /** After hours, where the group has no text of its own; `{hours}` is when it opens. */
  offHours: text(),
  /** Asks for a message to be left, and thanks for it. */
  leave: text(),
  leftMessage: text(),
  /** AR-16, SS-07: who writes while he waits hears where he stands, at most once a minute. */
  whileWaiting: spoken(true),
  /** AR-17, SS-06: the steps of his conversation are told to the visitor of a page too; see `core/track.ts`. */
  showTrack: z.boolean().default(false),
  /** SS-12. */
  showAgentName: z.boolean().default(true),
  /** SS-13. */
  hideAgentState: z.boolean().default(false),
});
export type Texts = z.infer<typeof Texts>;
