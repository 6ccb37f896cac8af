import { describe, expect, it } from 'vitest';
import { duration } from '../src/lib/clock.svelte.ts';
import { hueOf, initials, piecesOf } from '../src/lib/text.ts';

describe('piecesOf', () => {
  it('links addresses and leaves out what ends the sentence', () => {
    expect(piecesOf('看 https://a.example/x?y=1。好')).toEqual([
      { text: '看 ' },
      { text: 'https://a.example/x?y=1', href: 'https://a.example/x?y=1' },
      { text: '。好' },
    ]);
    expect(piecesOf('(http://a.example/b).')).toEqual([
      { text: '(' },
      { text: 'http://a.example/b', href: 'http://a.example/b' },
      { text: ').' },
    ]);
  });
  it('links nothing but http and https', () => {
    for (const text of [
      'javascript:alert(1)',
      'data:text/html,x',
      'ftp://a.example',
      'https://',
      '<script>alert(1)</script>',
    ])
      expect(piecesOf(text).some((piece) => piece.href)).toBe(false);
  });
  it('marks hits at their places and drops those that do not fit', () => {
    expect(piecesOf('我要投诉你', [{ kind: 'reminder', word: '投诉', start: 2, end: 4 }])).toEqual([
      { text: '我要' },
      { text: '投诉', hit: 'reminder' },
      { text: '你' },
    ]);
    expect(
      piecesOf('短', [
        { kind: 'x', word: '长', start: 0, end: 9 },
        { kind: 'x', word: '', start: 1, end: 1 },
      ]),
    ).toEqual([{ text: '短' }]);
    expect(
      piecesOf('abcd', [
        { kind: 'a', word: 'bc', start: 1, end: 3 },
        { kind: 'b', word: 'cd', start: 2, end: 4 },
      ])
        .map((piece) => piece.text)
        .join(''),
    ).toBe('abcd');
  });
});

it.each([
  ['陈思远', '思远'],
  ['Sophie Martin', 'SM'],
  ['bob', 'BO'],
  ['', '?'],
  ['访客 12', '访客'],
  ['店主 Owner', '店主'],
  ['👩‍💻 Ana', '👩A'],
])('initials of %s are %s', (name, letters) => expect(initials(name)).toBe(letters));
it('a name keeps its colour', () => {
  expect(hueOf('a')).toBe(hueOf('a'));
  expect(new Set(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map(hueOf)).size).toBe(8);
});
it.each([
  [0, '0:00'],
  [-5, '0:00'],
  [59_999, '0:59'],
  [245_000, '4:05'],
  [3_753_000, '1:02:33'],
])('%d ms reads %s', (ms, text) => expect(duration(ms)).toBe(text));
