import type { Match } from './bounds.ts';
import type { Word } from './build.ts';
import type { Hit } from './find.ts';

/** What a word is for. One index holds all of an organisation's words; each entry carries the bits of its kinds. */
export const WORD_KINDS = [
  'forced-human',
  'keyword-to-human',
  'forbidden',
  'sensitive',
  'reminder',
  'auto-reply',
] as const;
export type WordKind = (typeof WORD_KINDS)[number];

export interface WordPolicy {
  /** Bit in `Word.kinds` and `Hit.kinds`. */
  bit: number;
  /** Whose messages it is looked for in. */
  in: 'visitor' | 'agent';
  /** How an entry is matched unless it says otherwise. `word` differs from `contains` for Latin letters and digits only. */
  match: Match;
  /** Number in the specification. */
  spec: string;
}

/** What the product does with each kind. The doing is reception's and the desk's. */
export const WORD_POLICY: Record<WordKind, WordPolicy> = {
  'forced-human': { bit: 1, in: 'visitor', match: 'word', spec: 'SW-03' }, // 转人工词: as if the button were pressed
  'keyword-to-human': { bit: 2, in: 'visitor', match: 'word', spec: 'SW-04' }, // tries, silently
  forbidden: { bit: 4, in: 'agent', match: 'word', spec: 'SW-07' }, // 违禁词: not sent
  sensitive: { bit: 8, in: 'agent', match: 'word', spec: 'SW-08' }, // 敏感词: sent, told to agent and supervisors
  reminder: { bit: 16, in: 'visitor', match: 'word', spec: 'SW-09' }, // 提醒词: told to supervisors
  'auto-reply': { bit: 32, in: 'visitor', match: 'contains', spec: 'AR-03' },
};

/** AR-04: 模糊 finds the keyword anywhere, 精准 wants the whole message to be it. */
export const AUTO_REPLY_MATCH = { fuzzy: 'contains', exact: 'equals' } as const satisfies Record<string, Match>;

/**
 * SW-03. `r` and 人工 must be all that was said: an r is in most English words, and 人工 begins 人工智能.
 * 转人工 may stand in a sentence (我要转人工).
 */
export const FORCED_HUMAN_DEFAULTS: readonly { text: string; match: Match }[] = [
  { text: 'r', match: 'equals' },
  { text: '人工', match: 'equals' },
  { text: '转人工', match: 'contains' },
];

/** The bits of some kinds, for `Word.kinds` and `find`'s `kinds`. */
export function bitsOf(...kinds: WordKind[]): number {
  return kinds.reduce((bits, kind) => bits | WORD_POLICY[kind].bit, 0);
}

/** An entry of a list, with the kind's own way of matching unless the entry has one. */
export function wordOf(kind: WordKind, id: Word['id'], text: string, match: Match = WORD_POLICY[kind].match): Word {
  return { id, text, match, kinds: WORD_POLICY[kind].bit };
}

/** All kinds looked for in a visitor's, and in an agent's message. */
export const KINDS_IN = {
  visitor: bitsOf(...WORD_KINDS.filter((kind) => WORD_POLICY[kind].in === 'visitor')),
  agent: bitsOf(...WORD_KINDS.filter((kind) => WORD_POLICY[kind].in === 'agent')),
};

/** The hits of one kind, in their order. */
export function hitsOf(hits: readonly Hit[], kind: WordKind): Hit[] {
  const { bit } = WORD_POLICY[kind];
  return hits.filter((hit) => (hit.kinds & bit) !== 0);
}

/**
 * Which way to a human a visitor's words ask for, if any. SW-05: a word in both lists counts as a keyword; another
 * forced word in the same message still forces.
 */
export function handoffOf(hits: readonly Hit[]): 'forced-human' | 'keyword-to-human' | undefined {
  const keywords = hitsOf(hits, 'keyword-to-human');
  const isKeyword = (hit: Hit) => keywords.some((other) => other.start === hit.start && other.end === hit.end);
  if (hitsOf(hits, 'forced-human').some((hit) => !isKeyword(hit))) return 'forced-human';
  return keywords.length > 0 ? 'keyword-to-human' : undefined;
}
