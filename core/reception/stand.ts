import { houseText } from '../house-text.ts';
import { aboutHowLong, localTime } from '../local-time.ts';
import { MENU, withOptions } from '../menu.ts';
import type { Situation } from '../situation.ts';
import type { Step } from '../step.ts';

/** Where somebody stands who waits: place 1 is next; `seconds` is the estimate, null: unknown. */
export interface Stand {
  groupId: string | null;
  position: number;
  seconds: number | null;
  /** Somebody is there; somebody is free. */
  present: boolean;
  idle: boolean;
}

/**
 * What a customer hears when he joins a queue, and when he asks again (`still`): after hours the hours, then how it looks
 * (SS-14), then his place and the estimate where they are shown. Own wordings are said as they are written, with
 * `{position}`, `{wait}`, `{group}` and `{hours}` replaced. Unless he is next at once he may leave the queue (V-08) or a
 * message from here.
 */
export function tellPlace(stand: Stand, at: Situation, how: 'joined' | 'still'): Step[] {
  const { texts, queues } = at.rules.settings;
  const values = {
    ...hoursIn(stand.groupId, at),
    position: stand.position,
    wait: aboutHowLong(stand.seconds, at.language),
  };
  const { key, own: written } = wording(stand, how, texts);
  const own = written.trim();
  const next = how === 'joined' && stand.idle && stand.seconds === 0;
  const lines = [
    ...(how === 'joined' ? afterHours(stand, at) : []),
    houseText(key, at.language, own, values),
    ...(!own && !next && queues.showPosition ? [houseText('place', at.language, '', values)] : []),
    ...(!own && !next && queues.showWait && stand.seconds !== null ? [houseText('wait', at.language, '', values)] : []),
  ];
  const options = next
    ? []
    : [
        { id: MENU.leave, text: houseText('leaveOption', at.language) },
        { id: MENU.quit, text: houseText('quitOption', at.language) },
      ];
  return withOptions(lines.join('\n'), options).map((content) => ({ do: 'say', as: 'system', content, told: true }));
}

/** Somebody busy is the ordinary case where SS-14 is switched off: it says the same as when somebody is free. */
function wording({ present, idle }: Stand, how: 'joined' | 'still', texts: Situation['rules']['settings']['texts']) {
  if (how === 'still') return { key: 'still', own: texts.whileWaiting.text } as const;
  if (!present) return { key: 'noAgent', own: texts.noAgent } as const;
  if (!idle && texts.noIdle.on) return { key: 'busy', own: texts.noIdle.text } as const;
  return { key: 'queued', own: texts.queued } as const;
}

/** AR-21: the group's own words are said to whoever comes after hours; the organisation's only where he must wait for it. */
function afterHours({ groupId, idle }: Stand, at: Situation): string[] {
  if (at.floor.group(groupId)?.open) return [];
  const own = groupId === null ? '' : ownOffHours(groupId, at);
  return own || !idle ? [offHoursText(groupId, at)] : [];
}

function ownOffHours(groupId: string, at: Pick<Closed, 'group'>): string {
  const group = at.group(groupId);
  return group?.offHours.on ? group.offHours.text.trim() : '';
}

/** As much of a situation as it takes to say that it is after hours. */
export interface Closed extends Pick<Situation, 'at' | 'language' | 'offHours' | 'group'> {
  rules: Pick<Situation['rules'], 'settings'>;
  floor: { group(id: string | null): { opensAt: number | null } | null };
}

/**
 * After hours: the plugin's own words (V-39), else the group's (SG-05), else the organisation's, else the house's with the
 * time it opens.
 */
export function offHoursText(groupId: string | null, at: Closed): string {
  const plugin = at.offHours?.show === 'text' ? at.offHours.text.trim() : '';
  const own = plugin || (groupId !== null && ownOffHours(groupId, at)) || at.rules.settings.texts.offHours.trim();
  const values = hoursIn(groupId, at);
  if (own) return houseText('offHours', at.language, own, values);
  const opens = opensAt(groupId, at) === null ? [] : [houseText('opens', at.language, '', values)];
  return [houseText('offHours', at.language), ...opens].join('\n');
}

function hoursIn(groupId: string | null, at: Closed): { group: string; hours: string } {
  const opens = opensAt(groupId, at);
  return {
    group: groupId === null ? '' : (at.group(groupId)?.name ?? ''),
    hours:
      opens === null
        ? { zh: '稍后', en: 'later', ja: '後ほど' }[at.language]
        : localTime(opens, at.at, at.rules.settings.hours.zone, at.language),
  };
}

const opensAt = (groupId: string | null, { floor }: Closed): number | null => floor.group(groupId)?.opensAt ?? null;
