import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { normalise } from './normalise.ts';
import { simplifications } from './simplify.ts';

vi.setConfig({ testTimeout: 60_000 }); // thousands of runs on a busy machine

describe('a text becomes', () => {
  test.each([
    ['', ''],
    ['abc', 'abc'],
    ['转人工', '转人工'],
    ['转-人.工', '转人工'],
    ['转 人　工', '转人工'],
    ['轉人工', '转人工'],
    ['【转人工】！', '转人工'],
    ['Ｒ', 'r'],
    ['ＷｉＦｉ　６', 'wifi6'],
    ['Straße', 'strasse'],
    ['ΣΊΣΥΦΟΣ', 'σίσυφοσ'],
    ['人\u200b工\u200d\ufeff\u2060', '人工'],
    ['人\u00ad工\u202e', '人工'],
    ['人\u0000工\u0007', '人工'],
    ['㈱ ① ㍿ ㎏ ﬁ', '株1株式会社kgfi'],
    ['cafe\u0301', 'café'],
    ['e\u200d\u0301', 'é'],
    ['ｶﾞｽ', 'ガス'],
    ['ㄱㅏ', '가'],
    ['\u1100\u1161\u11a8', '각'],
    ['❤️', '❤'],
    ['1️⃣', '1'],
    ['👍🏽👍', '👍👍'],
    ['👨‍👩‍👧', '👨👩👧'],
    ['🇨🇳', '🇨🇳'],
    ['转★人●工◆', '转人工'],
    ['转´人¨工', '转人工'],
    ['⼈⼯', '人工'],
    ['𝒘𝒊𝒇𝒊', 'wifi'],
    ['薴', '苎'], // two steps in the table
    ['衞生著作裡', '卫生着作里'], // Hong Kong and Taiwan spellings
    ['什麼什么', '什么什么'], // 么 is simplified already, though Taiwan writes it for 幺
    ['\ud83d转\ude00', '转'], // lone surrogates
    ['\u{16d63}\u{16d67}', '\u{16d69}'], // letters that compose
    ['สวัสดี', 'สวัสดี'],
    ['हिन्दी', 'हिन्दी'],
  ])('%j → %j', (text, plain) => {
    expect(normalise(text).text).toBe(plain);
  });

  test.each([
    ['？？', '??'],
    [' 。. ', '。.'],
    ['…', '...'],
    ['+1', '1'], // only where nothing else is left do separators count
    [' \n\t', ''],
    ['\u200b', ''],
  ])('separators alone: %j → %j', (text, plain) => {
    expect(normalise(text).text).toBe(plain);
  });
});

test('positions lead back to whole characters', () => {
  const text = 'Ｈi 轉\u200b人 e\u0301 ㍿👍🏽';
  const { text: plain, at } = normalise(text);
  const pairs = [...plain].map((char, k, all) => {
    const unit = all.slice(0, k).join('').length;
    return [char, text.slice(at.start[unit], at.end[unit])];
  });
  expect(pairs).toEqual([
    ['h', 'Ｈ'],
    ['i', 'i'],
    ['转', '轉'],
    ['人', '人'],
    ['é', 'e\u0301'],
    ['株', '㍿'],
    ['式', '㍿'],
    ['会', '㍿'],
    ['社', '㍿'],
    ['👍', '👍🏽'],
  ]);
});

test('a text that is normal already is handed back, not copied', () => {
  const text = `转人工abc😀${'长'.repeat(9000)}`;
  expect(normalise(text).text).toBe(text);
});

test('more than 30 marks on one letter are noise', () => {
  expect(normalise(`人${'\u0336'.repeat(100)}工`).text).toBe(`人${'\u0336'.repeat(30)}工`);
});

test('every pair of the simplification table is final', () => {
  const pairs = simplifications();
  expect(pairs.size).toBeGreaterThan(3000);
  for (const to of pairs.values()) expect(pairs.has(to)).toBe(false);
});

const pairs = simplifications();

