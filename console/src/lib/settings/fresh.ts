import type { ConditionRule, QueueRule, ReceptionPlan, RouteRule, Target, When } from './shapes.ts';

/** New rows of the lists, with the schemas' defaults (core/settings); the schemas themselves stay out of the browser. */
export const anybody = (): When => ({
  connectors: [],
  channelIds: [],
  tags: { any: [], all: [], none: [] },
  entry: [],
});
/** The rows that belong into every list of route rules; ids as core/settings/routing.ts has them. */
export const FIXED = ['entry', 'choice'] as const;
const ROW = { entry: '00000000-0000-7000-8000-000000000001', choice: '00000000-0000-7000-8000-000000000002' };
export const freshRow = (kind: (typeof FIXED)[number]): RouteRule => ({ kind, id: ROW[kind], enabled: true });
export const freshRule = (id: string, on: Target): ConditionRule => ({
  kind: 'rule',
  id,
  name: '',
  enabled: true,
  when: anybody(),
  on,
  off: null,
});
export const freshPlan = (id: string): ReceptionPlan => ({
  id,
  name: '',
  enabled: true,
  when: anybody(),
  mode: 'bot',
  afterMessage: true,
});
export const freshQueueRule = (id: string): QueueRule => ({
  id,
  name: '',
  enabled: true,
  groupIds: null,
  over: 5,
  overflowTo: null,
  notify: true,
});
