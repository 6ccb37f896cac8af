import { type Member, mayEnd } from '../../core/desk.ts';
import { houseLanguage } from '../../core/house-text.ts';
import { closing } from '../../core/reception.ts';
import type { Hub } from '../hub.ts';
import type { Org } from '../store/org.ts';
import { identityOf } from '../store/sessions.ts';
import { act } from './act.ts';

/** A member ends the session; the customer hears the closing text. */
export async function close(hub: Hub, org: Org, by: Pick<Member, 'id' | 'role'>, sessionId: string) {
  const rules = await hub.rulebook.rules(org.id);
  return await act(hub, org, sessionId, async ({ org: within, row, session }) => {
    mayEnd(session, by);
    const { language } = await identityOf(within, row.identity_id);
    return closing(rules, houseLanguage(language), 'agent', by.id);
  });
}
