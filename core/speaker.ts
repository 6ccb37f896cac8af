import type { Session } from './session.ts';
import type { Texts } from './settings/texts.ts';

/**
 * Under which name the customer sees us: the agent's once he serves (SS-12, V-26), the dispatcher's before and in between
 * (SS-01), the channel's where none is set, and when all is over (V-14). `agentName` null: nobody serves, or he is gone.
 */
export function speaker(
  session: Pick<Session, 'state'> | null,
  texts: Pick<Texts, 'dispatcher' | 'showAgentName'>,
  channelName: string,
  agentName: string | null,
): string {
  if (session?.state === 'closed') return channelName;
  if (session?.state === 'serving' && agentName && texts.showAgentName) return agentName;
  return texts.dispatcher.trim() || channelName;
}

/** SS-13: the agent's state as the customer may see it; null: he may not, or there is none. */
export const stateShown = <State>(texts: Pick<Texts, 'hideAgentState'>, state: State | null): State | null =>
  texts.hideAgentState ? null : state;
