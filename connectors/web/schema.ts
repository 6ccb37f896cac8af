import { z } from 'zod';
import { COMMENT, EMAIL, LEFT, NAME, PHONE } from '../../core/form.ts';

/**
 * What a visitor's page posts to `/webhooks/web/:key`: the one source, for the connector, the hub's documents and the
 * widget's types. Ids are UUIDs the page makes; a repeated id is the same event, so a page that got no answer sends the
 * same again. A stranger made every byte of this, therefore nothing unknown is let through.
 */

/** Longest text a visitor may send, in UTF-16 units. */
export const WEB_TEXT = 4000;
/** Most events in one request. */
export const WEB_BATCH = 20;

const id = z.uuid();
const words = (most: number) => z.string().trim().min(1).max(most);

/** Our own handle of a place in a visitor's history: the session and its gapless number. The page treats it as opaque. */
export const cursorPattern = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}):(0|[1-9]\d{0,9})$/;

export const WebContent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text: z.string().min(1).max(WEB_TEXT) }),
  /** `media.id` comes from `POST /visitor/:key/media`; the hub looks whether it is this visitor's. */
  z.strictObject({ type: z.enum(['image', 'file', 'voice', 'video']), media: z.strictObject({ id }) }),
  /** A choice of a menu: `data` is the option's id, `text` what stood on it. */
  z.strictObject({ type: z.literal('action'), data: z.string().min(1).max(200), text: z.string().min(1).max(100) }),
]);

export const WebEvent = z.discriminatedUnion('type', [
  /** `quoteId` is the `id` of a VisitorMessage. */
  z.strictObject({ type: z.literal('message'), id, content: WebContent, quoteId: id.optional() }),
  /** Opened the window, or came back after the end: lets a welcome rule speak (V-06, AR-02, AR-10). */
  z.strictObject({ type: z.literal('enter'), id }),
  z.strictObject({ type: z.literal('human'), id }),
  z.strictObject({ type: z.literal('leave-queue'), id }),
  /** Wants to rate without having been asked (V-10). */
  z.strictObject({ type: z.literal('rate-wish'), id }),
  /** The answer on a rating card (V-28): `invitationId` is the `id` of its content. */
  z.strictObject({
    type: z.literal('rate'),
    id,
    invitationId: id,
    stars: z.int().min(1).max(5),
    tags: z.array(words(40)).max(20).default([]),
    resolved: z.boolean().nullable().default(null),
    comment: words(COMMENT).nullable().default(null),
  }),
  /** V-09. */
  z.strictObject({
    type: z.literal('leave-message'),
    id,
    form: z
      .strictObject({
        name: words(NAME),
        phone: z.string().trim().regex(PHONE),
        email: z.string().trim().regex(EMAIL),
      })
      .partial(),
    text: words(LEFT),
  }),
  z.strictObject({ type: z.literal('end'), id }),
  /** Everything up to this message was on the visitor's screen. */
  z.strictObject({ type: z.literal('read'), id, cursor: z.string().regex(cursorPattern) }),
]);

/** The body of `POST /webhooks/web/:key`. */
export const WebEvents = z.strictObject({ events: z.array(WebEvent).min(1).max(WEB_BATCH) });

export type WebContent = z.infer<typeof WebContent>;
export type WebEvent = z.infer<typeof WebEvent>;
export type WebEvents = z.infer<typeof WebEvents>;
