import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { buildIndex, find, first, type Hit, type Match, mentions, normalise, spans, type Word } from './index.ts';

vi.setConfig({ testTimeout: 60_000 }); // thousands of runs on a busy machine

/** What was hit, as written: "id:slice". */
function seen(words: Word[], text: string): string[] {
  return find(buildIndex(words), text).map((hit) => `${hit.id}:${text.slice(hit.start, hit.end)}`);
}
const hits = (match: Match, word: string, text: string) =>
  seen([{ id: 'w', text: word, match }], text).map((hit) => hit.slice(2));

describe('contains', () => {
  test.each([
    ['转人工', '我要轉-人.工，快', ['轉-人.工']],
    ['转人工', '转人工转 人 工', ['转人工', '转 人 工']],
    ['轉人工', '转人工', ['转人工']],
    ['人工', '人工智能', ['人工']],
    ['人工', '两个人，工期很长', []], // another clause
    ['人工', '你好，人，工，谢谢', ['人，工']], // free at both ends
    ['转人工', '我要转，人，工啊', ['转，人，工']], // all set apart: on purpose
    ['微信', '加我微 信', ['微 信']],
    ['退', '我要退款', ['退']],
    ['ship', 'relationship', ['ship']],
    ['shit', 'class hit', []], // only because the space is gone
    ['shit', 'class䷀hit', []],
    ['shit', 'oh s-h.i t!', ['s-h.i t']],
    ['new york', 'in New  York.', ['New  York']],
    ['therapist', 'the rapist', ['the rapist']],
    ['hi', 'this', []],
    ['hi', 'say Hi!', ['Hi']],
    ['vx', '加VX123', ['VX']],
    ['10', '100', []],
    ['100', '1000', ['100']],
    ['1380013', '138 00138000', []],
    ['1380013', '138-0013!', ['138-0013']],
    ['e', 'e\u0301', []], // not a part of é
    ['é', 'cafe\u0301 e\u0301!', ['e\u0301']],
    ['f', 'ﬁ', []],
    ['finance', 'oﬃce ﬁnance', ['ﬁnance']],
    ['👍', '好👍🏽!', ['👍🏽']],
    ['😀😀', '😀 😀', ['😀 😀']],
    ['❤', 'x❤️y', ['❤️']],
    ['??', '？？？', ['？？', '？？']],
    ['?', 'what?', []],
    ['\u200b', 'a\u200bb', []],
  ])('%j in %j: %j', (word, text, found) => {
    expect(hits('contains', word, text)).toEqual(found);
  });
});

describe('word', () => {
  test.each([
    ['ship', 'relationship', []],
    ['ship', 'shipping', []],
    ['ship', 'Ship it', ['Ship']],
    ['ship', '请ship给我', ['ship']],
    ['ass', 'class, assist', []],
    ['цена', 'Оцена', []],
    ['цена', 'ЦЕНА?', ['ЦЕНА']],
    ['iphone', 'iPhone15', ['iPhone']], // letters end where digits begin
    ['人工', '人工智能', ['人工']], // Chinese knows no edges
    ['ab人', 'xab人工', []],
    ['환불', '환불을', ['환불']],
  ])('%j in %j: %j', (word, text, found) => {
    expect(hits('word', word, text)).toEqual(found);
  });
});

describe('equals', () => {
  test.each([
    ['r', 'R', ['R']],
    ['r', ' r。', ['r']],
    ['r', 'ｒ\ufe0f', ['ｒ\ufe0f']],
    ['r', 'car', []],
    ['r', 'r r', []],
    ['人工', '【人 工】！', ['人 工']],
    ['人工', '人工智能', []],
    ['人工', '转人工', []],
    ['?', '？', ['？']],
    ['?', '??', []],
  ])('%j, message %j: %j', (word, text, found) => {
    expect(hits('equals', word, text)).toEqual(found);
  });
});

