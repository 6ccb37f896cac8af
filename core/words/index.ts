/** Words of all kinds, found in one pass: `buildIndex` once per change of a list, `find` once per message. */
export type { Match } from './bounds.ts';
export { buildIndex, type Word, type WordIndex } from './build.ts';
export { find, first, type Hit } from './find.ts';
export { mentions } from './mentions.ts';
export { normalise } from './normalise.ts';
export {
  AUTO_REPLY_MATCH,
  bitsOf,
  FORCED_HUMAN_DEFAULTS,
  handoffOf,
  hitsOf,
  KINDS_IN,
  WORD_KINDS,
  WORD_POLICY,
  wordOf,
} from './policy.ts';
export { spans } from './spans.ts';
