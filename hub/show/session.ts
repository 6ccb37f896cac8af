import type { Timers } from '../../core/settings/index.ts';
import type { Hub } from '../hub.ts';
import type { Session } from '../shapes/desk.ts';
import type { SessionRow } from '../store/changes.ts';
import type { OwnMarks } from '../store/session-marks.ts';
import { avatarUrl } from './avatar.ts';
import { showCustomer } from './customer.ts';

const iso = (date: Date | string | null): string | null => (date === null ? null : new Date(date).toISOString());

/**
 * A session as screens see it. Names come from memory; `position` and a member's own marks only where somebody asked for
 * them: the live stream sends one frame to all.
 */
export async function showSession(
  hub: Hub,
  organisationId: string,
  row: SessionRow,
  position: number | null = null,
  mine?: OwnMarks,
): Promise<Session> {
  const [contact, members, channel, { settings }] = await Promise.all([
    showCustomer(hub, organisationId, row),
    hub.directory.members(organisationId),
    hub.rulebook.channelById(organisationId, row.channel_id),
    hub.rulebook.rules(organisationId),
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
    tagIds: row.tag_ids,
    locked: row.locked,
    participants: row.participants,
    offer: row.marks.offer ? { ...row.marks.offer, until: new Date(row.marks.offer.until).toISOString() } : null,
    priority: row.priority,
    wantedAgentId: row.wanted_id,
    endReason: row.end_reason,
    silent: silence(row, settings.timers.agentSilent),
    spoken: { visitor: row.marks.visitor ?? 0, agent: row.marks.agent ?? 0 },
    ...(mine && { mine }),
  };
}

/** when the agent will have been silent too long, and since when he is. */
function silence(row: SessionRow, rule: Timers['agentSilent']): Session['silent'] {
  if (!rule.on || row.state !== 'serving' || !row.unanswered_since) return null;
  const since = new Date(Math.max(new Date(row.unanswered_since).getTime(), new Date(row.served_since ?? 0).getTime()));
  return {
    since: since.toISOString(),
    dueAt: new Date(since.getTime() + rule.after * 1000).toISOString(),
    alarmed: row.marks.alarmed === true,
    mark: rule.mark,
  };
}
