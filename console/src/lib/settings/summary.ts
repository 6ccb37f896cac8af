import type { ConditionRule, QueueRule, Reception, ReceptionPlan, RouteRule, Target, When } from './shapes.ts';

/**
 * Rules in plain words, as an admin would tell a colleague: 'In working hours, WeChat → After-sales; otherwise leave a
 * message'. Pure: the words of a language and the names of things are given.
 */
export interface Voice {
  /** The words of the language: `t`. */
  say(key: SummaryKey, values?: Record<string, string | number>): string;
  /** Names one after another: `listed`. */
  list(names: readonly string[]): string;
  /** The name behind an id; undefined: it is not there any more. */
  name(id: string): string | undefined;
}
export type SummaryKey = `sum.${string}`;

const named = (ids: readonly string[], voice: Voice) => ids.map((id) => voice.name(id) ?? voice.say('sum.gone'));
/** Any of these. */
const either = (names: readonly string[], { say }: Voice) => names.join(say('sum.or'));

/** Whom a condition is about; 'everybody' where it has no part. */
export function whoIs(when: When, voice: Voice): string {
  const { say, list } = voice;
  const { any, all, none } = when.tags;
  const parts = [
    when.connectors.length && list(named(when.connectors, voice)),
    when.channelIds.length && say('sum.accounts', { names: list(named(when.channelIds, voice)) }),
    any.length && say('sum.tags.any', { names: either(named(any, voice), voice) }),
    all.length && say('sum.tags.all', { names: list(named(all, voice)) }),
    none.length && say('sum.tags.none', { names: either(named(none, voice), voice) }),
    ...when.entry.map(({ name, values }) => say('sum.entry', { name, values: either(values, voice) })),
  ].filter((part) => typeof part === 'string');
  return parts.length ? parts.join(say('sum.and')) : say('sum.everybody');
}

/** Where a target leads: as what happens, or as what happens `else`. */
export function goesTo(target: Target, voice: Voice, when: 'to' | 'else' = 'to'): string {
  const { say } = voice;
  const name = (id: string) => voice.name(id) ?? say('sum.gone');
  switch (target.to) {
    case 'group':
      return say('sum.to', { name: name(target.groupId) });
    case 'agent':
      return target.groupId
        ? say('sum.to.agent.else', { name: name(target.memberId), group: name(target.groupId) })
        : say('sum.to', { name: name(target.memberId) });
    case 'everybody':
      return say('sum.to.everybody');
    case 'bot':
    case 'leave':
      return say(`sum.${when}.${target.to}`);
  }
}

/** What happens after hours where no rule says so (Reception.afterHours). */
type AfterHours = Reception['afterHours'];

/** One row of the routing page. */
export function ruleSummary(rule: RouteRule, afterHours: AfterHours, voice: Voice): string {
  if (rule.kind !== 'rule') return voice.say(`sum.row.${rule.kind}`);
  return timed(whoIs(rule.when, voice), rule, afterHours, voice);
}
/** Customers whom no rule is about. */
export const fallbackSummary = (to: Pick<ConditionRule, 'on' | 'off'>, afterHours: AfterHours, voice: Voice): string =>
  timed(voice.say('sum.others'), to, afterHours, voice);

function timed(who: string, { on, off }: Pick<ConditionRule, 'on' | 'off'>, after: AfterHours, voice: Voice): string {
  const here = goesTo(on, voice);
  // The bot and leaving a message know no hours.
  if (!off && (on.to === 'bot' || on.to === 'leave')) return voice.say('sum.always', { who, on: here });
  if (off && goesTo(off, voice) === here) return voice.say('sum.always', { who, on: here });
  const there = off ? goesTo(off, voice, 'else') : voice.say(`sum.after.${after}`);
  return voice.say('sum.timed', { who, on: here, off: there });
}

/** How a plan receives whom. */
export function planSummary(plan: Pick<ReceptionPlan, 'when' | 'mode' | 'afterMessage'>, voice: Voice): string {
  return voice.say('sum.plan', { who: whoIs(plan.when, voice), how: mannerSummary(plan, voice) });
}
export function mannerSummary(manner: Pick<ReceptionPlan, 'mode' | 'afterMessage'>, { say }: Voice): string {
  const how = say(`sum.mode.${manner.mode}`);
  return manner.mode === 'bot' ? how : how + say(manner.afterMessage ? 'sum.mode.after' : 'sum.mode.once');
}

/** Q-01…Q-05 in a sentence. */
export function queueSummary(rule: QueueRule, voice: Voice): string {
  const { say } = voice;
  const groups = rule.groupIds
    ? say('sum.queue.groups', { names: voice.list(named(rule.groupIds, voice)), n: rule.groupIds.length })
    : say('sum.queue.all');
  const values = { groups, over: rule.over, next: rule.over + 1 };
  const to = rule.overflowTo ? (voice.name(rule.overflowTo) ?? say('sum.gone')) : '';
  if (to) return say(rule.notify ? 'sum.queue.both' : 'sum.queue.overflow', { ...values, to });
  return say(rule.notify ? 'sum.queue.notice' : 'sum.queue.nothing', values);
}
