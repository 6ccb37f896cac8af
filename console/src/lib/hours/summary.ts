import type { Look } from '../../../../core/hours/look.ts';
import { type Stretch, stretches } from '../../../../core/hours.ts';
import type { Period, TimePlan } from '../../../../core/settings/index.ts';
import { short } from './clock.ts';

/** Hours in plain words: `周一至周五 9:00–18:00；周六 10:00–16:00`. Pure: words and names of days are given. */
export interface Voice {
  /** The words of the language: `t`. */
  say(key: HoursKey, values?: Record<string, string | number>): string;
  list(names: readonly string[]): string;
  /** 0 is Monday. */
  day(weekday: number): string;
}
export type HoursKey = `hours.sum.${string}`;

export function periodsIn(periods: readonly Period[], { say, list }: Voice): string {
  if (!periods.length) return say('hours.sum.rest');
  if (periods.length === 1 && periods[0]!.from === '00:00' && periods[0]!.to === '24:00')
    return say('hours.sum.allDay');
  return list(periods.map(({ from, to }) => `${short(from)}–${short(to)}`));
}

/** A week in a line. */
export function weekIn(week: TimePlan['week'], voice: Voice): string {
  const found = stretches(week);
  if (!found.length) return voice.say('hours.sum.never');
  return found.map((one) => `${daysIn(one, voice)} ${periodsIn(one.periods, voice)}`).join(voice.say('hours.sum.then'));
}

function daysIn({ from, to }: Stretch, { say, day }: Voice): string {
  if (from === 0 && to === 6) return say('hours.sum.everyDay');
  if (from === to) return day(from);
  // Two days are named; more are a stretch.
  return say(to - from === 1 ? 'hours.sum.both' : 'hours.sum.fromTo', { from: day(from), to: day(to) });
}

/** What besides the week a plan has: `假期 7 段，自定义工作日 6 天`; empty: nothing. */
export function besides({ holidays, workdays }: Pick<TimePlan, 'holidays' | 'workdays'>, { say, list }: Voice): string {
  return list(
    [
      holidays.length ? say('hours.sum.holidays', { n: holidays.length }) : '',
      workdays.length ? say('hours.sum.workdays', { n: workdays.length }) : '',
    ].filter(Boolean),
  );
}

/** Why it is working time, or is not. `weekday` of that day, 0 is Monday. */
export function whyIn(look: Look, weekday: number, voice: Voice): string {
  const values = { day: voice.day(weekday), name: look.name, periods: periodsIn(look.periods, voice) };
  const isNamed = look.by === 'always' || look.by === 'week' || look.name !== '';
  return voice.say(`hours.sum.why.${look.by}${isNamed ? '' : '.plain'}`, values);
}
