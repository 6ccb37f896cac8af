import { z } from 'zod';

/**
 * What a message says, whoever wrote it and on whatever channel. Connectors translate to and from it; the screens
 * draw it; the database keeps it as JSON. A kind that a platform has and we do not is `unsupported` with its own
 * name, so that nothing a customer sent ever vanishes.
 */

/** Longest text we accept from anybody, in UTF-16 units. Channels may carry less; see `fit`. */
export const MAX_TEXT = 20_000;

/**
 * A file. `id` is ours once stored; `source` is the platform's own handle (opaque to all but its connector) while it
 * is still there; `url` is a link a browser can open, put in when the message leaves us and never kept.
 */
export const mediaSchema = z.object({
  id: z.uuid().optional(),
  source: z.string().max(2000).optional(),
  url: z.string().max(4000).optional(),
  previewUrl: z.string().max(4000).optional(),
  name: z.string().max(255).optional(),
  mime: z.string().max(127).optional(),
  /** Bytes. */
  size: z.int().nonnegative().optional(),
  /** Pixels. */
  width: z.int().positive().optional(),
  height: z.int().positive().optional(),
  seconds: z.number().nonnegative().optional(),
  /** `fetching` while we download it from the platform, `expired` when the platform no longer has it. */
  state: z.enum(['ready', 'fetching', 'expired', 'failed']).optional(),
});
export type Media = z.infer<typeof mediaSchema>;

/**
 * A stretch of a text that stands for something: a platform's own emoji (`id` in the platform's words) or a person
 * addressed. Positions are UTF-16 units of this very text and lie inside it; whoever changes the text drops the marks.
 */
const mark = z.object({
  type: z.enum(['emoji', 'mention']),
  index: z.int().nonnegative(),
  length: z.int().positive(),
  id: z.string().max(200).optional(),
});
export type Mark = z.infer<typeof mark>;

const text = z.object({
  type: z.literal('text'),
  text: z.string().min(1).max(MAX_TEXT),
  marks: z.array(mark).max(100).optional(),
});
const image = z.object({ type: z.literal('image'), media: mediaSchema });
const voice = z.object({ type: z.literal('voice'), media: mediaSchema });
const video = z.object({ type: z.literal('video'), media: mediaSchema });
const file = z.object({ type: z.literal('file'), media: mediaSchema });
const location = z.object({
  type: z.literal('location'),
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  title: z.string().max(300).optional(),
  address: z.string().max(500).optional(),
});
/** A picture the platform names by id; `url` is a still of it where one is public. */
const sticker = z.object({
  type: z.literal('sticker'),
  id: z.string().max(200),
  url: z.string().max(2000).optional(),
  text: z.string().max(200).optional(),
});
/** A link card: title, description, address (AR-06). */
const link = z.object({
  type: z.literal('link'),
  title: z.string().min(1).max(200),
  text: z.string().max(500).optional(),
  url: z.url({ protocol: /^https?$/ }).max(2000),
  image: mediaSchema.optional(),
});
/** A choice the customer tapped: a menu item, a quick reply, a postback. `text` is what the customer saw. */
const action = z.object({
  type: z.literal('action'),
  data: z.string().max(2000),
  text: z.string().max(500).optional(),
});
/** A question with choices (WeChat msgmenu, WhatsApp buttons). The answer comes back as an `action` or as the text. */
const menu = z.object({
  type: z.literal('menu'),
  text: z.string().min(1).max(1000),
  options: z
    .array(z.object({ id: z.string().min(1).max(200), text: z.string().min(1).max(100) }))
    .min(1)
    .max(20),
  footer: z.string().max(500).optional(),
});
/** A card that opens a page of a mini-program; `media` is its picture (CH-29). */
const miniProgram = z.object({
  type: z.literal('mini-program'),
  title: z.string().min(1).max(200),
  /** Absent: the mini-program the conversation is in. */
  appId: z.string().max(64).optional(),
  path: z.string().max(1024),
  media: mediaSchema.optional(),
});
/** A text the platform has approved, with what is put into its places. `text` is what the customer will read. */
const template = z.object({
  type: z.literal('template'),
  name: z.string().min(1).max(512),
  language: z.string().min(2).max(20),
  values: z.array(z.string().min(1).max(1024)).max(30),
  text: z.string().min(1).max(4096),
});
/** A request for money; the order it stands for tells what became of it. `amount` in the smallest unit (fen). */
const payment = z.object({
  type: z.literal('payment'),
  id: z.uuid(),
  amount: z.int().positive(),
  currency: z.string().length(3),
  description: z.string().max(127),
  /** Where it is paid; put in when it leaves us and never kept. */
  url: z.string().max(2000).optional(),
});
/**
 * An invitation to rate (CS-01, CS-13), drawn as stars where the channel can (`can.rating`), elsewhere a menu (`fit`).
 * `options` in the order the menu counts them (CS-06); a page orders its stars itself. `until`: epoch milliseconds, null:
 * open end.
 */
