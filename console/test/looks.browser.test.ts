import { describe, expect, it } from 'vitest';
import { word } from '../../hub/test/build.ts';
import { needs } from '../../hub/test/needs.ts';
import { accessible, house, screen } from './browser.ts';

const PARTS = [
  'channels',
  'channels/add',
  'channels/add/line/fields',
  'channels/apps',
  'reception',
  'routing',
  'queues',
  'matching',
  'what-if',
  'texts',
  'replies',
  'words',
  'hours',
  'timers',
  'ratings',
  'tags',
  'tags/contacts',
  'team',
  'desk',
  'desk/transfers',
  'parked',
  'profile',
];

describe.skipIf(!needs('chromium'))('every screen', () => {
  // The desk in all four looks. The settings in the hardest: dark, the longer language, narrow; their own tests see them light and wide.
  it.each([
    ['light', 'zh-CN', 1440, []],
    ['dark', 'en', 1440, []],
    ['light', 'zh-CN', 390, []],
    ['dark', 'en', 390, PARTS],
  ] as const)(
    'is accessible and fits: %s, %s, %i px',
    { timeout: 300_000 },
    async (colorScheme, locale, width, parts) => {
      const home = await house();
      await word(home.hub, home.org, 'forced-human', '人工');
      const { page } = await screen(home, 'owner', { colorScheme, locale, viewport: { width, height: 844 } });
      const fits = async () => {
        await accessible(page);
        expect(await page.evaluate(() => document.documentElement.scrollWidth), page.url()).toBeLessThanOrEqual(width);
      };
      await page.goto(home.url);
      await page.getByRole('navigation').first().waitFor();
      await fits();
      await expect.poll(() => home.sockets.clients.size, { timeout: 10_000 }).toBe(1);
      await home.visitor().says('人工');
      await page.locator('[data-row]').first().click();
      await page.getByRole('article').first().waitFor();
      await fits();
      await page.goto(`${page.url()}?card`);
      await page.locator('aside').waitFor();
      await fits();
      for (const part of parts) {
        await page.goto(`${home.url}/settings/${part}`);
        await page.getByRole('heading', { level: 1 }).waitFor();
        await page.waitForLoadState('networkidle');
        await fits();
      }
      const { items } = (await (await page.request.get(`${home.url}/api/v1/channels`)).json()) as {
        items: { id: string }[];
      };
      expect(items).toHaveLength(2);
      for (const { id } of items) {
        await page.goto(`${home.url}/settings/channels/${id}`);
        await page.getByRole('heading', { level: 1 }).waitFor();
        await fits();
      }
    },
  );
});
