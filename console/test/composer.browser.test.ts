import { describe, expect, it } from 'vitest';
import { sandboxesOf } from '../../hub/sandboxes.ts';
import { needs } from '../../hub/test/needs.ts';
import { words as english } from '../src/lib/i18n/en.ts';
import { accessible, browser, demo, watched } from './browser.ts';

const words = english as Record<string, string>;
const start = (key: string) => new RegExp(`^${words[key]!.split('{')[0]}`);
const DAY = 86_400_000;

describe.skipIf(!needs('chromium'))('the composer on a platform with a window', () => {
  it('counts down, offers what the channel can, and once it is shut only approved texts', {
    timeout: 120_000,
  }, async () => {
    // The customer wrote a day and an hour ago by the clock of the screen; the window of this platform is a day.
    let ago = DAY + 3_600_000;
    const home = await demo(() => Date.now() - ago);
    const phone = sandboxesOf(home.hub).get('whatsapp')!.sandbox.phone!;
    const [account] = phone.accounts();
    const [person] = phone.people();
    const heard = () =>
      phone
        .chat(account!.id, person!.id)
        .messages.filter((one) => one.who === 'account')
        .map((one) => JSON.stringify(one.bubble));
    const says = async (text: string) => {
      phone.say(account!.id, person!.id, { type: 'text', text });
      await home.settled();
    };
    const context = await browser({ locale: 'en' });
    const page = watched(context.pages()[0]!);
    await says('人工');
    await expect.poll(() => heard().join(), { timeout: 10_000 }).toMatch(/第 1 位|number 1/);
    ago = 0;

    await page.goto(home.url);
    await page.getByLabel(words['login.name']!).fill(home.owner.username);
    await page.getByLabel(words['login.password']!).fill(home.owner.password);
    await page.getByRole('button', { name: words['login.enter']! }).click();
    await page.getByRole('heading', { name: words['nav.inbox']! }).waitFor();
    const rows = page.locator('[data-row]');
    await page.getByRole('tab', { name: new RegExp(`^${words['view.all']}`) }).click();
    await rows.first().click();
    const accept = page.getByRole('button', { name: words['act.accept']!, exact: true }).first();
    const box = page.getByRole('textbox', { name: start('composer.label') });
    await accept.or(box).first().waitFor();
    if (!(await box.count())) await accept.click();

    // Shut: said why, nothing can be written, the hub would refuse it as well.
    await page.getByText(words['composer.window.closed']!).waitFor();
    expect(await box.isDisabled()).toBe(true);
    expect(await page.getByRole('button', { name: words['composer.menu']!, exact: true }).isDisabled()).toBe(true);
    const refused = await page.request.post(`${home.url}/api/v1${new URL(page.url()).pathname}/messages`, {
      data: { id: crypto.randomUUID(), content: { type: 'text', text: 'too late' } },
    });
    expect([refused.status(), (await refused.json()).code]).toEqual([409, 'window_closed']);
    await accessible(page);
    const before = heard().length;
    await page.getByRole('button', { name: words['composer.template.send']! }).click();
    const dialog = page.getByRole('dialog', { name: words['composer.template']! });
    await dialog.getByRole('button', { name: /^order_update en/ }).click();
    const values = page.getByRole('dialog', { name: 'order_update' });
    await values.getByLabel(words['template.value']!.replace('{n}', '1')).fill('Guest');
    await values.getByText('Hello Guest, your order {{2}} is on its way.').waitFor();
    await values.getByLabel(words['template.value']!.replace('{n}', '2')).fill('A-31');
    await accessible(page);
    await values.getByRole('button', { name: words['act.send']!, exact: true }).click();
    await page.getByRole('article').filter({ hasText: 'your order A-31 is on its way' }).waitFor();
    await expect.poll(() => heard().slice(before).join(), { timeout: 10_000 }).toContain('A-31');

    // The customer answers: the window opens, and a question with choices is tapped.
    await says('Is it far?');
    await page.getByRole('article').filter({ hasText: 'Is it far?' }).waitFor();
    await page.getByText(/^23 h 5\d min left|^24 h 0 min left|^1 d/).waitFor();
    await expect.poll(() => box.isDisabled()).toBe(false);
    await page.getByRole('button', { name: words['composer.menu']!, exact: true }).click();
    const menu = page.getByRole('dialog', { name: words['composer.menu']! });
    await menu.getByLabel(words['menu.text']!).fill('Where shall it go?');
    await menu.getByLabel(words['menu.option']!.replace('{n}', '1'), { exact: true }).fill('Home');
    await menu.getByLabel(words['menu.option']!.replace('{n}', '2'), { exact: true }).fill('Office');
    await accessible(page);
    await menu.getByRole('button', { name: words['act.send']!, exact: true }).click();
    const asked = page.getByRole('article').filter({ hasText: 'Where shall it go?' });
    await asked.getByRole('listitem').filter({ hasText: 'Office' }).waitFor();
    await expect.poll(() => heard().join(), { timeout: 10_000 }).toContain('Office');
    await accessible(page);
  });
});
