import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { setting, word } from '../../hub/test/build.ts';
import { needs } from '../../hub/test/needs.ts';
import { words as care } from '../src/lib/i18n/care/en.ts';
import { words as english } from '../src/lib/i18n/en.ts';
import { words as historyWords } from '../src/lib/i18n/history/en.ts';
import { words as houseRules } from '../src/lib/i18n/house-rules/en.ts';
import { words as leftWords } from '../src/lib/i18n/left/en.ts';
import { words as rules } from '../src/lib/i18n/rules/en.ts';
import { words as settings } from '../src/lib/i18n/settings/en.ts';
import { accessible, house, screen } from './browser.ts';

/** What the desk says of a session, and what an organisation lets its agents do with it: set on a page, seen at another. */
const words = { ...english, ...care, ...leftWords, ...settings, ...rules, ...houseRules, ...historyWords } as Record<
  string,
  string
>;
const say = (key: string, values: Record<string, string | number> = {}) =>
  words[key]!.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const look = { locale: 'en', viewport: { width: 1440, height: 900 } };
const MINUTE = 60_000;

/** A session that an agent serves at his screen. */
async function served() {
  const home = await house();
  const { hub, org } = home;
  await word(hub, org, 'forced-human', '人工', 'equals');
  const agent = await screen(home, 'agent', look);
  await agent.who.ask('PATCH', '/me', { status: 'busy' });
  const visitor = home.visitor();
  await visitor.says('人工');
  const { id: sessionId } = (await home.sessions())[0]!;
  await agent.who.ask('POST', `/sessions/${sessionId}/accept`, {});
  /** As if he had been served for so long. */
  const since = async (ms: number) =>
    await org
      .update('sessions')
      .set({ served_since: new Date(Date.now() - ms), opened_at: new Date(Date.now() - ms - 5 * MINUTE) })
      .execute();
  return { home, agent, visitor, sessionId, since };
}
const row = (page: Page, sessionId: string) => page.locator(`[data-row="${sessionId}"]`);
const card = (page: Page) => page.getByRole('complementary', { name: say('card.title') });
const save = async (page: Page) => {
  await page.getByRole('button', { name: say('act.save'), exact: true }).click();
  await page.getByText(say('doc.unsaved')).waitFor({ state: 'detached' });
};
const rail = (page: Page) => page.getByRole('navigation', { name: say('nav.main') });

