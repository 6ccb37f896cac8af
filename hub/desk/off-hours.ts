import { nextOpening } from '../../core/hours.ts';
import type { HouseLanguage } from '../../core/house-text.ts';
import { homeGroup, instead, type OffHours } from '../../core/off-hours.ts';
import { offHoursText } from '../../core/reception.ts';
import type { WebStyle } from '../shapes/channels.ts';
import type { Hello } from '../shapes/visitor.ts';
import { isGroupOpen, planOf } from './plan.ts';
import type { CompiledRules, OpenChannel } from './rulebook.ts';

type Plugin = Pick<OpenChannel, 'style' | 'groupId'>;

/** The plugin's own way after hours (V-39), by the hours of its home; undefined: it does as the house. `at` epoch milliseconds. */
export function offHoursOf(channel: Plugin, rules: CompiledRules, at: number): OffHours | undefined {
  const { offHours: show = 'house', offHoursText: text = '' } = (channel.style ?? {}) as Partial<WebStyle>;
  return show === 'house' ? undefined : { show, text, now: !isGroupOpen(rules, homeOf(channel, rules), at) };
}

/** What the page shows in place of a beginning conversation; null: nothing. */
export function shownInstead(
  channel: Plugin,
  rules: CompiledRules,
  language: HouseLanguage,
  at: number,
): Hello['offHours'] {
  const offHours = offHoursOf(channel, rules, at);
  const show = instead(offHours);
  if (!show) return null;
  const floor = {
    group: (id: string | null) => ({ opensAt: nextOpening(planOf(rules, id), rules.settings.hours.zone, at) }),
  };
  const group = (id: string) => rules.groups.get(id) ?? null;
  return { show, text: offHoursText(homeOf(channel, rules), { at, language, offHours, group, rules, floor }) };
}

const homeOf = ({ groupId }: Plugin, { settings, groups }: CompiledRules) =>
  homeGroup(groupId, settings.routing, (id) => groups.has(id));
