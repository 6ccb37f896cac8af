import { Refusal } from '../refusal.ts';
import type { Session } from '../session.ts';

export interface Member {
  id: string;
  role: 'owner' | 'admin' | 'supervisor' | 'agent';
  cap: number;
  /** Sessions being served now. */
  serving: number;
  /** Groups whose queues are his: his own and those he helps out in (RT-13). */
  groupIds: readonly string[];
}
export type By = Pick<Member, 'id' | 'role'>;

/** Owners, admins and supervisors: may do with any session what its agent may. */
export const leads = ({ role }: Pick<Member, 'role'>): boolean => role !== 'agent';

/** Does he serve it, or take part? */
export const isIn = (session: Session, memberId: string): boolean =>
  session.agentId === memberId || session.participants.includes(memberId);

/** For what changes a running session: its own agent, or who leads. */
export function mayRun(session: Session, by: By): void {
  if (session.state === 'closed') throw new Refusal('session_closed');
  if (!leads(by) && session.agentId !== by.id) throw new Refusal('not_your_session');
}
