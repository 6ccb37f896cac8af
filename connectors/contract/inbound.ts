import { z } from 'zod';
import { TRIGGERS } from '../../core/can.ts';
import type { Inbound } from '../../core/inbound.ts';
import { contentSchema } from '../../core/message.ts';

const id = z.string().min(1).max(400);
const base = {
  account: id.optional(),
  from: id.optional(),
  aliases: z.array(id).min(1).max(20).optional(),
  externalId: id,
  /** 0 where the channel has no clock worth trusting: the hub puts in the time of arrival. */
  at: z.int().nonnegative().max(8.64e15),
  profile: z
    .strictObject({
      name: z.string().optional(),
      avatar: z.string().optional(),
      language: z.string().optional(),
      more: z.record(z.string(), z.string()).optional(),
    })
    .optional(),
  reply: z.strictObject({ token: z.string().min(1), until: z.int().positive() }).optional(),
  silent: z.literal(true).optional(),
  trigger: z.enum(TRIGGERS).optional(),
  entry: z.record(z.string().min(1).max(100), z.string().max(2000)).optional(),
};
/** Whatever belongs to a conversation says whose. */
const someone = { ...base, from: id };
const handle = z.string().min(1).max(2000).optional();
const name = z.string().min(1).max(200);

/** `Inbound` as a schema, for tests: connectors are typed, but their inputs are not. */
export const inboundSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...someone,
    kind: z.literal('message'),
    messageId: id,
    content: contentSchema,
    quoted: handle,
    quoteToken: handle,
    receipt: handle,
    set: z.strictObject({ id, index: z.int().positive().optional(), total: z.int().positive().optional() }).optional(),
  }),
  z.strictObject({ ...someone, kind: z.literal('edit'), messageId: id, content: contentSchema }),
  z.strictObject({ ...someone, kind: z.literal('recall'), messageId: id }),
  z.strictObject({ ...someone, kind: z.literal('echo'), messageId: id, content: contentSchema, quoted: handle }),
  z.strictObject({ ...someone, kind: z.literal('contact'), change: z.enum(['added', 'returned', 'removed']) }),
  z.strictObject({
    ...someone,
    kind: z.literal('receipt'),
    state: z.enum(['delivered', 'read', 'failed']),
    messageIds: z.array(id).optional(),
    session: id.optional(),
    seq: z.int().nonnegative().optional(),
    before: z.int().positive().max(8.64e15).optional(),
    error: z.strictObject({ code: z.string().min(1), text: z.string() }).optional(),
  }),
  z.strictObject({
    ...someone,
    kind: z.literal('wish'),
    wish: z.enum(['human', 'leave-queue', 'end', 'enter', 'rate']),
    groupId: id.optional(),
  }),
  z.strictObject({
    ...someone,
    kind: z.literal('rate'),
    stars: z.int().min(1).max(5),
    tags: z.array(z.string().min(1).max(40)).max(20),
    resolved: z.boolean().nullable(),
    comment: z.string().min(1).max(1000).nullable(),
    invitationId: id.nullable(),
  }),
  z.strictObject({
    ...someone,
    kind: z.literal('leave-message'),
    form: z.record(z.string().min(1).max(60), z.string().min(1).max(500)),
    text: z.string().min(1).max(4000),
  }),
  z.strictObject({ ...someone, kind: z.literal('notice'), what: name, text: z.string().max(1000).optional() }),
  z.strictObject({ ...base, kind: z.literal('ignored'), what: name, data: z.unknown().optional() }),
]) satisfies z.ZodType<Inbound>;

/** Throws with the place of the fault. Also sees to it that an event survives being written down as JSON. */
export function mustBeInbound(event: Inbound): void {
  inboundSchema.parse(event);
  const text = JSON.stringify(event);
  if (!text.isWellFormed() || text.includes('\\u0000')) throw new Error('PostgreSQL cannot keep this event.');
  inboundSchema.parse(JSON.parse(text));
}
