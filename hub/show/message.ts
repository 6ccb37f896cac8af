import { LINES } from '../../core/lines.ts';
import { type Content, textOf } from '../../core/message.ts';
import type { Hub } from '../hub.ts';
import { withMediaUrls } from '../media/links.ts';
import type { Message, SessionEvent } from '../shapes/desk.ts';
import type { EventRow, MessageRow } from '../store/changes.ts';
import { messagesById } from '../store/sessions.ts';
import { type Occasion, showCustomer } from './customer.ts';
import type { Colleague, Person } from './directory.ts';

const iso = (date: Date | string): string => new Date(date).toISOString();

interface Around {
  contact: Person;
  members: ReadonlyMap<string, Colleague>;
}

/** Messages as members see them, with the words they quote and links that a browser can open. */
export async function showMessages(
  hub: Hub,
  organisationId: string,
  session: Occasion,
  rows: readonly MessageRow[],
): Promise<Message[]> {
  const [contact, members] = await Promise.all([
    showCustomer(hub, organisationId, session),
    hub.directory.members(organisationId),
  ]);
  const around = { contact, members };
  const quoted = await quotedBy(hub, organisationId, rows);
  return await Promise.all(
    rows.map(async (row) => ({
      id: row.id,
      sessionId: row.session_id,
      seq: row.seq,
      author: author(row.author_type, row.author_id, around),
      content:
        row.recalled_at || !row.content ? null : await withMediaUrls(hub, organisationId, row.content as Content),
      at: iso(row.created_at),
      delivery: row.delivery,
      error:
        row.error_code && row.error_code !== 'replying' && row.delivery !== 'sent'
          ? { code: row.error_code, text: row.error_text ?? '' }
          : null,
      recalledAt: row.recalled_at && iso(row.recalled_at),
      editedAt: row.edited_at && iso(row.edited_at),
      quote: quote(row, quoted, around),
      hits: row.recalled_at ? [] : (row.hits ?? []),
    })),
  );
}

export async function quotedBy(
  hub: Hub,
  organisationId: string,
  rows: readonly MessageRow[],
): Promise<Map<string, MessageRow>> {
  const ids = [...new Set(rows.flatMap((row) => (row.quote_id ? [row.quote_id] : [])))];
  return new Map((await messagesById(hub.db.org(organisationId), ids)).map((row) => [row.id, row]));
}

function quote(row: MessageRow, quoted: ReadonlyMap<string, MessageRow>, around: Around) {
  const target = row.quote_id ? quoted.get(row.quote_id) : undefined;
  if (!target) return null;
  return {
    id: target.id,
    author: author(target.author_type, target.author_id, around).name ?? '',
    text: excerptOf(target),
  };
}

/** What stands for a quoted message: its words, or the name of its kind. */
export function excerptOf(row: MessageRow): string {
  if (row.recalled_at || !row.content) return '';
  return textOf(row.content as Content).slice(0, 200) || `[${(row.content as Content).type}]`;
}

export function author(type: MessageRow['author_type'], id: string | null, around: Around) {
  const name =
    type === 'visitor' ? around.contact.name : type === 'agent' && id ? (around.members.get(id)?.name ?? null) : null;
  return { type, id, name };
}

/** What happened, as quiet lines. Messages have their own bubbles and are left out by whoever asks. */
export async function showEvents(
  hub: Hub,
  organisationId: string,
  session: Occasion,
  rows: readonly EventRow[],
): Promise<SessionEvent[]> {
  const [contact, members] = await Promise.all([
    showCustomer(hub, organisationId, session),
    hub.directory.members(organisationId),
  ]);
  return rows.map((row) => ({
    seq: row.seq,
    type: row.type,
    at: iso(row.at),
    actor: author(row.actor_type, row.actor_id, { contact, members }),
    data: { ...brief(row.data), ...(row.message_id ? { messageId: row.message_id } : {}) },
  }));
}

/** How a decision was made is asked for by itself (`GET /sessions/:id/decisions`): it is long. */
function brief(data: EventRow['data']): Record<string, unknown> {
  const { trace: _trace, why: _why, ...rest } = data ?? {};
  return rest;
}

/** Events that go to the screens of members; the others only number what these already show. */
export const TOLD_EVENTS: readonly string[] = [...LINES, 'recalled', 'edited'];
/** Events that change a message which the screens already show. */
export const CHANGING_EVENTS = ['recalled', 'edited', 'delivered', 'read'] as const;
export const isTold = (type: string): boolean => TOLD_EVENTS.includes(type);
