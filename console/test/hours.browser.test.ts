import { describe, expect, it } from 'vitest';
import { group } from '../../hub/test/build.ts';
import { needs } from '../../hub/test/needs.ts';
import { words as settings } from '../src/lib/i18n/settings/zh-CN.ts';
import { words as time } from '../src/lib/i18n/time/zh-CN.ts';
import { words as chinese } from '../src/lib/i18n/zh-CN.ts';
import { accessible, house, screen } from './browser.ts';

const words = { ...chinese, ...settings, ...time } as Record<string, string>;
const say = (key: string, values: Record<string, string | number> = {}) =>
  words[key]!.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]));

describe.skipIf(!needs('chromium'))('working time', () => {
  it('WT-05: an admin sets a make-up Saturday and it is worked: on the page, and where customers are routed', async () => {
    const home = await house();
    await group(home.org, '售后');
    const { page, who } = await screen(home, 'admin');
    await page.goto(`${home.url}/settings/hours`);
    await page.getByRole('button', { name: say('hours.example.office') }).click();
    const answer = page.getByRole('status').filter({ hasText: '工作时间' });
    const check = async (at: string) => {
      await page.getByLabel(say('hours.check.at'), { exact: true }).fill(at);
      return (await answer.textContent())?.trim();
    };
    expect(await check('2026-10-10T09:30')).toBe('非工作时间，10月12日周一 09:00 开始上班');
    expect(await check('2026-10-01T09:30')).toBe('工作时间，到 18:00 为止');

    await page.getByRole('button', { name: say('hours.official') }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(say('hours.official.year')).selectOption('2026');
    await dialog.getByText('国庆节').first().waitFor();
    await accessible(page);
    await dialog.getByRole('button', { name: say('hours.official.take', { year: 2026 }) }).click();
    expect(await check('2026-10-10T09:30')).toBe('工作时间，到 18:00 为止');
    expect(await check('2026-10-01T09:30')).toBe('非工作时间，10月8日周四 09:00 开始上班');

    await page.getByRole('button', { name: say('act.save'), exact: true }).click();
    await page.getByText(say('act.saved')).waitFor();
    const { document } = await (await who.ask('GET', '/settings/hours')).json();
    expect(document.plans[0].workdays).toContainEqual({
      date: '2026-10-10',
      name: '国庆节',
      periods: [{ from: '09:00', to: '18:00' }],
    });
    const asked = (at: string) =>
      who.ask('POST', '/routing/what-if', { channelId: home.channel.id, tags: [], entry: {}, at, text: '人工' });
    const open = async (at: string) => (await (await asked(at)).json()).hours.open;
    expect(await open('2026-10-10T01:30:00Z')).toBe(true);
    expect(await open('2026-10-01T01:30:00Z')).toBe(false);
  });

  it('WT-02: a week is filled in by keyboard, and what cannot be is told at its place', async () => {
    const home = await house();
    const { page, who } = await screen(home, 'admin');
    await page.goto(`${home.url}/settings/hours`);
    await page.getByRole('button', { name: say('hours.example.office') }).click();
    const until = page.getByLabel(say('hours.period.to', { day: '星期一', n: 1 }));
    await until.focus();
    await page.keyboard.press('ArrowUp');
    expect(await until.inputValue()).toBe('18:30');
    await page.keyboard.type('830');
    await page.keyboard.press('Tab');
    await page.locator('[data-path="plans.0.week.0"]').getByText('时段 09:00–08:30 的结束早于开始。').waitFor();
    await page.getByRole('button', { name: say('act.save'), exact: true }).click();
    await page
      .getByRole('status')
      .getByRole('button', { name: /结束早于开始/ })
      .waitFor();
    await accessible(page);
    expect((await (await who.ask('GET', '/settings/hours')).json()).version).toBe(0);

    await until.fill('12点半');
    await until.press('Enter');
    await page.getByRole('button', { name: say('hours.period.add.day', { day: '星期一' }) }).press('Enter');
    const second = page.getByLabel(say('hours.period.from', { day: '星期一', n: 2 }));
    await expect.poll(() => second.evaluate((field) => field === document.activeElement)).toBe(true);
    await page.getByRole('button', { name: say('hours.copy.day', { day: '星期一' }) }).press('Enter');
    await page.getByRole('menuitem', { name: say('hours.copy.all') }).press('Enter');
    await page.getByText('每天 9:00–12:30、13:30–17:30').waitFor();
    await page.keyboard.press('Control+s');
    await page.getByText(say('act.saved')).waitFor();
    const { document: saved } = await (await who.ask('GET', '/settings/hours')).json();
    expect(saved.plans[0].week).toHaveLength(7);
    expect(saved.plans[0].week[6]).toEqual([
      { from: '09:00', to: '12:30' },
      { from: '13:30', to: '17:30' },
    ]);
    expect(saved.standard).toBe(saved.plans[0].id);
  });
});
