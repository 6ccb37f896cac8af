import type { Session } from '../../hub/shapes/desk.ts';

/** Sessions as the hub shows them to the member who serves them. */
export const ME = { id: 'm1', name: 'Ada' };
/** On the tests' day, so many seconds after eight. */
export const at = (seconds: number) => new Date(Date.UTC(2026, 10, 21, 8, 0, seconds)).toISOString();

export const session = (id: string, more: Partial<Session> = {}): Session => ({
  id,
  state: 'serving',
  seq: 1,
  channel: { id: 'c1', connector: 'web', name: 'Web' },
  contact: { id: `p${id}`, name: `Visitor ${id}`, avatar: null },
  groupId: null,
  agent: { ...ME, avatar: null },
  unread: 0,
  last: { text: 'hi', type: 'text', author: 'visitor', at: at(0) },
  openedAt: at(0),
  waitingSince: null,
  servedSince: at(0),
  unansweredSince: null,
  closedAt: null,
  endedBy: null,
  position: null,
  readSeq: 0,
  tagIds: [],
  locked: false,
  participants: [],
  offer: null,
  priority: 11,
  wantedAgentId: null,
  endReason: null,
  silent: null,
  spoken: { visitor: 1, agent: 0 },
  ...more,
});
