import { z } from '@hono/zod-openapi';
import { OFF_HOURS } from '../../core/off-hours.ts';
import { VIAS } from '../../core/route/index.ts';
import { STATES } from '../../core/session.ts';
import { MODES, Queues, Reception, Routing } from '../../core/settings/index.ts';
import { id, instant } from './common.ts';

/** The what-if form, and decisions that were made. */

const params = z.record(z.string(), z.union([z.string(), z.number()])).optional();

export const Reason = z
  .object({
    /** Which step of the chain: `agent`, `tag-agent`, `back`, `overflow`, `entry`, `choice`, `rule`, `channel`, `fallback`, `plan`, `mode` … */
    kind: z.string(),
    id: z.string().optional(),
    name: z.string().optional(),
    matched: z.boolean(),
    /** Why, or why not; `core/route/reasons.ts` lists them. */
    code: z.string(),
    params,
  })
  .openapi('Reason');

export const Wish = z
  .object({
    channelId: id,
    /** A customer who is known: his tags, his agents and the blacklist count. Null: a stranger. */
    contactId: id.nullable().default(null),
    /** Besides those he has. */
    tags: z.array(id).max(100).default([]),
    entry: z.record(z.string().max(60), z.string().max(500)).default({}),
    /** Absent: now. */
    at: instant.optional(),
    text: z.string().max(2000).default(''),
    groupId: id.nullable().default(null),
    /** Documents that are not saved yet. */
    document: z.object({ routing: Routing, queues: Queues, reception: Reception }).partial().default({}),
  })
  .openapi('WhatIf');

export const Answer = z
  .object({
    plan: z.object({ id, name: z.string() }).nullable(),
    mode: z.enum(MODES),
    said: z.object({ human: z.boolean(), keyword: z.boolean(), groupId: id.nullable() }),
    /** How a person would be asked for; null: not at all, and the decision is what the button would give. */
    asked: z.enum(VIAS).nullable(),
    /** `Decision` of core/route/decision.ts; null: he is on the blacklist, and nothing is decided. */
    decision: z.record(z.string(), z.unknown()).nullable(),
    reasons: z.array(Reason),
    agents: z.array(z.object({ id, name: z.string(), would: z.boolean(), code: z.string(), params })),
    hours: z.object({ open: z.boolean(), opensAt: instant.nullable() }),
    /** What is known of the customer who was named. */
    contact: z
      .object({
        id,
        name: z.string(),
        tagIds: z.array(id),
        /** CT-05: no session is opened. */
        blocked: z.boolean(),
        /** On this channel: what he says becomes part of it. */
        openSession: z.object({ id, state: z.enum(STATES) }).nullable(),
        /** The agent who closed his last session on this channel (AR-23). */
        closedBy: z.object({ agentId: id, at: instant }).nullable(),
        /** RT-16, as `matching.regular` has it. */
        regularAgentId: id.nullable(),
      })
      .nullable(),
    /** The channel's own way after hours, while it is after hours (V-39). */
    offHours: z.enum(OFF_HOURS).nullable(),
  })
  .openapi('WhatIfAnswer');

export const Decided = z
  .object({
    seq: z.int(),
    at: instant,
    kind: z.enum(['routing', 'matching']),
    trace: z.record(z.string(), z.unknown()),
    reasons: z.array(Reason),
    /** Made again from what was written down, it comes out the same. */
    same: z.boolean(),
  })
  .openapi('DecisionMade');
export type DecisionMade = z.infer<typeof Decided>;
