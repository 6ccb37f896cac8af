import type { Period, TimePlan } from '../../../../core/settings/index.ts';

/** Times of day as people type them. A day ends at 24:00. */
const LAST = 24 * 60;

/** `9`, `930`, `9:5`, `９：３０`, `9点半`, `24` as `09:30`; null: no time of a day. */
export function typed(text: string): string | null {
  const plain = text
    .normalize('NFKC')
    .trim()
    .replace(/半$/, '30')
    .replace(/[点时.：]/g, ':')
    .replace(/分$/, '');
  const parts = /^(\d{1,2})(?::(\d{1,2})?)?$/.exec(plain) ?? /^(\d{1,2})(\d{2})$/.exec(plain);
  if (!parts) return null;
  return written(Number(parts[1]) * 60 + Number(parts[2] ?? 0), Number(parts[2] ?? 0));
}
const written = (minutes: number, ofHour = minutes % 60): string | null =>
  ofHour > 59 || minutes < 0 || minutes > LAST
    ? null
    : `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

export const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

/** The next full half hour up or down (`by` 1 or −1), within the day. */
export function stepped(clock: string, by: 1 | -1, step = 30): string {
  const minutes = minutesOf(clock);
  const next = by > 0 ? Math.floor(minutes / step) * step + step : Math.ceil(minutes / step) * step - step;
  return written(Math.min(LAST, Math.max(0, next)))!;
}

/** A period after the last of a day; null: the day is full. */
export function another(periods: readonly Period[]): Period | null {
  const last = Math.max(...periods.map(({ to }) => minutesOf(to)), -1);
  if (last < 0) return { from: '09:00', to: '18:00' };
  const from = Math.min(last + 60, LAST - 60);
  return from <= last ? null : { from: written(from)!, to: written(Math.min(from + 240, LAST))! };
}

/** `09:00` as it is read: 9:00. */
export const short = (clock: string): string => clock.replace(/^0/, '');

/** Where a period lies in a day, in percent of it. */
export function barOf({ from, to }: Period): { left: number; width: number } {
  const [start, end] = [minutesOf(from), Math.max(minutesOf(from), minutesOf(to))];
  return { left: (start / LAST) * 100, width: ((end - start) / LAST) * 100 };
}

/** One day's periods on other days as well; each gets its own copy. */
export function copied(week: TimePlan['week'], from: number, to: readonly number[]): TimePlan['week'] {
  return week.map((periods, day) => (to.includes(day) ? week[from]!.map((period) => ({ ...period })) : periods));
}
