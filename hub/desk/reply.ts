import type { Can } from '../../core/can.ts';
import * as desk from '../../core/desk.ts';
import { carries, fit } from '../../core/fit.ts';
import type { Sendable } from '../../core/message.ts';
import { Refusal } from '../../core/refusal.ts';
import { allowance } from '../../core/window.ts';
import type { Hub } from '../hub.ts';
import { owned } from '../media/own.ts';
import { isAskedFor } from '../pay/asked.ts';
import { raiseAlert } from '../store/alerts.ts';
import { ledgerOf } from '../store/arrivals.ts';
import type { MessageRow, SessionRow } from '../store/changes.ts';
import type { Org } from '../store/org.ts';
import { messagesById, session as readSession } from '../store/sessions.ts';
import { act } from './act.ts';
import { canOf } from './rulebook.ts';

/** `id` is the sender's own: a second click, or a retry after a lost answer, is the same row. */
interface Said {
  id: string;
  content: Sendable;
  quoteId?: string;
}

/**
 * A member writes. A repeat of what is there gives what is there, whatever would be in its way now. A forbidden word
 * refuses the message and tells supervisors (SW-07). `row`: the session, where it has just been read.
 */
export async function reply(
  hub: Hub,
  org: Org,
  memberId: string,
  sessionId: string,
  message: Said,
  row?: SessionRow,
): Promise<MessageRow> {
  try {
    await say(hub, org, memberId, sessionId, message, row);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const [already] = await messagesById(org, [message.id]);
    if (already) return mine(already, sessionId, memberId);
    if (error.code === 'forbidden_word') await tellSupervisors(hub, org, memberId, sessionId, error);
    throw error;
  }
  const [stored] = await messagesById(org, [message.id]);
  return mine(stored!, sessionId, memberId);
}

/** A message that is there already is met as a conflict over its id: nobody has to be asked for it beforehand. */
async function say(
  hub: Hub,
  org: Org,
  memberId: string,
  sessionId: string,
  message: Said,
  read?: SessionRow,
): Promise<void> {
  const content = await owned(org, message.content);
  if (content.type === 'payment' && !(await isAskedFor(org, message.id, sessionId, content)))
    throw new Refusal('invalid_input', 'ask for money with /payments');
  await act(
    hub,
    org,
    sessionId,
    async ({ org: within, row, session, found, rules, again }) => {
      if (again && (await messagesById(within, [message.id])).length) return [];
      if (message.quoteId) await mayQuote(within, row.identity_id, found.get(message.quoteId));
      await mayCarry(hub, org, row, content);
      return desk.reply(session, memberId, { ...message, content }, rules);
    },
    { messageIds: message.quoteId ? [message.quoteId] : [], row: read },
  );
}

/** Only what this customer said or was told: a quote shows its words. */
async function mayQuote(org: Org, identityId: string, quoted: MessageRow | undefined): Promise<void> {
  const where = quoted && (await readSession(org, quoted.session_id));
  if (where?.identity_id !== identityId) throw new Refusal('not_found');
}

/** The channel's own limits, told before anything is stored. What fits no kind of it may still go as a file or a link. */
async function mayCarry(hub: Hub, org: Org, row: SessionRow, content: Sendable): Promise<void> {
  const channel = await hub.rulebook.channelById(org.id, row.channel_id);
  if (channel && !channel.connected) throw new Refusal('channel_disconnected');
  const can = channel && canOf(channel);
  if (can) mayWrite(can, row, content, hub.now());
  if (content.type === 'template' && !can?.template) throw new Refusal('cannot_carry');
  if (!('media' in content) || !content.media || content.type === 'mini-program') return;
  const { media } = content;
  const kinds = [can?.[content.type], can?.file];
  if (!kinds.some((rule) => rule && carries(rule, media.mime, media.size))) throw new Refusal('cannot_carry');
}

/** What the platform would refuse is refused here, with the reason. A template is what one sends when the window is shut. */
function mayWrite(can: Can, row: SessionRow, content: Sendable, now: number): void {
  if (content.type === 'template') return;
  const left = allowance(ledgerOf(row.window_until, row.window_left), can.window, now);
  const needed = fit(content, can).length;
  if (needed > left) throw new Refusal('window_closed', undefined, { left, needed, until: row.window_until });
}

function mine(row: MessageRow, sessionId: string, memberId: string): MessageRow {
  if (row.session_id !== sessionId || row.author_id !== memberId)
    throw new Refusal('invalid_input', 'this message id belongs to another message');
  return row;
}

async function tellSupervisors(
  hub: Hub,
  org: Org,
  memberId: string,
  sessionId: string,
  refusal: Refusal,
): Promise<void> {
  const hits = refusal.more.hits as { word: string }[];
  await raiseAlert(hub, org, {
    kind: 'forbidden',
    sessionId,
    memberId,
    text: String(refusal.more.text),
    words: [...new Set(hits.map((hit) => hit.word))],
  });
}
