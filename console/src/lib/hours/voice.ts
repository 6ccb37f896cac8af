import { currentLanguage, type Key, listed, t } from '../i18n/index.svelte.ts';
import type { Voice } from './summary.ts';

/** 2026-11-23 was a Monday. */
const MONDAY = Date.UTC(2026, 10, 23);

/** The name of a weekday on screen, 0 is Monday: 周一, Mon. */
export const weekday = (day: number, long = false): string =>
  new Intl.DateTimeFormat(currentLanguage(), { weekday: long ? 'long' : 'short', timeZone: 'UTC' }).format(
    MONDAY + day * 86_400_000,
  );

/** Sentences of `summary.ts` in the language of the screen. */
export const voice: Voice = {
  say: (key, values) => t(key as Key, values),
  list: listed,
  day: weekday,
};

/** A day as `10月1日 周四`. */
export const dayOnScreen = (date: string): string =>
  new Intl.DateTimeFormat(currentLanguage(), {
    month: 'short',
    day: 'numeric',
    weekday: 'short',
    timeZone: 'UTC',
  }).format(Date.parse(date));