describe('an index', () => {
  test('reports overlaps: by start, longest first, then as given', () => {
    const words: Word[] = [
      { id: 'a', text: '人工' },
      { id: 'b', text: '转人工' },
      { id: 'c', text: '轉人工', match: 'equals' },
      { id: 'd', text: '转' },
      { id: 'e', text: '转人工', match: 'word' },
      { id: 'f', text: '转人' },
    ];
    expect(seen(words, '转人工')).toEqual(['b:转人工', 'c:转人工', 'e:转人工', 'f:转人', 'd:转', 'a:人工']);
    expect(seen(words, '要转人工')).toEqual(['b:转人工', 'e:转人工', 'f:转人', 'd:转', 'a:人工']);
    expect(first(buildIndex(words), '要转人工')?.id).toBe('b');
  });

  test('keeps several entries of one text and several texts of one id', () => {
    const words: Word[] = [
      { id: 1, text: '退款', kinds: 1 },
      { id: 1, text: '退货', kinds: 1 },
      { id: 2, text: '退 款', kinds: 2 },
      { id: 3, text: '退款', kinds: 4 },
    ];
    const index = buildIndex(words);
    expect(find(index, '退款退货').map((hit) => [hit.id, hit.kinds])).toEqual([
      [1, 1],
      [2, 2],
      [3, 4],
      [1, 1],
    ]);
    expect(find(index, '退款退货', { kinds: 6 }).map((hit) => hit.id)).toEqual([2, 3]);
    expect(first(index, '退款', 4)?.id).toBe(3);
    expect(find(index, '退款退货', { limit: 2 }).map((hit) => hit.id)).toEqual([1, 2, 3]);
    expect(find(index, '退款退货', { limit: 3 }).map((hit) => hit.id)).toEqual([1, 2, 3]);
  });

  test('takes any iterable, none, and words of nothing', () => {
    expect(find(buildIndex([]), 'abc')).toEqual([]);
    const index = buildIndex(
      new Set<Word>([
        { id: 1, text: ' ' },
        { id: 2, text: '\u200b' },
        { id: 3, text: '好' },
      ]),
    );
    expect(index.size).toBe(1);
    expect(find(index, '好')).toEqual([{ id: 3, start: 0, end: 1, kinds: 0 }]);
    expect(find(index, '')).toEqual([]);
  });

  test('holds all 29 bits of kinds', () => {
    const kinds = 2 ** 29 - 1;
    expect(first(buildIndex([{ id: 1, text: '好', kinds }]), '好')?.kinds).toBe(kinds);
  });

  test('finds words of every length up to 200, each alone and all nested', () => {
    const words = Array.from({ length: 200 }, (_, n) => ({ id: n + 1, text: '长'.repeat(n + 1) }));
    const index = buildIndex(words);
    expect(find(index, '长'.repeat(200), { limit: Infinity }).length).toBe((200 * 201) / 2);
    for (const length of [1, 2, 3, 4, 34, 35, 36, 200]) {
      const alone = buildIndex([{ id: 1, text: `${'x'.repeat(length - 1)}z` }]);
      expect(find(alone, `q ${'x'.repeat(length - 1)}z q`).length).toBe(1);
    }
  });

  test('a flood of hits neither fills the memory nor hides another word', () => {
    const flood = Array.from({ length: 100 }, (_, n) => ({ id: n, text: 'a'.repeat(n + 3), kinds: 1 }));
    const index = buildIndex([...flood, { id: 'f', text: '违禁', kinds: 2 }, { id: 5, text: '敏感', kinds: 4 }]);
    const hits = find(index, `${'a'.repeat(20_000)}违禁敏感敏感`);
    expect(hits.length).toBe(10_002);
    expect(hits.slice(-2).map((hit) => hit.id)).toEqual(['f', 5]);
    expect(find(index, '违禁敏感违禁敏感', { limit: 1 }).map((hit) => hit.id)).toEqual(['f', 5]);
  });

  test('hits across long gaps take no longer than they should', () => {
    const index = buildIndex(Array.from({ length: 200 }, (_, n) => ({ id: n, text: 'a'.repeat(n + 3) })));
    const marks = buildIndex([
      { id: 1, text: '!' },
      { id: 2, text: '!'.repeat(50) },
    ]);
    const from = performance.now();
    find(index, `${'a'.repeat(200)}${' '.repeat(100_000)}${'a'.repeat(200)}`);
    find(marks, '! '.repeat(50_000));
    expect(performance.now() - from).toBeLessThan(1500);
  });

  test('100,000 words that all begin alike', () => {
    const words = Array.from({ length: 100_000 }, (_, id) => ({ id, text: `转账编号${id}` }));
    const index = buildIndex(words);
    expect(index.size).toBe(100_000);
    expect(find(index, '转账编号99999').map((hit) => hit.id)).toEqual([99999, 9999, 999, 99, 9]);
    for (let id = 0; id < 100_000; id += 997) expect(first(index, `请看转账编号${id}。`)?.id).toBe(id);
    expect(index.bytes).toBeLessThan(8 * 2 ** 20);
  });
});

