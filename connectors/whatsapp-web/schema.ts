import { z } from 'zod';

/** What the library hands us, as far as we read it. It comes out of a page that changes weekly: nothing is believed. */

const text = z.string();
/** An id is a text or an object with the text inside; which of them differs between fields and versions. */
export const wid = z
  .union([text, z.looseObject({ _serialized: text })])
  .transform((id) => (typeof id === 'string' ? id : id._serialized));
const optional = <T extends z.ZodType>(shape: T) => shape.nullish().catch(undefined);

export const key = z.looseObject({
  fromMe: z.boolean(),
  remote: wid,
  id: text.min(1).max(200),
  _serialized: text.min(1).max(400),
});

/** `Message._data`: what the page's own model says. */
const raw = z.looseObject({
  notifyName: optional(text),
  mimetype: optional(text),
  filename: optional(text),
  size: optional(z.number()),
  width: optional(z.number()),
  height: optional(z.number()),
  duration: optional(z.coerce.number()),
  isViewOnce: optional(z.boolean()),
  quotedStanzaID: optional(text),
  quotedParticipant: optional(wid),
  selectedButtonId: optional(text),
  title: optional(text),
  description: optional(text),
  orderTitle: optional(text),
  itemCount: optional(z.number()),
  totalAmount1000: optional(z.number()),
  totalCurrencyCode: optional(text),
  priceAmount1000: optional(z.number()),
  currencyCode: optional(text),
  productId: optional(text),
  url: optional(text),
  pollName: optional(text),
  pollOptions: optional(z.array(z.looseObject({ name: text }))),
  eventName: optional(text),
  inviteGrpName: optional(text),
  ctwaContext: optional(z.looseObject({})),
});

export const message = z.looseObject({
  id: key,
  type: text.min(1).max(100),
  body: optional(text),
  timestamp: z.number(),
  from: wid,
  to: optional(wid),
  author: optional(wid),
  hasMedia: optional(z.boolean()),
  hasQuotedMsg: optional(z.boolean()),
  isStatus: optional(z.boolean()),
  broadcast: optional(z.boolean()),
  ack: optional(z.number()),
  location: optional(
    z.looseObject({
      latitude: z.coerce.number(),
      longitude: z.coerce.number(),
      name: optional(text),
      address: optional(text),
      url: optional(text),
    }),
  ),
  vCards: optional(z.array(text)),
  selectedRowId: optional(text),
  selectedButtonId: optional(text),
  orderId: optional(text),
  protocolMessageKey: optional(key),
  _data: optional(raw),
});
export type WebMessage = z.infer<typeof message>;

export const reaction = z.looseObject({
  msgId: z.union([key, text]),
  senderId: wid,
  reaction: optional(text),
  timestamp: optional(z.number()),
});

export const call = z.looseObject({
  id: text.min(1).max(300),
  from: wid,
  isGroup: optional(z.boolean()),
  fromMe: optional(z.boolean()),
  isVideo: optional(z.boolean()),
  timestamp: optional(z.number()),
});
