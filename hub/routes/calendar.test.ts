import { expect, test } from 'vitest';
import { testHub } from '../test/hub.ts';
import { staff, told } from '../test/people.ts';

test("China's year: days off in spans, make-up days one by one, and where they come from", async () => {
  const run = await testHub();
  const { admin } = await staff(run);
  const { status, body } = await told(admin.ask('GET', '/calendar/cn/2026'));
  expect(status).toBe(200);
  expect(body).toMatchObject({
    year: 2026,
    source: { package: 'chinese-days', version: expect.stringMatching(/^\d/) },
  });
  // As the State Council gave it out for 2026.
  expect(body.holidays).toEqual([
    { from: '2026-01-01', to: '2026-01-03', name: '元旦', english: "New Year's Day" },
    { from: '2026-02-15', to: '2026-02-23', name: '春节', english: 'Spring Festival' },
    { from: '2026-04-04', to: '2026-04-06', name: '清明', english: 'Tomb-sweeping Day' },
    { from: '2026-05-01', to: '2026-05-05', name: '劳动节', english: 'Labour Day' },
    { from: '2026-06-19', to: '2026-06-21', name: '端午', english: 'Dragon Boat Festival' },
    { from: '2026-09-25', to: '2026-09-27', name: '中秋', english: 'Mid-autumn Festival' },
    { from: '2026-10-01', to: '2026-10-07', name: '国庆节', english: 'National Day' },
  ]);
  expect(body.workdays.map((day: { date: string }) => day.date)).toEqual([
    '2026-01-04',
    '2026-02-14',
    '2026-02-28',
    '2026-05-09',
    '2026-09-20',
    '2026-10-10',
  ]);
});

test('a year that nobody has given out yet is not there, and it says which are', async () => {
  const run = await testHub();
  const { admin } = await staff(run);
  const { status, body } = await told(admin.ask('GET', '/calendar/cn/2999'));
  expect(status).toBe(404);
  expect(body.code).toBe('not_found');
  expect(body.years).toContain(2026);
  for (const year of ['x', '0', '10000', '2026.5'])
    expect((await admin.ask('GET', `/calendar/cn/${year}`)).status).toBe(404);
});
