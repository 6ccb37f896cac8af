import type { Sendable } from '../message.ts';
import type { AutoReplyRule, Scan } from '../rules.ts';
import type { Situation } from '../situation.ts';
import type { Step } from '../step.ts';

/** AR-03: the first auto reply in order with a keyword in the words answers, alone. */
export function autoReply(found: Scan, at: Situation): Step[] {
  if (!found.replyIds.size) return [];
  const rule = at.rules.replies.find(
    (one) => one.type === 'keyword' && found.replyIds.has(one.id) && serves(one, at.channelId),
  );
  return rule ? sayRule(rule, at.chance) : [];
}

/** What the rules say that know no answer; empty: nothing. */
export function fallback(at: Situation): Step[] {
  const text = at.rules.settings.reception.fallback;
  return text.trim() ? [{ do: 'say', as: 'bot', content: { type: 'text', text } }] : [];
}

/** AR-01: all of a rule's replies, or one of them by chance. */
export function sayRule(rule: AutoReplyRule, chance: number): Step[] {
  const said: readonly Sendable[] =
    rule.mode === 'all' || rule.replies.length < 2
      ? rule.replies
      : [rule.replies[Math.floor(chance * rule.replies.length)]!];
  return said.map((content) => ({ do: 'say', as: 'bot', content, ruleId: rule.id }));
}

export function serves(rule: AutoReplyRule, channelId: string): boolean {
  return rule.channelIds.length === 0 || rule.channelIds.includes(channelId);
}
