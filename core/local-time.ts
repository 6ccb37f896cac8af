import { localAt } from './hours/zone.ts';
import { isZone } from './hours.ts';
import type { HouseLanguage } from './house-text.ts';

const TAGS: Record<HouseLanguage, string> = { zh: 'zh-CN', en: 'en-GB', ja: 'ja-JP' };

/**
 * A coming moment as a customer reads it, on the organisation's clock: `今天 18:00`, `tomorrow 09:00`, `10月9日星期五 09:00`. `at`,
 * `now` epoch milliseconds; `zone` an IANA name, an unknown one counts as UTC and says so.
 */
export function localTime(at: number, now: number, zone: string, language: HouseLanguage): string {
  const known = isZone(zone) ? zone : 'UTC';
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(TAGS[language], { timeZone: known, ...options }).format(at);
  const time = format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const days = localAt(known, at).day - localAt(known, now).day;
  const day =
    days === 0 || days === 1
      ? new Intl.RelativeTimeFormat(TAGS[language], { numeric: 'auto' }).format(days, 'day')
      : format({ weekday: 'long', month: 'long', day: 'numeric' });
  return `${day} ${time}${known === zone ? '' : ' UTC'}`;
}

/** A wait as a customer reads it, rounded up to minutes, or to hours from two hours on; null: nobody can say. */
export function aboutHowLong(seconds: number | null, language: HouseLanguage): string {
  if (seconds === null) return { zh: '暂时无法预计', en: 'not known yet', ja: '未定' }[language];
  const minutes = Math.max(1, Math.ceil(seconds / 60));
  const [count, unit] = minutes < 120 ? ([minutes, 'minute'] as const) : ([Math.ceil(minutes / 60), 'hour'] as const);
  const long = new Intl.NumberFormat(TAGS[language], { style: 'unit', unit, unitDisplay: 'long' }).format(count);
  return { zh: `约${long}`, en: `about ${long}`, ja: `約${long}` }[language];
}
