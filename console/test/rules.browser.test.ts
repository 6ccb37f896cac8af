import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { group, member, word } from '../../hub/test/build.ts';
import { needs } from '../../hub/test/needs.ts';
import { words as english } from '../src/lib/i18n/en.ts';
import { words as rules } from '../src/lib/i18n/rules/en.ts';
import { words as settings } from '../src/lib/i18n/settings/en.ts';
import { accessible, house, screen } from './browser.ts';

const words = { ...english, ...settings, ...rules } as Record<string, string>;
const say = (key: string, values: Record<string, string | number> = {}) =>
  words[key]!.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
const fits = async (page: Page) => {
  await accessible(page);
  const { width } = page.viewportSize()!;
  expect(await page.evaluate(() => document.documentElement.scrollWidth), page.url()).toBeLessThanOrEqual(width);
};
const save = async (page: Page) => {
  await page.getByRole('button', { name: say('act.save'), exact: true }).click();
  await page.getByText(say('doc.unsaved')).waitFor({ state: 'detached' });
};

/** An admin before the rules of a house with two groups, in one of which somebody is at the desk. */
async function admin() {
  const home = await house();
  const sales = await group(home.org, 'Sales');
  const care = await group(home.org, 'Care');
  await member(home.hub, home.org, { name: 'Agent A', groupIds: [care] });
  await word(home.hub, home.org, 'forced-human', 'human');
  const { page, who } = await screen(home, 'owner', { locale: 'en' });
  const document = async (area: string) => (await who.ask('GET', `/settings/${area}`)).json();
  return { home, page, who, document, sales, care };
}

describe.skipIf(!needs('chromium'))('rules', () => {
  it('are written, warned of, sorted by keyboard and by dragging, and saved', async () => {
    const { home, page, document: read, sales, care } = await admin();
    await page.goto(`${home.url}/settings/routing`);
    await page.getByText(say('routing.none')).waitFor();
    await fits(page);

    const write = async (name: string, target: string) => {
      await page.getByRole('button', { name: say('routing.add') }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel(say('rule.name')).fill(name);
      await dialog.getByLabel('LINE official account', { exact: true }).check();
      await dialog.getByLabel(`${say('routing.on')}: ${say('target.group')}`).selectOption(target);
      await dialog.getByLabel(say('routing.off'), { exact: true }).selectOption('leave');
      await dialog.getByText('In working hours, LINE official account → ').waitFor();
      await accessible(page);
      await dialog.getByRole('button', { name: say('act.done') }).click();
    };
    await write('First', care);
    await write('Second', sales);
    const rows = page.getByRole('list', { name: say('settings.routing') }).getByRole('listitem');
    await rows
      .filter({ hasText: 'In working hours, LINE official account → Care; otherwise leave a message' })
      .waitFor();
    // The hub says so before anything is saved.
    await rows
      .filter({ hasText: 'Second' })
      .getByText(say('finding.rule-shadowed', { name: 'First', position: 3 }))
      .waitFor();
    await fits(page);
    await save(page);
    const names = async () =>
      (await read('routing')).document.rules.map((rule: { kind: string; name?: string }) => rule.name ?? rule.kind);
    expect(await names()).toEqual(['entry', 'choice', 'First', 'Second']);

    const grip = (name: string) => rows.filter({ hasText: name }).locator('[data-grip]');
    await grip('Second').focus();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    await page.getByText(say('sort.moved', { name: 'Second', n: 2, all: 4 })).waitFor({ state: 'attached' });
    expect(await grip('Second').evaluate((one) => one === document.activeElement)).toBe(true);
    const from = (await grip('First').boundingBox())!;
    const to = (await grip('Second').boundingBox())!;
    await page.mouse.move(from.x + 9, from.y + 9);
    await page.mouse.down();
    await page.mouse.move(from.x + 9, to.y - 4, { steps: 6 });
    await page.mouse.up();
    await save(page);
    expect(await names()).toEqual(['entry', 'First', 'Second', 'choice']);
  });

  it('of two admins who save at once the second hears of the first, and both changes stay', async () => {
    const { home, page, who, document } = await admin();
    await page.goto(`${home.url}/settings/queues`);
    await page.getByRole('switch', { name: say('queues.showWait') }).click();
    await page.getByText(say('doc.unsaved')).waitFor();
    const other = await document('queues');
    const put = await who.ask('PUT', '/settings/queues', {
      version: other.version,
      document: { ...other.document, showPosition: false },
    });
    expect(put.status).toBe(200);
    await page.getByRole('alert').getByText(`${who.username} `, { exact: false }).waitFor();
    expect(await page.getByRole('button', { name: say('act.save'), exact: true }).isDisabled()).toBe(true);
    await fits(page);
    await page.getByRole('button', { name: say('doc.conflict.mine') }).click();
    await save(page);
    expect((await document('queues')).document).toMatchObject({ showPosition: false, showWait: false });

    // What is not saved is not lost by a click elsewhere.
    await page.getByRole('switch', { name: say('queues.on') }).click();
    await page.getByRole('link', { name: say('settings.matching') }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: say('act.cancel') })
      .click();
    expect(page.url()).toContain('/settings/queues');
    await page.getByText(say('doc.unsaved')).waitFor();
    await page.getByRole('link', { name: say('settings.matching') }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: say('doc.leave.yes') })
      .click();
    await page.getByRole('heading', { level: 1, name: say('settings.matching') }).waitFor();
    expect((await document('queues')).document.on).toBe(true);
  });

  it('are found by what they are called in either language', async () => {
    const { home, page } = await admin();
    await page.goto(`${home.url}/settings/routing`);
    const search = page.getByRole('searchbox', { name: say('search.label') });
    await search.fill('欢迎语');
    await page
      .getByRole('list', { name: say('search.found') })
      .getByRole('link')
      .first()
      .waitFor();
    await fits(page);
    await search.press('Enter');
    await page.waitForURL(/\/settings\/texts#welcome$/);
    await page.waitForFunction(() => document.activeElement?.closest('[data-path="welcome"]'));
    await search.fill('xyzzy');
    await page.getByText(say('search.none')).waitFor();
  });

  it('say beforehand where a customer would go, and why, with what is not saved yet', async () => {
    const { home, page, care } = await admin();
    await page.goto(`${home.url}/settings/routing`);
    await page.getByRole('button', { name: say('routing.add') }).click();
    const editor = page.getByRole('dialog');
    await editor.getByLabel(say('rule.name')).fill('To care');
    await editor.getByLabel(`${say('routing.on')}: ${say('target.group')}`).selectOption(care);
    await editor.getByRole('button', { name: say('act.done') }).click();
    await page.getByRole('button', { name: say('try.open') }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel(say('try.text')).fill('a human, please');
    await form.getByRole('button', { name: say('try.go') }).click();
    await form.getByRole('heading', { name: say('out.free', { group: 'Care' }) }).waitFor();
    await form.getByText(say('step.rule.named', { name: 'To care' })).waitFor();
    await form.getByText(say('chain.decided')).waitFor();
    await form.getByText(say('reason.agent.first'), { exact: true }).waitFor();
    await fits(page);
    // The same with the rules as they are saved: nobody's rule, so the fallback.
    await form.getByLabel(say('try.draft')).uncheck();
    await form.getByRole('button', { name: say('try.go') }).click();
    await form.getByRole('heading', { name: say('out.free', { group: say('out.everybody') }) }).waitFor();
  });
});
