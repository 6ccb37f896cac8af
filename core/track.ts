import { type HouseLanguage, type HouseText, houseText } from './house-text.ts';
import type { Texts } from './settings/index.ts';
import type { Step } from './step.ts';

/** Names for what a step tells. Undefined: gone. */
export interface Told {
  texts: Pick<Texts, 'showTrack' | 'showAgentName'>;
  language: HouseLanguage;
  member(id: string): string | undefined;
  group(id: string): string | undefined;
}

/**
 * AR-17, SS-06 (访客端同步展示轨迹消息): the steps of a session, each told to the visitor right after it: who took it, where it was
 * passed on to, who joined or left. Names of agents only where SS-12 shows them. What the house says anyway (the queue, the
 * end) is not said twice. Unchanged where the switch is off.
 */
export function withTracks(steps: readonly Step[], told: Told): Step[] {
  if (!told.texts.showTrack) return [...steps];
  return steps.flatMap((step) => {
    const text = track(step, told);
    return text ? [step, { do: 'say', as: 'system', content: { type: 'text', text } } satisfies Step] : [step];
  });
}

function track(step: Step, { texts, language, member, group }: Told): string | undefined {
  const say = (key: HouseText, values?: Record<string, string>) => houseText(key, language, '', values);
  const named = (id: string) => (texts.showAgentName ? member(id) : undefined);
  switch (step.do) {
    case 'serve': {
      const agent = named(step.agentId);
      return agent ? say('takenBy', { agent }) : say('taken');
    }
    case 'wait':
      return step.lost && say('requeued');
    case 'transfer': {
      const name = step.toGroupId === null ? undefined : group(step.toGroupId);
      return name && say('moved', { group: name });
    }
    case 'join':
    case 'part': {
      const agent = named(step.memberId);
      return agent && say(step.do === 'join' ? 'joined' : 'parted', { agent });
    }
    default:
      return;
  }
}
