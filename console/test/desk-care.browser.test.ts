import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { setting, word } from '../../hub/test/build.ts';
import { needs } from '../../hub/test/needs.ts';
import { words as care } from '../src/lib/i18n/care/en.ts';
import { words as english } from '../src/lib/i18n/en.ts';
import { words as tagWords } from '../src/lib/i18n/tags/en.ts';
import { accessible, house, screen } from './browser.ts';

const words = { ...english, ...care, ...tagWords } as Record<string, string>;
const say = (key: string, values: Record<string, string | number> = {}) =>
  words[key]!.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const tag = (n: number, name: string) => ({ id: id(n), name, colour: '#0284c7' });
const look = { locale: 'en', viewport: { width: 1440, height: 900 } };
const soon = <T>(read: () => T) => expect.poll(read, { timeout: 10_000 });

/** Two agents at their desks, each in a browser of his own, and a customer whom the first serves. */
async function shift() {
  const home = await house();
  const { hub, org } = home;
  await word(hub, org, 'forced-human', '人工', 'equals');
  await setting(hub, org, 'transfers', { confirm: true, answerWithin: 600 });
  await setting(hub, org, 'session-tags', {
    tags: [{ ...tag(1, 'Returns'), children: [{ ...tag(2, 'Refund'), children: [] }] }],
  });
  await setting(hub, org, 'contact-tags', {
    groups: [{ id: id(9), name: 'Level', multiple: false, tags: [tag(3, 'VIP'), tag(4, 'Regular')] }],
  });
  const [a, b] = [await screen(home, 'agent', look), await screen(home, 'agent', look)];
  // Nobody is given anything: who takes what is this test's to say.
  for (const { who } of [a, b]) await who.ask('PATCH', '/me', { status: 'busy' });
  await Promise.all([a.page.goto(home.url), b.page.goto(home.url)]);
  await soon(() => home.sockets.clients.size).toBe(2);
  const visitor = home.visitor();
  const session = async () => (await home.sessions())[0]!;
  return { home, a, b, visitor, session };
}
const row = (page: Page, sessionId: string) => page.locator(`[data-row="${sessionId}"]`);
const menu = async (page: Page, key: string) => {
  await page.getByRole('button', { name: say('care.more') }).click();
  await page.getByRole('menuitem', { name: say(key), exact: true }).click();
};
const told = (page: Page, text: string) => page.getByRole('region', { name: say('talk.history') }).getByText(text);
const hasFocus = (one: Locator) => soon(() => one.evaluate((element) => element === document.activeElement)).toBe(true);

