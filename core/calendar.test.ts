import { describe, expect, it } from 'vitest';
import { daysIn, spansOfDays, takeOver } from './calendar.ts';
import { isOpen } from './hours.ts';
import { TimePlan } from './settings/index.ts';

const nine = [{ from: '09:00', to: '18:00' }];
const national = { name: '国庆节', english: 'National Day' };
const plan = (more: Partial<TimePlan> = {}) =>
  TimePlan.parse({
    id: '019a0000-0000-7000-8000-000000000001',
    name: '客服',
    week: [nine, nine, nine, nine, nine, [], []],
    ...more,
  });

describe('spansOfDays', () => {
  it('WT-03: days in a row under one name are one span', () => {
    const days = ['2026-10-02', '2026-10-01', '2026-10-03', '2026-10-06'].map((date) => ({ date, ...national }));
    expect(spansOfDays(days)).toEqual([
      { from: '2026-10-01', to: '2026-10-03', ...national },
      { from: '2026-10-06', to: '2026-10-06', ...national },
    ]);
  });
  it('WT-03: two festivals back to back stay two', () => {
    const days = [
      { date: '2020-10-01', ...national },
      { date: '2020-10-02', name: '中秋', english: 'Mid-autumn Festival' },
    ];
    expect(spansOfDays(days)).toHaveLength(2);
    expect(spansOfDays([])).toEqual([]);
  });
});

describe('takeOver', () => {
  const year = {
    holidays: [{ from: '2026-10-01', to: '2026-10-07', ...national }],
    workdays: [{ date: '2026-10-10', ...national }],
  };

  it('WT-05: a make-up Saturday is worked with the hours given', () => {
    const taken = plan(takeOver(plan(), year, [{ from: '10:00', to: '16:00' }]));
    const at = (clock: string) => isOpen(taken, 'Asia/Shanghai', Date.parse(`${clock}:00+08:00`));
    expect([at('2026-10-10T09:30'), at('2026-10-10T10:00'), at('2026-10-01T10:00')]).toEqual([false, true, false]);
  });

  it('WT-03: twice is the same as once', () => {
    const once = plan(takeOver(plan(), year, nine));
    expect(takeOver(once, year, nine)).toEqual({ holidays: once.holidays, workdays: once.workdays });
  });

  it('WT-03: days are called as the admin speaks', () => {
    const { holidays, workdays } = takeOver(plan(), year, nine, ({ english }) => english);
    expect([...holidays, ...workdays].map(({ name }) => name)).toEqual(['National Day', 'National Day']);
  });

  it('WT-02: what the plan had besides stays; what it had for the same days gives way', () => {
    const given = plan({
      holidays: [
        { from: '2026-12-25', to: '2026-12-25', name: '公司年会' },
        { from: '2026-10-01', to: '2026-10-03', name: '国庆' },
      ],
      workdays: [
        { date: '2026-10-03', name: '值班', periods: nine },
        { date: '2026-10-10', name: '', periods: [{ from: '08:00', to: '09:00' }] },
      ],
    });
    expect(takeOver(given, year, nine)).toEqual({
      holidays: [
        { from: '2026-10-01', to: '2026-10-07', name: '国庆节' },
        { from: '2026-12-25', to: '2026-12-25', name: '公司年会' },
      ],
      workdays: [
        { date: '2026-10-03', name: '值班', periods: nine },
        { date: '2026-10-10', name: '国庆节', periods: nine },
      ],
    });
  });
});

it('counts both ends of a span', () => {
  expect(daysIn({ from: '2026-09-30', to: '2026-10-01' })).toBe(2);
});
