import { expect, it } from 'vitest';
import { TimePlan } from '../settings/index.ts';
import { lookAt } from './look.ts';

const CHINA = 'Asia/Shanghai';
const nine = [{ from: '09:00', to: '18:00' }];
const plan = TimePlan.parse({
  id: '019a0000-0000-7000-8000-000000000001',
  name: '客服',
  week: [nine, nine, nine, nine, nine, [], []],
  holidays: [{ from: '2026-10-01', to: '2026-10-07', name: '国庆节' }],
  workdays: [{ date: '2026-10-10', name: '国庆节调休', periods: [{ from: '10:00', to: '16:00' }] }],
});
const china = (clock: string) => Date.parse(`${clock}:00+08:00`);
const shown = (at: number | null) =>
  at === null ? null : new Date(at).toLocaleString('sv-SE', { timeZone: CHINA }).slice(0, 16);

it.each([
  ['WT-04: within the hours of a day', '2026-11-23T10:00', true, 'week', '', '2026-11-23 18:00'],
  ['WT-04: after them', '2026-11-23T20:00', false, 'week', '', '2026-11-24 09:00'],
  ['WT-03: on a holiday', '2026-10-05T10:00', false, 'holiday', '国庆节', '2026-10-08 09:00'],
  ['WT-05: on a make-up Saturday', '2026-10-10T11:00', true, 'workday', '国庆节调休', '2026-10-10 16:00'],
  ['WT-05: before its hours', '2026-10-10T09:30', false, 'workday', '国庆节调休', '2026-10-10 10:00'],
])('%s', (_title, clock, open, by, name, until) => {
  const look = lookAt(plan, CHINA, china(clock));
  expect({ ...look, until: shown(look.until) }).toMatchObject({ open, by, name, until, date: clock.slice(0, 10) });
});

it('WT-01: no plan is always open, and a plan around the clock closes only for a holiday', () => {
  expect(lookAt(null, CHINA, china('2026-11-22T03:00'))).toMatchObject({ open: true, until: null, by: 'always' });
  const day = [{ from: '00:00', to: '24:00' }];
  const always = { ...plan, week: [day, day, day, day, day, day, day], workdays: [] };
  expect(shown(lookAt(always, CHINA, china('2026-08-01T12:00')).until)).toBe('2026-10-01 00:00');
  expect(lookAt({ ...always, holidays: [] }, CHINA, china('2026-08-01T12:00')).until).toBeNull();
});
