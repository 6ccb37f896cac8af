import { z } from 'zod';

const id = z.string().min(1).max(200);
const soft = z.string().max(2000).optional().catch(undefined);
const flag = z.boolean().optional().catch(undefined);
const time = z.int().positive().max(8.64e15);
const list = z.array(z.unknown()).max(1000).default([]);
const party = z.object({ id: id.optional() }).optional();
/** What somebody came with; Meta's own names. */
const referral = z.record(z.string().max(100), z.unknown()).optional().catch(undefined);
export type Referral = z.infer<typeof referral>;

export const attachment = z.object({
  type: z.string().min(1).max(80),
  title: soft,
  url: soft,
  payload: z
    .object({
      url: soft,
      title: soft,
      sticker_id: z.coerce.string().max(200).optional().catch(undefined),
      coordinates: z.object({ lat: z.number().min(-90).max(90), long: z.number().min(-180).max(180) }).optional(),
      product: z
        .object({ elements: z.array(z.object({ title: soft, subtitle: soft })) })
        .optional()
        .catch(undefined),
    })
    .nullish(),
});
export const message = z.object({
  mid: id,
  text: z.string().max(20_000).optional(),
  attachments: z.array(attachment).max(100).default([]),
  quick_reply: z.object({ payload: z.string().max(2000) }).optional(),
  reply_to: z.object({ mid: id.optional() }).optional().catch(undefined),
  referral,
  is_echo: flag,
  is_deleted: flag,
  app_id: z.coerce.string().optional().catch(undefined),
  metadata: soft,
});
/** One thing that happened to one person. */
export const event = z.object({
  sender: party,
  recipient: party,
  timestamp: time.optional(),
  message: message.optional(),
  postback: z.object({ mid: id.optional(), title: soft, payload: soft, referral }).optional(),
  message_edit: z.object({ mid: id, text: z.string().min(1).max(20_000) }).optional(),
  reaction: z.object({ action: z.string(), emoji: soft, reaction: soft }).optional(),
  delivery: z.object({ watermark: time, mids: z.array(id).max(1000).optional() }).optional(),
  read: z.object({ watermark: time }).optional(),
  referral,
  optin: referral,
});
const change = z.object({ field: z.string().min(1).max(100), value: z.unknown() });
const entry = z.object({ id, time, messaging: list, standby: list, changes: z.array(change).max(1000).default([]) });
export const body = z.object({ object: z.literal('page'), entry: z.array(entry).max(1000) });
