import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { newId } from '../../hub/id.ts';
import { group, member } from '../../hub/test/build.ts';
import { needs } from '../../hub/test/needs.ts';
import { words as english } from '../src/lib/i18n/en.ts';
import { words as history } from '../src/lib/i18n/history/en.ts';
import { words as rules } from '../src/lib/i18n/rules/en.ts';
import { words as settings } from '../src/lib/i18n/settings/en.ts';
import { accessible, house, screen } from './browser.ts';

const words = { ...english, ...settings, ...rules, ...history } as Record<string, string>;
const say = (key: string, values: Record<string, string | number> = {}) =>
  words[key]!.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
/** For looking at: where a folder is named. */
const picture = async (page: Page, name: string) => {
  const folder = process.env.PICTURES;
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
};

async function admin() {
  const home = await house();
  const sales = await group(home.org, 'Sales');
  const care = await group(home.org, 'Care');
  const agent = await member(home.hub, home.org, { name: 'Agent A', groupIds: [care] });
  const { page, who } = await screen(home, 'owner', { locale: 'en' });
  const put = async (area: string, version: number, document: object) => {
    const answer = await who.ask('PUT', `/settings/${area}`, { version, document });
    expect(answer.status, await answer.clone().text()).toBe(200);
  };
  return { home, page, who, put, sales, care, agent };
}

describe.skipIf(!needs('chromium'))('the history of settings', () => {
  it('shows who saved what, what going back would change, and goes back', async () => {
    const { home, page, who, put, sales, care } = await admin();
    const [one, two] = [
      { kind: 'rule', id: newId(), name: 'Shop', on: { to: 'group', groupId: sales }, off: { to: 'leave' } },
      { kind: 'rule', id: newId(), name: 'Club', when: { connectors: ['web'] }, on: { to: 'group', groupId: care } },
    ];
    await put('routing', 0, { rules: [two, one] });
    await put('routing', 1, { rules: [one, { ...two, on: { to: 'bot' } }] });
    await page.goto(`${home.url}/settings/routing`);
    const panel = page.locator('details', { hasText: say('history.title') }).last();
    await panel.locator('summary').click();
    await panel.getByText(say('history.current')).waitFor();
    await panel.getByRole('button', { name: say('history.version', { n: 2 }) }).click();
    await panel.getByText(say('history.changed')).waitFor();
    await picture(page, 'history-current');
    await panel.getByRole('button', { name: say('history.version', { n: 1 }) }).click();
    await panel.getByText(say('history.would')).waitFor();
    await panel.getByText('“Club” › In working hours').waitFor();
    await panel.getByText('the bot', { exact: true }).waitFor();
    await panel.getByText('Shop › Club').waitFor();
    await accessible(page);
    await picture(page, 'history');

    await panel.getByRole('button', { name: say('history.back', { n: 1 }) }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: say('history.back.yes') })
      .click();
    await panel.getByRole('button', { name: say('history.version', { n: 3 }) }).waitFor();
    const { version, document } = await (await who.ask('GET', '/settings/routing')).json();
    expect([version, document.rules.map((rule: { name: string }) => rule.name)]).toEqual([3, ['Club', 'Shop']]);
  });

  it('does not go back to what is there no more, and says why', async () => {
    const { home, page, who, put, sales } = await admin();
    await put('routing', 0, { fallback: { on: { to: 'group', groupId: sales } } });
    await put('routing', 1, {});
    expect((await who.ask('DELETE', `/groups/${sales}`)).status).toBe(204);
    await page.goto(`${home.url}/settings/routing`);
    const panel = page.locator('details', { hasText: say('history.title') }).last();
    await panel.locator('summary').click();
    await panel.getByRole('button', { name: say('history.version', { n: 1 }) }).click();
    await panel.getByRole('button', { name: say('history.back', { n: 1 }) }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: say('history.back.yes') })
      .click();
    await panel.getByRole('alert').filter({ hasText: 'not there' }).waitFor();
    await picture(page, 'history-refused');
  });
});

describe.skipIf(!needs('chromium'))('the operation log', () => {
  it('tells in words who changed what, and finds it by kind, person and day', async () => {
    const { home, page, who, put, care, agent } = await admin();
    await put('matching', 0, { hold: 90, byLevel: true });
    expect((await who.ask('PATCH', `/groups/${care}`, { memberIds: [], planId: null })).status).toBe(200);
    expect((await who.ask('PATCH', `/members/${agent}`, { cap: 5 })).status).toBe(200);
    await page.goto(`${home.url}/settings/audit`);
    await page.getByText('changed the member “Agent A”').waitFor();
    await page.getByRole('button', { name: 'changed the group “Care”' }).click();
    await page.getByRole('listitem').filter({ hasText: 'Members' }).getByText('Agent A').waitFor();
    await page.getByRole('button', { name: 'settings “Matching”' }).click();
    await page.getByText('1 min 30 s').waitFor();
    await accessible(page);
    await picture(page, 'audit');
    await page.getByLabel(say('audit.area')).selectOption({ label: 'group' });
    await page.getByText('changed the member “Agent A”').waitFor({ state: 'detached' });
    await page.getByText('changed the group “Care”').waitFor();
    await page.getByLabel(say('audit.to')).fill('2020-01-01');
    await page.getByText(say('audit.none')).waitFor();
    await page.getByRole('button', { name: say('audit.clear') }).click();
    await page.getByText('changed the member “Agent A”').waitFor();
    await page.setViewportSize({ width: 390, height: 844 });
    await picture(page, 'audit-narrow');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });
});
