import type { Timers } from '../../../../core/settings/index.ts';
import { long, type Parts } from './duration.ts';

/** SS-22, seconds. The document's own module would bring its schemas into the browser. */
const DAY = 86_400;

/** What a timer will do, in a sentence. Pure: the words of a language are given. */
export interface Voice {
  say(key: `timers.sum.${string}` | `long.${keyof Parts}`, values?: Record<string, string | number>): string;
  list(names: readonly string[]): string;
}
export type TimerName = keyof Timers;
export const TIMER_NAMES: readonly TimerName[] = [
  'agentSilent',
  'visitorSilent',
  'inactive',
  'waitReminder',
  'waitOver',
  'bot',
];

export function timerSummary(name: TimerName, timers: Timers, voice: Voice): string {
  if (!timers[name].on) return voice.say(`timers.sum.${name}.off`);
  return SUMMARIES[name](timers, voice);
}

const SUMMARIES: Record<TimerName, (timers: Timers, voice: Voice) => string> = {
  agentSilent({ agentSilent: { after, mark, tell, alarm } }, voice) {
    const acts = [
      mark ? voice.say('timers.sum.mark') : '',
      tell.on ? voice.say('timers.sum.tell') : '',
      alarm ? voice.say('timers.sum.alarm') : '',
    ].filter(Boolean);
    const values = { after: long(after, voice.say), acts: voice.list(acts) };
    return voice.say(acts.length ? 'timers.sum.agentSilent' : 'timers.sum.agentSilent.nothing', values);
  },
  visitorSilent({ visitorSilent: { after, reminders, tagIds } }, voice) {
    // As core/timers does: each reminder `after` later, the end one more; a day at most (SS-22).
    const come = Math.min(reminders, Math.ceil(DAY / after) - 1);
    const values = {
      after: long(after, voice.say),
      n: come,
      total: long(Math.min(DAY, after * (reminders + 1)), voice.say),
    };
    const what = voice.say(come ? 'timers.sum.visitorSilent' : 'timers.sum.visitorSilent.none', values);
    return what + tagged(tagIds, reminders ? 'timers.sum.tags.first' : 'timers.sum.tags.end', voice);
  },
  inactive: ({ inactive: { after } }, voice) => voice.say('timers.sum.inactive', { after: long(after, voice.say) }),
  waitReminder({ waitReminder: { after, every, times, leaveButton } }, voice) {
    const values = { after: long(after, voice.say), every: long(every, voice.say), n: times };
    const what = voice.say(times > 1 ? 'timers.sum.waitReminder' : 'timers.sum.waitReminder.once', values);
    return what + (leaveButton ? voice.say('timers.sum.waitReminder.leave') : '');
  },
  waitOver({ waitOver: { after, then, tagIds }, waitReminder }, voice) {
    const what = voice.say(`timers.sum.waitOver.${then}`, { after: long(after, voice.say) });
    if (then === 'keep') return what;
    const all = new Set([...tagIds, ...(waitReminder.on ? waitReminder.tagIds : [])]);
    return what + tagged([...all], 'timers.sum.tags.end', voice);
  },
  bot: ({ bot: { after } }, voice) => voice.say('timers.sum.bot', { after: long(after, voice.say) }),
};

const tagged = (tagIds: readonly string[], key: `timers.sum.tags.${string}`, { say }: Voice) =>
  tagIds.length ? say(key, { n: tagIds.length }) : '';
