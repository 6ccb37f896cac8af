import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { SessionTag } from '../../core/settings/tags.ts';
import { newId } from '../../hub/id.ts';
import { needs } from '../../hub/test/needs.ts';
import { words as english } from '../src/lib/i18n/en.ts';
import { words as houseRules } from '../src/lib/i18n/house-rules/en.ts';
import { words as left } from '../src/lib/i18n/left/en.ts';
import { words as rules } from '../src/lib/i18n/rules/en.ts';
import { words as settings } from '../src/lib/i18n/settings/en.ts';
import { words as tags } from '../src/lib/i18n/tags/en.ts';
import { accessible, browser, house, screen, watched } from './browser.ts';

const words = { ...english, ...settings, ...rules, ...houseRules, ...tags, ...left } as Record<string, string>;
const say = (key: string, values: Record<string, string | number> = {}) =>
  words[key]!.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));

/** An admin's screen on a hub of its own, and a way to what the hub has. */
async function admin() {
  const home = await house();
  const { page } = await screen(home, 'admin', { locale: 'en' });
  const ask = async <T>(method: string, path: string, data?: unknown): Promise<T> => {
    const answer = await page.request.fetch(`${home.url}/api/v1${path}`, {
      method,
      data,
      headers: { origin: home.url },
    });
    if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`);
    return answer.status() === 204 ? (undefined as T) : ((await answer.json()) as T);
  };
  const open = async (path: string) => {
    await page.goto(`${home.url}/settings/${path}`);
    await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor();
  };
  const saved = async () => {
    await page.keyboard.press('Control+s');
    await page.getByText(say('act.saved')).first().waitFor();
    await page.getByText(say('doc.unsaved')).waitFor({ state: 'detached' });
  };
  return { home, page, ask, open, saved };
}
type Doc<T> = { version: number; document: T };
const fits = async (page: Page) => {
  await accessible(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth), page.url()).toBeLessThanOrEqual(
    page.viewportSize()!.width,
  );
};
const told = (list: readonly SessionTag[]): string =>
  list.map((tag) => tag.name + (tag.children.length ? `(${told(tag.children)})` : '')).join(' ');

describe.skipIf(!needs('chromium'))('the rules of the house', () => {
  it('TG-01…TG-03: a tag tree grows by keyboard alone', { timeout: 180_000 }, async () => {
    const { page, ask, open, saved } = await admin();
    await open('tags');
    const item = (name: string) => page.getByRole('treeitem', { name, exact: true });
    const name = page.getByLabel(say('tagTree.name'));
    const focused = (name: string) =>
      expect.poll(() => item(name).evaluate((row) => row === document.activeElement)).toBe(true);

    await page.getByRole('button', { name: say('tagTree.add') }).press('Enter');
    // The new name is chosen and typed over; Ctrl+Enter goes on beside it.
    await page.keyboard.type('Sales');
    await page.keyboard.press('Control+Enter');
    await page.keyboard.type('After-sales');
    await page.keyboard.press('Enter');
    await focused('After-sales');
    await page.keyboard.press('Shift+Insert');
    await expect.poll(() => name.inputValue()).toBe(say('tagTree.new'));
    await page.keyboard.type('Broken');
    await page.keyboard.press('Control+Enter');
    await page.keyboard.type('Late');
    await page.keyboard.press('Escape');
    await focused('Late');

    await page.keyboard.press('Shift+ArrowUp');
    await page.getByText(say('tagTree.moved', { name: 'Late', n: 1, all: 2, parent: 'After-sales' })).waitFor({
      state: 'attached',
    });
    await focused('Late');
    // Out to the first level, and back in under the tag above.
    await page.keyboard.press('Shift+ArrowLeft');
    await expect.poll(() => item('Late').getAttribute('aria-level')).toBe('1');
    await page.keyboard.press('Shift+ArrowRight');
    await expect.poll(() => item('Late').getAttribute('aria-level')).toBe('2');
    await page.keyboard.press('Home');
    await focused('Sales');
    await page.keyboard.press('Shift+ArrowDown');
    await page.getByRole('radio', { name: say('colour.green') }).check();
    await fits(page);
    await saved();
    const { document: kept } = await ask<Doc<{ tags: SessionTag[] }>>('GET', '/settings/session-tags');
    expect(told(kept.tags)).toBe('After-sales(Broken Late) Sales');
    expect(kept.tags[1]!.colour).toBe('#16a34a');

    // By the pointer: let go over a tag's middle it goes under it.
    const from = (await item('Sales').boundingBox())!;
    const to = (await item('Broken').boundingBox())!;
    await page.mouse.move(from.x + 90, from.y + 15);
    await page.mouse.down();
    await page.mouse.move(to.x + 90, to.y + 18, { steps: 6 });
    await page.mouse.up();
    await expect.poll(() => item('Sales').getAttribute('aria-level')).toBe('3');
    // What has tags under it asks before it goes.
    await item('After-sales').click();
    await page.keyboard.press('Delete');
    const sure = page.getByRole('dialog');
    await sure.getByText(say('tagTree.delete.text', { n: 3 })).waitFor();
    await sure.getByRole('button', { name: say('act.delete') }).click();
    await page.getByText(say('tagTree.none')).waitFor();
    await page.getByRole('button', { name: say('act.undo') }).click();
    await item('Broken').waitFor();
  });

  it('TG-01: a thousand tags are quick, and not one more', { timeout: 180_000 }, async () => {
    const { page, ask, open, saved } = await admin();
    const tag = (name: string, children: SessionTag[] = []) => ({
      id: crypto.randomUUID(),
      name,
      colour: '#64748b',
      children,
    });
    const many = (n: number, prefix: string) => Array.from({ length: n }, (_, i) => tag(`${prefix}${i}`));
    const full = Array.from({ length: 30 }, (_, i) => tag(`T${i}`, many(i < 10 ? 33 : 32, `t${i}-`)));
    await ask('PUT', '/settings/session-tags', { version: 0, document: { tags: full } });
    await open('tags');
    await page.getByText(say('tagTree.count.all', { n: 1000, most: 1000 })).waitFor();
    await page.getByRole('button', { name: say('tagTree.open') }).click();
    await page.getByRole('treeitem', { name: 't0-0', exact: true }).click();
    // Only what is seen is drawn.
    expect(await page.getByRole('treeitem').count()).toBeLessThan(120);
    const last = page.getByRole('treeitem', { name: 't29-31', exact: true });
    const times: number[] = [];
    for (const key of ['End', 'Shift+ArrowUp', 'Shift+ArrowUp', 'ArrowUp', 'ArrowDown']) {
      const began = Date.now();
      await page.keyboard.press(key);
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      times.push(Date.now() - began);
    }
    await last.waitFor();
    expect(times.sort((a, b) => a - b)[2], `milliseconds a key: ${times}`).toBeLessThan(400);
    expect(await last.getAttribute('aria-posinset')).toBe('30');
    // Full: nothing more can be added, and the hub would refuse it as well.
    expect(await page.getByRole('button', { name: say('tagTree.add.child'), exact: true }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: say('tagTree.add') }).click();
    await page.getByText(say('tagTree.limit.all')).waitFor();
    await saved();
    const { document: kept } = await ask<Doc<{ tags: SessionTag[] }>>('GET', '/settings/session-tags');
    expect(kept.tags[29]!.children.slice(-3).map((one) => one.name)).toEqual(['t29-31', 't29-29', 't29-30']);
  });

  it('TG-06, TG-07: contact tags in groups', { timeout: 120_000 }, async () => {
    const { page, ask, open, saved } = await admin();
    await open('tags/contacts');
    const group = page.getByLabel(say('tagGroup.name'));
    await page.getByRole('button', { name: say('tagGroup.add'), exact: true }).click();
    await group.fill('Level');
    const level = page.getByRole('region', { name: 'Level' });
    await level.getByRole('radio', { name: say('tagGroup.single') }).check();
    await level.getByRole('button', { name: say('tagGroup.add.tag') }).click();
    await page.keyboard.type('VIP');
    await page.keyboard.press('Enter');
    await page.keyboard.type('Regular');
    await page.getByRole('button', { name: say('tagGroup.add'), exact: true }).click();
    await page.keyboard.type('Interests');
    // Down out of its group into the next.
    const grip = page.getByRole('button', { name: say('tree.move', { name: 'Regular' }) });
    await grip.press('ArrowDown');
    await page.getByText(say('tree.moved', { group: 'Interests', n: 1 })).waitFor({ state: 'attached' });
    await expect.poll(() => grip.evaluate((button) => button === document.activeElement)).toBe(true);
    await fits(page);
    await saved();
    const { document: kept } = await ask<
      Doc<{ groups: { name: string; multiple: boolean; tags: { name: string }[] }[] }>
    >('GET', '/settings/contact-tags');
    expect(kept.groups.map((one) => [one.name, one.multiple, one.tags.map((tag) => tag.name)])).toEqual([
      ['Level', false, ['VIP']],
      ['Interests', true, ['Regular']],
    ]);
  });

  it('CS-06, CS-12: stars with tags, as a page and as a menu shows them', { timeout: 120_000 }, async () => {
    const { page, ask, open, saved } = await admin();
    await open('ratings');
    const seen = page.getByRole('figure');
    await seen.getByText('Very good', { exact: true }).waitFor();
    await page.getByLabel(say('ratings.star.text', { n: 5 })).fill('Splendid');
    const tagsOf = (n: number) => page.getByLabel(say('ratings.tags', { n }));
    await tagsOf(5).fill('Quick');
    await tagsOf(5).press('Enter');
    await tagsOf(5).fill('Kind');
    await tagsOf(5).press('Enter');
    await tagsOf(1).fill('Too slow,');
    await tagsOf(1).press('Enter');
    await page.getByRole('button', { name: say('ratings.tag', { name: 'Kind', n: 2, all: 2 }) }).press('ArrowLeft');
    await seen.getByText('Splendid', { exact: true }).waitFor();
    expect(await seen.getByText(/^(Kind|Quick)$/).allTextContents()).toEqual(['Kind', 'Quick']);
    // A star of the card shows its own.
    await seen.getByRole('radio', { name: /^1 stars/ }).check();
    await seen.getByText('Too slow').waitFor();
    await fits(page);
    // Elsewhere a numbered menu, counted the way the switch says.
    await seen.getByRole('radio', { name: 'LINE' }).check();
    await seen.getByText(/1\. Very poor.*5\. Splendid/s).waitFor();
    await page.getByRole('switch', { name: say('ratings.reversed') }).click();
    await seen.getByText(/1\. Splendid.*5\. Very poor/s).waitFor();
    await page.getByRole('switch', { name: say('ratings.resolved') }).click();
    await fits(page);
    await saved();
    const { document: kept } = await ask<Doc<{ options: object[]; reversed: boolean; resolved: { on: boolean } }>>(
      'GET',
      '/settings/ratings',
    );
    expect(kept).toMatchObject({ reversed: true, resolved: { on: true } });
    expect([kept.options[0], kept.options[4]]).toEqual([
      { text: 'Very poor', tags: ['Too slow'] },
      { text: 'Splendid', tags: ['Kind', 'Quick'] },
    ]);
  });

  it('AR-10, AR-11: a welcome and its menu reach the visitor', { timeout: 180_000 }, async () => {
    const { home, page, ask, open, saved } = await admin();
    const { items: members } = await ask<{ items: { id: string }[] }>('GET', '/members');
    const memberIds = members.map((one) => one.id);
    for (const name of ['Sales', 'Repairs']) await ask('POST', '/groups', { name, memberIds });
    await open('texts');
    const opening = page.getByRole('region', { name: say('texts.opening') });
    await opening.getByRole('switch', { name: say('texts.welcome'), exact: true }).click();
    await opening.getByLabel(say('texts.welcome'), { exact: true }).last().fill('Welcome to the lamp shop.');
    await opening.getByRole('switch', { name: say('texts.menu') }).click();
    await opening.getByRole('button', { name: say('texts.menu.add') }).click();
    await page.keyboard.type('Buy a lamp');
    await page.keyboard.press('Enter');
    await page.keyboard.type('Have one mended');
    await opening.getByLabel(say('texts.menu.group.n', { n: 2 })).selectOption({ label: 'Repairs' });
    await opening
      .getByRole('button', { name: say('sort.grip', { name: 'Have one mended', n: 2, all: 2 }) })
      .press('ArrowUp');
    const seen = opening.getByRole('figure');
    await seen.getByText('Welcome to the lamp shop.').waitFor();
    expect(await seen.getByText(/^(Buy a lamp|Have one mended)$/).allTextContents()).toEqual([
      'Have one mended',
      'Buy a lamp',
    ]);
    await seen.getByRole('radio', { name: 'LINE' }).check();
    await seen.getByText(/1\. Have one mended\s+2\. Buy a lamp/).waitFor();
    // A place that nothing is put into is told, and one that means something is a click away.
    const waiting = page.getByRole('region', { name: say('texts.waiting') });
    await waiting.getByLabel(say('texts.noAgent'), { exact: true }).fill('You are number ');
    await waiting
      .locator('[data-path="noAgent"]')
      .getByRole('button', { name: say('place.position') })
      .click();
    expect(await waiting.getByLabel(say('texts.noAgent'), { exact: true }).inputValue()).toBe(
      'You are number {position}',
    );
    await fits(page);
    await saved();

    const visitor = watched((await browser({ locale: 'en' })).pages()[0]!);
    await visitor.goto(`${home.url}/chat/${home.web.key}`);
    await visitor.getByText('Welcome to the lamp shop.').waitFor({ timeout: 20_000 });
    await visitor.getByRole('button', { name: 'Have one mended' }).click();
    const { items } = await ask<{ items: { id: string; name: string }[] }>('GET', '/groups');
    const repairs = items.find((one) => one.name === 'Repairs')!.id;
    await expect
      .poll(async () => (await home.sessions()).map((session) => session.group_id), { timeout: 20_000 })
      .toContain(repairs);
  });

  it('SG-01…SG-05: a group, its people and its words; one that is used stays', { timeout: 120_000 }, async () => {
    const { page, ask, open } = await admin();
    const { items: members } = await ask<{ items: { id: string; name: string }[] }>('GET', '/members');
    const me = members[0]!;
    await open('team');
    await page.getByRole('button', { name: say('group.add') }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(say('group.name')).fill('Repairs');
    await dialog.getByText(say('group.members.none')).waitFor();
    await dialog.getByLabel(say('group.part', { name: me.name })).selectOption(say('group.part.member'));
    await dialog.getByLabel(say('group.skill.of', { name: me.name })).fill('80');
    await dialog.getByRole('switch', { name: say('group.greeting') }).click();
    await dialog.getByLabel(say('group.greeting'), { exact: true }).last().fill('x'.repeat(1000));
    await dialog.getByText('1000 / 1000').waitFor();
    await fits(page);
    await dialog.getByRole('button', { name: say('act.save') }).click();
    await dialog.waitFor({ state: 'detached' });
    const { items } = await ask<{ items: Record<string, unknown>[] }>('GET', '/groups');
    const group = items.find((one) => one.name === 'Repairs')!;
    expect(group).toMatchObject({ memberIds: [me.id], skills: { [me.id]: 80 }, greeting: { on: true } });

    await page.getByRole('button', { name: say('group.add') }).click();
    await dialog.getByLabel(say('group.name')).fill('Repairs');
    await dialog.getByRole('button', { name: say('act.save') }).click();
    await dialog.getByText(say('wrong.name.taken')).waitFor();
    await page.keyboard.press('Escape');

    const item = { id: crypto.randomUUID(), text: 'Have one mended', groupId: group.id };
    await ask('PUT', '/settings/texts', { version: 0, document: { menu: { on: true, items: [item] } } });
    await page.getByRole('button', { name: `${say('act.delete')}: Repairs` }).click();
    await dialog.getByRole('button', { name: say('act.delete') }).click();
    await dialog.getByText('“Have one mended”').waitFor();
    await fits(page);
    await dialog.getByRole('link', { name: say('inUse.go') }).click();
    await page.waitForURL(/\/settings\/texts#/);
  });

  it('LM-01, V-09: messages left are listed by state and taken on', { timeout: 120_000 }, async () => {
    const { home, page, ask } = await admin();
    const { token } = (await (
      await page.request.post(`${home.url}/visitor/${home.web.key}/hello`, { data: {} })
    ).json()) as {
      token: string;
    };
    const event = {
      type: 'leave-message',
      id: newId(),
      form: { phone: '021 5555 0101' },
      text: 'The lamp is cracked.',
    };
    const answer = await page.request.post(`${home.url}/webhooks/web/${home.web.key}`, {
      data: { events: [event] },
      headers: { authorization: `Visitor ${token}` },
    });
    expect(answer.ok()).toBe(true);
    await page.goto(home.url);
    await page.getByRole('link', { name: say('nav.left') }).click();
    await page.getByText('The lamp is cracked.').waitFor();
    expect(await page.getByRole('link', { name: '021 5555 0101' }).getAttribute('href')).toBe('tel:02155550101');
    await fits(page);
    await page.getByRole('button', { name: say('left.take') }).click();
    await page.getByRole('button', { name: say('left.take') }).waitFor({ state: 'detached' });
    const { items } = await ask<{ items: { state: string; assigneeId: string | null }[] }>('GET', '/leave-messages');
    const { member } = await ask<{ member: { id: string } }>('GET', '/me');
    expect(items).toMatchObject([{ state: 'working', assigneeId: member.id }]);
    await page.getByRole('link', { name: say('left.state.done') }).click();
    await page.getByText(say('left.none.state')).waitFor();
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole('link', { name: say('left.state.working') }).click();
    await page.getByText('The lamp is cracked.').waitFor();
    await fits(page);
    for (const path of ['texts', 'ratings', 'tags', 'tags/contacts', 'desk', 'desk/transfers', 'team']) {
      await page.goto(`${home.url}/settings/${path}`);
      await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor();
      await expect.poll(() => page.locator('.skeleton:visible').count()).toBe(0);
      await fits(page);
    }
  });
});
