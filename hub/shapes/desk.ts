import { z } from '@hono/zod-openapi';
import { AUTHORS, contentSchema, DELIVERIES, sendableSchema } from '../../core/message.ts';
import { END_REASONS, STATES } from '../../core/session.ts';
import { id, instant } from './common.ts';

/** What the inbox and the conversation show. The same shapes travel over REST and over the live stream. */

export const Person = z.object({ id, name: z.string(), avatar: z.string().nullable() }).openapi('Person');

export const Message = z
  .object({
    id,
    sessionId: id,
    /** Its number in the session's events. */
    seq: z.int(),
    author: z.object({ type: z.enum(AUTHORS), id: id.nullable(), name: z.string().nullable() }),
    content: contentSchema.nullable().openapi({ description: 'null once the message was recalled' }),
    at: instant,
    delivery: z.enum(DELIVERIES),
    error: z.object({ code: z.string(), text: z.string() }).nullable(),
    recalledAt: instant.nullable(),
    editedAt: instant.nullable(),
    quote: z.object({ id, author: z.string(), text: z.string() }).nullable(),
    /** Sensitive or reminder words found (SW-08, SW-09); positions in the text, UTF-16 units. */
    hits: z.array(z.object({ kind: z.string(), word: z.string(), start: z.int(), end: z.int() })),
  })
  .openapi('Message');

export const SessionEvent = z
  .object({
    seq: z.int(),
    /** opened, message, waiting, served, transferred, transfer_refused, closed, recalled, edited, notice … */
    type: z.string(),
    at: instant,
    actor: z.object({ type: z.enum([...AUTHORS]), id: id.nullable(), name: z.string().nullable() }),
    data: z.record(z.string(), z.unknown()),
  })
  .openapi('SessionEvent');

/** How a member keeps a session in his own list (A-14…A-16). */
export const Mine = z.object({ pinned: z.boolean(), muted: z.boolean(), starred: z.boolean() }).openapi('OwnMarks');

export const Rating = z
  .object({
    stars: z.int().min(1).max(5),
    tags: z.array(z.string()),
    resolved: z.boolean().nullable(),
    comment: z.string().nullable(),
    at: instant,
  })
  .openapi('Rating');

export const Session = z
  .object({
    id,
    state: z.enum(STATES),
    seq: z.int(),
    channel: z.object({ id, connector: z.string(), name: z.string() }),
    contact: Person,
    groupId: id.nullable(),
    agent: Person.nullable(),
    /** Visitor messages nobody of us has seen. */
    unread: z.int(),
    last: z.object({ text: z.string(), type: z.string(), author: z.enum(AUTHORS), at: instant }).nullable(),
    openedAt: instant,
    waitingSince: instant.nullable(),
    servedSince: instant.nullable(),
    /** Oldest visitor message without an answer of an agent. */
    unansweredSince: instant.nullable(),
    closedAt: instant.nullable(),
    endedBy: z.enum(['visitor', 'agent', 'system']).nullable(),
    /** 1 is next; only while waiting. */
    position: z.int().nullable(),
    /** The visitor has read our messages up to this number. */
    readSeq: z.int(),
    tagIds: z.array(id),
    /** No timer ends it. */
    locked: z.boolean(),
    /** Further agents who take part. */
    participants: z.array(id),
    /** A colleague has been asked to take over (TR-02). */
    offer: z.object({ to: id, by: id.nullable(), until: instant }).nullable(),
    /** 1 to 10 by the customer's level, 11 without one (DS-01). */
    priority: z.int(),
    /** It waits for this agent first. */
    wantedAgentId: id.nullable(),
    endReason: z.enum(END_REASONS).nullable(),
    /** The customer waits for his agent: since when, and when that is too long. `mark`: shown in colour at the top. */
    silent: z.object({ since: instant, dueAt: instant, alarmed: z.boolean(), mark: z.boolean() }).nullable(),
    /** Messages of each side since a person took it first: what grades are counted by (SS-24). */
    spoken: z.object({ visitor: z.int(), agent: z.int() }),
    /** My own marks; absent where there are none, and in live frames, which are the same for everybody. */
    mine: Mine.optional(),
  })
  .openapi('Session');