test('tells 20,000 words from the 140,000 others made of the same characters', () => {
  const pair = (n: number) => String.fromCharCode(0xac00 + (n % 400), 0xc000 + Math.floor(n / 400));
  const isWord = (n: number) => (n * 7) % 8 === 3;
  const all = Array.from({ length: 160_000 }, (_, n) => n);
  const index = buildIndex(all.filter(isWord).map((id) => ({ id, text: pair(id) })));
  expect(all.filter((n) => isWord(n) !== (first(index, pair(n))?.id === n))).toEqual([]);
});

describe('spans', () => {
  test('never overlap: leftmost, then longest; equal ranges join their kinds', () => {
    const index = buildIndex([
      { id: 1, text: '转人', kinds: 1 },
      { id: 2, text: '转人工', kinds: 2 },
      { id: 3, text: '人工客服', kinds: 4 },
      { id: 4, text: '轉人工', kinds: 8 },
      { id: 5, text: '客', kinds: 16 },
    ]);
    expect(spans(find(index, '转人工客服'))).toEqual([
      { start: 0, end: 3, kinds: 10 },
      { start: 3, end: 4, kinds: 16 },
    ]);
    expect(spans([])).toEqual([]);
  });
});

test('mentions', () => {
  const words = ['退款', { text: 'r', match: 'equals' as const }];
  expect(mentions('我要退 款', words)).toBe(true);
  expect(mentions('R', words)).toBe(true);
  expect(mentions('car', words)).toBe(false);
  expect(mentions('退款', [])).toBe(false);
});

// A second matcher, straight from the definition: every entry at every place, edges read off the original text.

function naive(words: Word[], text: string): Hit[] {
  const { text: plain, at } = normalise(text);
  const result: (Hit & { order: number })[] = [];
  words.forEach(({ id, text: raw, match = 'contains', kinds = 0 }, order) => {
    const word = normalise(raw).text;
    if (word === '') return;
    for (let k = 0; k + word.length <= plain.length; k++) {
      if (!plain.startsWith(word, k)) continue;
      const end = k + word.length;
      const right = match === 'equals' ? word === plain : stands(text, plain, at, k, end, match);
      if (right) result.push({ id, start: at.start[k] as number, end: at.end[end - 1] as number, kinds, order });
    }
  });
  result.sort((a, b) => a.start - b.start || b.end - a.end || a.order - b.order);
  return result.map(({ order, ...hit }) => hit);
}

