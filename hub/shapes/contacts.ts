import { z } from '@hono/zod-openapi';
import { id, instant } from './common.ts';

/** A contact in the book. */
export const ContactRow = z
  .object({
    id,
    name: z.string(),
    avatar: z.string().nullable(),
    phone: z.string().nullable(),
    email: z.string().nullable(),
    company: z.string().nullable(),
    tagIds: z.array(id),
    starred: z.boolean(),
    blocked: z.boolean(),
    /** Where they wrote to us. */
    channels: z.array(z.object({ id, connector: z.string(), name: z.string() })),
    createdAt: instant,
  })
  .openapi('ContactRow');

export const ContactActivity = z
  .object({
    id,
    /** `blocked`, `unblocked`. */
    kind: z.string(),
    at: instant,
    member: z.object({ id, name: z.string() }).nullable(),
    data: z.record(z.string(), z.unknown()).nullable(),
  })
  .openapi('ContactActivity');

export const LeaveMessage = z
  .object({
    id,
    sessionId: id,
    channel: z.object({ id, connector: z.string(), name: z.string() }),
    contact: z.object({ id, name: z.string() }),
    groupId: id.nullable(),
    /** What the form asked for, by name: name, phone, email. */
    form: z.record(z.string(), z.string()),
    text: z.string(),
    state: z.enum(['open', 'working', 'done']),
    assigneeId: id.nullable(),
    at: instant,
  })
  .openapi('LeaveMessage');
