import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { needs } from '../../hub/test/needs.ts';
import { words as english } from '../src/lib/i18n/en.ts';
import { words as englishSettings } from '../src/lib/i18n/settings/en.ts';
import { accessible, browser, demo, watched } from './browser.ts';

const words = { ...english, ...englishSettings } as Record<string, string>;
const say = (key: string, values: Record<string, string> = {}) =>
  words[key]!.replace(/\{(\w+)\}/g, (_, name: string) => values[name]!);

/** The demo's owner, signed in through the form. */
async function owner() {
  const home = await demo();
  const context = await browser({ locale: 'en' });
  const page = watched(context.pages()[0]!);
  await page.goto(home.url);
  await page.getByLabel(say('login.name')).fill(home.owner.username);
  await page.getByLabel(say('login.password')).fill(home.owner.password);
  await page.getByRole('button', { name: say('login.enter') }).click();
  await page.getByRole('heading', { name: say('nav.inbox') }).waitFor();
  return { home, context, page };
}
const fits = async (page: Page) => {
  await accessible(page);
  const { width } = page.viewportSize()!;
  expect(await page.evaluate(() => document.documentElement.scrollWidth), page.url()).toBeLessThanOrEqual(width);
};

describe.skipIf(!needs('chromium'))('channels', () => {
  it('are connected by filling fields, and by the sandbox’s account', { timeout: 120_000 }, async () => {
    const { home, page } = await owner();
    await page.goto(`${home.url}/settings/channels`);
    await page
      .getByRole('link', { name: say('channels.add') })
      .last()
      .click();
    await page.getByRole('heading', { level: 1, name: say('channels.add') }).waitFor();
    await page.getByRole('heading', { name: 'Website' }).waitFor();
    await fits(page);

    // Our own chat needs nothing but a name, and gives a snippet at once.
    await page.getByRole('link', { name: /Snippet or chat link/ }).click();
    await page.getByLabel(say('channels.name')).fill('Shop window');
    await page.getByRole('button', { name: say('channels.connect'), exact: true }).click();
    await page.getByText(say('add.made', { name: 'Shop window' })).waitFor();
    const snippet = await page.getByLabel(say('channels.snippet'), { exact: true }).textContent();
    expect(snippet).toMatch(/^<script[^>]+src="http:\/\/127\.0\.0\.1:\d+\/widget\.js/);
    await page
      .getByRole('navigation', { name: say('tree.title') })
      .getByText('Shop window')
      .waitFor();

    // What the platform would refuse is refused here, at its field.
    await page.goto(`${home.url}/settings/channels/add/line/fields`);
    await page.getByText(/LINE Developers console \(developers\.line\.biz\)/).waitFor();
    await page.getByLabel('Channel secret', { exact: true }).fill('not hexadecimal');
    await page.getByLabel(/^Channel access token/).fill('x'.repeat(40));
    await page.getByRole('button', { name: say('channels.connect'), exact: true }).click();
    await page.getByText(say('channels.field.wrong', { label: 'Channel secret' })).waitFor();
    expect(await page.getByLabel('Channel secret', { exact: true }).getAttribute('aria-invalid')).toBe('true');
    await fits(page);

    await page.getByRole('button', { name: say('add.sandbox.use') }).click();
    const made = page.getByText(/is created\.$/);
    await made.waitFor();
    // Checked by itself, point by point, against the stand-in.
    const points = page.getByRole('list', { name: say('channels.check') }).getByRole('listitem');
    await points.first().waitFor();
    expect(await points.filter({ hasText: say('points.bad').trim() }).count()).toBe(0);
    expect(await page.getByLabel(say('channels.callback'), { exact: true }).textContent()).toContain('/webhooks/line/');
    await page.getByRole('link', { name: say('add.done') }).click();
    await page.getByRole('heading', { name: say('account.title') }).waitFor();
    await fits(page);

    // Let go, and taken up again.
    await page.getByRole('button', { name: say('account.disconnect') }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: say('account.disconnect') })
      .click();
    await page.getByText(say('health.code.disconnected')).waitFor();
    await page.getByRole('button', { name: say('account.reconnect') }).click();
    await page.getByText(say('state.channel.ok'), { exact: true }).first().waitFor();
    await page.getByText(say('health.code.disconnected')).waitFor({ state: 'detached' });
  });

  it('are connected by the consent of their owner, and let go', { timeout: 120_000 }, async () => {
    const { home, context, page } = await owner();
    await page.goto(`${home.url}/settings/channels/add/weibo/weibo-app`);
    const sandbox = page.getByRole('button', { name: say('apps.sandbox.use') });
    const go = page.getByRole('link', { name: say('connect.go') });
    await sandbox.or(go).first().waitFor();
    if (await sandbox.count()) await sandbox.click();
    await go.waitFor();
    await fits(page);

    const consent = async (account: string, answer: RegExp) => {
      const [tab] = await Promise.all([context.waitForEvent('page'), go.click()]);
      await tab
        .getByText(/scan|扫描/i)
        .first()
        .waitFor();
      const { items } = (await (await page.request.get(`${home.url}/sandbox/weibo/consent/pending`)).json()) as {
        items: { url: string }[];
      };
      const phone = await context.newPage();
      await phone.goto(items[0]!.url);
      await phone.getByText(account).click();
      await phone.getByRole('button', { name: answer }).click();
      await tab.waitForURL(/\/settings\/channels/);
      await phone.close();
      return tab;
    };

    const refused = await consent('Cloud Books', /refuse/i);
    await refused
      .getByRole('alert')
      .getByRole('link', { name: say('act.again') })
      .waitFor();
    await refused.close();
    await page.bringToFront();
    await page.getByRole('heading', { name: say('connect.failed.title') }).waitFor({ timeout: 15_000 });
    await page.getByRole('button', { name: say('connect.renew') }).click();

    const agreed = await consent('Cloud Books', /agree/i);
    await agreed.getByText(say('connect.back')).waitFor();
    await agreed.getByRole('heading', { level: 1, name: /Cloud Books/ }).waitFor();
    await agreed.close();
    await page.bringToFront();
    const outcome = page.getByRole('region', { name: say('connect.title') });
    await outcome.getByRole('heading', { name: /Cloud Books/ }).waitFor({ timeout: 15_000 });
    await fits(page);
    await outcome.getByRole('link', { name: /Cloud Books/ }).click();

    await page.getByRole('button', { name: say('account.disconnect') }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: say('account.disconnect') })
      .click();
    await page.getByText(say('health.code.disconnected')).waitFor();
    await page.getByText(say('state.channel.disconnected'), { exact: true }).first().waitFor();
    await page
      .getByRole('link', { name: say('connect.again') })
      .first()
      .waitFor();
    await fits(page);
  });

  it('stand in groups, ordered by drag and by keyboard', { timeout: 120_000 }, async () => {
    const { home, page } = await owner();
    await page.goto(`${home.url}/settings/channels`);
    await page
      .getByRole('button', { name: say('tree.edit') })
      .first()
      .click();
    await page.getByRole('button', { name: say('tree.group.add') }).click();
    const name = page.getByLabel(say('tree.group.name'));
    await name.waitFor();
    await expect.poll(() => name.evaluate((field) => field === document.activeElement)).toBe(true);
    await name.fill('Our own');
    await name.press('Enter');
    await fits(page);

    const channels = async () =>
      (
        (await (await page.request.get(`${home.url}/api/v1/channels`)).json()) as {
          items: { name: string; folderId: string | null; order: number }[];
        }
      ).items;
    const [web] = (await channels()).filter((one) => /Website/.test(one.name));
    const grip = page.getByRole('button', { name: say('tree.move', { name: web!.name }) });
    await grip.focus();
    // From the head of those in no group up into the group above.
    const above = (await channels()).filter((one) => one.folderId === null && one.order < web!.order).length;
    for (let step = 0; step <= above; step++) await grip.press('ArrowUp');
    await page.getByText(say('tree.moved', { group: 'Our own', n: '1' })).waitFor({ state: 'attached' });
    await expect.poll(async () => (await channels()).find((one) => one.name === web!.name)!.folderId).not.toBeNull();
    expect(await grip.evaluate((button) => button === document.activeElement)).toBe(true);

    const [other] = (await channels()).filter((one) => /LINE/.test(one.name));
    const from = (await page.getByRole('button', { name: say('tree.move', { name: other!.name }) }).boundingBox())!;
    const to = (await grip.boundingBox())!;
    await page.mouse.move(from.x + 8, from.y + 8);
    await page.mouse.down();
    await page.mouse.move(to.x + 8, to.y + to.height + 20, { steps: 4 });
    await page.mouse.move(to.x + 8, to.y + 4, { steps: 4 });
    await page.mouse.up();
    await expect.poll(async () => (await channels()).find((one) => one.name === other!.name)!.folderId).not.toBeNull();

    await page.getByRole('button', { name: say('tree.done') }).click();
    await page.getByRole('button', { name: /Our own/ }).waitFor();
    await page.reload();
    const group = page.getByRole('region', { name: 'Our own' });
    await expect.poll(() => group.getByRole('listitem').count()).toBe(2);
    await page.getByRole('searchbox', { name: say('channels.search') }).fill('website');
    await expect.poll(() => page.getByRole('region').getByRole('listitem').count()).toBe(1);
  });
});
