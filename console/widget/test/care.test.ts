import { AxeBuilder } from '@axe-core/playwright';
import { describe, expect, it, vi } from 'vitest';
import { fake, page, stage, visitor } from './stage.ts';

vi.setConfig({ testTimeout: 60_000 });

/** What a visitor does beside talking: waiting, choosing, rating, leaving a message. */
stage({ width: 390, height: 780 });

const button = (name: string) => page.getByRole('button', { name, exact: true });
const log = () => page.getByRole('log');
async function chat() {
  await page.goto(`${fake.url}/chat/k`);
  await page.locator('[aria-label="Send a picture or file"]:enabled').waitFor();
  await expect.poll(() => visitor()?.session?.state).toBe('bot');
}
const serve = () =>
  fake.house.session(visitor(), {
    state: 'serving',
    queue: null,
    mayRate: true,
    agent: { name: 'Agent A', avatar: null, status: 'online' },
  });
const mustBeSound = async () => {
  await page.waitForTimeout(300);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map((found) => `${colorScheme} ${found.id}: ${found.nodes[0]?.html}`)).toEqual([]);
  }
};

describe('the queue', () => {
  it('says place and wait as they change, and lets go only who says so twice (V-08)', async () => {
    await chat();
    await button('Talk to a person').click();
    await page.getByText('2 ahead of you · about 3 min').waitFor();
    fake.house.session(visitor(), { queue: { position: 1, seconds: 20 } });
    await page.getByText('You are next · less than a minute').waitFor();
    fake.house.session(visitor(), { queue: { position: 2, seconds: null } });
    await page.getByText('1 ahead of you', { exact: true }).waitFor();
    fake.house.session(visitor(), { queue: { position: null, seconds: 9000 } });
    await page.getByText('about 3 h', { exact: true }).waitFor();
    await button('Leave queue').click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Keep waiting' }).click();
    await button('Leave queue').click();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('alertdialog').count()).toBe(0);
    expect(visitor().wishes).toEqual(['enter', 'human']);
    await button('Leave queue').click();
    await mustBeSound();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Leave queue' }).click();
    await expect.poll(() => visitor().wishes).toEqual(['enter', 'human', 'leave-queue']);
    await button('Talk to a person').waitFor();
  });
  it('takes the question away when somebody comes meanwhile', async () => {
    await chat();
    await button('Talk to a person').click();
    await button('Leave queue').click();
    serve();
    await expect.poll(() => page.getByRole('alertdialog').count()).toBe(0);
    await page.getByRole('textbox').waitFor();
  });
});

describe('a menu of the house (AR-11)', () => {
  it('answers with the option’s id, and is shut where it leads nowhere any more', async () => {
    await chat();
    const options = [
      { id: 'haina:group:1', text: 'Sales' },
      { id: 'haina:quit', text: 'Leave the queue' },
      { id: 'haina:leave', text: 'Write to us' },
    ];
    fake.house.add(visitor(), 'system', { type: 'menu', text: 'What is it about?', options });
    const open = async () => await page.locator('.menu button:enabled').allTextContents();
    await button('Sales').click();
    await expect
      .poll(() => visitor().messages.at(-1)?.content)
      .toEqual({ type: 'action', data: 'haina:group:1', text: 'Sales' });
    expect(await open()).toEqual(['Sales', 'Write to us']);
    fake.house.session(visitor(), { state: 'waiting', queue: { position: 1, seconds: null } });
    await expect.poll(open).toEqual(['Sales', 'Leave the queue', 'Write to us']);
    await button('Write to us').click();
    await page.getByRole('dialog', { name: 'Leave a message' }).waitFor();
    await page.keyboard.press('Escape');
    serve();
    await expect.poll(open).toEqual([]);
    expect(await page.locator('.menu button').allTextContents()).toEqual(['Sales']);
    fake.house.open(visitor());
    await expect.poll(() => page.locator('.menu button:disabled').allTextContents()).toEqual(['Sales']);
    await mustBeSound();
  });
});

