import { describe, expect, it, test } from 'vitest';
import { chosen, itemOf, MENU, numberIn, withOptions } from './menu.ts';
import type { Content } from './message.ts';

const menu = [
  { id: 'haina:leave', text: '留言' },
  { id: 'haina:quit', text: 'Leave the Queue' },
];
const text = (words: string): Content => ({ type: 'text', text: words });

describe('what he chose', () => {
  it.each<[string, Content, string | null]>([
    ['its number', text('1'), 'haina:leave'],
    ['a wide number', text('２'), 'haina:quit'],
    ['a number in a ring', text('②'), 'haina:quit'],
    ['a number with a dot', text('1.'), 'haina:leave'],
    ['a number with a comma of lists', text(' 1、'), 'haina:leave'],
    ['a number in brackets', text('【2】'), 'haina:quit'],
    ['its words', text('留言'), 'haina:leave'],
    ['its words, written otherwise', text(' leave THE queue '), 'haina:quit'],
    ['a line copied', text('1. 留言'), 'haina:leave'],
    ['a number that is not there', text('3'), null],
    ['nought', text('0'), null],
    ['a number in a sentence', text('我要2个'), null],
    ['a long number', text('138'), null],
    ['other words', text('我要留言给老板'), null],
    ['a tap', { type: 'action', data: 'haina:quit', text: 'x' }, 'haina:quit'],
    ['a tap with data of the platform’s own', { type: 'action', data: 'rselfmenu_0_1', text: '留言' }, 'haina:leave'],
    ['a tap elsewhere', { type: 'action', data: 'good', text: '满意' }, null],
    ['a picture', { type: 'image', media: {} }, null],
    ['nothing', text('  '), null],
  ])('%s', (_, content, id) => expect(chosen(menu, content)).toBe(id));
  test('without a menu only a tap means something', () => {
    expect(chosen(undefined, text('1'))).toBeNull();
    expect(chosen(undefined, text('留言'))).toBeNull();
    expect(chosen(undefined, { type: 'action', data: 'haina:leave' })).toBe('haina:leave');
  });
});

test('ids that carry a value', () => {
  expect(itemOf(MENU.group('i1'))).toBe('i1');
  expect(itemOf('haina:leave')).toBeNull();
  expect(MENU.rate(4)).toBe('haina:rate:4');
  expect(numberIn('12')).toBe(12);
});

describe('a question', () => {
  test('is a text where there is nothing to choose', () =>
    expect(withOptions('a?', [])).toEqual([{ type: 'text', text: 'a?' }]));
  test('too long for a menu goes out whole, and options are cut to what one holds', () => {
    const long = 'x'.repeat(1001);
    const [first, second] = withOptions(long, [{ id: 'haina:leave', text: 'y'.repeat(150) }]);
    expect(first).toEqual({ type: 'text', text: long });
    expect(second).toMatchObject({ type: 'menu', options: [{ text: 'y'.repeat(100) }] });
    expect(withOptions('x'.repeat(1000), menu)).toHaveLength(1);
  });
});
