import { speakSettings } from '#lib/i18n/index.svelte.ts';

export async function load({ parent }) {
  await parent();
  await speakSettings();
}