/** The definition, word for word, over the whole string at once: slow and without positions. */
function definition(text: string): string {
  const isUnseen = (c: string) =>
    !/[\t-\r\x85]/u.test(c) &&
    /\p{Default_Ignorable_Code_Point}|\p{Cf}|\p{Cc}|\p{Me}|\p{Emoji_Modifier}|\p{Cs}|\p{Noncharacter_Code_Point}/u.test(
      c,
    );
  const isPicture = (c: string) =>
    /\p{Emoji_Presentation}|[\u2e80-\u2fd5]/u.test(c) ||
    (/\p{Emoji}/u.test(c) && /[\u2600-\u27bf\u{1f000}-\u{1faff}]/u.test(c));
  const isMark = (c: string) => /\p{P}|\p{S}|\p{Z}|[\t-\r\x85]/u.test(c) && !isPicture(c);
  const carries = (c: string) => /\p{L}|\p{N}/u.test(c.normalize('NFKC'));
  let result = [...text].filter((c) => !isUnseen(c) && (!isMark(c) || carries(c))).join('');
  for (let before = ''; before !== result; ) {
    before = result;
    result = [...result.normalize('NFKC')]
      .filter((c) => !isUnseen(c) && !isMark(c))
      .map((c) => {
        const simple = pairs.get(c.codePointAt(0) as number);
        return simple === undefined ? c.toUpperCase().toLowerCase() : String.fromCodePoint(simple);
      })
      .join('');
  }
  return result;
}

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.string({
    unit: fc.constantFrom(...'aAeéßﬁİ轉转人著\u0301\u0323\u0345 -。\u200b\ufe0f㈱ｶﾞ가각ㅏ👍🏽ก็'),
    maxLength: 30,
  }),
);

test('agrees with the definition', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const expected = definition(text);
      fc.pre(expected !== '');
      expect(normalise(text).text).toBe(expected);
    }),
    { numRuns: 3000 },
  );
});

test('agrees with the definition on every code point, alone and beside others', () => {
  const wrong: string[] = [];
  for (let point = 0; point < 0x32000; point++) {
    if (point >= 0xd800 && point < 0xe000) continue;
    const text = `字${String.fromCodePoint(point)}x`;
    if (normalise(text).text !== definition(text)) wrong.push(point.toString(16));
    if (point === 0x4e00) point = 0x9f00; // the plain middle of Chinese
  }
  expect(wrong).toEqual([]);
});

test('is idempotent, and its positions cover whole characters in order', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const { text: plain, at } = normalise(text);
      expect(normalise(plain).text).toBe(plain);
      expect(at.start.length).toBe(plain.length);
      for (let k = 0; k < plain.length; k++) {
        const [start, end] = [at.start[k] as number, at.end[k] as number];
        expect(end).toBeGreaterThan(start);
        if (k > 0 && at.start[k - 1] !== start) expect(start).toBeGreaterThanOrEqual(at.end[k - 1] as number);
        let after = k;
        while (at.start[after] === start) after++;
        const from = at.start.indexOf(start);
        expect(normalise(text.slice(start, end)).text).toBe(plain.slice(from, after));
      }
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ['marks piled on one letter, in an order that NFKC must sort', `a${'\u0301\u0323'.repeat(50_000)}`],
  ['spaces', `人${' '.repeat(100_000)}工`],
  ['invisible characters', `人${'\u200b\ufe0f'.repeat(50_000)}工`],
  ['a letter and a mark, far apart', `e${' \u0301'.repeat(50_000)}`],
  ['punctuation alone', '。！'.repeat(50_000)],
  ['emoji', '👍🏽'.repeat(25_000)],
  ['the longest expansion', '\ufdfa'.repeat(100_000)],
  ['Thai', 'สวัสดี'.repeat(16_000)],
])('100 kB of %s take no longer than they should', (_, text) => {
  normalise(text.slice(0, 100));
  const from = performance.now();
  normalise(text);
  expect(performance.now() - from).toBeLessThan(1500); // quadratic took 2.7 s and 98 s
});
