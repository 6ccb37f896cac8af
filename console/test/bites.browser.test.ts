import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { close } from '../../hub/desk/close.ts';
import { reply } from '../../hub/desk/reply.ts';
import { newId } from '../../hub/id.ts';
import { group, member, word } from '../../hub/test/build.ts';
import { needs } from '../../hub/test/needs.ts';
import { words as english } from '../src/lib/i18n/en.ts';
import { words as houseRules } from '../src/lib/i18n/house-rules/en.ts';
import { words as rules } from '../src/lib/i18n/rules/en.ts';
import { words as settings } from '../src/lib/i18n/settings/en.ts';
import { words as times } from '../src/lib/i18n/time/en.ts';
import { browser, house, screen, watched } from './browser.ts';

/** What an admin sets on the pages, a visitor sees in his window: the two ends of every rule, in two real browsers. */
const words = { ...english, ...settings, ...rules, ...houseRules, ...times } as Record<string, string>;
const say = (key: string, values: Record<string, string | number> = {}) =>
  words[key]!.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
const save = async (page: Page) => {
  await page.getByRole('button', { name: say('act.save'), exact: true }).click();
  await page.getByText(say('doc.unsaved')).waitFor({ state: 'detached' });
};
type Home = Awaited<ReturnType<typeof house>>;

async function visitor(home: Home): Promise<Page> {
  const page = watched((await browser({ locale: 'en', viewport: { width: 420, height: 760 } })).pages()[0]!);
  await page.goto(`${home.url}/chat/${home.web.key}`);
  return page;
}
/** Writes as a visitor does. */
async function writes(page: Page, text: string): Promise<void> {
  await page.getByPlaceholder('Write a message…').fill(text);
  await page.keyboard.press('Enter');
}
const aim = async (home: Home, groupId: string) => {
  await home.org.update('channels').set({ group_id: groupId }).execute();
  home.hub.live.publish(home.org.id, [{ kind: 'changed', area: 'channels' }]);
};
/** So many others ask for a person. */
const crowd = async (home: Home, many: number) => {
  for (let n = 0; n < many; n++) expect(await home.visitor(home.web.visitor()).post({ type: 'human' })).toBe(200);
};
const last = async (home: Home) => (await home.sessions()).at(-1)!;

