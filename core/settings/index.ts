import type { z } from 'zod';
import { Desk, Transfers } from './desk.ts';
import { Hours } from './hours.ts';
import { Matching } from './matching.ts';
import { Queues } from './queues.ts';
import { Ratings } from './ratings.ts';
import { Reception } from './reception.ts';
import { Routing } from './routing.ts';
import { ContactTags, SessionTags } from './tags.ts';
import { Texts } from './texts.ts';
import { Timers } from './timers.ts';

/** Everything an admin sets that decides about sessions: one typed, versioned document an area. `{}` parses to the defaults of each. */
export const AREAS = {
  reception: Reception,
  routing: Routing,
  queues: Queues,
  matching: Matching,
  hours: Hours,
  texts: Texts,
  timers: Timers,
  transfers: Transfers,
  ratings: Ratings,
  desk: Desk,
  'session-tags': SessionTags,
  'contact-tags': ContactTags,
} as const;
export type Area = keyof typeof AREAS;
export type Settings = { [A in Area]: z.infer<(typeof AREAS)[A]> };

/** All areas as they are where nobody has set anything. */
export function defaults(): Settings {
  return Object.fromEntries(Object.entries(AREAS).map(([area, schema]) => [area, schema.parse({})])) as Settings;
}

export { Desk, Transfers } from './desk.ts';
export { Hours, type Period, TimePlan } from './hours.ts';
export { Matching } from './matching.ts';
export { When } from './pieces.ts';
export { QueueRule, Queues } from './queues.ts';
export { Ratings } from './ratings.ts';
export { MODES, type Mode, Reception, ReceptionPlan } from './reception.ts';
export { type ConditionRule, RouteRule, Routing, Target } from './routing.ts';
export { ContactTags, SessionTag, SessionTags } from './tags.ts';
export { Texts } from './texts.ts';
export { Timers } from './timers.ts';
