import { fit } from '../../../core/fit.ts';
import { saying } from '../../../core/happen.ts';
import { type AuthorType, type Content, type Sendable, textOf } from '../../../core/message.ts';
import type { Step } from '../../../core/step.ts';
import { newId } from '../../id.ts';
import type { MessageRow, SessionRow } from '../../store/changes.ts';
import { canOf } from '../rulebook.ts';
import { type Draft, record } from './draft.ts';
import { spend } from './ledger.ts';

/** What is said becomes rows: in, out, and ours written elsewhere. */

export function hear(draft: Draft, step: Extract<Step, { do: 'hear' }>): void {
  const session = draft.session!;
  const taken = draft.found.get(step.messageId) === 'tombstone';
  const quoted = step.quoted ? draft.found.get(step.quoted) : undefined;
  const message = insert(draft, 'visitor', null, newId(), taken ? null : step.content, {
    external_id: step.messageId,
    delivery: 'delivered',
    hits: step.hits.length ? step.hits : null,
    quote_token: step.quoteToken ?? null,
    quote_id: typeof quoted === 'object' && mayPointAt(session, quoted, step.quoted!) ? quoted.id : null,
    recalled_at: taken ? draft.at : null,
  });
  message.content = withMedia(draft, message);
  session.unread++;
  session.inbound_at = draft.at;
  session.receipt = step.receipt ?? null;
  session.reply_token = draft.reply?.token ?? null;
  session.reply_until = draft.reply ? new Date(draft.reply.until) : null;
}

/** The platform's own ids are its business; ours come from a page anybody may have written, and reach no further than its session. */
const mayPointAt = (session: SessionRow, quoted: MessageRow, by: string) =>
  quoted.external_id === by || quoted.session_id === session.id;

/** What the customer sent as a file is fetched later; the row says so, and a job or the next tick does it. */
function withMedia(draft: Draft, message: MessageRow): Content | null {
  const content = message.content as Content | null;
  if (!content || !('media' in content) || !content.media || content.media.id || !content.media.source) return content;
  const { media } = content;
  // One id for both: who has fetched the file finds the message, and the screens that show it.
  const { id } = message;
  draft.changes.media.push({
    id,
    channel_id: draft.channel.id,
    source: media.source!,
    state: 'fetching',
    name: media.name ?? '',
    mime: media.mime ?? '',
    size: media.size ?? 0,
    width: media.width ?? null,
    height: media.height ?? null,
    preview: false,
    attempts: 0,
    created_by: 'visitor',
    created_at: draft.at,
  });
  const { source: _, ...shown } = media;
  return { ...content, media: { ...shown, id, state: 'fetching' } } as Content;
}

function insert(
  draft: Draft,
  author: AuthorType,
  authorId: string | null,
  id: string,
  content: Content | null,
  more: Partial<MessageRow>,
  data: Record<string, unknown> | null = null,
): MessageRow {
  const session = draft.session!;
  const event = record(draft, 'message', author, authorId, data, id);
  const row: MessageRow = {
    id,
    session_id: session.id,
    channel_id: draft.channel.id,
    seq: event.seq,
    author_type: author,
    author_id: authorId,
    content,
    external_id: null,
    quote_id: null,
    quote_token: null,
    delivery: 'pending',
    error_code: null,
    error_text: null,
    batch_id: null,
    reply_token: null,
    reply_until: null,
    attempts: 0,
    retry_at: null,
    hits: null,
    rule_id: null,
    created_at: draft.at,
    recalled_at: null,
    edited_at: null,
    ...more,
  };
  draft.changes.messages.push(row);
  session.last = {
    seq: row.seq,
    text: content ? textOf(content).slice(0, 120) : '',
    type: content?.type ?? 'recalled',
    author,
    at: draft.at.toISOString(),
  };
  session.last_at = draft.at;
  return row;
}

/** Ours, going out: cut to what the channel carries. Where nothing has to be posted (the visitor's page listens) it is sent with the commit. */
export function post(
  draft: Draft,
  author: AuthorType,
  authorId: string | null,
  id: string,
  content: Sendable,
  more: Partial<MessageRow>,
  data: Record<string, unknown> | null = null,
): void {
  const { connector } = draft.channel;
  const delivery = connector.send || connector.link ? 'pending' : 'sent';
  const pieces = fit(content, canOf(draft.channel));
  for (const [index, piece] of pieces.entries()) {
    insert(
      draft,
      author,
      authorId,
      index === 0 ? id : newId(),
      piece,
      {
        delivery,
        ...spend(draft, piece),
        ...(index === 0 ? more : { ...more, quote_id: null }),
      },
      index === 0 ? data : null,
    );
  }
}

/** Ours, written in the platform's own app. It came from the platform, so it is there already. */
export function echo(draft: Draft, step: Extract<Step, { do: 'echo' }>): void {
  if (typeof draft.found.get(step.messageId) === 'object') return;
  const quoted = step.quoted ? draft.found.get(step.quoted) : undefined;
  const message = insert(draft, 'agent', null, newId(), step.content, {
    external_id: step.messageId,
    delivery: 'sent',
    quote_id: typeof quoted === 'object' ? quoted.id : null,
  });
  message.content = withMedia(draft, message);
}

export function reply(draft: Draft, step: Extract<Step, { do: 'reply' }>): void {
  const session = draft.session!;
  const quoted = step.quoteId ? draft.found.get(step.quoteId) : undefined;
  post(draft, 'agent', step.agentId, step.id, step.content, {
    hits: step.hits.length ? step.hits : null,
    quote_id: typeof quoted === 'object' ? quoted.id : null,
  });
  session.unread = 0;
  session.seen_seq = session.seq;
}

/** A rule or the house speaks. What it remembers of the session goes with the event. */
export function say(draft: Draft, step: Extract<Step, { do: 'say' }>): void {
  post(draft, step.as, null, newId(), step.content, { rule_id: step.ruleId ?? null }, saying(step));
}
