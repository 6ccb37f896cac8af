import type { Content } from '../../core/message.ts';
import { accepts, isOpen } from '../../core/rating.ts';
import type { Settings } from '../../core/settings/index.ts';
import { speaker, stateShown } from '../../core/speaker.ts';
import type { Hub } from '../hub.ts';
import { withMediaUrls } from '../media/links.ts';
import type { VisitorMessage, VisitorSession } from '../shapes/visitor.ts';
import type { MessageRow, SessionRow } from '../store/changes.ts';
import { cursorText } from '../store/visitors.ts';
import { avatarUrl } from './avatar.ts';
import type { Colleague } from './directory.ts';
import { excerptOf, quotedBy } from './message.ts';
import { queueOf } from './queue.ts';

/** What a visitor may know: no ids of members, no word hits, names only where the organisation shows them (SS-12, V-26). */
export async function showToVisitor(
  hub: Hub,
  organisationId: string,
  rows: readonly MessageRow[],
): Promise<VisitorMessage[]> {
  const [members, { settings }] = await Promise.all([
    hub.directory.members(organisationId),
    hub.rulebook.rules(organisationId),
  ]);
  const { texts } = settings;
  const quoted = await quotedBy(hub, organisationId, rows);
  const author = (row: MessageRow) => {
    const member =
      row.author_type === 'agent' && row.author_id && texts.showAgentName ? members.get(row.author_id) : undefined;
    const name = member?.name ?? (row.author_type === 'system' ? texts.dispatcher.trim() || null : null);
    return { type: row.author_type, name, avatar: avatarUrl(hub, organisationId, member?.avatar ?? null) };
  };
  return await Promise.all(
    rows.map(async (row) => {
      const target = row.quote_id ? quoted.get(row.quote_id) : undefined;
      return {
        id: row.id,
        cursor: cursorText({ sessionId: row.session_id, seq: row.seq }),
        sessionId: row.session_id,
        eventId: row.author_type === 'visitor' ? row.external_id : null,
        author: author(row),
        content:
          row.recalled_at || !row.content ? null : await withMediaUrls(hub, organisationId, row.content as Content),
        at: new Date(row.created_at).toISOString(),
        delivery: row.delivery,
        recalled: row.recalled_at !== null,
        quote: target ? { id: target.id, author: author(target).name ?? '', text: excerptOf(target) } : null,
      };
    }),
  );
}

/** `queue`: his place, where it was looked up for many at once. */
export async function showSessionToVisitor(
  hub: Hub,
  organisationId: string,
  row: SessionRow,
  queue?: VisitorSession['queue'],
): Promise<VisitorSession> {
  const [members, { settings }, channel] = await Promise.all([
    hub.directory.members(organisationId),
    hub.rulebook.rules(organisationId),
    hub.rulebook.channelById(organisationId, row.channel_id),
  ]);
  const agent = row.state === 'serving' && row.agent_id ? members.get(row.agent_id) : undefined;
  return {
    id: row.id,
    state: row.state,
    agent: agent ? shownAgent(hub, organisationId, agent, settings) : null,
    speaker: speaker(row, settings.texts, '', agent?.name ?? null),
    queue: queue === undefined ? await queueOf(hub, organisationId, row) : queue,
    leaving: row.marks.leaving === true,
    ...ratingOf(row, settings.ratings, hub.now()),
    mayLeave: channel?.style?.leave !== false,
    readCursor: row.seen_seq > 0 ? cursorText({ sessionId: row.id, seq: row.seen_seq }) : null,
  };
}

/** SS-12, SS-13: who serves, as far as the customer may see it. Who hides is away to him. */
function shownAgent(
  hub: Hub,
  organisationId: string,
  { name, avatar, status }: Colleague,
  { texts }: Settings,
): NonNullable<VisitorSession['agent']> {
  return {
    name: texts.showAgentName ? name : '',
    avatar: texts.showAgentName ? avatarUrl(hub, organisationId, avatar) : null,
    status: stateShown(texts, status === 'invisible' ? 'away' : status),
  };
}

/** How his last invitation stands (CS-04), and whether he may rate: by it, or of his own while a person serves him (V-10). */
function ratingOf(
  { state, marks }: Pick<SessionRow, 'state' | 'marks'>,
  ratings: Settings['ratings'],
  at: number,
): Pick<VisitorSession, 'rating' | 'mayRate'> {
  const { invited: invitation, rated = false } = marks;
  const open = invitation !== undefined && isOpen(invitation, at);
  const left = open && invitation.until !== null ? Math.ceil((invitation.until - at) / 1000) : null;
  const takes = invitation && accepts({ invitation, rated }, ratings, at);
  const again = state !== 'closed' && marks.served === true && takes !== 'before';
  return {
    rating: { open, invitationId: invitation?.id ?? null, rated, seconds: left },
    mayRate: ratings.on && (takes === 'yes' || again),
  };
}
