import { z } from '@hono/zod-openapi';
import { AUTHORS, contentSchema, DELIVERIES } from '../../core/message.ts';
import { STATES } from '../../core/session.ts';
import { WebStyle } from './channels.ts';
import { id, instant } from './common.ts';

/**
 * What the visitor's page speaks.
 *
 *   POST /visitor/:key/hello    {token?, page, language}  -> Hello          start or resume
 *   POST /webhooks/web/:key     WebEvents of connectors/web/schema.ts, `authorization: Visitor <token>` -> 200 {accepted}   everything the visitor does
 *   GET  /visitor/:key/messages ?before=<cursor>&limit=    -> History        further back, over all sessions
 *   POST /visitor/:key/media    multipart `file`, same header -> Stored      then a message with content.media.id
 *   WS   /visitor/live          ?key=&token=&after=<cursor> -> VisitorFrame  missed messages first, then live
 *
 * Cursors are opaque texts: take them from the last message applied. Later ones are greater: compare what stands before
 * the last colon as text (a UUIDv7), then what follows as a number.
 */
export const VisitorMessage = z.object({
  id,
  /** Opaque place in the visitor's whole history; grows. */
  cursor: z.string(),
  sessionId: id,
  /** On the visitor's own messages: the id the page gave the event, so that its pending bubble becomes this message. */
  eventId: id.nullable(),
  author: z.object({ type: z.enum(AUTHORS), name: z.string().nullable(), avatar: z.string().nullable() }),
  content: contentSchema.nullable(),
  at: instant,
  delivery: z.enum(DELIVERIES),
  recalled: z.boolean(),
  quote: z.object({ id, author: z.string(), text: z.string() }).nullable(),
});

export const VisitorSession = z.object({
  id,
  state: z.enum(STATES),
  /** Who serves; the name is empty where the organisation shows none (SS-12), `status` null where it is not shown (SS-13). */
  agent: z
    .object({
      name: z.string(),
      avatar: z.string().nullable(),
      status: z.enum(['online', 'busy', 'away']).nullable(),
    })
    .nullable(),
  /** The name we speak under while nobody serves (SS-01, V-26); empty: the channel's own. */
  speaker: z.string(),
  /**
   * While he waits. `position`: 1 is next; `seconds`: about how long it will be. Null where nothing is known, or the
   * organisation does not tell.
   */
  queue: z.object({ position: z.int().nullable(), seconds: z.int().nullable() }).nullable(),
  /** What he writes now is a message left. */
  leaving: z.boolean(),
  /** The last invitation to rate. `seconds`: how long it still can be answered, null: no end (CS-04). */
  rating: z.object({
    open: z.boolean(),
    invitationId: id.nullable(),
    rated: z.boolean(),
    seconds: z.int().nullable(),
  }),
  /** He may rate: by himself (V-10), or the open invitation; false where he has and only the first counts (CS-07). */
  mayRate: z.boolean(),
  /** V-09, V-40. */
  mayLeave: z.boolean(),
  /** Our side has read the visitor's messages up to this cursor (V-18). */
  readCursor: z.string().nullable(),
});

export const HelloRequest = z.object({
  token: z.string().max(500).optional(),
  language: z.string().max(35).optional(),
  page: z
    .object({ url: z.string().max(2000), title: z.string().max(300), referrer: z.string().max(2000) })
    .partial()
    .optional(),
  /** The parameters of the chat link or of `boot`; see connectors/web/entry.ts. */
  visit: z.record(z.string().max(70), z.string().max(500)).optional(),
  /** The same, sealed (CH-18). */
  sealed: z.string().max(8000).optional(),
  /** How the site vouches for its user; see connectors/web/identity.ts. */
  identity: z
    .object({ jwt: z.string().max(8000), userId: z.string().max(200), userHash: z.string().max(128) })
    .partial()
    .optional(),
});

export const Hello = z.object({
  /** Kept in the visitor's browser; proves who they are to this channel only. */
  token: z.string(),
  channel: z.object({ name: z.string(), style: WebStyle, language: z.string() }),
  /** V-39: it is after hours, and this is shown where no conversation is going on; null: nothing but the chat. */
  offHours: z.object({ show: z.enum(['form', 'text']), text: z.string() }).nullable(),
  session: VisitorSession.nullable(),
  messages: z.array(VisitorMessage),
  /** For `before`; null when there is nothing older. */
  before: z.string().nullable(),
  /** For `after`; null in an empty history. */
  cursor: z.string().nullable(),
  limits: z.object({ text: z.int(), imageBytes: z.int(), fileBytes: z.int(), types: z.array(z.string()) }),
});

export const History = z.object({ messages: z.array(VisitorMessage), before: z.string().nullable() });

export const VisitorFrame = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('message'), message: VisitorMessage }),
  z.object({ type: z.literal('session'), session: VisitorSession.nullable() }),
  z.object({ type: z.literal('typing'), name: z.string().nullable() }),
  /** Answer to `ping`: the line is alive. */
  z.object({ type: z.literal('pong') }),
  /** The token is no longer good: say hello again. */
  z.object({ type: z.literal('bye'), code: z.string() }),
]);

/** What the page may say over `/visitor/live`. Typing is never stored. */
export const VisitorSaid = z.discriminatedUnion('type', [
  z.object({ type: z.literal('typing'), text: z.string().max(200).optional() }),
  z.object({ type: z.literal('ping') }),
]);

export type VisitorMessage = z.infer<typeof VisitorMessage>;
export type VisitorSession = z.infer<typeof VisitorSession>;
export type VisitorFrame = z.infer<typeof VisitorFrame>;
export type Hello = z.infer<typeof Hello>;
export type VisitorSaid = z.infer<typeof VisitorSaid>;
