import { z } from 'zod';
import { isZone } from '../hours/zone.ts';
import { entryId, name, ref } from './pieces.ts';

/** `09:00`, up to `24:00`. */
export const clock = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/);
/** A day of the calendar, `2026-10-01`. */
export const date = z.iso.date();
export const Period = z.object({ from: clock, to: clock });
export type Period = z.infer<typeof Period>;
const periods = z.array(Period).max(10);

/** A time plan (时间计划, WT-01…WT-05). What no period covers is not working time. */
export const TimePlan = z.object({
  id: entryId,
  name,
  /** Monday to Sunday. */
  week: z.array(periods).length(7),
  /** Days that are worked though the week says otherwise: 调休 (WT-05). They win over holidays. */
  workdays: z
    .array(z.object({ date, name: z.string().max(60).default(''), periods: periods.min(1) }))
    .max(400)
    .default([]),
  /** Off all day (WT-03); `to` is the last day. */
  holidays: z
    .array(z.object({ from: date, to: date, name: z.string().max(60).default('') }))
    .max(400)
    .default([]),
});
export type TimePlan = z.infer<typeof TimePlan>;

export const Hours = z.object({
  /** IANA name of the organisation's time zone. */
  zone: z.string().max(60).refine(isZone, 'unknown_zone').default('Asia/Shanghai'),
  plans: z.array(TimePlan).max(100).default([]),
  /** For whatever has no plan of its own; null: always working time. */
  standard: ref('plan').nullable().default(null),
});
export type Hours = z.infer<typeof Hours>;
