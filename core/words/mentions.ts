import type { Match } from './bounds.ts';
import { buildIndex, type WordIndex } from './build.ts';
import { first } from './find.ts';

type Mention = string | { text: string; match?: Match };

const indexes = new WeakMap<readonly Mention[], WordIndex>();

/**
 * Does the text mention one of a few words? A bare string is matched as `contains`.
 * The index is kept for as long as the array lives: hand in the same array, and do not change it.
 */
export function mentions(text: string, words: readonly Mention[]): boolean {
  let index = indexes.get(words);
  if (index === undefined) {
    index = buildIndex(words.map((word, id) => (typeof word === 'string' ? { id, text: word } : { id, ...word })));
    indexes.set(words, index);
  }
  return first(index, text) !== undefined;
}
