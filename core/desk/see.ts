import type { Session } from '../session.ts';
import type { Desk } from '../settings/index.ts';
import { type By, isIn, leads, type Member } from './member.ts';

type Viewer = Pick<Member, 'id' | 'role' | 'groupIds'>;

/** May he take it from the queue: that of everybody, of one of his groups, or one that waits for him by name. */
export const mayTake = (session: Session, { id, groupIds }: Pick<Member, 'id' | 'groupIds'>): boolean =>
  session.state === 'waiting' &&
  (session.groupId === null || groupIds.includes(session.groupId) || session.wanted?.agentId === id);

/**
 * Supervisors and up see every session; an agent sees his own, those he takes part in or is asked to take over
 * (TR-02), and, unless the organisation says no, what waits in his queues.
 */
export function maySee(
  session: Session,
  member: Viewer,
  desk: Pick<Desk, 'seeWaiting'> = { seeWaiting: true },
): boolean {
  if (leads(member) || isIn(session, member.id) || session.marks.offer?.to === member.id) return true;
  return desk.seeWaiting && mayTake(session, member);
}

/** Alerts that an agent hears as well, where they are his own: what became of his request to hand a session on (TR-05). */
export const OWN_ALERTS = ['transfer'] as const;

/** Whoever leads hears every alert, an agent his own. */
export const mayHear = (alert: { kind: string; memberId: string | null }, { id, role }: By): boolean =>
  leads({ role }) || (alert.memberId === id && OWN_ALERTS.some((kind) => kind === alert.kind));
