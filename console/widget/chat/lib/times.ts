import type { Language, Words } from '../words/index.ts';

/** `14:05`, `Yesterday 14:05`, `3 Mar 14:05`; the year only when it is another one. */
export function timeText(at: number, language: Language, words: Words, now = Date.now()): string {
  const day = (time: number) => new Date(time).setHours(0, 0, 0, 0);
  const clock = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit' }).format(at);
  const days = Math.round((day(now) - day(at)) / 86_400_000);
  if (days === 0) return clock;
  if (days === 1) return `${words.yesterday} ${clock}`;
  const year = new Date(at).getFullYear() === new Date(now).getFullYear() ? undefined : 'numeric';
  return `${new Intl.DateTimeFormat(language, { year, month: 'short', day: 'numeric' }).format(at)} ${clock}`;
}