describe.skipIf(!needs('chromium'))('caring for sessions at the desk', () => {
  it('TR-02: a colleague is asked, refuses, is asked again and let off, is asked again and takes over', async () => {
    const { home, a, b, visitor, session } = await shift();
    await visitor.says('人工');
    const { id: sessionId } = await session();
    await a.who.ask('POST', `/sessions/${sessionId}/accept`, {});
    await a.page.goto(`${home.url}/sessions/${sessionId}`);
    const ask = async () => {
      await a.page.keyboard.press('Alt+t');
      await a.page
        .getByRole('dialog')
        .getByRole('button', { name: new RegExp(b.who.username) })
        .click();
      await a.page
        .getByText(new RegExp(say('offer.asked', { name: b.who.username, time: '' }).split(',')[0]!))
        .waitFor();
      await row(b.page, sessionId).getByText(say('row.offer')).waitFor();
    };
    await a.page.getByRole('textbox', { name: /^Reply/ }).waitFor();
    await ask();
    await row(b.page, sessionId).click();
    await b.page.getByRole('button', { name: say('offer.refuse') }).waitFor();
    await accessible(b.page);
    await b.page.getByRole('button', { name: say('offer.refuse') }).click();
    await row(b.page, sessionId).waitFor({ state: 'detached' });
    // Whoever asked is told: in the conversation, and wherever he looks.
    await told(a.page, say('event.offer-ended.refused', { who: b.who.username })).waitFor();
    await a.page.getByText(`${say('alert.transfer')}: ${say('alert.transfer.refused')}`).waitFor();

    await ask();
    await row(b.page, sessionId).click();
    await b.page.getByRole('button', { name: say('offer.accept') }).waitFor();
    await a.page.getByRole('button', { name: say('offer.withdraw') }).click();
    await row(b.page, sessionId).waitFor({ state: 'detached' });
    await told(a.page, say('event.offer-ended.withdrawn')).waitFor();
    // What he looked at meanwhile stays readable, and says why nothing more can be done.
    await b.page.getByText(say('care.gone')).waitFor();
    expect(await b.page.getByRole('button', { name: say('offer.accept') }).count()).toBe(0);
    expect((await session()).agent_id).toBe(a.who.id);

    await ask();
    await row(b.page, sessionId).click();
    await b.page.getByRole('button', { name: say('offer.accept') }).click();
    await b.page.getByRole('textbox', { name: /^Reply/ }).waitFor();
    await told(a.page, say('event.offer-ended.accepted', { who: b.who.username })).waitFor();
    await row(a.page, sessionId).waitFor({ state: 'detached' });
    expect(await session()).toMatchObject({ agent_id: b.who.id, offered_to: null });
  });

  it('CS-13, A-14…A-17, A-25, A-70: rated, tagged, pinned, locked, and answered by a colleague who takes part', async () => {
    const { home, a, b, visitor, session } = await shift();
    await visitor.says('人工');
    const { id: sessionId } = await session();
    await a.who.ask('POST', `/sessions/${sessionId}/accept`, {});
    const { page } = a;
    await page.goto(`${home.url}/sessions/${sessionId}`);
    const card = page.getByRole('complementary', { name: say('card.title') });

    // Twice asked is one invitation.
    await menu(page, 'care.invite');
    await page.getByText(say('care.invite.sent')).waitFor();
    await menu(page, 'care.invite');
    await page.getByText(say('care.invite.open')).waitFor();
    const invitations = await home.org.select('invitations').select('id').execute();
    expect(invitations).toHaveLength(1);
    const rate = { type: 'rate', invitationId: invitations[0]!.id, stars: 4, comment: 'Quick and kind' };
    expect(await visitor.post(rate)).toBe(200);
    await card.getByRole('img', { name: say('care.rating.stars', { n: 4 }) }).waitFor();
    await card.getByText('Quick and kind').waitFor();

    // By keyboard: the picker opens, takes a tag, and gives the focus back.
    const opener = card.getByRole('button', { name: `${say('care.tags')}: ${say('tags.choose')}` });
    await opener.press('Enter');
    await hasFocus(card.getByRole('searchbox', { name: say('tags.search') }));
    await page.keyboard.type('refu');
    await card.getByRole('checkbox', { name: 'Refund' }).press('Space');
    await row(page, sessionId).getByText('Refund').waitFor();
    await accessible(page);
    await page.keyboard.press('Escape');
    await hasFocus(opener);
    expect(page.url()).toContain(sessionId);
    await soon(async () => (await session()).tag_ids).toEqual([id(2)]);

    await menu(page, 'care.pin');
    await row(page, sessionId).getByLabel(say('row.pinned')).waitFor();
    await menu(page, 'care.lock');
    await row(page, sessionId).getByLabel(say('row.locked')).waitFor();
    await menu(page, 'care.mute');
    await page.getByRole('button', { name: say('care.more') }).press('Enter');
    await page.getByRole('menuitem', { name: say('care.unmute') }).waitFor();
    await accessible(page);
    await page.keyboard.press('Escape');
    await hasFocus(page.getByRole('button', { name: say('care.more') }));

    await menu(page, 'care.people');
    const dialog = page.getByRole('dialog', { name: say('care.people') });
    await dialog.getByRole('searchbox').fill(b.who.username);
    await dialog.getByRole('button', { name: new RegExp(b.who.username) }).click();
    await dialog.getByRole('button', { name: say('care.people.remove', { name: b.who.username }) }).waitFor();
    await accessible(page);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await hasFocus(page.getByRole('button', { name: say('care.more') }));
    await row(b.page, sessionId).getByText(say('row.part')).waitFor();
    await row(b.page, sessionId).click();
    await b.page.getByRole('textbox', { name: /^Reply/ }).fill('I know about refunds');
    await b.page.keyboard.press('Enter');
    await page.getByRole('article').filter({ hasText: 'I know about refunds' }).waitFor();
    // He pinned nothing: my marks are mine.
    expect(await row(b.page, sessionId).getByLabel(say('row.pinned')).count()).toBe(0);
    expect((await session()).agent_id).toBe(a.who.id);
    expect((await home.messages(sessionId)).findLast((one) => one.author_type === 'agent')?.author_id).toBe(b.who.id);
    await menu(b.page, 'care.people');
    await b.page
      .getByRole('dialog')
      .getByRole('button', { name: say('care.people.leave') })
      .click();
    await row(b.page, sessionId).waitFor({ state: 'detached' });
  });

  it('CT-01…CT-06, TG-08: a book with many tagged at once; who is on the blacklist is no longer heard', async () => {
    const { home, a, visitor, session } = await shift();
    const { page } = a;
    await visitor.says('人工');
    await home.visitor().says('人工');
    const { id: sessionId } = await session();
    await a.who.ask('POST', `/sessions/${sessionId}/accept`, {});

    await page.getByRole('link', { name: say('nav.contacts') }).click();
    await page.getByRole('checkbox', { name: say('contacts.select.all') }).check();
    await page.getByText(say('contacts.selected', { n: 2 })).waitFor();
    await page.getByRole('button', { name: say('contacts.tag.add') }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('checkbox', { name: 'VIP' }).check();
    await accessible(page);
    await dialog.getByRole('button', { name: say('contacts.tag.add') }).click();
    await page.getByText(say('contacts.tagged', { n: 2 })).waitFor();
    const kept = async () => (await home.org.select('contacts').select('tag_ids').execute()).map((one) => one.tag_ids);
    expect(await kept()).toEqual([[id(3)], [id(3)]]);
    await page.getByLabel(say('contacts.tag'), { exact: true }).selectOption({ label: 'Regular' });
    await page.getByText(say('contacts.none')).waitFor();
    await page.getByLabel(say('contacts.tag'), { exact: true }).selectOption({ label: 'VIP' });
    await soon(() => page.locator('[data-contact]').count()).toBe(2);

    // On the blacklist: the session ends, and what he says next reaches nobody.
    await page.goto(`${home.url}/sessions/${sessionId}`);
    await menu(page, 'care.block');
    await dialog.getByRole('textbox').fill('Sells things');
    await accessible(page);
    await dialog.getByRole('button', { name: say('care.block') }).click();
    await told(page, say('event.closed.blacklisted', { who: a.who.username })).waitFor();
    const before = (await home.messages()).length;
    await visitor.says('Hello? 人工');
    expect([(await home.messages()).length, (await home.sessions()).length]).toEqual([before, 2]);

    await page.getByRole('link', { name: say('nav.contacts') }).click();
    await page.getByLabel(say('contacts.which')).selectOption('blocked');
    await soon(() => page.locator('[data-contact]').count()).toBe(1);
    await page.locator('[data-contact]').click();
    const person = page.getByRole('complementary', { name: say('card.title') });
    await person.getByText(say('contacts.activity.blocked', { who: a.who.username })).waitFor();
    await person.getByText('“Sells things”').waitFor();
    await accessible(page);
    await person.getByRole('button', { name: say('care.unblock') }).click();
    await person.getByText(say('contacts.activity.unblocked', { who: a.who.username })).waitFor();
    await page.keyboard.press('Escape');
    await person.waitFor({ state: 'detached' });
    await visitor.says('Hello again');
    await soon(async () => (await home.sessions()).length).toBe(3);
  });
});
