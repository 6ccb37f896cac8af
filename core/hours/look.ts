import { isOpen, nextOpening } from '../hours.ts';
import type { Period, TimePlan } from '../settings/index.ts';
import { daysOf, spansOf } from './days.ts';
import { dateOf, localAt, momentsOf, weekdayOf } from './zone.ts';

/** What a plan makes of a moment, and why: for the people who wrote it. */
export interface Look {
  open: boolean;
  /** When that ends, epoch milliseconds; null: not within a year, or never. */
  until: number | null;
  /** What decided. `always`: there is no plan. */
  by: 'always' | 'workday' | 'holiday' | 'week';
  /** The day on the zone's calendar, `2026-10-01`. */
  date: string;
  /** Of the working day or holiday. */
  name: string;
  /** The hours of that day. */
  periods: readonly Period[];
}

const DAY = 86_400_000;

/** `at` epoch milliseconds; `zone` an IANA name. */
export function lookAt(plan: TimePlan | null, zone: string, at: number): Look {
  const { day } = localAt(zone, at);
  const date = dateOf(day);
  if (!plan) return { open: true, until: null, by: 'always', date, name: '', periods: [] };
  const open = isOpen(plan, zone, at);
  const until = open ? nextClosing(plan, zone, at) : nextOpening(plan, zone, at);
  const workday = plan.workdays.find((one) => one.date === date);
  if (workday) return { open, until, by: 'workday', date, name: workday.name, periods: workday.periods };
  const holiday = plan.holidays.find(({ from, to }) => from <= date && date <= to);
  if (holiday) return { open, until, by: 'holiday', date, name: holiday.name, periods: [] };
  return { open, until, by: 'week', date, name: '', periods: plan.week[weekdayOf(day)]! };
}

/** When it closes next, epoch milliseconds; null: not within a year. */
function nextClosing(plan: TimePlan, zone: string, at: number): number | null {
  const days = daysOf(plan);
  const { day: today } = localAt(zone, at);
  for (let day = today - 1; day <= today + 366; day++) {
    const ends = spansOf(days, day).flatMap(({ to }) =>
      to < DAY ? momentsOf(zone, day, to) : momentsOf(zone, day + 1, 0),
    );
    const next = Math.min(...ends.filter((moment) => moment > at && !isOpen(plan, zone, moment)));
    if (next < Number.POSITIVE_INFINITY) return next;
  }
  return null;
}
