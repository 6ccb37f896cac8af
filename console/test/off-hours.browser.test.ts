import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { group, setting } from '../../hub/test/build.ts';
import { needs } from '../../hub/test/needs.ts';
import { words as english } from '../src/lib/i18n/en.ts';
import { words as settings } from '../src/lib/i18n/settings/en.ts';
import { accessible, browser, house, screen, watched } from './browser.ts';

/** What a web plugin does after hours (V-39), from the admin's page to the visitor's window. */
const words = { ...english, ...settings } as Record<string, string>;
const say = (key: string) => words[key]!;
const picture = process.env.SHOTS;
/** Nobody works this week: it is after hours whenever the test runs. */
const NEVER = { id: '01900000-0000-7000-8000-0000000000d1', name: 'Rest', week: [[], [], [], [], [], [], []] };

async function home() {
  const run = await house();
  await setting(run.hub, run.org, 'hours', { plans: [NEVER] });
  const groupId = await group(run.org, 'Sales');
  await run.org.update('skill_groups').set({ plan_id: NEVER.id }).execute();
  await run.org.update('channels').set({ group_id: groupId }).where('id', '=', run.web.id).execute();
  run.hub.live.publish(run.org.id, [{ kind: 'changed', area: 'channels' }]);
  const { page } = await screen(run, 'admin', { locale: 'en', viewport: { width: 1440, height: 1900 } });
  await page.goto(`${run.url}/settings/channels/${run.web.id}`);
  const plugin = page.locator('section', { hasText: say('style.title') });
  await plugin.getByText('By the hours of “Sales”').waitFor();
  return { ...run, page, plugin };
}
async function visitor(url: string) {
  const page = watched((await browser({ locale: 'en', viewport: { width: 420, height: 760 } })).pages()[0]!);
  await page.goto(url);
  await page.locator('[aria-label="Send a picture or file"]:enabled').waitFor();
  return page;
}

describe.skipIf(!needs('chromium'))('V-39: after hours, a plugin', () => {
  it('asks for a message at once', { timeout: 120_000 }, async () => {
    const { page, plugin, url, web, org } = await home();
    await plugin.getByRole('radio', { name: say('style.offHours.form'), exact: false }).check();
    await plugin.getByRole('button', { name: say('style.preview.night') }).click();
    await accessible(page);
    if (picture) await plugin.screenshot({ path: join(picture, 'off-hours-form.png') });
    await plugin.getByRole('button', { name: say('act.save'), exact: true }).click();
    await expect.poll(() => plugin.getByRole('button', { name: say('act.undo') }).count()).toBe(0);
    const guest = await visitor(`${url}/chat/${web.key}`);
    const form = guest.getByRole('dialog', { name: 'Leave a message' });
    await form.getByLabel('Phone').fill('+86 138 0000 0000');
    await form.getByLabel('Message').fill('call me');
    if (picture) await guest.screenshot({ path: join(picture, 'off-hours-form-chat.png') });
    await form.getByRole('button', { name: 'Send message' }).click();
    await guest.getByRole('dialog', { name: 'We have your message' }).waitFor();
    expect(await org.select('leave_messages').select(['text', 'form']).execute()).toEqual([
      { text: 'call me', form: { phone: '+86 138 0000 0000' } },
    ]);
  });

  it('shows its text, and says it again to who writes', { timeout: 120_000 }, async () => {
    const { plugin, url, web, sessions } = await home();
    await plugin.getByRole('radio', { name: say('style.offHours.text'), exact: false }).check();
    await plugin.getByLabel(say('style.offHoursText')).fill('Gone fishing');
    await plugin.getByRole('button', { name: say('style.preview.night') }).click();
    if (picture) await plugin.screenshot({ path: join(picture, 'off-hours-text.png') });
    await plugin.getByRole('button', { name: say('act.save'), exact: true }).click();
    await expect.poll(() => plugin.getByRole('button', { name: say('act.undo') }).count()).toBe(0);
    const guest = await visitor(`${url}/chat/${web.key}`);
    const text = guest.getByRole('log').getByText('Gone fishing');
    await text.waitFor();
    if (picture) await guest.screenshot({ path: join(picture, 'off-hours-text-chat.png') });
    expect(await sessions()).toEqual([]);
    await guest.getByPlaceholder('Write a message…').fill('hello?');
    await guest.keyboard.press('Enter');
    await expect.poll(async () => (await sessions()).length).toBe(1);
    // The one that stood there has gone; the one of the conversation is the answer.
    await expect.poll(() => guest.locator('.hello').count()).toBe(0);
    await text.waitFor();
  });
});
