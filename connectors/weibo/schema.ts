import { z } from 'zod';

/**
 * What Weibo pushes (weibo.md section 3). Strict where we build on a field, lenient where it only decorates: a part that
 * cannot be read must not cost the rest.
 */
const DIGITS = /^\d{1,20}$/;
/** An int64 as `parseExact` gives it: a number, or the text of one that is too big. Some bodies quote theirs. */
export const id = z.union([z.string().regex(DIGITS), z.int().nonnegative().transform(String)]);

export const push = z.object({
  type: z.string().min(1).max(60),
  receiver_id: id,
  sender_id: id,
  created_at: z.string().min(1).max(60),
  /** What the fan wrote, or Weibo's own words about what happened. */
  text: z.string().optional().catch(undefined),
  data: z.unknown().optional(),
});
export type Push = z.infer<typeof push>;

export const file = z.object({ tovfid: id });

/** Texts in Weibo's pushes; numbers are taken as well. An empty text is no place. */
const degrees = z.union([
  z.number(),
  z
    .string()
    .regex(/^\s*-?\d{1,3}(\.\d+)?\s*$/)
    .transform(Number),
]);
export const position = z.object({
  longitude: degrees.pipe(z.number().min(-180).max(180)),
  latitude: degrees.pipe(z.number().min(-90).max(90)),
});

const word = z.string().min(1).max(2000).optional().catch(undefined);
export const event = z.object({
  subtype: z.string().min(1).max(60),
  key: z
    .union([z.string().min(1).max(2000), z.int().transform(String)])
    .optional()
    .catch(undefined),
  ticket: word,
});
export type WeiboEvent = z.infer<typeof event>;

export const mention = z.object({
  subtype: z.string().min(1).max(60).optional().catch(undefined),
  key: id.optional().catch(undefined),
});
