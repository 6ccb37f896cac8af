import { describe, expect, it } from 'vitest';
import { TimePlan } from '../../core/settings/index.ts';
import { another, barOf, copied, short, stepped, typed } from '../src/lib/hours/clock.ts';
import { EXAMPLES, type Example, freshTimePlan } from '../src/lib/hours/fresh.ts';
import { wantedYear } from '../src/lib/hours/official.ts';
import { besides, periodsIn, type Voice, weekIn, whyIn } from '../src/lib/hours/summary.ts';
import { words as english } from '../src/lib/i18n/time/en.ts';
import { words as chinese } from '../src/lib/i18n/time/zh-CN.ts';

/** Speaks with the words of a language as the screen does. */
const speaker = (words: Record<string, string>, days: string, comma: string): Voice => ({
  say: (key, values = {}) => words[key]!.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name])),
  list: (names) => names.join(comma),
  day: (weekday) => days.split(' ')[weekday]!,
});
const zh = speaker(chinese, '周一 周二 周三 周四 周五 周六 周日', '、');
const en = speaker(english, 'Mon Tue Wed Thu Fri Sat Sun', ', ');
const nine = [{ from: '09:00', to: '18:00' }];

describe('a time as people type it', () => {
  it.each([
    ['9', '09:00'],
    ['930', '09:30'],
    ['0930', '09:30'],
    ['1830', '18:30'],
    ['9:5', '09:05'],
    [' 9：30 ', '09:30'],
    ['９.３０', '09:30'],
    ['9点', '09:00'],
    ['9点半', '09:30'],
    ['18时30分', '18:30'],
    ['24', '24:00'],
    ['2400', '24:00'],
    ['0', '00:00'],
    ['24:30', null],
    ['25', null],
    ['9:60', null],
    ['965', null],
    ['', null],
    ['nine', null],
    ['12345', null],
  ])('%j is %j', (text, clock) => expect(typed(text)).toBe(clock));

  it('steps to the next half hour, and not out of the day', () => {
    expect(['09:00', '09:10', '23:45', '24:00'].map((clock) => stepped(clock, 1))).toEqual([
      '09:30',
      '09:30',
      '24:00',
      '24:00',
    ]);
    expect(['09:00', '09:10', '00:10', '00:00'].map((clock) => stepped(clock, -1))).toEqual([
      '08:30',
      '09:00',
      '00:00',
      '00:00',
    ]);
  });
});

describe('a day', () => {
  it('gets another period after its last, until it is full', () => {
    expect(another([])).toEqual({ from: '09:00', to: '18:00' });
    expect(
      another([
        { from: '13:00', to: '18:00' },
        { from: '09:00', to: '12:00' },
      ]),
    ).toEqual({
      from: '19:00',
      to: '23:00',
    });
    expect(another([{ from: '09:00', to: '22:30' }])).toEqual({ from: '23:00', to: '24:00' });
    expect(another([{ from: '09:00', to: '23:00' }])).toBeNull();
    expect(another([{ from: '00:00', to: '24:00' }])).toBeNull();
  });
  it('is drawn as a part of 24 hours, even while it is wrong', () => {
    expect(barOf({ from: '06:00', to: '18:00' })).toEqual({ left: 25, width: 50 });
    expect(barOf({ from: '18:00', to: '06:00' }).width).toBe(0);
  });
  it('is copied, not shared', () => {
    const week = [nine, [], [], [], [], [], []];
    const next = copied(week, 0, [1, 2]);
    expect(next.slice(0, 4)).toEqual([nine, nine, nine, []]);
    expect(next[1]![0]).not.toBe(next[0]![0]);
  });
});

describe('hours in plain words', () => {
  const office = [nine, nine, nine, nine, nine, [], []];
  it.each([
    ['周一至周五 9:00–18:00', office],
    ['每天 全天', Array.from({ length: 7 }, () => [{ from: '00:00', to: '24:00' }])],
    ['每周都没有工作时间', [[], [], [], [], [], [], []]],
    [
      '周一、周二 9:00–18:00；周六 10:00–12:00、13:00–16:30',
      [
        nine,
        nine,
        [],
        [],
        [],
        [
          { from: '13:00', to: '16:30' },
          { from: '10:00', to: '12:00' },
        ],
        [],
      ],
    ],
  ])('%s', (sentence, week) => expect(weekIn(week, zh)).toBe(sentence));

  it('in English', () => {
    expect(weekIn(office, en)).toBe('Mon–Fri 9:00–18:00');
    expect(periodsIn([], en)).toBe('off');
  });
  it('what a plan has besides', () => {
    const day = { from: '2026-10-01', to: '2026-10-07', name: '' };
    expect(besides({ holidays: [day], workdays: [] }, zh)).toBe('节假日 1 段');
    expect(besides({ holidays: [], workdays: [] }, zh)).toBe('');
  });
  it('why it is working time', () => {
    const look = { open: true, until: null, date: '2026-10-10', periods: nine } as const;
    expect(whyIn({ ...look, by: 'workday', name: '国庆节' }, 5, zh)).toBe(
      '这一天是自定义工作日（国庆节）：9:00–18:00。',
    );
    expect(whyIn({ ...look, by: 'holiday', name: '' }, 5, zh)).toBe('这一天是节假日。');
    expect(whyIn({ ...look, by: 'week', name: '' }, 0, zh)).toBe('按每周时间，周一：9:00–18:00。');
    expect(whyIn({ ...look, by: 'always', name: '' }, 0, en)).toMatch(/always/);
  });
});

it('every example is a plan the hub takes, and short enough to read', () => {
  for (const example of Object.keys(EXAMPLES) as Example[]) {
    const plan = freshTimePlan('019a0000-0000-7000-8000-000000000001', '工作日', example);
    expect(TimePlan.parse(plan)).toEqual(plan);
    expect(weekIn(plan.week, zh).length).toBeLessThan(40);
  }
  expect(short('09:00')).toBe('9:00');
});

it('asks for the next year once it is given out', () => {
  expect(wantedYear(new Date(2026, 9, 31))).toBe(2026);
  expect(wantedYear(new Date(2026, 10, 1))).toBe(2027);
});
