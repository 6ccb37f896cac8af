import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { Can } from './can.ts';
import { carries, fit, takes } from './fit.ts';
import type { Sendable } from './message.ts';

const KB = 1024;
const can = (more: Partial<Can> = {}): Can => ({ text: 100, ...more });
const texts = (parts: readonly Sendable[]) => parts.map((part) => (part.type === 'text' ? part.text : part.type));
const text = (words: string): Sendable => ({ type: 'text', text: words });

describe('texts', () => {
  test('what fits goes as it is', () => {
    expect(texts(fit(text('x'.repeat(100)), can()))).toEqual(['x'.repeat(100)]);
    expect(texts(fit(text('x'.repeat(101)), can()))).toEqual(['x'.repeat(100), 'x']);
  });
  test('cut after a line or a sentence first, then after a word, and in the middle only when there is neither', () => {
    expect(texts(fit(text('one two\nthree four'), can({ text: 10 })))).toEqual(['one two\n', 'three four']);
    expect(texts(fit(text('一二三四五。六七八九十'), can({ text: 8 })))).toEqual(['一二三四五。', '六七八九十']);
    expect(texts(fit(text('three four five'), can({ text: 12 })))).toEqual(['three four ', 'five']);
    expect(texts(fit(text('abcdefghij'), can({ text: 4 })))).toEqual(['abcd', 'efgh', 'ij']);
    expect(texts(fit(text('a bcdefghij'), can({ text: 8 })))).toEqual(['a bcdefg', 'hij']);
  });
  test('a character of two units stays whole', () => {
    expect(texts(fit(text('abc👋d'), can({ text: 4 })))).toEqual(['abc', '👋d']);
  });
  test('joined they are the text; none is longer than the channel carries; no half characters', () => {
    const words = fc.string({ unit: fc.constantFrom('a', ' ', '\n', '。', '好', '👋', '👩‍🚀', 'b'), maxLength: 300 });
    fc.assert(
      fc.property(words, fc.integer({ min: 2, max: 60 }), (whole, most) => {
        const parts = texts(fit(text(whole), can({ text: most })));
        expect(parts.join('')).toBe(whole);
        for (const part of parts)
          expect([part.length <= most, part.isWellFormed(), part.length > 0 || whole === '']).toEqual([
            true,
            true,
            true,
          ]);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('what a channel has no kind for becomes words', () => {
  const link: Sendable = { type: 'link', title: 'Title', text: 'Words', url: 'https://example.com/' };
  const place: Sendable = { type: 'location', latitude: 31.2, longitude: 121.5, title: 'Here', address: 'Street 1' };
  it('a link card', () => {
    expect(fit(link, can({ link: true }))).toEqual([link]);
    expect(texts(fit(link, can()))).toEqual(['Title\nWords\nhttps://example.com/']);
    expect(texts(fit({ type: 'link', title: 'Title', url: 'https://example.com/' }, can()))).toEqual([
      'Title\nhttps://example.com/',
    ]);
  });
  it('a place', () => {
    expect(fit(place, can({ location: true }))).toEqual([place]);
    expect(texts(fit(place, can({ text: 500 })))).toEqual([
      'Here\nStreet 1\nhttps://www.openstreetmap.org/?mlat=31.2&mlon=121.5',
    ]);
  });
  it('and long words are cut like any', () => {
    expect(texts(fit(link, can({ text: 12 }))).join('')).toBe('Title\nWords\nhttps://example.com/');
  });
});

describe('files', () => {
  const rule = { types: ['image/*', 'application/pdf'], bytes: KB };
  it.each([
    ['of the family', 'image/png', KB, true],
    ['of the type', 'application/pdf', 1, true],
    ['too large', 'image/png', KB + 1, false],
    ['of another type', 'video/mp4', 1, false],
    ['of a type that only begins alike', 'image', 1, false],
    ['of which nothing is known', undefined, undefined, true],
    ['of unknown type, too large', undefined, KB + 1, false],
  ])('%s', (_, mime, size, taken) => {
    expect(takes(rule, mime, size)).toBe(taken);
  });
  it('anything, where anything goes', () => expect(takes({ types: ['*/*'], bytes: KB }, 'x/y', 1)).toBe(true));
  const media = { id: '01931f4e-7c00-7000-8000-0000000000aa', mime: 'image/png', size: 10 };
  it.each(['image', 'voice', 'video'] as const)(
    '%s goes as it is where the channel takes it, else as a file',
    (type) => {
      const content = { type, media } as Sendable;
      expect(fit(content, can({ [type]: rule }))).toEqual([content]);
      expect(fit(content, can())).toEqual([{ type: 'file', media }]);
      expect(fit({ type, media: { ...media, size: KB + 1 } } as Sendable, can({ [type]: rule }))).toEqual([
        { type: 'file', media: { ...media, size: KB + 1 } },
      ]);
    },
  );
  it('a file stays a file', () => expect(fit({ type: 'file', media }, can())).toEqual([{ type: 'file', media }]));
});

describe('a picture that the hub makes fit', () => {
  const image = { types: ['image/jpeg'], bytes: 2_000_000, remade: 20_000_000 };
  const picture = (mime: string, size: number) => ({ type: 'image' as const, media: { mime, size } });
  test.each<[string, string, number, boolean]>([
    ['as it is', 'image/jpeg', 1_000_000, true],
    ['larger', 'image/jpeg', 9_000_000, true],
    ['of another type', 'image/webp', 1_000_000, true],
    ['far too large', 'image/jpeg', 20_000_001, false],
    ['no picture', 'image/svg+xml', 10, false],
  ])('%s', (_, mime, size, stays) => {
    expect(carries(image, mime, size)).toBe(stays);
    expect(fit(picture(mime, size), { text: 100, image })[0]!.type).toBe(stays ? 'image' : 'file');
    if (mime !== 'image/jpeg' || size > image.bytes)
      expect(carries({ types: image.types, bytes: image.bytes }, mime, size)).toBe(false);
  });
});

describe('an invitation to rate', () => {
  const star = (stars: number, text: string, tags: string[] = []) => ({ stars, text, tags });
  const invitation: Sendable = {
    type: 'rating',
    id: '01931f4e-7c00-7000-8000-0000000000aa',
    text: 'How did we do?',
    options: [star(5, 'Great'), star(4, 'Good'), star(3, 'Fair'), star(2, 'Poor', ['Slow']), star(1, 'Bad', ['Rude'])],
    resolved: { text: 'Solved?', yes: 'Yes', no: 'No' },
    until: null,
  };
  it('goes as it is where there are stars', () => {
    expect(fit(invitation, can({ rating: true }))).toEqual([invitation]);
  });
  it('is a menu where choices can be tapped', () => {
    const [menu] = fit(invitation, can({ menu: { options: 10, text: 20 } }));
    expect(menu).toMatchObject({ type: 'menu', text: 'How did we do?' });
    expect(menu?.type === 'menu' && menu.options).toEqual([
      { id: 'haina:rate:5', text: 'Great' },
      { id: 'haina:rate:4', text: 'Good' },
      { id: 'haina:rate:3', text: 'Fair' },
      { id: 'haina:rate:2', text: 'Poor' },
      { id: 'haina:rate:1', text: 'Bad' },
    ]);
  });
  it('CS-06: is numbered elsewhere, in the order it was given', () => {
    expect(texts(fit(invitation, can()))).toEqual(['How did we do?\n1. Great\n2. Good\n3. Fair\n4. Poor\n5. Bad']);
    const reversed = { ...invitation, options: invitation.options.toReversed() };
    expect(texts(fit(reversed, can()))).toEqual(['How did we do?\n1. Bad\n2. Poor\n3. Fair\n4. Good\n5. Great']);
  });
});

describe('a menu', () => {
  const menu = (...texts: string[]) =>
    ({ type: 'menu', text: 'Which?', options: texts.map((text, n) => ({ id: `${n}`, text })) }) as const;
  const most = can({ menu: { options: 2, text: 5 } });
  it('goes as it is where its choices fit', () =>
    expect(fit(menu('one', 'three'), most)).toEqual([menu('one', 'three')]));
  it.each([
    ['too many choices', menu('a', 'b', 'c'), 'Which?\n1. a\n2. b\n3. c'],
    ['a choice too long', menu('one', 'eleven'), 'Which?\n1. one\n2. eleven'],
  ])('%s: numbered', (_, content, text) => expect(fit(content, most)).toEqual([{ type: 'text', text }]));
});