export const SessionDetail = Session.extend({
  /** What this channel can carry: `Can` of core/can.ts, as data for the composer. */
  can: z.record(z.string(), z.unknown()),
  /** What is left of the right to write; null: always. */
  window: z
    .object({
      /** Metered: shut when null or past. */
      until: instant.nullable(),
      /** Messages left; null: not counted. */
      sends: z.int().nullable(),
      /** Beyond the answer it costs the account's quota. */
      quota: z.boolean(),
      metered: z.boolean(),
      /** There are approved texts for when it is shut. */
      templates: z.boolean(),
    })
    .nullable(),
  /** What the customer came with: source, scene, advert; see `Inbound.entry`. */
  entry: z.record(z.string(), z.string()).nullable(),
  /** Somebody of ours answers in the platform's own app: the rules keep silent. */
  hushed: z.boolean(),
  /** What I may do with it now. */
  may: z.object({
    reply: z.boolean(),
    accept: z.boolean(),
    transfer: z.boolean(),
    end: z.boolean(),
    /** Invite to rate (CS-13). */
    invite: z.boolean(),
    tag: z.boolean(),
    lock: z.boolean(),
    pin: z.boolean(),
    /** Put the customer on the blacklist (TR-07). */
    block: z.boolean(),
    /** Bring in, or let go, further agents. */
    participate: z.boolean(),
    /** Answer the request to take over. */
    takeOffer: z.boolean(),
    withdraw: z.boolean(),
  }),
  /** The rating that counts; null: none, or not for agents to see. */
  rating: Rating.nullable(),
}).openapi('SessionDetail');

/** A text the platform has approved; `{{1}}`, `{{2}}` … are where values go. */
export const Template = z
  .object({
    name: z.string(),
    language: z.string(),
    text: z.string(),
    values: z.int(),
    category: z.string().nullable(),
  })
  .openapi('Template');

export const Conversation = z
  .object({
    messages: z.array(Message),
    events: z.array(SessionEvent),
    /** Pass as `before` to read further back; null at the beginning of the session. */
    before: z.int().nullable(),
  })
  .openapi('Conversation');

export const SendMessage = z
  .object({
    /** Made by the sender (UUID): a repeat is the same message. */
    id,
    content: sendableSchema,
    quoteId: id.optional(),
  })
  .openapi('SendMessage');

export const Transfer = z.union([z.object({ memberId: id }), z.object({ groupId: id })]).openapi('Transfer');

/** One frame of `/live`. Whole rows: applying is an upsert by id, in any order, as often as you like. */
export const Frame = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), memberId: id, hub: z.string() }),
  /** Answer to `ping`. */
  z.object({ type: z.literal('pong') }),
  /** `again`: nothing happened in it, a name it bears has changed. */
  z.object({ type: z.literal('session'), session: Session, again: z.literal(true).optional() }),
  /** My own marks of a session have changed, on another of my screens. */
  z.object({ type: z.literal('mine'), sessionId: id, mine: Mine }),
  /** No longer among what this member may see. */
  z.object({ type: z.literal('gone'), sessionId: id }),
  z.object({ type: z.literal('message'), message: Message }),
  z.object({ type: z.literal('event'), sessionId: id, event: SessionEvent }),
  z.object({
    type: z.literal('typing'),
    sessionId: id,
    by: z.enum(['visitor', 'agent']),
    name: z.string().nullable(),
    text: z.string().nullable(),
  }),
  z.object({ type: z.literal('member'), member: z.lazy(() => z.any()) }),
  z.object({ type: z.literal('contact'), contact: z.lazy(() => z.any()) }),
  /** Something under settings changed: read that area again. */
  z.object({
    type: z.literal('changed'),
    area: z.enum(['channels', 'groups', 'members', 'auto-replies', 'words', 'settings', 'alerts', 'leave-messages']),
  }),
  /** A word hit, a parked webhook or a channel that needs its admin: supervisors and up (SW-07…09). What became of a request to hand on: whoever asked as well (TR-05). */
  z.object({ type: z.literal('alert'), alert: z.lazy(() => z.any()) }),
]);
export type Frame = z.infer<typeof Frame>;

/** What the console may say over `/live`. */
export const Said = z.discriminatedUnion('type', [
  /** The conversation on this member's screen: its messages are sent here. null: none. */
  z.object({ type: z.literal('watch'), sessionId: id.nullable() }),
  z.object({ type: z.literal('typing'), sessionId: id }),
  z.object({ type: z.literal('ping') }),
]);
export type Said = z.infer<typeof Said>;

export type Message = z.infer<typeof Message>;
export type SessionEvent = z.infer<typeof SessionEvent>;
export type Session = z.infer<typeof Session>;
export type SessionDetail = z.infer<typeof SessionDetail>;
