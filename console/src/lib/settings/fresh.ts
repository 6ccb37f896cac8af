import type { ConditionRule, QueueRule, ReceptionPlan, Target, When } from './shapes.ts';

/** New rows of the lists, with the schemas' defaults (core/settings); the schemas themselves stay out of the browser. */
export const anybody = (): When => ({
  connectors: [],
  channelIds: [],
  tags: { any: [], all: [], none: [] },
  entry: [],
});
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
