import { describe, expect, it, test } from 'vitest';
import type { HouseLanguage } from './house-text.ts';
import { aboutHowLong, localTime } from './local-time.ts';

const at = (iso: string) => Date.parse(iso);

describe('a coming moment, on the organisation’s clock', () => {
  it.each<[string, string, string, HouseLanguage, string]>([
    ['2026-11-21T10:00Z', '2026-11-21T04:00Z', 'Asia/Shanghai', 'zh', '今天 18:00'],
    ['2026-11-21T16:30Z', '2026-11-21T15:30Z', 'Asia/Shanghai', 'zh', '明天 00:30'],
    ['2026-11-21T16:30Z', '2026-11-21T15:30Z', 'Europe/London', 'en', 'today 16:30'],
    ['2026-11-23T01:00Z', '2026-11-21T04:00Z', 'Asia/Shanghai', 'zh', '11月23日星期一 09:00'],
    ['2026-11-23T01:00Z', '2026-11-21T04:00Z', 'Asia/Shanghai', 'en', 'Monday 23 November 09:00'],
    ['2026-11-23T01:00Z', '2026-11-21T04:00Z', 'Asia/Tokyo', 'ja', '11月23日月曜日 10:00'],
    ['2026-03-29T07:00Z', '2026-03-28T23:30Z', 'Europe/Berlin', 'en', 'today 09:00'],
    ['2026-11-21T10:00Z', '2026-11-21T04:00Z', 'Mars/Olympus', 'en', 'today 10:00 UTC'],
  ])('%s seen at %s in %s, %s: %s', (then, now, zone, language, words) => {
    expect(localTime(at(then), at(now), zone, language)).toBe(words);
  });
});

test('a wait is rounded up, and in hours when it is long', () => {
  expect([0, 60, 61, 7199, 7260].map((seconds) => aboutHowLong(seconds, 'en'))).toEqual([
    'about 1 minute',
    'about 1 minute',
    'about 2 minutes',
    'about 2 hours',
    'about 3 hours',
  ]);
  expect(aboutHowLong(90, 'zh')).toBe('约2分钟');
  expect(aboutHowLong(90, 'ja')).toBe('約2 分');
  expect(aboutHowLong(null, 'en')).toBe('not known yet');
});
