import type { Language } from '../index.ts';
import { en } from './en.ts';
import { ja } from './ja.ts';
import { type FormWords, zh } from './zh.ts';

export type { FormWords };
export const formWords: Record<Language, FormWords> = { 'zh-CN': zh, en, ja };