describe('rating (V-28)', () => {
  it('asks for the tags of a star that has some, and sends everything', async () => {
    await chat();
    serve();
    const { id } = fake.house.invite(visitor());
    await page.getByRole('radio', { name: '1 of 5 stars: Very bad' }).check();
    await button('Send rating').click();
    await page.getByRole('alert').getByText('Please choose at least one').waitFor();
    expect(visitor().rated).toEqual([]);
    await page.getByRole('checkbox', { name: 'Too slow' }).check();
    await page.getByRole('radio', { name: 'No', exact: true }).check();
    await page.getByRole('textbox', { name: 'Anything else? (optional)' }).fill('  twenty minutes  ');
    await mustBeSound();
    await button('Send rating').click();
    await log().getByText('Thank you for your rating').waitFor();
    expect(visitor().rated).toEqual([
      { invitationId: id, stars: 1, tags: ['Too slow'], resolved: false, comment: 'twenty minutes' },
    ]);
    await page.getByRole('img', { name: '1 of 5 stars' }).waitFor();
    await log().getByText('Thank you!', { exact: true }).waitFor();
    expect(await button('Change rating').count()).toBe(0);
    await page.reload();
    await page.getByRole('img', { name: '1 of 5 stars' }).waitFor();
  });
  it('is done with the keyboard alone', async () => {
    await chat();
    serve();
    fake.house.invite(visitor(), { resolved: null });
    await page.getByRole('radio').first().waitFor();
    await log().focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    for (let presses = 0; presses < 3; presses++) await page.keyboard.press('ArrowRight');
    await log().getByText('Good', { exact: true }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.type('fine');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect.poll(() => visitor().rated).toMatchObject([{ stars: 4, tags: [], resolved: null, comment: 'fine' }]);
  });
  it('forgets the tags of another star', async () => {
    await chat();
    fake.house.invite(visitor());
    await page.getByRole('radio', { name: '1 of 5 stars: Very bad' }).check();
    await page.getByRole('checkbox', { name: 'Rude' }).check();
    await page.getByRole('radio', { name: '5 of 5 stars: Very good' }).check();
    expect(await page.getByRole('checkbox').count()).toBe(0);
    await button('Send rating').click();
    await expect.poll(() => visitor().rated).toMatchObject([{ stars: 5, tags: [] }]);
  });
  it('may be changed where another answer is taken (CS-07)', async () => {
    await chat();
    fake.house.again = true;
    fake.house.invite(visitor());
    await page.getByRole('radio', { name: '3 of 5 stars: Fair' }).check();
    await button('Send rating').click();
    await button('Change rating').click();
    await page.getByRole('radio', { name: '5 of 5 stars: Very good' }).check();
    await button('Send rating').click();
    await page.getByRole('img', { name: '5 of 5 stars' }).waitFor();
    expect(visitor().rated.map(({ stars }) => stars)).toEqual([3, 5]);
  });
  it('is over when its time is up, while one looks on (CS-04)', async () => {
    await chat();
    fake.house.invite(visitor(), {}, 1);
    await page.getByRole('radio').first().waitFor();
    visitor().session!.rating.open = false;
    await log().getByText('no longer possible').waitFor();
    await mustBeSound();
  });
  it('says so when it was not taken', async () => {
    await chat();
    fake.house.invite(visitor());
    fake.house.deaf = true;
    await page.getByRole('radio', { name: '5 of 5 stars: Very good' }).check();
    await button('Send rating').click();
    await page.getByRole('alert').getByText('was not saved').waitFor({ timeout: 12_000 });
    fake.house.deaf = false;
    await button('Send rating').click();
    await log().getByText('Thank you for your rating').waitFor();
  });
  it('waits out a dead network', async () => {
    await chat();
    fake.house.invite(visitor());
    await page.getByRole('radio', { name: '4 of 5 stars: Good' }).check();
    fake.cut();
    await button('Send rating').click();
    await page.getByRole('button', { name: 'Sending' }).waitFor();
    fake.down = false;
    await log().getByText('Thank you for your rating').waitFor({ timeout: 20_000 });
    expect(visitor().rated).toHaveLength(1);
  });
  it('can be asked for (V-10), goes to the card that waits, and is not offered before anybody has served', async () => {
    await chat();
    expect(await button('Rate').count()).toBe(0);
    serve();
    await page.locator('.chips').getByRole('button', { name: 'Rate' }).click();
    await page.getByRole('radio').first().waitFor();
    expect(visitor().wishes).toEqual(['enter', 'rate-wish']);
    await page.locator('.tools').getByRole('button', { name: 'Rate' }).click();
    await expect.poll(() => page.evaluate(() => (document.activeElement as HTMLInputElement).type)).toBe('radio');
    expect(visitor().wishes).toEqual(['enter', 'rate-wish']);
  });
  it('shows an invitation that comes again once, and an old one as over', async () => {
    await chat();
    const first = fake.house.invite(visitor());
    const second = fake.house.invite(visitor());
    fake.house.add(visitor(), 'system', second);
    await expect.poll(() => page.locator('.rating').count()).toBe(2);
    expect(await page.locator('.stars').count()).toBe(1);
    expect(first.id).not.toBe(second.id);
  });
});

describe('leaving a message (V-09)', () => {
  const form = () => page.getByRole('dialog', { name: 'Leave a message' });
  it('says what is missing at the field, and thanks when it has arrived', async () => {
    await chat();
    await page.locator('.tools').getByRole('button', { name: 'Leave a message' }).click();
    await form().getByRole('button', { name: 'Send message' }).click();
    const [phone, email, words] = ['Phone', 'Email', 'Message'].map((name) => form().getByLabel(name));
    expect(await phone!.evaluate((field) => field === document.activeElement)).toBe(true);
    await form().getByText('Please give a phone number or an email address').waitFor();
    await form().getByText('Please write your message').waitFor();
    expect(await phone!.getAttribute('aria-describedby')).toBe('wrong-phone');
    await mustBeSound();
    await phone!.fill('call me');
    await form().getByText('This does not look like a phone number').waitFor();
    await phone!.fill('');
    await form().getByText('Please give a phone').waitFor();
    await email!.fill('nobody');
    await form().getByText('Please give a phone').waitFor({ state: 'detached' });
    await words!.fill(' Please call on Monday ');
    await form().getByRole('button', { name: 'Send message' }).click();
    await form().getByText('This does not look like an email address').waitFor();
    expect(visitor().left).toEqual([]);
    await email!.fill('a@example.com');
    await form().getByRole('button', { name: 'Send message' }).click();
    const thanks = page.getByRole('dialog', { name: 'We have your message' });
    await thanks.waitFor();
    await mustBeSound();
    await thanks.getByRole('button', { name: 'Done' }).click();
    expect(visitor().left).toEqual([{ form: { email: 'a@example.com' }, text: 'Please call on Monday' }]);
    // The way to reach him is still known; what he wrote has gone.
    await page.locator('.tools').getByRole('button', { name: 'Leave a message' }).click();
    expect(await form().getByLabel('Email').inputValue()).toBe('a@example.com');
    expect(await form().getByLabel('Message').inputValue()).toBe('');
  });
  it('is there in the queue, after the end, and by itself when the house asks for one', async () => {
    await chat();
    await button('Talk to a person').click();
    await page.locator('.queue').getByRole('button', { name: 'Leave a message' }).click();
    await form().waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => form().count()).toBe(0);
    fake.house.session(visitor(), { state: 'bot', queue: null, leaving: true });
    await form().waitFor();
    await form().getByLabel('Close').click();
    await page.locator('.bar').getByRole('button', { name: 'Write it' }).click();
    await form().waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => form().count()).toBe(0);
    fake.house.session(visitor(), { state: 'closed', leaving: false });
    await page.locator('.foot').getByRole('button', { name: 'Leave a message' }).click();
    await form().waitFor();
  });
  it('survives a reload without a network, and arrives once', async () => {
    await chat();
    await page.locator('.tools').getByRole('button', { name: 'Leave a message' }).click();
    await form().getByLabel('Phone').fill('+86 138 0000 0000');
    await form().getByLabel('Message').fill('later');
    fake.cut();
    await form().getByRole('button', { name: 'Send message' }).click();
    await form().getByText('Goes out when you are connected again').waitFor({ timeout: 10_000 });
    await page.reload();
    fake.down = false;
    await expect
      .poll(() => visitor().left, { timeout: 20_000 })
      .toEqual([{ form: { phone: '+86 138 0000 0000' }, text: 'later' }]);
  });
  it('says when it is refused', async () => {
    await chat();
    await page.locator('.tools').getByRole('button', { name: 'Leave a message' }).click();
    await form().getByLabel('Phone').fill('+86 138 0000 0000');
    await form().getByLabel('Message').fill('REFUSE');
    await form().getByRole('button', { name: 'Send message' }).click();
    await form().getByRole('alert').getByText('Could not be sent').waitFor();
    await form().getByLabel('Message').fill('please');
    await form().getByRole('button', { name: 'Send message' }).click();
    await page.getByRole('dialog', { name: 'We have your message' }).waitFor();
    expect(visitor().left).toHaveLength(1);
  });
});

