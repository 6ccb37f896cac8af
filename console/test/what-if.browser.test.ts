import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { accept } from '../../hub/desk/accept.ts';
import { close } from '../../hub/desk/close.ts';
import { member, setting } from '../../hub/test/build.ts';
import { needs } from '../../hub/test/needs.ts';
import { words as care } from '../src/lib/i18n/care/en.ts';
import { words as english } from '../src/lib/i18n/en.ts';
import { words as rules } from '../src/lib/i18n/rules/en.ts';
import { accessible, house, screen } from './browser.ts';

/** What would happen to a customer one knows: his agents, his tags, the blacklist. */
const words = { ...english, ...care, ...rules } as Record<string, string>;
const say = (key: string, values: Record<string, string | number> = {}) =>
  words[key]!.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
const folder = process.env.SHOTS;

describe.skipIf(!needs('chromium'))('what-if, of a contact', () => {
  it('AR-23, CT-05: he is found by name, and what is known of him counts', { timeout: 120_000 }, async () => {
    const home = await house();
    const { hub, org, web, url } = home;
    await setting(hub, org, 'reception', { back: { on: true } });
    const agent = { id: await member(hub, org, { name: 'Ann' }), role: 'agent' as const };
    await org.update('members').set({ status: 'busy' }).execute();
    await home.visitor().post({ type: 'human' });
    const [session] = await home.sessions();
    await accept(hub, org, agent.id, session!.id);
    await close(hub, org, agent, session!.id);
    await org.update('contacts').set({ name: 'Wang Wu' }).execute();
    await org.update('members').set({ status: 'online' }).execute();

    const { page } = await screen(home, 'admin', { locale: 'en' });
    await page.goto(`${url}/settings/what-if`);
    await page.getByLabel(say('try.channel')).selectOption(web.id);
    await page.getByLabel(say('try.text'), { exact: true }).fill('hello');
    const go = () => page.getByRole('button', { name: say('try.go') }).click();
    await go();
    await page.getByText(say('hint.bot.word')).waitFor();

    const find = page.getByLabel(say('try.contact'), { exact: true });
    await find.fill('nobody like this');
    await page.getByText(say('contacts.none')).waitFor();
    await find.fill('wang');
    await page.getByRole('button', { name: 'Wang Wu' }).click();
    // The focus is where it can be undone.
    const away = page.getByRole('button', { name: say('try.contact.none', { name: 'Wang Wu' }) });
    await expect.poll(() => away.evaluate((button) => button === document.activeElement)).toBe(true);
    await go();
    await page.getByText(say('hint.contact.back', { name: 'Wang Wu', agent: 'Ann' })).waitFor();
    await page.getByRole('heading', { name: say('out.agent', { agent: 'Ann' }) }).waitFor();
    await accessible(page);
    if (folder) await page.screenshot({ path: join(folder, 'what-if-contact.png'), fullPage: true });

    await org.update('contacts').set({ blocked_at: new Date() }).execute();
    await go();
    await page.getByRole('heading', { name: say('out.blocked') }).waitFor();
    await page.getByText(say('hint.contact.blocked', { name: 'Wang Wu' })).waitFor();
    expect(await page.getByText(say('try.chain.button')).count()).toBe(0);
    if (folder) await page.screenshot({ path: join(folder, 'what-if-blocked.png'), fullPage: true });

    await away.click();
    await go();
    await page.getByText(say('hint.bot.word')).waitFor();
    expect(await home.sessions()).toHaveLength(1);
  });
});