describe.skipIf(!needs('chromium'))('what the desk says of a session', () => {
  it('A-22, SS-24: how long it has lasted and its grade, live; what has ended keeps its whole length', async () => {
    const { home, agent, visitor, sessionId, since } = await served();
    const { page } = agent;
    const grades = [
      { id: id(1), name: 'Brief', least: 2 },
      { id: id(2), name: 'Thorough', least: 4 },
    ];
    await setting(home.hub, home.org, 'desk', { grades });
    await since(65 * MINUTE);
    await page.goto(`${home.url}/sessions/${sessionId}`);
    const hour = say('span.hours', { h: 1, m: 5 });
    const shown = row(page, sessionId).getByText(say('row.lasting', { time: hour }));
    await shown.waitFor();
    await page.getByText(say('head.mine.lasting', { time: hour })).waitFor();
    await card(page)
      .getByText(say('span.hours', { h: 1, m: 10 }))
      .waitFor();
    expect(await card(page).getByText('Brief').count()).toBe(0);

    await visitor.says('one');
    await visitor.says('two');
    await card(page).getByText('Brief').waitFor();
    await card(page)
      .getByText(say('card.spoken.n', { n: 2 }), { exact: true })
      .waitFor();
    await page.getByRole('textbox', { name: /^Reply/ }).fill('three');
    await page.keyboard.press('Enter');
    await visitor.says('four');
    const head = page.getByRole('region', { name: /^Session with/ });
    for (const place of [head, card(page)]) await place.getByText('Thorough').waitFor();
    await accessible(page);

    // Switched off it goes away where he looks, with nothing to reload.
    await setting(home.hub, home.org, 'desk', { grades: [], duration: false });
    await shown.waitFor({ state: 'detached' });
    await head.getByText(say('head.mine'), { exact: true }).waitFor();
    await card(page).getByText(say('card.lasted')).waitFor({ state: 'detached' });
    expect(await page.getByText('Thorough').count()).toBe(0);
    await agent.who.ask('POST', `/sessions/${sessionId}/end`, {});
    await card(page).getByText(say('card.lasted')).waitFor();
    await card(page)
      .getByText(say('span.hours', { h: 1, m: 10 }))
      .waitFor();
  });

  it('TR-07, SS-24: what an admin takes away from agents is gone from their screens', async () => {
    const { home, agent, sessionId } = await served();
    const { page } = agent;
    await page.goto(`${home.url}/sessions/${sessionId}`);
    const hand = page.getByRole('button', { name: say('act.transfer') });
    await hand.waitFor();
    const admin = await screen(home, 'admin', look);
    await admin.page.goto(`${home.url}/settings/desk`);
    for (const right of ['mayTransfer', 'mayBlock'])
      await admin.page.getByRole('switch', { name: say(`desk.${right}`) }).click();
    await admin.page.getByRole('button', { name: say('desk.grades.add') }).click();
    await admin.page.getByRole('textbox', { name: `${say('desk.grades.name')} 1` }).fill('Any');
    await admin.page.getByRole('spinbutton', { name: say('desk.grades.least') }).fill('0');
    await accessible(admin.page);
    await save(admin.page);

    await hand.waitFor({ state: 'detached' });
    await card(page).getByText('Any', { exact: true }).waitFor();
    await page.keyboard.press('Alt+t');
    await page.getByRole('button', { name: say('care.more') }).click();
    await page.getByRole('menuitem', { name: say('care.star') }).waitFor();
    expect(await page.getByRole('menuitem', { name: say('care.block') }).count()).toBe(0);
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.keyboard.press('Escape');
    for (const [screenOf, may] of [
      [page, false],
      [admin.page, true],
    ] as const) {
      await screenOf.goto(`${home.url}/contacts`);
      await screenOf.locator('[data-contact]').first().click();
      await card(screenOf).getByLabel(say('contact.remark')).waitFor();
      await expect
        .poll(() =>
          card(screenOf)
            .getByRole('button', { name: say('care.block'), exact: true })
            .count(),
        )
        .toBe(may ? 1 : 0);
    }
  });

  it('TR-04: who was away when his request came to nothing finds it at his bell', async () => {
    const { home, agent, sessionId } = await served();
    const { page } = agent;
    await setting(home.hub, home.org, 'transfers', { confirm: true, answerWithin: 600 });
    const other = await screen(home, 'agent', look);
    await other.who.ask('PATCH', '/me', { status: 'busy' });
    await other.page.goto(home.url);
    await expect.poll(() => home.sockets.clients.size).toBe(1);
    await expect
      .poll(
        async () => (await agent.who.ask('POST', `/sessions/${sessionId}/transfer`, { memberId: other.who.id })).status,
      )
      .toBe(200);
    expect((await other.who.ask('POST', `/sessions/${sessionId}/offer`, { accept: false })).status).toBe(200);

    await page.goto(home.url);
    await rail(page)
      .getByRole('button', { name: say('nav.alerts.unseen', { n: 1 }) })
      .click();
    const dialog = page.getByRole('dialog', { name: say('nav.alerts') });
    const told = dialog.getByRole('button', { name: new RegExp(say('alert.transfer')) });
    await told.getByText(say('alert.transfer.refused')).waitFor();
    await accessible(page);
    await told.click();
    await page.waitForURL(`**/sessions/${sessionId}`);
    await rail(page)
      .getByRole('button', { name: say('nav.alerts'), exact: true })
      .waitFor();
    await page.reload();
    await rail(page)
      .getByRole('button', { name: say('nav.alerts'), exact: true })
      .waitFor();
    // It was none of his colleague's.
    await rail(other.page)
      .getByRole('button', { name: say('nav.alerts'), exact: true })
      .click();
    await other.page.getByText(say('alerts.none.own')).waitFor();
    await other.page.keyboard.press('Escape');

    // While he is there it comes by itself.
    await agent.who.ask('POST', `/sessions/${sessionId}/transfer`, { memberId: other.who.id });
    await other.who.ask('POST', `/sessions/${sessionId}/offer`, { accept: false });
    await rail(page)
      .getByRole('button', { name: say('nav.alerts.unseen', { n: 1 }) })
      .waitFor();
  });

  it('LM-01: the rail counts what was left and nobody has taken on', async () => {
    const { home, agent } = await served();
    const { page } = agent;
    await page.goto(home.url);
    await rail(page)
      .getByRole('link', { name: say('nav.left'), exact: true })
      .waitFor();
    const { visitor } = home.web;
    for (const text of ['Call me', 'Me too'])
      await home.visitor(visitor()).post({ type: 'leave-message', form: {}, text });
    await rail(page)
      .getByRole('link', { name: say('nav.left.open', { n: 2 }) })
      .click();
    await page
      .getByRole('button', { name: say('left.take') })
      .first()
      .click();
    await rail(page)
      .getByRole('link', { name: say('nav.left.open', { n: 1 }) })
      .waitFor();
    await accessible(page);
    await page
      .getByRole('button', { name: say('left.done') })
      .last()
      .click();
    await rail(page)
      .getByRole('link', { name: say('nav.left'), exact: true })
      .waitFor();
  });

  it('who may ask for money has its history, and the way back', async () => {
    const home = await house();
    const { page } = await screen(home, 'owner', look);
    await page.goto(`${home.url}/settings/payments`);
    const may = page.getByRole('switch', { name: say('payments.agents') });
    await may.click();
    await save(page);
    await page
      .locator('summary')
      .filter({ hasText: say('history.title') })
      .click();
    await page.getByRole('button', { name: say('history.beginning') }).click();
    await page.getByText(say('history.would')).waitFor();
    await accessible(page);
    await page.getByRole('button', { name: say('history.back', { n: 0 }) }).click();
    await page.getByRole('button', { name: say('history.back.yes'), exact: true }).click();
    await expect.poll(() => may.isChecked()).toBe(false);
  });
});