function stands(
  text: string,
  plain: string,
  at: { start: Uint32Array; end: Uint32Array },
  k: number,
  end: number,
  match: Match,
) {
  const kind = (n: number) =>
    /[a-z\xaa-\u058f\u1e00-\u1fff]/.test(plain[n] ?? '') ? 'letter' : /[0-9]/.test(plain[n] ?? '') ? 'digit' : 'other';
  const between = (n: number) => (at.start[n] === at.start[n - 1] ? '' : text.slice(at.end[n - 1], at.start[n]));
  const gap = (n: number) =>
    [...between(n)].some((char) => !/\u200b|\u200d|\ufe0f|\p{Emoji_Modifier}|\p{Cs}/u.test(char));
  const whole = (n: number) => n === 0 || n === plain.length || at.start[n] !== at.start[n - 1];
  if (!whole(k) || !whole(end)) return false;
  const open = (n: number) => n === 0 || n === plain.length || gap(n) || kind(n) !== kind(n - 1);
  const inner = Array.from({ length: end - k - 1 }, (_, n) => k + 1 + n);
  const spelled = inner.some((n) => gap(n) && kind(n) !== 'other' && kind(n) === kind(n - 1));
  const clause = inner.some((n) => /[，。？\n]/.test(between(n))) && !(end - k > 2 && inner.every(gap));
  if ((spelled || clause) && !(open(k) && open(end))) return false;
  const short = end - k <= 2 && kind(k) !== 'other' && kind(end - 1) !== 'other';
  const edges = (kind(k) === 'other' || open(k)) && (kind(end - 1) === 'other' || open(end));
  return edges || (match === 'contains' && !short);
}

const units = [
  ...'转轉人人工工aabBＡ12１  --，。.\n\u200b\u200d\ufe0feé\u0301ßﬁfi㈱株😀👍🏽ｶﾞ각？ๅกิ',
  '\ud83d',
  '\ude00',
];
const piece = (min: number, max: number) =>
  fc.string({ unit: fc.constantFrom(...units), minLength: min, maxLength: max });
const list = fc.array(
  fc.record({
    id: fc.nat(9),
    text: piece(1, 4),
    match: fc.constantFrom<Match>('contains', 'word', 'equals'),
    kinds: fc.nat(7),
  }),
  { maxLength: 12 },
);
const message = fc.oneof(
  piece(0, 40),
  fc.tuple(list, piece(0, 3)).map(([words, glue]) => words.map((word) => word.text).join(glue)),
);

test('equals the naive matcher', () => {
  let found = 0;
  fc.assert(
    fc.property(list, message, piece(0, 3), (words, text, glue) => {
      const mixed = text + glue + words.map((word) => word.text).join(glue);
      for (const sample of [text, mixed, words[0]?.text ?? '']) {
        const expected = naive(words, sample);
        found += expected.length;
        expect(find(buildIndex(words), sample)).toEqual(expected);
      }
    }),
    { numRuns: 3000 },
  );
  expect(found).toBeGreaterThan(3000);
});

test('what was hit is the word: its slice normalises to it', () => {
  fc.assert(
    fc.property(list, message, (words, text) => {
      const entries = words.map((word, id) => ({ ...word, id }));
      for (const hit of find(buildIndex(entries), text)) {
        const slice = text.slice(hit.start, hit.end);
        expect(normalise(slice).text).toBe(normalise(words[hit.id as number]?.text ?? '').text);
        // Slices cut no surrogate pair and leave no mark behind.
        expect(/^[\udc00-\udfff]/.test(text.slice(hit.end)) && /[\ud800-\udbff]$/.test(slice)).toBe(false);
        expect(/^[\u0301\ufe0f\u{1f3fd}]/u.test(text.slice(hit.end))).toBe(false);
      }
    }),
    { numRuns: 2000 },
  );
});

test('spans never overlap and lie inside the text', () => {
  fc.assert(
    fc.property(list, message, (words, text) => {
      let before = 0;
      for (const { start, end } of spans(find(buildIndex(words), text))) {
        expect(start).toBeGreaterThanOrEqual(before);
        expect(end).toBeGreaterThan(start);
        before = end;
      }
      expect(before).toBeLessThanOrEqual(text.length);
    }),
  );
});
