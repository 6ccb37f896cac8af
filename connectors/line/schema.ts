import { z } from 'zod';

/**
 * What LINE posts (line.md sections 2 to 4; the official shapes are `webhook.*` of @line/bot-sdk). Strict where we
 * build on a field, lenient where it only decorates: an emoji list of a new shape must not cost a customer's words.
 */
const id = z.string().min(1).max(100);
/** What an event of one type brings; read when its type is known. */
const own = z.unknown().optional();
const token = z.string().min(1).max(500).optional().catch(undefined);

export const envelope = z.object({
  destination: z.string().min(1).max(100).optional(),
  events: z.array(z.unknown()).max(1000),
});

export const event = z.object({
  type: z.string().min(1).max(60),
  /** Missing on old senders: then active. */
  mode: z.unknown().optional(),
  timestamp: z.int().nonnegative().max(8.64e15),
  source: z
    .looseObject({
      type: z.string().min(1).max(20),
      userId: id.optional(),
      groupId: id.optional(),
      roomId: id.optional(),
    })
    .optional(),
  webhookEventId: z.string().min(1).max(100).optional().catch(undefined),
  replyToken: token,
  message: own,
  unsend: own,
  follow: own,
  postback: own,
  videoPlayComplete: own,
  beacon: own,
  link: own,
  membership: own,
});
export type LineEvent = z.infer<typeof event>;

const contentProvider = z
  .looseObject({
    type: z.string(),
    originalContentUrl: z.string().optional(),
  })
  .optional();

/** Milliseconds. */
const duration = z.number().nonnegative().optional().catch(undefined);
const title = z.string().optional().catch(undefined);

const position = z.object({ index: z.int().nonnegative(), length: z.int().positive() });
const emoji = position.extend({ productId: z.string().max(90), emojiId: z.string().max(90) });
const mentionee = position.extend({
  type: z.string(),
  userId: z.string().max(100).optional(),
  isSelf: z.boolean().optional(),
});

/** Every message, whatever its type. */
export const message = z.object({
  id,
  type: z.string().min(1).max(60),
  quoteToken: token,
  quotedMessageId: z.string().min(1).max(100).optional().catch(undefined),
  markAsReadToken: token,
});

export const text = z.object({
  text: z.string(),
  emojis: z.array(z.unknown()).catch([]).default([]),
  mention: z
    .looseObject({ mentionees: z.array(z.unknown()) })
    .optional()
    .catch(undefined),
});
export const image = z.object({
  contentProvider,
  imageSet: z
    .looseObject({
      id: z.string().min(1).max(100),
      index: z.int().positive().optional().catch(undefined),
      total: z.int().positive().optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
});
export const video = z.object({ contentProvider, duration });
export const audio = z.object({ contentProvider, duration });
export const file = z.object({
  fileName: z.string().optional(),
  fileSize: z.int().nonnegative().optional().catch(undefined),
});
export const location = z.object({
  title,
  address: title,
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
});
export const sticker = z.object({
  packageId: z.string().min(1).max(90),
  stickerId: z.string().min(1).max(90),
  text: title,
});

export const unsend = z.object({ messageId: id });
export const follow = z
  .looseObject({ isUnblocked: z.boolean().optional().catch(undefined) })
  .optional()
  .catch(undefined);
export const postback = z.object({
  data: z.string(),
  params: z.record(z.string(), z.unknown()).optional().catch(undefined),
});

/** The items of a list that have the expected shape; the others are decoration we cannot read. */
export function readable<T>(shape: z.ZodType<T>, items: unknown[]): T[] {
  return items.flatMap((item) => {
    const result = shape.safeParse(item);
    return result.success ? [result.data] : [];
  });
}
export const emojis = (items: unknown[]) => readable(emoji, items);
export const mentionees = (items: unknown[]) => readable(mentionee, items);
