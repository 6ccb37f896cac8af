import { z } from 'zod';
import { entryId, ref, When } from './pieces.ts';

/** Where a session goes. `leave`: leave a message. An agent who is not there gives way to `groupId`, or to the next rule. */
export const Target = z.discriminatedUnion('to', [
  z.object({ to: z.literal('group'), groupId: ref('group') }),
  z.object({ to: z.literal('agent'), memberId: ref('member'), groupId: ref('group').nullable().default(null) }),
  z.object({ to: z.literal('everybody') }),
  z.object({ to: z.literal('bot') }),
  z.object({ to: z.literal('leave') }),
]);
export type Target = z.infer<typeof Target>;

/**
 * RT-01…RT-05: one rule, dragged into order; the first that holds decides (RT-09). Whether it is working time says the plan
 * of the group in `on`, else the organisation's (RT-14, WT-06). `off` null: as `on`.
 */
const Rule = z.object({
  kind: z.literal('rule'),
  id: entryId,
  name: z.string().trim().max(100).default(''),
  enabled: z.boolean().default(true),
  when: When,
  on: Target,
  off: Target.nullable().default(null),
});
/** RT-04: the group the link or page passed. */
const Entry = z.object({ kind: z.literal('entry'), id: entryId, enabled: z.boolean().default(true) });
/** The group the customer chose in a menu (AR-11, last in RT-08). */
const Choice = z.object({ kind: z.literal('choice'), id: entryId, enabled: z.boolean().default(true) });

export const RouteRule = z.discriminatedUnion('kind', [Rule, Entry, Choice]);
export type RouteRule = z.infer<typeof RouteRule>;
export type ConditionRule = z.infer<typeof Rule>;

/** Ids of the two rows that are always there. */
export const ENTRY_ROW = '00000000-0000-7000-8000-000000000001';
export const CHOICE_ROW = '00000000-0000-7000-8000-000000000002';
const ROWS: RouteRule[] = [
  { kind: 'entry', id: ENTRY_ROW, enabled: true },
  { kind: 'choice', id: CHOICE_ROW, enabled: true },
];

export const Routing = z.object({
  rules: z
    .array(RouteRule)
    .max(1002)
    .default(() => ROWS.map((row) => ({ ...row }))),
  /** When no rule holds and the channel names no group of its own. */
  fallback: z.object({ on: Target.default({ to: 'everybody' }), off: Target.nullable().default(null) }).prefault({}),
});
export type Routing = z.infer<typeof Routing>;
