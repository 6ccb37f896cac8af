import { farewell, greeting, welcome } from '../../../../core/greet.ts';
import { type HouseLanguage, houseText } from '../../../../core/house-text.ts';
import type { Sendable } from '../../../../core/message.ts';
import { offHoursText, tellPlace } from '../../../../core/reception/stand.ts';
import type { Settings } from '../../../../core/settings/index.ts';
import type { Situation } from '../../../../core/situation.ts';
import { speaker } from '../../../../core/speaker.ts';
import type { Step } from '../../../../core/step.ts';

/** One thing said in a preview; `name`: under which it is shown. */
export interface Line {
  from: 'visitor' | 'house' | 'agent';
  name: string;
  content: Sendable;
}
/** What is imagined for a preview. */
export interface Imagined {
  language: HouseLanguage;
  channel: string;
  agent: string;
  /** Epoch milliseconds. */
  now: number;
  queues: Pick<Settings['queues'], 'showPosition' | 'showWait'>;
  zone: string;
}
export const SCENES = ['opening', 'free', 'busy', 'nobody', 'still', 'afterHours', 'end'] as const;
export type Scene = (typeof SCENES)[number];

const MINUTE = 60_000;
/** Nine o'clock tomorrow by the clocks of `zone`, give or take a change of clocks; an unknown zone counts as UTC. */
function tomorrow(now: number, zone: string): number {
  const format = (timeZone: string) =>
    new Intl.DateTimeFormat('en', { timeZone, hour: 'numeric', minute: 'numeric', hourCycle: 'h23' }).formatToParts(
      now,
    );
  const parts = attempt(() => format(zone)) ?? format('UTC');
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  return now - (now % MINUTE) + ((24 + 9) * 60 - of('hour') * 60 - of('minute')) * MINUTE;
}
function attempt<T>(act: () => T): T | null {
  try {
    return act();
  } catch {
    return null;
  }
}

const BUSY = { groupId: null, position: 3, seconds: 240, present: true, idle: false };

/** What a customer hears in each scene, by the very rules the hub goes by; without what he says himself. */
export function said(scene: Scene, texts: Settings['texts'], imagined: Imagined): Line[] {
  const open = scene !== 'afterHours';
  const at = {
    session: null,
    channelId: '',
    at: imagined.now,
    language: imagined.language,
    group: () => null,
    floor: {
      group: () => ({
        open,
        opensAt: open ? null : tomorrow(imagined.now, imagined.zone),
        members: 3,
        present: 3,
        free: 1,
        waiting: 0,
        pace: null,
      }),
      agent: () => null,
    },
    rules: {
      settings: { texts, queues: imagined.queues, hours: { zone: imagined.zone } },
      replies: [],
    } as unknown as Situation['rules'],
  } as Partial<Situation> as Situation;
  const steps = (): Step[] => {
    switch (scene) {
      case 'opening':
        return [...welcome(at), ...greeting(at)];
      case 'free':
        return tellPlace({ ...BUSY, position: 1, seconds: 0, idle: true }, at, 'joined');
      case 'busy':
        return tellPlace(BUSY, at, 'joined');
      case 'nobody':
        return tellPlace({ ...BUSY, position: 1, seconds: null, present: false }, at, 'joined');
      case 'still':
        return texts.whileWaiting.on ? tellPlace(BUSY, at, 'still') : [];
      case 'afterHours':
        return [text([offHoursText(null, at), houseText('leave', at.language, texts.leave)].join('\n'))];
      case 'end':
        return farewell(at.rules, at.language);
    }
  };
  const name = speaker(null, texts, imagined.channel, null);
  return steps().flatMap((step) =>
    step.do === 'say' ? [{ from: 'house' as const, name, content: step.content }] : [],
  );
}

/** Under which name a customer sees the agent who serves him. */
export const agentName = (texts: Settings['texts'], { channel, agent }: Imagined): string =>
  speaker({ state: 'serving' }, texts, channel, agent);

const text = (words: string): Step => ({ do: 'say', as: 'system', content: { type: 'text', text: words } });
