import { sql } from 'kysely';
import type { EndedBy, State } from '../../core/session.ts';
import type { Org } from './org.ts';

/** What a decision about a contact on a channel looks at: who he is, and his last session there. */
export interface Supposed {
  id: string;
  name: string;
  tagIds: string[];
  blocked: boolean;
  last: { id: string; state: State; agentId: string | null; endedBy: EndedBy | null; closedAt: Date | null } | null;
}

/** Of several identities on one channel the one seen last counts. Undefined: no such contact. */
export async function supposed(org: Org, contactId: string, channelId: string): Promise<Supposed | undefined> {
  const [row] = await org.raw(
    (id) => sql<Omit<Supposed, 'last'> & { l_id: string | null; [column: string]: unknown }>`
    select c.id, c.name, c.tag_ids as "tagIds", c.blocked_at is not null as blocked,
      l.id as l_id, l.state, l.agent_id, l.ended_by, l.closed_at
    from contacts c
    left join lateral (
      select id from identities
      where organisation_id = c.organisation_id and contact_id = c.id and channel_id = ${channelId}
      order by last_seen_at desc nulls last, id desc limit 1
    ) i on true
    left join lateral (
      select id, state, agent_id, ended_by, closed_at from sessions
      where organisation_id = c.organisation_id and identity_id = i.id order by id desc limit 1
    ) l on true
    where c.organisation_id = ${id} and c.id = ${contactId}`,
  );
  if (!row) return undefined;
  const { id, name, tagIds, blocked, l_id, state, agent_id: agentId, ended_by: endedBy, closed_at: closedAt } = row;
  return { id, name, tagIds, blocked, last: l_id ? ({ id: l_id, state, agentId, endedBy, closedAt } as never) : null };
}
