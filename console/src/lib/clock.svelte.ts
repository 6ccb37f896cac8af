import { currentLanguage, t } from './i18n/index.svelte.ts';

/** One clock for all that ticks on screen; stands still while the page is hidden. */
let now = $state(Date.now());
if (typeof document !== 'undefined') {
  setInterval(() => document.visibilityState === 'visible' && (now = Date.now()), 1000);
  document.addEventListener('visibilitychange', () => (now = Date.now()));
}
export const time = (): number => now;

/** 12 s, 4:05, 1:02:33. */
export function duration(ms: number): string {
  const all = Math.max(0, Math.floor(ms / 1000));
  const [hours, minutes, seconds] = [Math.floor(all / 3600), Math.floor((all % 3600) / 60), all % 60];
  const two = (value: number) => String(value).padStart(2, '0');
  return hours ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}

/** In words, as exact as one wants to know it: 47 h 12 min, 12 min, 30 s. */
export function span(ms: number): string {
  const all = Math.max(0, Math.floor(ms / 1000));
  const [d, h, m] = [Math.floor(all / 86_400), Math.floor(all / 3600), Math.floor((all % 3600) / 60)];
  if (d >= 3) return t('span.days', { d });
  if (h) return t('span.hours', { h, m });
  return m ? t('span.minutes', { m }) : t('span.seconds', { s: all });
}

/** How long something has been going on, for who glances at it: 3 min, 1 h 5 min, 26 h, 4 days; seconds are nobody's business. */
export function lasting(ms: number): string {
  if (ms < 60_000) return t('span.fresh');
  const h = Math.floor(ms / 3_600_000);
  return h >= 24 && h < 72 ? t('span.hours.only', { h }) : span(ms);
}
/** The same of what began then and goes on. */
export const lastingSince = (at: string): string => lasting(now - Date.parse(at));

const format = (options: Intl.DateTimeFormatOptions) => {
  const made = new Map<string, Intl.DateTimeFormat>();
  return (at: string | number): string => {
    const language = currentLanguage();
    let one = made.get(language);
    if (!one) made.set(language, (one = new Intl.DateTimeFormat(language, options)));
    return one.format(new Date(at));
  };
};
export const clockTime = format({ hour: '2-digit', minute: '2-digit', hour12: false });
export const fullTime = format({ dateStyle: 'medium', timeStyle: 'short', hour12: false });
export const dateName = format({ dateStyle: 'medium' });
const dayMonth = format({ month: 'numeric', day: 'numeric' });
const weekday = format({ weekday: 'short' });
const longDay = format({ year: 'numeric', month: 'long', day: 'numeric', weekday: 'long' });

const daysAgo = (at: string): number =>
  Math.round((new Date().setHours(0, 0, 0, 0) - new Date(at).setHours(0, 0, 0, 0)) / 86_400_000);

/** At the right of a row: the time today, the weekday this week, else the date. */
export function shortTime(at: string): string {
  const days = daysAgo(at);
  return days <= 0 ? clockTime(at) : days === 1 ? t('time.yesterday') : days < 7 ? weekday(at) : dayMonth(at);
}
export function dayName(at: string): string {
  const days = daysAgo(at);
  return days <= 0 ? t('time.today') : days === 1 ? t('time.yesterday') : longDay(at);
}