const rating = z.object({
  type: z.literal('rating'),
  /** The invitation. */
  id: z.uuid(),
  /** CS-11. */
  text: z.string().min(1).max(200),
  /** CS-12: where a star has tags, the customer chooses among them too. */
  options: z
    .array(
      z.object({
        stars: z.int().min(1).max(5),
        text: z.string().min(1).max(40),
        tags: z.array(z.string().min(1).max(40)).max(20),
      }),
    )
    .length(5),
  /** CS-10. */
  resolved: z
    .object({ text: z.string().min(1).max(200), yes: z.string().min(1).max(40), no: z.string().min(1).max(40) })
    .nullable(),
  until: z.number().nullable(),
});
/** What a customer sent that reads like a card: a form filled in, an order, a business card, a product. */
const card = z.object({
  type: z.literal('card'),
  title: z.string().min(1).max(300),
  text: z.string().max(2000).optional(),
  url: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .optional(),
  rows: z
    .array(z.object({ label: z.string().max(200), value: z.string().max(2000) }))
    .max(60)
    .optional(),
  media: mediaSchema.optional(),
});
const unsupported = z.object({
  type: z.literal('unsupported'),
  what: z.string().max(100),
  text: z.string().max(MAX_TEXT).optional(),
});

export const contentSchema = z.discriminatedUnion('type', [
  text,
  image,
  voice,
  video,
  file,
  location,
  sticker,
  link,
  action,
  menu,
  miniProgram,
  template,
  payment,
  rating,
  card,
  unsupported,
]);
/** What a member or a rule may send. */
export const sendableSchema = z.discriminatedUnion('type', [
  text,
  image,
  voice,
  video,
  file,
  location,
  link,
  menu,
  miniProgram,
  template,
  payment,
]);

export type Content = z.infer<typeof contentSchema>;
export type ContentType = Content['type'];
export type Rating = z.infer<typeof rating>;
export type Writable = z.infer<typeof sendableSchema>;
/** What leaves the house: that, and what only the house itself says. */
export type Sendable = Writable | Rating;

/** Who wrote a message: the customer, a member, a rule or bot, or the house itself (queue texts, notices). */
export const AUTHORS = ['visitor', 'agent', 'bot', 'system'] as const;
export type AuthorType = (typeof AUTHORS)[number];

/** Delivery only moves forward along this list; `failed` may be retried by a person and starts again at `pending`. */
export const DELIVERIES = ['pending', 'sent', 'delivered', 'read', 'failed'] as const;
export type Delivery = (typeof DELIVERIES)[number];

/** The words a content carries, for matching and for searching; empty where it has none. */
export function textOf(content: Content): string {
  switch (content.type) {
    case 'text':
      return content.text;
    case 'link':
      return content.text ? `${content.title} ${content.text}` : content.title;
    case 'location':
      return [content.title, content.address].filter(Boolean).join(' ');
    case 'sticker':
    case 'action':
    case 'unsupported':
      return content.text ?? '';
    case 'menu':
      return [content.text, ...content.options.map((option) => option.text), content.footer].filter(Boolean).join('\n');
    case 'rating':
      return [content.text, content.resolved?.text].filter(Boolean).join('\n');
    case 'mini-program':
      return content.title;
    case 'template':
      return content.text;
    case 'payment':
      return content.description;
    case 'card':
      return [content.title, content.text, ...(content.rows ?? []).map((row) => `${row.label} ${row.value}`)]
        .filter(Boolean)
        .join(' ');
    case 'file':
      return content.media.name ?? '';
    case 'image':
    case 'voice':
    case 'video':
      return '';
  }
}

/** What rules look at: the words, and where a customer only tapped a choice, what the choice stands for. */
export function wordsIn(content: Content): string {
  return content.type === 'action' ? (content.text ?? content.data) : textOf(content);
}
