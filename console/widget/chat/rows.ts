import type { VisitorMessage, VisitorSession } from '../../../hub/shapes/visitor.ts';
import type { Item } from './lib/outbox.ts';
import { compare } from './lib/place.ts';

/** What is under a message of the visitor's (V-18). */
export type Mark = 'read' | 'unread' | 'sending' | 'failed' | null;

export interface Row {
  /** Stays the same when a pending message becomes a real one, so that the bubble does not blink. */
  key: string;
  message: VisitorMessage;
  /** Set while the message lives in the outbox only. */
  item?: Item;
  side: 'mine' | 'theirs' | 'house';
  /** First and last of what one person says in a row. */
  first: boolean;
  last: boolean;
  /** A time is shown above. */
  time: boolean;
  mark: Mark;
  /** How an invitation to rate or a menu of the house stands: what one can still do with it. */
  stand?: Stand;
}

/** `again`: rated, but another answer would still be taken (CS-07). For a menu: the state of its session, while that one is on. */
export type Stand = 'open' | 'rated' | 'again' | 'over' | VisitorSession['state'];

const GAP = 5 * 60_000;

/** Turns messages and what still waits into lines of the screen. */
export function rowsOf(messages: VisitorMessage[], pending: Item[], session: VisitorSession | null): Row[] {
  const rows = [
    ...messages.filter(isLast).map((message) => rowOf(message, session)),
    ...pending.flatMap((item) => pendingRow(item, messages)),
  ];
  for (const [at, row] of rows.entries()) {
    const before = rows[at - 1];
    const after = rows[at + 1];
    row.time = !before || Date.parse(row.message.at) - Date.parse(before.message.at) > GAP;
    row.first = !before || row.time || !together(before, row);
    row.last = !after || !together(row, after) || Date.parse(after.message.at) - Date.parse(row.message.at) > GAP;
  }
  // One mark says it for all above it, unless the next one of ours says something else.
  let next: Mark | undefined;
  for (const row of rows.slice().reverse()) {
    if (row.side !== 'mine' || row.message.recalled) continue;
    const own = row.mark;
    if (own === next && own !== 'failed') row.mark = null;
    next = own;
  }
  return rows;
}

function rowOf(message: VisitorMessage, session: VisitorSession | null): Row {
  const side = message.author.type === 'visitor' ? 'mine' : message.author.type === 'system' ? 'house' : 'theirs';
  const mark =
    side !== 'mine' ? null : isRead(message, session) ? 'read' : message.delivery === 'failed' ? 'failed' : 'unread';
  const stand = standOf(message, session);
  return { key: message.eventId ?? message.id, message, side, first: true, last: true, time: false, mark, stand };
}

/** An invitation that is shown again moves: where it stood before, there is nothing to answer any more. */
function isLast({ content }: VisitorMessage, at: number, all: readonly VisitorMessage[]): boolean {
  if (content?.type !== 'rating') return true;
  return !all.slice(at + 1).some((later) => later.content?.type === 'rating' && later.content.id === content.id);
}

function standOf({ content, sessionId }: VisitorMessage, session: VisitorSession | null): Stand | undefined {
  if (content?.type === 'rating') {
    const { open, invitationId, rated } = session?.rating ?? {};
    if (content.id !== invitationId) return 'over';
    if (rated) return open && session?.mayRate ? 'again' : 'rated';
    return open ? 'open' : 'over';
  }
  if (content?.type !== 'menu' || !content.options.some(({ id }) => isHouse(id))) return undefined;
  return session?.id === sessionId ? session.state : 'over';
}

/** Choices of the house's own menus (core/menu.ts). */
export const isHouse = (id: string): boolean => id.startsWith('haina:');
/** Whether a choice still leads anywhere: a message may be left at any time, but elsewhere the page has its own buttons for it. */
export function leads(id: string, stand: Stand | undefined): boolean {
  if (!isHouse(id)) return true;
  return stand === 'waiting' || (stand === 'bot' && id !== 'haina:quit');
}

function isRead({ delivery, cursor }: VisitorMessage, session: VisitorSession | null): boolean {
  return delivery === 'read' || (!!session?.readCursor && compare(cursor, session.readCursor) <= 0);
}

function pendingRow(item: Item, messages: VisitorMessage[]): Row[] {
  if (item.event.type !== 'message') return [];
  const { content, quoteId } = item.event;
  const quoted = messages.find((message) => message.id === quoteId);
  const message: VisitorMessage = {
    id: item.id,
    eventId: item.id,
    cursor: '',
    sessionId: '',
    delivery: 'pending',
    recalled: false,
    author: { type: 'visitor', name: null, avatar: null },
    content: 'media' in content ? { type: content.type, media: { ...content.media, state: 'fetching' } } : content,
    at: new Date(item.at).toISOString(),
    quote: quoted?.content
      ? {
          id: quoted.id,
          author: quoted.author.name ?? '',
          text: quoted.content.type === 'text' ? quoted.content.text : '…',
        }
      : null,
  };
  const mark = item.state === 'waiting' ? 'sending' : item.state === 'refused' ? 'failed' : 'unread';
  return [{ key: item.id, message, item, side: 'mine', first: true, last: true, time: false, mark }];
}

function together(a: Row, b: Row): boolean {
  return (
    a.side === b.side &&
    a.message.author.name === b.message.author.name &&
    a.message.author.type === b.message.author.type
  );
}
