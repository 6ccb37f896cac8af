import { type By, mayEnd } from '../../core/desk.ts';
import { closing } from '../../core/reception.ts';
import type { Hub } from '../hub.ts';
import { newId } from '../id.ts';
import type { Org } from '../store/org.ts';
import { act } from './act.ts';

/** A member ends the session: the customer hears the closing text and may be invited to rate (CS-01). */
export async function close(hub: Hub, org: Org, by: By, sessionId: string) {
  return await act(hub, org, sessionId, async ({ session, rules, language }) => {
    mayEnd(session, by);
    const speaking = { rules, language: await language(), at: hub.now(), newId };
    return closing(session, { by: 'agent', memberId: by.id }, speaking);
  });
}
