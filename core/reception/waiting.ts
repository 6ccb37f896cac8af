import { houseText } from '../house-text.ts';
import { estimate } from '../queue.ts';
import type { Scan } from '../rules.ts';
import type { Situation } from '../situation.ts';
import type { Step } from '../step.ts';
import { toldLately } from './serve.ts';
import { tellPlace } from './stand.ts';

/** Who writes while he waits: asking for a person he always hears where he stands, otherwise once a minute (AR-16, SS-07). */
export function stillWaiting(found: Pick<Scan, 'human' | 'keywordHuman'>, at: Situation): Step[] {
  if (found.human || found.keywordHuman) return whereNow(at);
  const { whileWaiting } = at.rules.settings.texts;
  return whileWaiting.on && !at.session?.hushed && !toldLately(at) ? whereNow(at) : [];
}

/** Where he stands in the queue he is in: he waits, and does not leave a message any more. */
export function whereNow(at: Situation): Step[] {
  const groupId = at.session?.groupId ?? null;
  const group = at.floor.group(groupId);
  const position = at.ownPlace ?? 1;
  const seconds = estimate(position, group?.pace ?? null, group?.free ?? 0);
  const present = (group?.present ?? 0) > 0;
  return [
    ...(at.session?.marks.leaving ? [{ do: 'leaving', on: false } as const] : []),
    ...tellPlace({ groupId, position, seconds, present, idle: (group?.free ?? 0) > 0 }, at, 'still'),
  ];
}

/** V-08: he leaves the queue, and whatever he was about to leave in it. */
export function quit(at: Situation): Step[] {
  if (at.session?.state !== 'waiting') return [];
  return [
    { do: 'leave' },
    ...(at.session.marks.leaving ? [{ do: 'leaving', on: false } as const] : []),
    { do: 'say', as: 'system', content: { type: 'text', text: houseText('left', at.language) } },
  ];
}
