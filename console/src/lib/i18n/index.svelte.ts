import type { words as chineseCare } from './care/zh-CN.ts';
import type { words as chineseHistory } from './history/zh-CN.ts';
import type { words as chineseHouseRules } from './house-rules/zh-CN.ts';
import type { words as chineseLeft } from './left/zh-CN.ts';
import type { words as chineseRules } from './rules/zh-CN.ts';
import type { words as chineseSettings } from './settings/zh-CN.ts';
import type { words as chineseTags } from './tags/zh-CN.ts';
import type { words as chineseTime } from './time/zh-CN.ts';
import type { words as chinese } from './zh-CN.ts';

/**
 * Words of the console. Chinese is the measure: `zh-CN.ts` has the keys, `en.ts` must have the same (the types and
 * test/words.test.ts see to it). Only the language in use is loaded, and the words of the settings only there.
 */
export const LANGUAGES = ['zh-CN', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];
export type Key =
  | keyof typeof chinese
  | keyof typeof chineseTags
  | keyof typeof chineseCare
  | keyof typeof chineseLeft
  | keyof typeof chineseSettings
  | keyof typeof chineseHistory
  | keyof typeof chineseHouseRules
  | keyof typeof chineseRules
  | keyof typeof chineseTime;
type Words = Partial<Record<Key, string>>;

/** One line a part and language: what every page needs, and what only the settings need. */
type Load = Record<Language, (() => Promise<{ words: Words }>)[]>;
const load: Load = {
  'zh-CN': [
    () => import('./zh-CN.ts'),
    () => import('./tags/zh-CN.ts'),
    () => import('./left/zh-CN.ts'),
    () => import('./care/zh-CN.ts'),
  ],
  en: [
    () => import('./en.ts'),
    () => import('./tags/en.ts'),
    () => import('./left/en.ts'),
    () => import('./care/en.ts'),
  ],
};
const loadSettings: Load = {
  'zh-CN': [
    () => import('./settings/zh-CN.ts'),
    () => import('./history/zh-CN.ts'),
    () => import('./house-rules/zh-CN.ts'),
    () => import('./rules/zh-CN.ts'),
    () => import('./time/zh-CN.ts'),
  ],
  en: [
    () => import('./settings/en.ts'),
    () => import('./history/en.ts'),
    () => import('./house-rules/en.ts'),
    () => import('./rules/en.ts'),
    () => import('./time/en.ts'),
  ],
};

let language: Language = $state('zh-CN');
let words: Words = $state.raw({});
let settingsWanted = false;

/** The language on screen now. */
export const currentLanguage = (): Language => language;
/** Picks the Chinese or the English one of a pair that comes as data. */
export const either = (both: { zh: string; en: string }): string => (language === 'en' ? both.en : both.zh);

/** Names one after another. */
export const listed = (names: readonly string[]): string => names.join(language === 'en' ? ', ' : '、');

/** What the browser asks for, or what was chosen here before somebody signed in. */
export function wishedLanguage(): Language {
  try {
    const kept = localStorage.getItem('haina.language');
    if (kept === 'zh-CN' || kept === 'en') return kept;
  } catch {
    // Storage may be forbidden.
  }
  return navigator.languages.some((one) => one.toLowerCase().startsWith('zh')) || !navigator.languages.length
    ? 'zh-CN'
    : 'en';
}

/** Changes the language of the screen once its words are here. */
export async function speak(wish: Language): Promise<void> {
  if (wish === language && words['app.name']) return;
  words = await all([...load[wish], ...(settingsWanted ? loadSettings[wish] : [])]);
  language = wish;
  document.documentElement.lang = wish;
  try {
    localStorage.setItem('haina.language', wish);
  } catch {
    // Then only for this visit.
  }
}

/** Before the first settings page. */
export async function speakSettings(): Promise<void> {
  if (settingsWanted) return;
  settingsWanted = true;
  const more = await all(loadSettings[language]);
  words = { ...words, ...more };
}
/** What the settings say in every language: so that 'welcome' finds 欢迎语. */
export const everyLanguage = (): Promise<Words[]> => Promise.all(LANGUAGES.map((one) => all(loadSettings[one])));
const all = async (parts: Load[Language]): Promise<Words> =>
  Object.assign({}, ...(await Promise.all(parts.map((part) => part()))).map((part) => part.words));

/** `{name}` is replaced. An unknown key shows itself, so that it is noticed. */
export function t(key: Key, values?: Record<string, string | number>): string {
  const text = words[key] ?? key;
  return values ? text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole)) : text;
}
/** For keys put together of data (`error.${code}`): undefined where there is none. */
export const maybe = (key: string): string | undefined => words[key as Key];
