import type { Floor } from './floor.ts';
import { type HouseLanguage, houseText } from './house-text.ts';
import { MENU, withOptions } from './menu.ts';
import { sayRule, serves } from './reception/answer.ts';
import type { Rules } from './rules.ts';
import type { Session } from './session.ts';
import type { Transfers } from './settings/index.ts';
import type { Situation } from './situation.ts';
import type { Step } from './step.ts';

const say = (text: string, said?: string): Step => ({ do: 'say', as: 'system', content: { type: 'text', text }, said });

/** A new session: the company's welcome (AR-10), the welcomes among the auto replies (AR-02), and the menu under them (AR-11). */
export function welcome(at: Situation): Step[] {
  const { texts } = at.rules.settings;
  const own = texts.welcome.on ? houseText('welcome', at.language, texts.welcome.text) : '';
  const replies = at.rules.replies
    .filter((rule) => rule.type === 'welcome' && serves(rule, at.channelId))
    .flatMap((rule) => sayRule(rule, at.chance));
  const items = texts.menu.on ? texts.menu.items : [];
  if (!items.length) return [...(own ? [say(own)] : []), ...replies];
  // The items stand under the welcome itself where nothing comes between: one message instead of two.
  const joined = own && !texts.menu.text && !replies.length;
  const question = joined ? own : houseText('menu', at.language, texts.menu.text);
  const options = items.map((item) => ({ id: MENU.group(item.id), text: item.text }));
  return [
    ...(own && !joined ? [say(own)] : []),
    ...replies,
    ...withOptions(question, options).map((content): Step => ({ do: 'say', as: 'system', content })),
  ];
}

/** AR-12: after the customer's first words in a session, once. */
export function greeting(at: Situation): Step[] {
  const { texts } = at.rules.settings;
  if (!texts.greeting.on || at.session?.marks.said?.includes('greeting')) return [];
  return [say(houseText('greeting', at.language, texts.greeting.text), 'greeting')];
}

/** Who greets for a group: its texts, its hours, and what the session has heard already. */
export interface Greeter {
  group: Situation['group'];
  floor: Pick<Floor, 'group'>;
  said: readonly string[] | undefined;
}

export const greeterOf = ({ group, floor, session }: Situation): Greeter => ({
  group,
  floor,
  said: session?.marks.said,
});

/** SG-03, SG-04, SG-06: a group's greeting, in its working time, once in a session. */
export function groupGreeting(groupId: string | null, { group, floor, said }: Greeter): Step[] {
  const texts = groupId === null ? null : group(groupId);
  if (!texts?.greeting.on || !texts.greeting.text.trim() || !floor.group(texts.id)?.open) return [];
  const mark = `group:${texts.id}`;
  return said?.includes(mark) ? [] : [say(texts.greeting.text, mark)];
}

/** TR-04, SG-04…SG-06: what a customer hears who is transferred to a group; nothing where SS-09 says so. */
export function groupTakesOver(groupId: string, greeter: Greeter, transfers: Pick<Transfers, 'greet'>): Step[] {
  if (!transfers.greet) return [];
  const texts = greeter.group(groupId);
  if (!texts || greeter.floor.group(groupId)?.open) return groupGreeting(groupId, greeter);
  return texts.offHours.on && texts.offHours.text.trim() ? [say(texts.offHours.text)] : [];
}

/** An agent's own greeting when he takes a session, once in it; after a transfer only where SS-09 lets him. */
export function agentGreeting(
  session: Pick<Session, 'marks'>,
  agent: { id: string; name: string; greeting: string },
  how: 'accepted' | 'matched' | 'transferred',
  transfers: Pick<Transfers, 'greet'>,
): Step[] {
  const mark = `agent:${agent.id}`;
  if (!agent.greeting.trim() || session.marks.said?.includes(mark)) return [];
  if (how === 'transferred' && !transfers.greet) return [];
  return [
    say(
      agent.greeting.replaceAll('{agent}', () => agent.name),
      mark,
    ),
  ];
}

/** AR-14, SS-05: the closing text, where there is one. */
export function farewell(rules: Pick<Rules, 'settings'>, language: HouseLanguage): Step[] {
  const { closing } = rules.settings.texts;
  return closing.on ? [say(houseText('closed', language, closing.text))] : [];
}