describe('what a plugin allows (V-04, V-40)', () => {
  it('is all that is offered', async () => {
    fake.house.style = { ...fake.house.style, human: false, rate: false, leave: false, shortcuts: [] };
    await chat();
    serve();
    await page.getByRole('heading', { name: 'Agent A' }).waitFor();
    expect(await page.locator('.chips').count()).toBe(0);
    expect(
      await page.locator('.tools button').evaluateAll((all) => all.map((one) => one.getAttribute('title'))),
    ).toEqual(['Emoji', 'Send a picture or file']);
    fake.house.session(visitor(), { state: 'waiting', queue: { position: 1, seconds: null } });
    await button('Leave queue').waitFor();
    expect(await page.getByText('Leave a message').count()).toBe(0);
    fake.house.session(visitor(), { state: 'closed' });
    await button('Continue chatting').waitFor();
    expect(await page.getByText('Leave a message').count()).toBe(0);
  });
  it('and who serves is shown as the organisation wants it (SS-12, SS-13, V-26)', async () => {
    await chat();
    fake.house.session(visitor(), { speaker: 'Reception' });
    await page.getByRole('heading', { name: 'Reception' }).waitFor();
    const agent = { name: 'Agent A', avatar: null, status: 'busy' as const };
    fake.house.session(visitor(), { state: 'serving', agent });
    await page.getByRole('heading', { name: 'Agent A' }).waitFor();
    await page.getByText('Busy').waitFor();
    fake.house.session(visitor(), { agent: { ...agent, status: null } });
    await expect.poll(() => page.getByText('Busy').count()).toBe(0);
    fake.house.session(visitor(), { agent: { name: '', avatar: null, status: null } });
    await page.getByRole('heading', { name: 'Reception' }).waitFor();
  });
});

