import { describe, expect, it } from 'vitest';
import { needs } from '../../hub/test/needs.ts';
import { words as english } from '../src/lib/i18n/en.ts';
import { words as englishRules } from '../src/lib/i18n/house-rules/en.ts';
import { words as englishSettings } from '../src/lib/i18n/settings/en.ts';
import { accessible, house, screen } from './browser.ts';

const words = { ...english, ...englishSettings, ...englishRules } as Record<string, string>;
const say = (key: string) => words[key]!;

describe.skipIf(!needs('chromium'))('the team', () => {
  it('grows by a member and a group; what is wrong is told at its field, and what was written stays', async () => {
    const home = await house();
    const { page, who } = await screen(home, 'admin', { locale: 'en' });
    await page.goto(`${home.url}/settings/team`);
    await page.getByRole('button', { name: say('member.add') }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(say('member.name'), { exact: true }).fill('Agent A');
    await dialog.getByLabel(say('member.username'), { exact: true }).fill(who.username);
    await dialog.getByLabel(say('login.password'), { exact: true }).fill('a long enough password');
    await dialog.getByRole('button', { name: say('act.save') }).click();
    await dialog.getByText(say('wrong.username.taken')).waitFor();
    expect(await dialog.getByLabel(say('member.username'), { exact: true }).getAttribute('aria-invalid')).toBe('true');
    await accessible(page);
    await dialog.getByLabel(say('member.username'), { exact: true }).fill('agent-a');
    await dialog.getByRole('button', { name: say('act.save') }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('Agent A', { exact: true }).first().waitFor();

    await page.getByRole('button', { name: say('group.add') }).click();
    await dialog.getByLabel(say('group.name'), { exact: true }).fill('Night');
    await accessible(page);
    await dialog.getByRole('button', { name: say('act.save') }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('Night', { exact: true }).first().waitFor();
    await page.getByRole('button', { name: say('group.add') }).click();
    await dialog.getByLabel(say('group.name'), { exact: true }).fill('Night');
    await dialog.getByRole('button', { name: say('act.save') }).click();
    await dialog.getByText(say('wrong.name.taken')).waitFor();
    await dialog.getByRole('button', { name: say('act.cancel') }).click();
    await dialog.waitFor({ state: 'detached' });
  });
});
