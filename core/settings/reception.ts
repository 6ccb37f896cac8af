import { z } from 'zod';
import { entryId, name, When } from './pieces.ts';

/**
 * CH-08. `bot`: the rules answer first. `human`: a person is asked for at once, the rules answer when there is none.
 * `human-only`: the rules never answer.
 */
export const MODES = ['bot', 'human', 'human-only'] as const;
export type Mode = (typeof MODES)[number];

const manner = {
  mode: z.enum(MODES).default('bot'),
  /** CH-09: nobody is asked for before the customer has said something. */
  afterMessage: z.boolean().default(true),
};

/** How a kind of customer is received (接待方案, CH-07). The first enabled plan in order whose condition holds. */
export const ReceptionPlan = z.object({
  id: entryId,
  name,
  enabled: z.boolean().default(true),
  when: When,
  ...manner,
});
export type ReceptionPlan = z.infer<typeof ReceptionPlan>;

export const Reception = z.object({
  plans: z.array(ReceptionPlan).max(100).default([]),
  ...manner,
  /** Said by the rules when none knows an answer; empty: nothing. */
  fallback: z.string().max(2000).default(''),
  /** SW-04: a keyword hand-off that finds nobody says nothing and the rules go on. */
  silentKeyword: z.boolean().default(true),
  /** In working hours, nobody at the desk: wait all the same, or leave a message. */
  nobody: z.enum(['queue', 'leave']).default('queue'),
  /** A person is asked for after hours and no rule says what then: leave a message, wait for the morning, or only hear the hours. */
  afterHours: z.enum(['leave', 'queue', 'hours']).default('leave'),
  /** AR-23: who comes back after an agent closed skips the rules and goes to that agent, within so many seconds. */
  back: z
    .object({
      on: z.boolean().default(false),
      within: z
        .int()
        .min(60)
        .max(30 * 86_400)
        .default(86_400),
    })
    .prefault({}),
  /** V-11: may the customer end the session himself? A web plugin may say otherwise. */
  visitorEnds: z.boolean().default(true),
});
export type Reception = z.infer<typeof Reception>;
