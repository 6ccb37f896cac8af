import { type Key, listed, t } from '../i18n/index.svelte.ts';
import { names } from './names.svelte.ts';
import type { Voice } from './summary.ts';

/** Summaries in the language of the screen, with the names of this house. */
export const voice: Voice = {
  say: (key, values) => t(key as Key, values),
  list: listed,
  name: (id) => names.of(id) ?? (names.loaded ? undefined : '…'),
};
