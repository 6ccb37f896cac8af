import type { TimePlan } from '../settings/index.ts';
import { dayOf, timeOf, weekdayOf } from './zone.ts';

/** Half open, milliseconds after midnight. */
export interface Span {
  from: number;
  to: number;
}
/** A plan ready to be asked. Days count from 1970-01-01. */
export interface Days {
  week: readonly (readonly Span[])[];
  workdays: ReadonlyMap<number, readonly Span[]>;
  /** In order, for the next one. */
  workdayList: readonly number[];
  /** In order and without overlaps; `to` is the last day. */
  holidays: readonly Span[];
}

const kept = new WeakMap<TimePlan, Days>();

/** Plans are never changed in place: what was made of one holds for as long as the document does. */
export function daysOf(plan: TimePlan): Days {
  let days = kept.get(plan);
  if (!days) kept.set(plan, (days = compile(plan)));
  return days;
}

function compile(plan: TimePlan): Days {
  const workdays = new Map<number, Span[]>();
  for (const { date, periods } of plan.workdays) {
    const day = dayOf(date);
    workdays.set(day, inOrder([...(workdays.get(day) ?? []), ...spans(periods)]));
  }
  const holidays: Span[] = [];
  const given = plan.holidays.map(({ from, to }) => ({ from: dayOf(from), to: dayOf(to) }));
  for (const one of given.filter(({ from, to }) => from <= to).sort((a, b) => a.from - b.from)) {
    const last = holidays.at(-1);
    if (last && one.from <= last.to + 1) last.to = Math.max(last.to, one.to);
    else holidays.push(one);
  }
  return {
    week: plan.week.map((periods) => inOrder(spans(periods))),
    workdays,
    workdayList: [...workdays.keys()].sort((a, b) => a - b),
    holidays,
  };
}

const spans = (periods: readonly { from: string; to: string }[]): Span[] =>
  periods.map(({ from, to }) => ({ from: timeOf(from), to: timeOf(to) })).filter(({ from, to }) => from < to);
const inOrder = (list: Span[]) => list.sort((a, b) => a.from - b.from || a.to - b.to);

/** What is worked on a day: a custom working day wins over a holiday, a holiday over the week (WT-03…WT-05). */
export function spansOf(days: Days, day: number): readonly Span[] {
  return days.workdays.get(day) ?? (holidayAt(days, day) ? [] : days.week[weekdayOf(day)]!);
}

/** The first day from `day` on with working time; null: there is none. */
export function nextWorked(days: Days, day: number): number | null {
  const never = days.week.every((periods) => periods.length === 0);
  if (never) return nextWorkday(days, day);
  for (let next = day; ; ) {
    const holiday = holidayAt(days, next);
    if (!holiday) {
      if (spansOf(days, next).length > 0) return next;
      next += 1;
      continue;
    }
    const workday = nextWorkday(days, next);
    if (workday !== null && workday <= holiday.to) return workday;
    next = holiday.to + 1;
  }
}

const nextWorkday = (days: Days, day: number) =>
  days.workdayList.find((one) => one >= day && days.workdays.get(one)!.length > 0) ?? null;

function holidayAt({ holidays }: Days, day: number): Span | undefined {
  let [low, high] = [0, holidays.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holidays[middle]!.to < day) low = middle + 1;
    else high = middle;
  }
  const found = holidays[low];
  return found && found.from <= day ? found : undefined;
}
