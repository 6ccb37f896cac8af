import { z } from 'zod';

/** What Meta posts (whatsapp.md B4, B5). Strict where we build on a field, lenient where it only decorates. */
export const id = z.string().min(1).max(200);
export const soft = z.string().min(1).optional().catch(undefined);
const softId = id.optional().catch(undefined);

/** Seconds, as text or number, made milliseconds. */
export const seconds = z
  .union([z.string().regex(/^\d{1,12}$/), z.int().nonnegative().max(8.64e12)])
  .transform((value) => Number(value) * 1000);

export const envelope = z.object({
  object: z.literal('whatsapp_business_account'),
  entry: z.array(z.unknown()).max(1000),
});
export const entry = z.object({
  id: softId,
  time: seconds.optional().catch(undefined),
  changes: z.array(z.unknown()).max(1000),
});
export const change = z.object({ field: z.string().min(1).max(100), value: z.unknown() });
/** The part every value of a conversation shares. */
export const value = z.object({
  metadata: z.object({ phone_number_id: softId }).optional().catch(undefined),
  contacts: z.unknown().optional(),
  messages: z.array(z.unknown()).max(5000).default([]),
  statuses: z.array(z.unknown()).max(5000).default([]),
  errors: z.array(z.unknown()).max(100).optional().catch(undefined),
});

export const fault = z.looseObject({
  code: z.int(),
  title: soft,
  message: soft,
  error_data: z.object({ details: soft }).optional().catch(undefined),
});
export const faults = z.array(z.unknown()).optional().catch(undefined);

/** Every message, whatever its type. */
export const message = z.object({
  id,
  timestamp: seconds,
  type: z.string().min(1).max(80).optional(),
  from: softId,
  from_user_id: softId,
  from_parent_user_id: softId,
  group_id: softId,
  context: z
    .object({
      id: softId,
      referred_product: z.object({ catalog_id: softId, product_retailer_id: softId }).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
  referral: z.record(z.string(), z.unknown()).optional().catch(undefined),
  errors: faults,
});
export type Message = z.infer<typeof message>;

export const text = z.object({ body: z.string() });
export const media = z.object({
  id: z
    .string()
    .regex(/^[\w-]{1,200}$/)
    .optional(),
  mime_type: z.string().max(200).optional().catch(undefined),
  sha256: z.string().max(100).optional().catch(undefined),
  caption: soft,
  filename: z.string().max(2000).optional().catch(undefined),
});
export const location = z.object({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  name: soft,
  address: soft,
});
export const reaction = z.object({ message_id: id, emoji: z.string().max(100).optional().catch(undefined) });
export const reply = z.object({ id: z.string().max(1000), title: soft });
export const button = z.object({ payload: z.string().max(4000).optional().catch(undefined), text: soft });
export const system = z.object({
  type: z.string().max(80).optional().catch(undefined),
  body: soft,
  wa_id: softId,
  new_wa_id: softId,
  user_id: softId,
  previous_user_id: softId,
  parent_user_id: softId,
  previous_parent_user_id: softId,
});
export const original = z.object({ original_message_id: id });
export const unsupported = z
  .object({ type: z.string().min(1).max(80).optional().catch(undefined) })
  .optional()
  .catch(undefined);

/** What was typed in the phone's app; `to` is the customer. */
export const echo = message.extend({ to: softId, to_user_id: softId, to_parent_user_id: softId });
