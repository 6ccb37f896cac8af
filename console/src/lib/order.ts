import type { Session } from '../../../hub/shapes/desk.ts';

export const VIEWS = ['mine', 'waiting', 'all', 'closed'] as const;
export type View = (typeof VIEWS)[number];
export interface Wish {
  view: View;
  channelId: string | null;
}

/** Serves it, takes part or is asked to take over (TR-02). */
export const isIn = (session: Session, memberId: string): boolean =>
  session.agent?.id === memberId || session.participants.includes(memberId) || session.offer?.to === memberId;

/** Does this session stand in that list? The same rule as the hub's query. */
export function belongs(session: Session, wish: Wish, memberId: string): boolean {
  if (wish.channelId && session.channel.id !== wish.channelId) return false;
  switch (wish.view) {
    case 'mine':
      return session.state === 'serving' && isIn(session, memberId);
    case 'waiting':
      return session.state === 'waiting';
    case 'all':
      return session.state !== 'closed';
    case 'closed':
      return session.state === 'closed';
  }
}

/** When something last happened, for sorting and for the time at the right of a row. */
export const lastAt = (session: Session): string => session.last?.at ?? session.openedAt;

/**
 * What stands above the rest of my list: what I am asked to take over, what I pinned, whose customer waits too long
 * where that is marked.
 */
const rank = (session: Session, memberId: string): number =>
  session.offer?.to === memberId
    ? 0
    : session.mine?.pinned
      ? 1
      : session.silent?.alarmed && session.silent.mark
        ? 2
        : 3;

/** My own list. `newOnTop`: latest word first; otherwise in the order in which I got them. */
export function compareMine(memberId: string, newOnTop: boolean): (a: Session, b: Session) => number {
  const rest = newOnTop
    ? compare('mine')
    : (a: Session, b: Session) => text(a.servedSince ?? a.openedAt, b.servedSince ?? b.openedAt) || text(a.id, b.id);
  return (a, b) => rank(a, memberId) - rank(b, memberId) || rest(a, b);
}

/** Waiting: by the customer's level, then longest first. Closed: latest end first. Otherwise: latest word first. Equal times by id, so that no row jumps. */
export function compare(view: View): (a: Session, b: Session) => number {
  if (view === 'waiting')
    return (a, b) =>
      a.priority - b.priority || text(a.waitingSince ?? a.openedAt, b.waitingSince ?? b.openedAt) || text(a.id, b.id);
  if (view === 'closed') return (a, b) => text(b.closedAt ?? lastAt(b), a.closedAt ?? lastAt(a)) || text(b.id, a.id);
  return (a, b) => text(lastAt(b), lastAt(a)) || text(b.id, a.id);
}
const text = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

export interface Counts {
  mine: number;
  waiting: number;
  all: number;
  unread: number;
}

/** What one session adds to the numbers over the lists. */
export function share(session: Session | undefined, memberId: string): Counts {
  if (!session || session.state === 'closed') return { mine: 0, waiting: 0, all: 0, unread: 0 };
  const mine = session.state === 'serving' && isIn(session, memberId);
  return {
    mine: mine ? 1 : 0,
    waiting: session.state === 'waiting' ? 1 : 0,
    all: 1,
    unread: mine ? session.unread : 0,
  };
}
