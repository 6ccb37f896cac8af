import { homeGroup, instead } from '../off-hours.ts';
import type { Situation } from '../situation.ts';
import type { Step } from '../step.ts';
import { promptToLeave } from './leave.ts';
import { toldLately } from './serve.ts';
import { offHoursText } from './stand.ts';

/**
 * V-39: who writes to a plugin that asks for a message, or says its text, after hours is not left without an answer where the
 * rules know none: his next words are a message left, or he reads the text, at most once a minute (as AR-16).
 */
export function answerAfterHours(at: Situation): Step[] {
  const show = instead(at.offHours);
  if (!show) return [];
  const groupId = homeGroup(at.channelGroupId, at.rules.settings.routing, (id) => at.group(id) !== null);
  if (show === 'form') return promptToLeave({ to: 'leave', groupId, why: 'off-hours' }, at, false);
  if (toldLately(at)) return [];
  return [{ do: 'say', as: 'system', content: { type: 'text', text: offHoursText(groupId, at) }, told: true }];
}
