import { describe, expect, it, test } from 'vitest';
import { houseLanguage, houseText } from './house-text.ts';

describe('the language of the house', () => {
  it.each([
    ['zh-CN', 'zh'],
    ['zh', 'zh'],
    ['ZH-Hant', 'zh'],
    ['ja-JP', 'ja'],
    ['en-GB', 'en'],
    ['de', 'en'],
    ['th-TH', 'en'],
    ['', 'zh'],
    [null, 'zh'],
    [undefined, 'zh'],
  ])('%s: %s', (tag, language) => {
    expect(houseLanguage(tag)).toBe(language);
  });
});

test('the house’s own words, or the organisation’s', () => {
  expect(houseText('place', 'en', '', { position: 3 })).toContain('number 3');
  expect(houseText('place', 'zh', '', { position: 3 })).toContain('第 3 位');
  expect(houseText('queued', 'ja', 'Place {position}', { position: 3 })).toBe('Place 3');
  expect(houseText('left', 'zh', ' \n')).toBe(houseText('left', 'zh'));
});

test('places are filled in as often as they are named; an unknown one stays, and a value is never a pattern', () => {
  expect(houseText('queued', 'en', '{position}/{position} {name}', { position: 1 })).toBe('1/1 {name}');
  expect(houseText('queued', 'en', 'to {position}', { position: '$& {position}' })).toBe('to $& {position}');
  expect(houseText('queued', 'en', '{toString}', {})).toBe('{toString}');
});