describe.skipIf(!needs('chromium'))('what an admin sets bites in the visitor’s window', () => {
  it('Q-07, Q-08: the sixth customer is taken to the group of the rule, and admins hear of it', {
    timeout: 240_000,
  }, async () => {
    const home = await house();
    const names = ['A', 'B', 'C', 'D', 'E', 'F', 'G'];
    const groups = Object.fromEntries(
      await Promise.all(names.map(async (name) => [name, await group(home.org, `Group ${name}`)] as const)),
    ) as Record<string, string>;
    // A queue that nobody could ever serve is passed over; these have one who is not there.
    await member(home.hub, home.org, { present: false, groupIds: Object.values(groups) });
    home.hub.live.publish(home.org.id, [{ kind: 'changed', area: 'groups' }]);
    const { page, who } = await screen(home, 'owner', { locale: 'en' });
    await page.goto(`${home.url}/settings/queues`);
    const write = async (name: string, scope: string[] | null, to: string) => {
      await page.getByRole('button', { name: say('routing.add'), exact: true }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel(say('plans.name'), { exact: true }).fill(name);
      if (scope) {
        await dialog.getByLabel(say('queues.scope.some'), { exact: true }).check();
        for (const one of scope) await dialog.getByLabel(`Group ${one}`, { exact: true }).check();
      }
      await dialog.getByLabel(say('queues.over')).fill('5');
      await dialog.getByLabel(say('queues.overflowTo'), { exact: true }).selectOption({ label: `Group ${to}` });
      await dialog.getByRole('button', { name: say('act.done') }).click();
    };

    await write('Everywhere', null, 'G');
    await save(page);
    await aim(home, groups.A!);
    await crowd(home, 5);
    const sixth = await visitor(home);
    await sixth.getByRole('button', { name: 'Talk to a person' }).click();
    await sixth.getByText('You are next').waitFor();
    expect(await last(home)).toMatchObject({ state: 'waiting', group_id: groups.G });
    const alerts = (await (await who.ask('GET', '/alerts')).json()).items as { kind: string; text: string }[];
    expect(alerts).toContainEqual(expect.objectContaining({ kind: 'queue', text: 'Everywhere' }));
    await sixth.getByRole('button', { name: 'Leave queue' }).click();
    await sixth.getByRole('button', { name: 'Leave queue' }).last().click();

    await page.getByRole('switch', { name: say('rule.enable', { name: 'Everywhere' }) }).click();
    await write('A and B', ['A', 'B'], 'C');
    await write('D and E', ['D', 'E'], 'F');
    await save(page);
    const seventh = await visitor(home);
    await seventh.getByRole('button', { name: 'Talk to a person' }).click();
    await seventh.getByText('You are next').waitFor();
    expect(await last(home)).toMatchObject({ group_id: groups.C });
    await aim(home, groups.D!);
    await crowd(home, 5);
    expect(await last(home)).toMatchObject({ group_id: groups.D });
    const eighth = await visitor(home);
    await eighth.getByRole('button', { name: 'Talk to a person' }).click();
    await eighth.getByText('You are next').waitFor();
    expect(await last(home)).toMatchObject({ group_id: groups.F });
  });

  it('WT-05: on a make-up Saturday somebody is there, on any other nobody', { timeout: 240_000 }, async () => {
    const home = await house(() => Date.parse('2026-10-10T02:00:00Z'));
    await word(home.hub, home.org, 'forced-human', 'human', 'equals');
    const { page } = await screen(home, 'owner', { locale: 'en' });
    // The admin is at a screen of his own; he takes no customers.
    await home.org.update('members').set({ cap: 0 }).execute();
    await page.goto(`${home.url}/settings/hours`);
    await page.getByRole('button', { name: say('hours.example.office') }).click();
    await save(page);

    // A Saturday like any other: closed, and he hears when it opens.
    const closed = await visitor(home);
    await writes(closed, 'human');
    await closed
      .getByText(/Oct.*12.*9:00|Monday.*9:00/)
      .first()
      .waitFor();
    expect((await last(home)).state).toBe('bot');
    await closed.getByLabel(/^Phone/).fill('13800000000');
    await closed.getByRole('textbox', { name: 'Message', exact: true }).fill('Please call me');
    await closed.getByRole('button', { name: 'Send message' }).click();
    await expect.poll(async () => (await home.org.select('leave_messages').select('text').execute()).length).toBe(1);

    await page.getByRole('button', { name: say('hours.official') }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(say('hours.official.year')).selectOption('2026');
    await dialog.getByRole('button', { name: say('hours.official.take', { year: 2026 }) }).click();
    await save(page);
    // 10 October 2026 is worked instead of the holiday: the same words now lead into the queue.
    await member(home.hub, home.org, { name: 'Agent A', cap: 0 });
    const open = await visitor(home);
    await writes(open, 'human');
    await open.getByText('You are next').waitFor();
    expect((await last(home)).state).toBe('waiting');
  });

  it('CS-12: stars with tags of the admin’s, asked of the visitor and seen by the agent', {
    timeout: 240_000,
  }, async () => {
    const home = await house();
    await word(home.hub, home.org, 'forced-human', 'human', 'equals');
    const { page, who } = await screen(home, 'owner', { locale: 'en' });
    await page.goto(`${home.url}/settings/ratings`);
    await page.getByLabel(say('ratings.star.text', { n: 5 })).fill('Splendid');
    const tags = page.getByLabel(say('ratings.tags', { n: 5 }));
    for (const tag of ['Quick', 'Kind']) {
      await tags.fill(tag);
      await tags.press('Enter');
    }
    await save(page);

    const guest = await visitor(home);
    await writes(guest, 'human');
    await expect.poll(async () => (await last(home)).state).toBe('serving');
    // The owner looks on with a screen of his own, so he is the one at the desk.
    const { id, agent_id } = await last(home);
    const agent = { id: agent_id!, role: 'agent' as const };
    await reply(home.hub, home.org, agent.id, id, { id: newId(), content: { type: 'text', text: 'Hello there' } });
    await guest.getByText('Hello there').waitFor();
    await writes(guest, 'Thank you');
    await expect.poll(async () => (await home.session(id)).marks.visitor ?? 0).toBeGreaterThan(0);
    await close(home.hub, home.org, agent, id);

    const card = guest.getByRole('radio', { name: '5 of 5 stars' });
    await card.waitFor();
    await card.check({ force: true });
    await guest.getByText('Splendid', { exact: true }).waitFor();
    await guest.getByLabel('Quick', { exact: true }).check({ force: true });
    await guest
      .getByRole('button', { name: /Submit|Send rating|Rate/ })
      .last()
      .click();
    await expect
      .poll(async () => await home.org.select('ratings').select(['stars', 'tags', 'agent_ids']).execute())
      .toEqual([{ stars: 5, tags: ['Quick'], agent_ids: [agent.id] }]);
    await page.goto(`${home.url}/sessions/${id}`);
    await page.getByRole('img', { name: '5 stars' }).waitFor();
    await page.getByRole('complementary').getByText('Quick', { exact: true }).waitFor();
    expect(who.id).toBeTruthy();
  });
});
