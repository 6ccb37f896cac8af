import { dateOf, dayOf } from './hours/zone.ts';
import type { Period, TimePlan } from './settings/index.ts';

/** A year of a country's official calendar: what is off, and which days at weekends are worked instead (调休). */
export interface OfficialYear {
  /** `to` is the last day. */
  holidays: ({ from: string; to: string } & Named)[];
  workdays: ({ date: string } & Named)[];
}
/** What a day is called, in Chinese and in English. */
interface Named {
  name: string;
  english: string;
}

/** Single days, each `2026-10-01`, as spans: days in a row under one name are one. */
export function spansOfDays(days: readonly ({ date: string } & Named)[]): OfficialYear['holidays'] {
  const spans: OfficialYear['holidays'] = [];
  for (const { date, ...named } of [...days].sort((a, b) => (a.date < b.date ? -1 : 1))) {
    const last = spans.at(-1);
    if (last && last.name === named.name && dayOf(date) <= dayOf(last.to) + 1) last.to = date;
    else spans.push({ from: date, to: date, ...named });
  }
  return spans;
}

/**
 * A plan with an official year in it (WT-03, WT-05): worked days get `periods`. What it had for the same days goes, what it
 * had besides stays, so taking a year over twice changes nothing. `called` picks the language of the names.
 */
export function takeOver(
  plan: TimePlan,
  official: OfficialYear,
  periods: readonly Period[],
  called: (day: Named) => string = ({ name }) => name,
): Pick<TimePlan, 'holidays' | 'workdays'> {
  const worked = new Set(official.workdays.map(({ date }) => date));
  const covered = ({ from, to }: { from: string; to: string }) =>
    official.holidays.some((holiday) => holiday.from <= from && to <= holiday.to);
  return {
    holidays: [
      ...plan.holidays.filter((holiday) => !covered(holiday)),
      ...official.holidays.map(({ from, to, ...named }) => ({ from, to, name: called(named) })),
    ].sort((a, b) => (a.from < b.from ? -1 : 1)),
    workdays: [
      ...plan.workdays.filter(({ date }) => !worked.has(date)),
      ...official.workdays.map(({ date, ...named }) => ({
        date,
        name: called(named),
        periods: periods.map((period) => ({ ...period })),
      })),
    ].sort((a, b) => (a.date < b.date ? -1 : 1)),
  };
}

/** How many days a span has, both ends counted. */
export const daysIn = ({ from, to }: { from: string; to: string }): number => dayOf(to) - dayOf(from) + 1;
/** The day after, for the next line of a list. */
export const nextDay = (date: string): string => dateOf(dayOf(date) + 1);
