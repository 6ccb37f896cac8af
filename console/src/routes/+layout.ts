import { speak, wishedLanguage } from '#lib/i18n/index.svelte.ts';

export const ssr = false;
export const prerender = false;

export async function load() {
  await speak(wishedLanguage());
}
