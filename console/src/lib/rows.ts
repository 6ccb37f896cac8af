import { isLine } from '../../../core/lines.ts';
import type { Message, SessionEvent } from '../../../hub/shapes/desk.ts';

/** A message as this screen knows it: `local` while the hub has not confirmed it. */
export type Shown = Message & { local?: 'sending' | 'refused' };
export type Row =
  | { kind: 'day'; key: string; at: string }
  | { kind: 'event'; key: string; event: SessionEvent }
  | { kind: 'new'; key: string }
  | {
      kind: 'message';
      key: string;
      message: Shown;
      /** Not preceded by one of the same author within five minutes. */
      first: boolean;
    };

const FIVE_MINUTES = 300_000;

/** A conversation as lines on a screen. `divideAfter`: the first visitor message behind this number gets the divider. */
export function rowsOf(messages: Iterable<Shown>, events: Iterable<SessionEvent>, divideAfter: number | null): Row[] {
  const all = [
    ...[...messages].map((message) => ({
      seq: message.local === 'sending' ? Number.MAX_SAFE_INTEGER : message.seq,
      at: message.at,
      message,
      event: undefined,
    })),
    ...[...events]
      .filter((event) => isLine(event.type))
      .map((event) => ({ seq: event.seq, at: event.at, event, message: undefined })),
  ].sort((a, b) => a.seq - b.seq || (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const rows: Row[] = [];
  let day = '';
  let before: Shown | undefined;
  let divided = false;
  for (const { at, message, event } of all) {
    const today = new Date(at).toDateString();
    if (today !== day) {
      rows.push({ kind: 'day', key: `day-${today}`, at });
      day = today;
      before = undefined;
    }
    if (event) {
      rows.push({ kind: 'event', key: `event-${event.seq}`, event });
      before = undefined;
      continue;
    }
    if (!divided && divideAfter !== null && message.author.type === 'visitor' && message.seq > divideAfter) {
      rows.push({ kind: 'new', key: 'new' });
      divided = true;
      before = undefined;
    }
    const same = before && before.author.type === message.author.type && before.author.id === message.author.id;
    const first = !same || Date.parse(message.at) - Date.parse(before!.at) > FIVE_MINUTES;
    rows.push({ kind: 'message', key: message.id, message, first });
    before = message;
  }
  return rows;
}

const RANK = { pending: 0, sent: 1, delivered: 2, read: 3, failed: 0 } as const;

/** News may overtake each other: which of two versions of a message is the later one. */
export function later(known: Shown | undefined, news: Message): Shown {
  if (!known || known.local) return news;
  if (known.recalledAt && !news.recalledAt) return known;
  if (known.editedAt && (!news.editedAt || news.editedAt < known.editedAt))
    return { ...news, content: known.content, editedAt: known.editedAt };
  const back = news.delivery !== 'failed' && known.delivery !== 'failed' && RANK[news.delivery] < RANK[known.delivery];
  return back ? { ...news, delivery: known.delivery } : news;
}
