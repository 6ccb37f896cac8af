import type { Content } from '../../core/message.ts';
import type { Hub } from '../hub.ts';
import { withMediaUrls } from '../media/links.ts';
import type { VisitorMessage, VisitorSession } from '../shapes/visitor.ts';
import { placeOf } from '../store/arrivals.ts';
import type { MessageRow, SessionRow } from '../store/changes.ts';
import { cursorText } from '../store/visitors.ts';
import { avatarUrl } from './avatar.ts';
import { excerptOf, quotedBy } from './message.ts';

/** What a visitor may know: no ids of members, no word hits, names only where the organisation shows them (SS-12, V-26). */
export async function showToVisitor(
  hub: Hub,
  organisationId: string,
  rows: readonly MessageRow[],
): Promise<VisitorMessage[]> {
  const [members, rules] = await Promise.all([
    hub.directory.members(organisationId),
    hub.rulebook.rules(organisationId),
  ]);
  const quoted = await quotedBy(hub, organisationId, rows);
  const author = (row: MessageRow) => {
    const member =
      row.author_type === 'agent' && row.author_id && rules.reception.showAgentName
        ? members.get(row.author_id)
        : undefined;
    const name =
      member?.name ?? (row.author_type === 'system' && rules.reception.dispatcher ? rules.reception.dispatcher : null);
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

export async function showSessionToVisitor(hub: Hub, organisationId: string, row: SessionRow): Promise<VisitorSession> {
  const [members, rules] = await Promise.all([
    hub.directory.members(organisationId),
    hub.rulebook.rules(organisationId),
  ]);
  const agent = row.state === 'serving' && row.agent_id ? members.get(row.agent_id) : undefined;
  return {
    id: row.id,
    state: row.state,
    agent: agent
      ? {
          name: rules.reception.showAgentName ? agent.name : '',
          avatar: rules.reception.showAgentName ? avatarUrl(hub, organisationId, agent.avatar) : null,
        }
      : null,
    position:
      row.state === 'waiting' && row.waiting_since
        ? await placeOf(hub.db.org(organisationId), { id: row.id, groupId: row.group_id, since: row.waiting_since })
        : null,
    readCursor: row.seen_seq > 0 ? cursorText({ sessionId: row.id, seq: row.seen_seq }) : null,
  };
}
