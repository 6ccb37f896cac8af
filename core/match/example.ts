import type { Agent, Hall, Waiting } from './who.ts';

/** Halls for tests: everybody is at the desk with room for ten, and the group `g` is open. */
export const agent = (id: string, more: Partial<Agent> = {}): Agent => ({
  id,
  groups: { g: 0 },
  overflow: [],
  status: 'online',
  connected: true,
  serving: 0,
  cap: 10,
  level: 5,
  lastAssigned: 0,
  ...more,
});

export const waits = (sessionId: string, more: Partial<Waiting> = {}): Waiting => ({
  sessionId,
  groupId: 'g',
  since: 0,
  priority: 11,
  wanted: null,
  regularAgentId: null,
  lostBy: null,
  ...more,
});

/** All switches as an organisation has them that has set nothing. */
export const hall = (matching: Partial<Hall['matching']> = {}, more: Partial<Omit<Hall, 'matching'>> = {}): Hall => ({
  matching: { byLevel: false, bySkill: false, onlyInHours: true, onlyOnline: true, ...matching },
  at: 1000,
  open: () => true,
  ...more,
});