describe('after hours (V-39)', () => {
  const open = async () => {
    await page.goto(`${fake.url}/chat/k`);
    await page.locator('[aria-label="Send a picture or file"]:enabled').waitFor();
  };
  const form = () => page.getByRole('dialog', { name: 'Leave a message' });
  const text = 'We are closed.\nBack at https://shop.example at 9.';

  it('the form for a message is there at once, and goes; nothing begins before it is sent', async () => {
    fake.house.offHours = { show: 'form', text };
    await open();
    await form().waitFor();
    await expect.poll(() => page.evaluate(() => !!document.activeElement?.closest('dialog'))).toBe(true);
    await mustBeSound();
    await page.keyboard.press('Escape');
    await expect.poll(() => form().count()).toBe(0);
    await log().getByText('We are closed.').waitFor();
    expect(visitor()).toMatchObject({ wishes: [], session: null });
    // It comes once with the page, and when it is asked for.
    await page.waitForTimeout(300);
    expect(await form().count()).toBe(0);
    await page.locator('.tools').getByRole('button', { name: 'Leave a message' }).click();
    await form().getByLabel('Phone').fill('+86 138 0000 0000');
    await form().getByLabel('Message').fill('call me');
    await form().getByRole('button', { name: 'Send message' }).click();
    await expect.poll(() => visitor().left).toEqual([{ form: { phone: '+86 138 0000 0000' }, text: 'call me' }]);
  });
  it('the text stands where nothing is said yet, under what was, and goes when a conversation is on', async () => {
    fake.house.offHours = { show: 'text', text };
    await open();
    await log().getByText('We are closed.').waitFor();
    expect(await log().getByRole('link').getAttribute('href')).toBe('https://shop.example/');
    expect(await log().getByText('How can we help').count()).toBe(0);
    expect(visitor()).toMatchObject({ wishes: [], session: null });
    await mustBeSound();
    await page.getByRole('textbox').fill('hello?');
    await page.keyboard.press('Enter');
    await expect.poll(() => log().getByText('We are closed.').count()).toBe(0);
    expect(visitor().messages.map(({ content }) => content)).toMatchObject([{ text: 'hello?' }]);
    fake.house.session(visitor(), { state: 'closed' });
    await log().getByText('We are closed.').waitFor();
    await button('Continue chatting').click();
    await page.getByRole('textbox').waitFor();
    expect(visitor().wishes).toEqual([]);
  });
  it('a conversation that is on goes on', async () => {
    await chat();
    serve();
    fake.house.offHours = { show: 'form', text };
    await page.reload();
    await page.getByRole('heading', { name: 'Agent A' }).waitFor();
    await page.waitForTimeout(300);
    expect(await form().count()).toBe(0);
    expect(await log().getByText('We are closed.').count()).toBe(0);
  });
});
