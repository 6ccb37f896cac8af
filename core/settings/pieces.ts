import { z } from 'zod';

/** What the documents of all areas are made of. The same schemas check what comes in, draw the forms and write the API's description. */

/** What an id in a document points at. The hub refuses one that is not there; the YAML file writes its name instead. */
export const REFERENCES = ['group', 'channel', 'member', 'plan', 'session-tag', 'contact-tag', 'policy'] as const;
export type Reference = (typeof REFERENCES)[number];
export const ref = (to: Reference) => z.uuid().meta({ ref: to });

/** The id of an entry in a list: made by whoever adds it. */
export const entryId = z.uuid();
export const name = z.string().trim().min(1).max(100);
/** A colour as `#rrggbb`. */
export const colour = z.string().regex(/^#[0-9a-f]{6}$/);

/** A text to a customer; empty: the house's own. */
export const text = (most = 1000) => z.string().max(most).default('');
/** A text with a switch. */
export const spoken = (on: boolean, most = 1000) =>
  z.object({ on: z.boolean().default(on), text: text(most) }).prefault({});

export const HOUR = 3600;
export const DAY = 24 * HOUR;
/** Seconds; every timer can be set to the second (SS.2). */
export const seconds = (least: number, most: number, standard: number) =>
  z.int().min(least).max(most).default(standard);

/**
 * Who a rule is about. All parts must hold; an empty part always does. `connectors` are kinds of channel (RT-01, the seeds'
 * 渠道), `channelIds` single accounts (RT-03, 关联), `tags` those of the contact (RT-02, RT-11), `entry` what the link or
 * page passed (API-04).
 */
export const When = z
  .object({
    connectors: z.array(z.string().min(1).max(40)).max(20).default([]),
    channelIds: z.array(ref('channel')).max(500).default([]),
    tags: z
      .object({
        /** At least one of these. */
        any: z.array(ref('contact-tag')).max(50).default([]),
        /** All of these. */
        all: z.array(ref('contact-tag')).max(50).default([]),
        /** None of these: holds for customers without any tag as well (RT-11). */
        none: z.array(ref('contact-tag')).max(50).default([]),
      })
      .prefault({}),
    entry: z
      .array(z.object({ name: z.string().trim().min(1).max(60), values: z.array(z.string().max(200)).min(1).max(50) }))
      .max(10)
      .default([]),
  })
  .prefault({});
export type When = z.infer<typeof When>;
