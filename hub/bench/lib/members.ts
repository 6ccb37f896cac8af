import { hashPassword } from '../../auth.ts';
import type { Hub } from '../../hub.ts';
import { newId } from '../../id.ts';
import { addMember } from '../../store/members.ts';
import { addUser } from '../../store/users.ts';

export const PASSWORD = 'only for a bench';

/** Agents who can sign in as `agent0`, `agent1` … with the password above. Gives their ids. */
export async function members(
  hub: Hub,
  { organisationId, count, cap, from = 0 }: { organisationId: string; count: number; cap: number; from?: number },
): Promise<string[]> {
  const org = hub.db.org(organisationId);
  const hash = await hashPassword(PASSWORD);
  const ids = Array.from({ length: count }, newId);
  for (const [index, id] of ids.entries()) {
    const user = { id: newId(), name: `Agent ${from + index}`, username: `agent${from + index}`, hash };
    await org.transaction(async (tx) => {
      await addUser(tx, user);
      await addMember(tx, { id, user_id: user.id, name: user.name, role: 'agent', cap });
    });
  }
  hub.live.publish(org.id, [{ kind: 'changed', area: 'members' }]);
  return ids;
}
