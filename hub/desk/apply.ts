import { fit } from '../../core/fit.ts';
import type { AuthorType, Content } from '../../core/message.ts';
import { type Sendable, textOf } from '../../core/message.ts';
import type { Step } from '../../core/step.ts';
import { allowance, granted, isMetered, type Ledger, spent, thrifty } from '../../core/window.ts';
import { newId } from '../id.ts';
import { ledgerOf } from '../store/arrivals.ts';
import type { Changes, EventRow, MessageRow, SessionRow } from '../store/changes.ts';
import { canOf, type OpenChannel } from './rulebook.ts';

/** What `apply` works on: one session of one customer on one channel, as read, and where its changes go. */
export interface Draft {
  changes: Changes;
  at: Date;
  channel: Pick<OpenChannel, 'id' | 'connector' | 'config'>;
  identity: { id: string; contactId: string };
  session: SessionRow | null;
  /** The event number the session had when it was read; 0 for one that opens here. */
  from: number;
  /** Rows that steps point at (recall, edit, quotes), found beforehand: our id by the platform's or our own. */
  found: ReadonlyMap<string, MessageRow | 'tombstone'>;
  /** What was left of the right to write when the last session ended. */
  ledger?: Ledger | null;
  /** The right to answer that came with the event. */
  reply?: { token: string; until: number };
}

/** The one place where what core decided becomes rows. Mutates the draft's session row (a copy) and fills `changes`. */
export function apply(draft: Draft, steps: readonly Step[]): void {
  for (const step of thrifty(steps, canOf(draft.channel))) {
    switch (step.do) {
      case 'open':
        open(draft, step.entry);
        break;
      case 'grant':
        grant(draft, step);
        break;
      case 'echo':
        echo(draft, step);
        break;
      case 'hush':
        draft.session!.hushed = true;
        touch(draft);
        break;
      case 'hear':
        hear(draft, step);
        break;
      case 'say':
        post(draft, step.as, null, newId(), step.content, { rule_id: step.ruleId ?? null });
        break;
      case 'reply':
        reply(draft, step);
        break;
      case 'wait':
        wait(draft, step.groupId);
        break;
      case 'leave':
        leave(draft);
        break;
      case 'serve':
        serve(draft, step);
        break;
      case 'transfer':
        transfer(draft, step);
        break;
      case 'close':
        close(draft, step);
        break;
      case 'recall':
        recall(draft, step.messageId);
        break;
      case 'edit':
        edit(draft, step);
        break;
      case 'receipt':
        receipt(draft, step);
        break;
      case 'see':
        see(draft, step);
        break;
      case 'note':
        record(draft, 'notice', 'visitor', null, { what: step.what, text: step.text });
        break;
      case 'reach':
        draft.changes.reached.push({ id: draft.identity.id, reachable: step.reachable });
        break;
      case 'alert':
        alert(draft, step);
        break;
      default:
        step satisfies never;
    }
  }
  sign(draft);
}

/**
 * A session changes only with a number of its own: the number is its version, and without one a slower writer would put
 * back what a faster one has just written. What changed without an event of its own gets one here.
 */
function sign(draft: Draft): void {
  const { session, changes } = draft;
  if (!session || !changes.sessions.has(session.id)) return;
  if (!changes.events.some((event) => event.session_id === session.id)) record(draft, 'granted', 'visitor', null, null);
}

/** Takes the session's next number and writes the event that explains it. */
function record(
  draft: Draft,
  type: string,
  actor: AuthorType,
  actorId: string | null,
  data: Record<string, unknown> | null,
  messageId: string | null = null,
): EventRow {
  const session = draft.session!;
  session.seq++;
  touch(draft);
  const row: EventRow = {
    session_id: session.id,
    seq: session.seq,
    type,
    actor_type: actor,
    actor_id: actorId,
    message_id: messageId,
    external_id: null,
    data,
    at: draft.at,
  };
  draft.changes.events.push(row);
  return row;
}

function touch(draft: Draft): void {
  const session = draft.session!;
  if (draft.from > 0) draft.changes.sessions.set(session.id, session);
}

