import { agentGreeting } from '../../core/greet.ts';
import type { Session } from '../../core/session.ts';
import type { Step } from '../../core/step.ts';
import type { Hub } from '../hub.ts';
import type { Org } from '../store/org.ts';
import type { CompiledRules } from './rulebook.ts';

/** What the customer hears of the agent who takes his session, in the agent's own words. */
export async function greetings(
  hub: Hub,
  org: Pick<Org, 'id'>,
  session: Pick<Session, 'marks'>,
  memberId: string,
  how: 'accepted' | 'matched' | 'transferred',
  rules: CompiledRules,
): Promise<Step[]> {
  const agent = (await hub.directory.members(org.id)).get(memberId);
  return agent ? agentGreeting(session, agent, how, rules.settings.transfers) : [];
}
