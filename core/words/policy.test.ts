import { describe, expect, test } from 'vitest';
import {
  AUTO_REPLY_MATCH,
  bitsOf,
  buildIndex,
  FORCED_HUMAN_DEFAULTS,
  find,
  handoffOf,
  hitsOf,
  KINDS_IN,
  WORD_KINDS,
  WORD_POLICY,
  type Word,
  wordOf,
} from './index.ts';

const defaults = FORCED_HUMAN_DEFAULTS.map(({ text, match }, n) => wordOf('forced-human', `forced ${n}`, text, match));
const handoff = (words: Word[], text: string) => handoffOf(find(buildIndex(words), text, { kinds: KINDS_IN.visitor }));

test('each kind has a bit of its own, and is looked for in one direction', () => {
  const bits = WORD_KINDS.map((kind) => WORD_POLICY[kind].bit);
  expect(new Set(bits).size).toBe(WORD_KINDS.length);
  for (const bit of bits) expect(Math.log2(bit) % 1).toBe(0);
  expect(KINDS_IN.visitor + KINDS_IN.agent).toBe(bitsOf(...WORD_KINDS));
});

describe('forced-human defaults (SW-03)', () => {
  test.each(['r', 'R', ' ｒ。', '人工', '人工！', '人 工', '转人工', '我要轉人工', '转-人.工', '请转人工客服'])(
    '%j asks for a human',
    (text) => {
      expect(handoff(defaults, text)).toBe('forced-human');
    },
  );
  test.each(['car', 'r u there', '人工智能怎么用', '两个人，工期多久', '转账'])('%j does not', (text) => {
    expect(handoff(defaults, text)).toBeUndefined();
  });
});

describe('keyword-to-human (SW-04, SW-05)', () => {
  const words = [...defaults, wordOf('keyword-to-human', 'k1', '投诉'), wordOf('keyword-to-human', 'k2', '转人工')];
  test('a keyword asks quietly', () => expect(handoff(words, '我要投诉')).toBe('keyword-to-human'));
  test('a word in both lists is a keyword', () => expect(handoff(words, '转人工')).toBe('keyword-to-human'));
  test('another forced word still forces', () => {
    expect(handoff([...words, wordOf('forced-human', 'f', '真人')], '转人工，要真人')).toBe('forced-human');
  });
  test('neither', () => expect(handoff(words, '你好')).toBeUndefined());
});

test('one index, one pass, every kind; each side sees its own', () => {
  const index = buildIndex([
    ...defaults,
    wordOf('forbidden', 'f', '加微信'),
    wordOf('sensitive', 's', '退款'),
    wordOf('reminder', 'm', '退款'),
    wordOf('auto-reply', 'rule', 'ship', AUTO_REPLY_MATCH.fuzzy),
    wordOf('auto-reply', 'rule 2', '退款', AUTO_REPLY_MATCH.exact),
  ]);
  const agent = find(index, '加微-信给你退款', { kinds: KINDS_IN.agent });
  expect(agent.map((hit) => hit.id)).toEqual(['f', 's']);
  expect(hitsOf(agent, 'forbidden').map((hit) => hit.id)).toEqual(['f']);
  const visitor = find(index, '退款 shipping', { kinds: KINDS_IN.visitor });
  expect(visitor.map((hit) => hit.id)).toEqual(['m', 'rule']);
  expect(find(index, '退款。', { kinds: bitsOf('auto-reply') }).map((hit) => hit.id)).toEqual(['rule 2']);
});

test('a forbidden Latin word leaves longer words alone', () => {
  const index = buildIndex([wordOf('forbidden', 1, 'ass')]);
  expect(find(index, 'please assist the class')).toEqual([]);
  expect(find(index, 'a.s.s!').length).toBe(1);
});