function open(draft: Draft, entry?: Record<string, string>): void {
  const { at, channel, identity } = draft;
  draft.from = 0;
  draft.session = {
    id: newId(),
    channel_id: channel.id,
    contact_id: identity.contactId,
    identity_id: identity.id,
    state: 'bot',
    group_id: null,
    agent_id: null,
    seq: 0,
    unread: 0,
    seen_seq: 0,
    read_seq: 0,
    last: null,
    last_at: at,
    opened_at: at,
    waiting_since: null,
    served_since: null,
    unanswered_since: null,
    closed_at: null,
    ended_by: null,
    wake_at: null,
    inbound_at: null,
    sends: 0,
    reply_token: null,
    reply_until: null,
    receipt: null,
    delivering_until: null,
    window_until: draft.ledger ? new Date(draft.ledger.until) : null,
    window_left: draft.ledger?.left ?? null,
    hushed: false,
    entry: entry ?? null,
  };
  draft.changes.newSessions.push(draft.session);
  record(draft, 'opened', 'visitor', null, null);
}

function hear(draft: Draft, step: Extract<Step, { do: 'hear' }>): void {
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
  session.unanswered_since ??= draft.at;
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
): MessageRow {
  const session = draft.session!;
  const event = record(draft, 'message', author, authorId, null, id);
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
function post(
  draft: Draft,
  author: AuthorType,
  authorId: string | null,
  id: string,
  content: Sendable,
  more: Partial<MessageRow>,
): void {
  const { connector } = draft.channel;
  const delivery = connector.send || connector.link ? 'pending' : 'sent';
  const pieces = fit(content, canOf(draft.channel));
  for (const [index, piece] of pieces.entries()) {
    insert(draft, author, authorId, index === 0 ? id : newId(), piece, {
      delivery,
      ...spend(draft, piece),
      ...(index === 0 ? more : { ...more, quote_id: null }),
    });
  }
}

/** What the platform would refuse is stopped here, kept, and told why. A template is what one sends when the window is shut. */
function spend(draft: Draft, piece: Sendable): Partial<MessageRow> {
  const session = draft.session!;
  const { window } = canOf(draft.channel);
  if (!isMetered(window) || piece.type === 'template') return {};
  const ledger = ledgerOf(session.window_until, session.window_left);
  if (allowance(ledger, window, draft.at.getTime()) < 1)
    return {
      delivery: 'failed',
      error_code: 'window_closed',
      error_text: 'The platform takes no more messages until the customer writes again.',
    };
  session.window_left = spent(ledger, 1)?.left ?? null;
  return {};
}

function grant(draft: Draft, step: Extract<Step, { do: 'grant' }>): void {
  const session = draft.session!;
  keepRight(draft);
  const before = ledgerOf(session.window_until, session.window_left);
  const after = granted(before, canOf(draft.channel).window, step.trigger, step.at || draft.at.getTime());
  if (!after || (after.until === before?.until && after.left === before.left)) return;
  session.window_until = new Date(after.until);
  session.window_left = after.left;
  touch(draft);
}

/** An act may bring a right to answer without being a message (Douyin: the conversation was opened); the later end wins. */
function keepRight(draft: Draft): void {
  const { reply, session } = draft;
  if (!reply || !session || (session.reply_until && session.reply_until.getTime() >= reply.until)) return;
  session.reply_token = reply.token;
  session.reply_until = new Date(reply.until);
  touch(draft);
}

/** Ours, written in the platform's own app. It came from the platform, so it is there already. */
function echo(draft: Draft, step: Extract<Step, { do: 'echo' }>): void {
  if (typeof draft.found.get(step.messageId) === 'object') return;
  const session = draft.session!;
  const quoted = step.quoted ? draft.found.get(step.quoted) : undefined;
  const message = insert(draft, 'agent', null, newId(), step.content, {
    external_id: step.messageId,
    delivery: 'sent',
    quote_id: typeof quoted === 'object' ? quoted.id : null,
  });
  message.content = withMedia(draft, message);
  session.unanswered_since = null;
}

function reply(draft: Draft, step: Extract<Step, { do: 'reply' }>): void {
  const session = draft.session!;
  const quoted = step.quoteId ? draft.found.get(step.quoteId) : undefined;
  post(draft, 'agent', step.agentId, step.id, step.content, {
    hits: step.hits.length ? step.hits : null,
    quote_id: typeof quoted === 'object' ? quoted.id : null,
  });
  session.unanswered_since = null;
  session.unread = 0;
  session.seen_seq = session.seq;
}

function wait(draft: Draft, groupId: string | null): void {
  const session = draft.session!;
  endWait(draft, 'transferred');
  endService(draft);
  session.state = 'waiting';
  session.group_id = groupId;
  session.agent_id = null;
  session.waiting_since = draft.at;
  session.served_since = null;
  draft.changes.waits.push({
    id: newId(),
    session_id: session.id,
    group_id: groupId,
    started_at: draft.at,
    ended_at: null,
    outcome: null,
  });
  record(draft, 'waiting', 'system', null, { groupId });
}

function leave(draft: Draft): void {
  const session = draft.session!;
  endWait(draft, 'left');
  failTransfer(draft);
  session.state = 'bot';
  session.waiting_since = null;
  record(draft, 'left', 'visitor', null, null);
}

function serve(draft: Draft, step: Extract<Step, { do: 'serve' }>): void {
  const session = draft.session!;
  endWait(draft, 'served');
  endService(draft);
  session.state = 'serving';
  session.agent_id = step.agentId;
  session.served_since = draft.at;
  session.waiting_since = null;
  draft.changes.services.push({
    id: newId(),
    session_id: session.id,
    agent_id: step.agentId,
    group_id: session.group_id,
    how: step.how,
    started_at: draft.at,
    ended_at: null,
  });
  const own = draft.changes.transfers.find((row) => row.session_id === session.id && !row.taken_at && !row.failed_at);
  if (own) Object.assign(own, { taken_by: step.agentId, taken_at: draft.at });
  else if (draft.from > 0)
    draft.changes.transferEnds.push({
      session_id: session.id,
      taken_by: step.agentId,
      taken_at: draft.at,
      failed_at: null,
    });
  record(draft, 'served', 'agent', step.agentId, { how: step.how });
}

function transfer(draft: Draft, step: Extract<Step, { do: 'transfer' }>): void {
  const session = draft.session!;
  failTransfer(draft);
  draft.changes.transfers.push({
    id: newId(),
    session_id: session.id,
    from_agent_id: session.agent_id,
    to_agent_id: step.toAgentId,
    to_group_id: step.toGroupId,
    at: draft.at,
    taken_by: null,
    taken_at: null,
    failed_at: null,
  });
  record(draft, 'transferred', 'agent', step.byId, { toAgentId: step.toAgentId, toGroupId: step.toGroupId });
}

function close(draft: Draft, { by, memberId }: Extract<Step, { do: 'close' }>): void {
  const session = draft.session!;
  endWait(draft, by === 'visitor' ? 'left' : 'closed');
  endService(draft);
  failTransfer(draft);
  session.state = 'closed';
  session.closed_at = draft.at;
  session.ended_by = by;
  session.waiting_since = null;
  session.unanswered_since = null;
  session.wake_at = null;
  record(draft, 'closed', by, memberId, null);
}

function endWait(draft: Draft, outcome: 'served' | 'left' | 'closed' | 'transferred'): void {
  const session = draft.session!;
  if (session.state !== 'waiting') return;
  const own = draft.changes.waits.find((row) => row.session_id === session.id && !row.ended_at);
  if (own) Object.assign(own, { ended_at: draft.at, outcome });
  else draft.changes.waitEnds.push({ session_id: session.id, group_id: session.group_id, ended_at: draft.at, outcome });
}

function endService(draft: Draft): void {
  const session = draft.session!;
  if (session.state !== 'serving') return;
  const own = draft.changes.services.find((row) => row.session_id === session.id && !row.ended_at);
  if (own) own.ended_at = draft.at;
  else draft.changes.serviceEnds.push({ session_id: session.id, ended_at: draft.at });
}

/** TR-05: nobody took it before something else happened. */
function failTransfer(draft: Draft): void {
  const session = draft.session!;
  const own = draft.changes.transfers.find((row) => row.session_id === session.id && !row.taken_at && !row.failed_at);
  if (own) own.failed_at = draft.at;
  else if (draft.from > 0)
    draft.changes.transferEnds.push({ session_id: session.id, taken_by: null, taken_at: null, failed_at: draft.at });
}

function recall(draft: Draft, messageId: string): void {
  const target = draft.found.get(messageId);
  if (target === undefined) {
    // Taken back before it arrived: remembered by its id, so that what comes later is born recalled.
    draft.changes.ignored.push({
      id: newId(),
      channel_id: draft.channel.id,
      what: 'recalled',
      external_id: `recalled:${messageId}`,
      data: null,
      at: draft.at,
    });
    return;
  }
  if (target === 'tombstone' || target.recalled_at) return;
  if (draft.session?.id !== target.session_id) {
    // Its session is over: the words go all the same, the closed record stays as it is.
    draft.changes.patches.push({ id: target.id, recalled_at: draft.at });
    return;
  }
  target.recalled_at = draft.at;
  target.content = null;
  if (!draft.changes.messages.includes(target)) draft.changes.patches.push({ id: target.id, recalled_at: draft.at });
  if (draft.session.last?.seq === target.seq)
    draft.session.last = { ...draft.session.last, text: '', type: 'recalled' };
  record(draft, 'recalled', target.author_type, target.author_id, null, target.id);
}

function edit(draft: Draft, step: Extract<Step, { do: 'edit' }>): void {
  const target = draft.found.get(step.messageId);
  if (typeof target !== 'object' || target.recalled_at || draft.session?.id !== target.session_id) return;
  if (target.edited_at && target.edited_at > draft.at) return;
  if (JSON.stringify(target.content) === JSON.stringify(step.content)) return;
  target.content = step.content;
  target.edited_at = draft.at;
  if (!draft.changes.messages.includes(target))
    draft.changes.patches.push({ id: target.id, content: step.content, edited_at: draft.at });
  record(draft, 'edited', target.author_type, target.author_id, null, target.id);
}

function receipt(draft: Draft, step: Extract<Step, { do: 'receipt' }>): void {
  const session = draft.session!;
  if (step.seq !== undefined && step.state !== 'failed') {
    const seq = Math.min(step.seq, session.seq);
    if (step.state === 'read' && seq <= session.read_seq) return;
    draft.changes.reads.push({ session_id: session.id, seq, delivery: step.state });
    if (step.state === 'read') session.read_seq = seq;
    record(draft, step.state, 'visitor', null, { seq });
    return;
  }
  for (const messageId of step.messageIds ?? []) {
    const target = draft.found.get(messageId);
    if (typeof target !== 'object' || target.session_id !== session.id || target.author_type === 'visitor') continue;
    if (!isAhead(target.delivery, step.state)) continue;
    target.delivery = step.state;
    const { error } = step;
    draft.changes.patches.push({
      id: target.id,
      delivery: step.state,
      ...(error && { error_code: error.code.slice(0, 100), error_text: error.text.slice(0, 500) }),
    });
    record(draft, step.state, 'visitor', null, null, target.id);
  }
}

/** Marks only move forward; a failure told later is believed until the customer has it. */
function isAhead(from: MessageRow['delivery'], to: 'delivered' | 'read' | 'failed'): boolean {
  if (to === 'failed') return from === 'sent' || from === 'pending';
  return to === 'read' ? from !== 'read' : from === 'sent' || from === 'pending';
}

function see(draft: Draft, step: Extract<Step, { do: 'see' }>): void {
  const session = draft.session!;
  const seq = Math.min(step.seq, session.seq);
  if (seq <= session.seen_seq) return;
  session.seen_seq = seq;
  session.unread = step.unread;
  record(draft, 'seen', 'agent', step.agentId, { seq });
}

function alert(draft: Draft, step: Extract<Step, { do: 'alert' }>): void {
  draft.changes.alerts.push({
    id: newId(),
    kind: step.kind,
    session_id: draft.session?.id ?? null,
    channel_id: draft.channel.id,
    member_id: step.agentId ?? null,
    text: step.text,
    words: step.words,
    at: draft.at,
  });
}
