import { houseText } from '../house-text.ts';
import type { Outcome } from '../route/decision.ts';
import type { Situation } from '../situation.ts';
import type { Step } from '../step.ts';
import { decideOn } from './asking.ts';
import { offHoursText } from './stand.ts';

type Leave = Extract<Outcome, { to: 'leave' }>;

/** He is asked for a message, and why; his next words are it. `open`: working time, as the rule saw it. */
export function promptToLeave({ groupId, why }: Leave, at: Situation, open: boolean): Step[] {
  const reasons = {
    'off-hours': () => [offHoursText(groupId, at)],
    nobody: () => [houseText('nobody', at.language)],
    'no-queue': () => [houseText('full', at.language)],
    rule: () => (open ? [] : [offHoursText(groupId, at)]),
  };
  return [{ do: 'leaving', on: true }, prompt(reasons[why](), at)];
}

/** He chose to leave a message (V-09), from a queue too: his place stays his. */
export const startLeaving = (at: Situation): Step[] => [{ do: 'leaving', on: true }, prompt([], at)];

function prompt(before: string[], at: Situation): Step {
  const text = [...before, houseText('leave', at.language, at.rules.settings.texts.leave)].join('\n');
  return { do: 'say', as: 'system', content: { type: 'text', text }, told: true };
}

/** A message left (LM-07), for the group that a person asked for now would be looked for in; and the thanks for it. */
export function leaveMessage(form: Record<string, string>, text: string, at: Situation): Step[] {
  const thanks = houseText('leftMessage', at.language, at.rules.settings.texts.leftMessage);
  return [
    { do: 'leave-message', form, text, groupId: at.session?.groupId ?? groupFor(at) },
    { do: 'say', as: 'system', content: { type: 'text', text: thanks } },
  ];
}

function groupFor(at: Situation): string | null {
  const { outcome } = decideOn('button', null, at).decision;
  return 'groupId' in outcome ? outcome.groupId : at.channelGroupId;
}
