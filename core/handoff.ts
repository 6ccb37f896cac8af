import { greeterOf, groupGreeting } from './greet.ts';
import { houseText } from './house-text.ts';
import { levelOf } from './level.ts';
import { decideOn } from './reception/asking.ts';
import { promptToLeave } from './reception/leave.ts';
import { offHoursText, tellPlace } from './reception/stand.ts';
import type { Decision, Outcome, Trace, Via } from './route/decision.ts';
import type { Situation } from './situation.ts';
import type { Step } from './step.ts';

/**
 * What follows from a decision: the customer is told where he stands, asked for a message, told the hours, or that the
 * rules go on; only a keyword that found nobody is answered with silence (SW-04). `heard`: he has said something, so the
 * group may greet (SG-04). He who has said nothing of a person himself (`mode`, `back`) does not hear that there is none.
 */
export function handOff(
  decision: Decision,
  trace: Trace,
  at: Situation,
  heard: boolean = at.session?.marks.heard ?? false,
): Step[] {
  const { outcome } = decision;
  // Whoever asks for a person anew does not want his next words to be a message left; a queue forgets it by itself.
  const decided: Step[] = [
    { do: 'decided', trace },
    ...(outcome.to !== 'leave' && at.session?.marks.leaving ? [{ do: 'leaving', on: false } as const] : []),
  ];
  switch (outcome.to) {
    case 'wait':
      return [...join(outcome, trace, at, heard), ...notices(decision, at)];
    case 'leave':
      return [...decided, ...promptToLeave(outcome, at, decision.open), ...notices(decision, at)];
    case 'hours':
      return [
        ...decided,
        { do: 'say', as: 'system', content: { type: 'text', text: offHoursText(outcome.groupId, at) }, told: true },
      ];
    case 'bot':
      return [...decided, ...(asked(trace.asking.via, at) ? botStays(at) : [])];
  }
}

/** Into the queue, at the customer's level (DS-01); for a named agent first (RT-06), who is waited for so long. */
function join(outcome: Extract<Outcome, { to: 'wait' }>, trace: Trace, at: Situation, heard: boolean): Step[] {
  const { matching } = at.rules.settings;
  const { groupId, agentId } = outcome;
  return [
    {
      do: 'wait',
      groupId,
      priority: levelOf(at.tags, matching.levels),
      wanted: agentId === null ? null : { agentId, until: at.at + matching.hold * 1000 },
      trace,
    },
    ...(heard ? groupGreeting(groupId, greeterOf(at)) : []),
    ...tellPlace(outcome, at, 'joined'),
  ];
}

/** the queue rules whose number was reached tell the admins; `words` names the groups, the one he came to first. */
function notices({ notices: ruleIds, overflowed, outcome }: Decision, at: Situation): Step[] {
  const passed = overflowed.map(({ from }) => from);
  const final = 'groupId' in outcome ? [outcome.groupId] : [];
  const words = [...new Set([...passed, ...final])].flatMap((id) => (id && at.group(id)?.name) || []);
  return ruleIds.map((id) => {
    const rule = at.rules.settings.queues.rules.find((one) => one.id === id);
    return { do: 'alert', kind: 'queue', text: rule?.name ?? '', words };
  });
}

/** RT-18, AR-21: a rule gives the word to the bot; who asked for a person is told that much. */
function botStays(at: Situation): Step[] {
  return [{ do: 'say', as: 'system', content: { type: 'text', text: houseText('botStays', at.language) } }];
}

/** Did the customer himself ask, and is he to hear when nothing comes of it (SW-04)? */
const asked = (via: Via, { rules }: Situation) =>
  via !== 'mode' && via !== 'back' && !(via === 'keyword' && rules.settings.reception.silentKeyword);

/** A person is asked for, and the customer hears what came of it. `heard`: see `handOff`. */
export function ask(via: Via, groupId: string | null, at: Situation, heard?: boolean): Step[] {
  const { decision, trace } = decideOn(via, groupId, at);
  return handOff(decision, trace, at, heard);
}
