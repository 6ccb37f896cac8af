import { en } from './en.ts';
import { ja } from './ja.ts';
import { type Words, zh } from './zh.ts';

export type { Words };
export type Language = 'zh-CN' | 'en' | 'ja';
const all: Record<Language, Words> = { 'zh-CN': zh, en, ja };

/** The first of the wishes that we speak: what the site asks for, the channel's setting, the browser's list, the house's. */
export function languageOf(...wishes: (string | undefined | null)[]): Language {
  for (const wish of wishes) {
    const short = (wish ?? '').slice(0, 2).toLowerCase();
    const found = (Object.keys(all) as Language[]).find((language) => language.slice(0, 2) === short);
    if (found) return found;
  }
  return 'en';
}

export function wordsOf(language: Language): Words {
  return all[language];
}

/** Puts values where `{name}` stands. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}
