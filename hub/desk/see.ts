import { type Member, maySee } from '../../core/desk.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Hub } from '../hub.ts';
import type { Org } from '../store/org.ts';
import { unseenAfter } from '../store/sessions.ts';
import { act } from './act.ts';

/**
 * A member has read the customer's words up to `seq`. Only the one who serves marks them read: a supervisor looking on,
 * or an agent reading the queue, leaves them unread.
 */
export async function see(
  hub: Hub,
  org: Org,
  member: Pick<Member, 'id' | 'role' | 'groupIds'>,
  sessionId: string,
  seq: number,
) {
  const row = await act(hub, org, sessionId, async ({ org: within, row: { seq: last }, session }) => {
    if (!maySee(session, member)) throw new Refusal('not_found');
    if (session.agentId !== member.id || session.state !== 'serving') return [];
    return [
      { do: 'see', agentId: member.id, seq, unread: seq >= last ? 0 : await unseenAfter(within, sessionId, seq) },
    ];
  });
  if (row.receipt && row.agent_id === member.id) hub.outbox.markRead(org.id, row);
  return row;
}
