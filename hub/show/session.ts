import type { Hub } from '../hub.ts';
import type { Session } from '../shapes/desk.ts';
import type { SessionRow } from '../store/changes.ts';
import { avatarUrl } from './avatar.ts';

const iso = (date: Date | string | null): string | null => (date === null ? null : new Date(date).toISOString());

/** A session as screens see it. Names come from memory; `position` only where somebody asked for it. */
export async function showSession(
  hub: Hub,
  organisationId: string,
  row: SessionRow,
  position: number | null = null,
): Promise<Session> {
  const [contact, members, channel] = await Promise.all([
    hub.directory.contact(organisationId, row.contact_id),
    hub.directory.members(organisationId),
    hub.rulebook.channelById(organisationId, row.channel_id),
  ]);
  const agent = row.agent_id ? members.get(row.agent_id) : undefined;
  return {
    id: row.id,
    state: row.state,
    seq: row.seq,
    channel: { id: row.channel_id, connector: channel?.connector.name ?? '', name: channel?.name ?? '' },
    contact: { id: contact.id, name: contact.name, avatar: contact.avatar },
    groupId: row.group_id,
    agent: agent ? { id: agent.id, name: agent.name, avatar: avatarUrl(hub, organisationId, agent.avatar) } : null,
    unread: row.unread,
    last: row.last,
    openedAt: iso(row.opened_at)!,
    waitingSince: iso(row.waiting_since),
    servedSince: iso(row.served_since),
    unansweredSince: iso(row.unanswered_since),
    closedAt: iso(row.closed_at),
    endedBy: row.ended_by,
    position,
    readSeq: row.read_seq,
  };
}
