import type { Period, TimePlan } from '../index.ts';
import { ids, type Notes, plain, repeats } from './notes.ts';

/** WT-01…WT-05. */
export function hours(at: Notes): void {
  const { plans } = at.settings.hours;
  ids(at, ['plans'], plans);
  for (const { n, first } of repeats(plans.map(({ name }) => plain(name))))
    at.add(['plans', n, 'name'], 'name-twice', { name: plans[first]!.name });
  for (const [n, plan] of plans.entries()) timePlan(at, ['plans', n], plan);
}

function timePlan(at: Notes, path: (string | number)[], { week, workdays, holidays }: TimePlan): void {
  for (const [day, periods] of week.entries()) dayOf(at, [...path, 'week', day], periods);
  for (const [k, { periods }] of workdays.entries()) dayOf(at, [...path, 'workdays', k, 'periods'], periods);
  for (const { n, value } of repeats(workdays.map(({ date }) => date)))
    at.add([...path, 'workdays', n, 'date'], 'workday-twice', { date: value });
  for (const [k, { from, to }] of holidays.entries()) {
    if (to < from) at.add([...path, 'holidays', k, 'to'], 'holiday-order', { from, to });
    const other = holidays.find((one, j) => j < k && one.from <= to && from <= one.to);
    if (other) at.add([...path, 'holidays', k], 'holidays-overlap', { from: other.from, to: other.to });
  }
  for (const [k, { date }] of workdays.entries()) {
    const holiday = holidays.find(({ from, to }) => from <= date && date <= to);
    if (holiday) at.add([...path, 'workdays', k, 'date'], 'workday-in-holiday', { from: holiday.from, to: holiday.to });
  }
  if (!workdays.length && week.every((periods) => !periods.length)) at.add([...path, 'week'], 'never-open');
}

/** One day's periods; where one ends the next may begin. */
function dayOf(at: Notes, path: (string | number)[], periods: readonly Period[]): void {
  for (const [n, { from, to }] of periods.entries()) {
    if (to <= from) at.add([...path, n, 'to'], 'period-order', { from, to });
    const other = periods.find((one, k) => k < n && one.from < to && from < one.to);
    if (other) at.add([...path, n], 'periods-overlap', { from: other.from, to: other.to });
  }
}
