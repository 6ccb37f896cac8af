import * as desk from '../../core/desk.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Hub } from '../hub.ts';
import { markAssigned } from '../store/matching.ts';
import type { Org } from '../store/org.ts';
import { lockAgents } from '../store/sessions.ts';
import { act } from './act.ts';
import { greetings } from './greet.ts';

/** A member takes a session from the queue. Of many who press at once exactly one wins; the cap holds. */
export async function accept(hub: Hub, org: Org, memberId: string, sessionId: string) {
  // Known before the transaction, which must not wait for a second connection.
  await hub.directory.members(org.id);
  return await act(
    hub,
    org,
    sessionId,
    async ({ org: tx, session, rules }) => {
      const [member] = await lockAgents(tx, { ids: [memberId] });
      if (!member) throw new Refusal('not_found');
      const steps = desk.accept(session, member);
      await markAssigned(tx, [memberId], new Date(hub.now()));
      return [...steps, ...(await greetings(hub, org, session, memberId, 'accepted', rules))];
    },
    { locked: true },
  );
}
