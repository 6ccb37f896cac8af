import * as desk from '../../core/desk.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Hub } from '../hub.ts';
import type { Org } from '../store/org.ts';
import { groupSize, lockAgents } from '../store/sessions.ts';
import { act } from './act.ts';

/** To a colleague at once, or into a group's queue (TR-01, TR-03). */
export async function transfer(
  hub: Hub,
  org: Org,
  by: Pick<desk.Member, 'id' | 'role'>,
  sessionId: string,
  to: { memberId: string } | { groupId: string },
) {
  return await act(
    hub,
    org,
    sessionId,
    async ({ org: tx, session }) => {
      if ('groupId' in to) {
        const members = await groupSize(tx, to.groupId);
        if (members === null) throw new Refusal('not_found');
        return desk.transfer(session, by, { kind: 'group', groupId: to.groupId, members });
      }
      const [member] = await lockAgents(tx, { ids: [to.memberId] });
      if (!member) throw new Refusal('not_found');
      const present = member.present_until !== null && member.present_until.getTime() > hub.now();
      const available = !member.disabled_at && present && (member.status === 'online' || member.status === 'busy');
      return desk.transfer(session, by, { kind: 'member', member, available });
    },
    { locked: true },
  );
}
