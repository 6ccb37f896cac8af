import { daysOf, nextWorked, spansOf } from './hours/days.ts';
import { localAt, momentsOf } from './hours/zone.ts';
import type { Period, TimePlan } from './settings/index.ts';

export { isZone } from './hours/zone.ts';

/**
 * Is it working time (WT-01…WT-06)? `at` in epoch milliseconds; no plan: always. Periods are half open: at 18:00 a plan
 * until 18:00 is closed. Where clocks are put back, an hour shown twice counts both times.
 */
export function isOpen(plan: TimePlan | null, zone: string, at: number): boolean {
  if (!plan) return true;
  const { day, time } = localAt(zone, at);
  return spansOf(daysOf(plan), day).some(({ from, to }) => from <= time && time < to);
}

/** When it opens next, epoch milliseconds; null: it is open now, or never will be. */
export function nextOpening(plan: TimePlan | null, zone: string, at: number): number | null {
  if (!plan || isOpen(plan, zone, at)) return null;
  const days = daysOf(plan);
  // From the day before: clocks put back at midnight show it once more.
  let day = nextWorked(days, localAt(zone, at).day - 1);
  while (day !== null) {
    const moments = spansOf(days, day).flatMap(({ from }) => momentsOf(zone, day!, from));
    const next = Math.min(...moments.filter((moment) => moment > at && isOpen(plan, zone, moment)));
    if (next < Number.POSITIVE_INFINITY) return next;
    // All of that day is over, or clocks jumped over it.
    day = nextWorked(days, day + 1);
  }
  return null;
}

/** Days of a week in a row with the same periods: what `周一至周五 9:00–18:00` is said from. 0 is Monday. */
export interface Stretch {
  from: number;
  to: number;
  periods: readonly Period[];
}

/** A week in as few stretches as it takes; days off are left out. */
export function stretches(week: TimePlan['week']): Stretch[] {
  const found: Stretch[] = [];
  week.forEach((periods, day) => {
    const last = found.at(-1);
    if (last && last.to === day - 1 && same(last.periods, periods)) last.to = day;
    else found.push({ from: day, to: day, periods: [...periods].sort((a, b) => (a.from < b.from ? -1 : 1)) });
  });
  return found.filter(({ periods }) => periods.length > 0);
}

function same(a: readonly Period[], b: readonly Period[]): boolean {
  const words = (periods: readonly Period[]) =>
    periods
      .map(({ from, to }) => `${from}-${to}`)
      .sort()
      .join();
  return words(a) === words(b);
}
