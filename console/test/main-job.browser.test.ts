import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Frame, Page } from 'playwright-core';
import sharp from 'sharp';
import { describe, expect, it, onTestFinished } from 'vitest';
import { needs } from '../../hub/test/needs.ts';
import { words as english } from '../src/lib/i18n/en.ts';
import { words as englishSettings } from '../src/lib/i18n/settings/en.ts';
import { words as chineseSettings } from '../src/lib/i18n/settings/zh-CN.ts';
import { words as chinese } from '../src/lib/i18n/zh-CN.ts';
import { wordsOf } from '../widget/chat/words/index.ts';
import { browser, demo, watched } from './browser.ts';

/** What people say in this story. The rules that answer are those of the seeded demo. */
const LANGUAGES = [
  {
    locale: 'zh-CN',
    console: { ...chinese, ...chineseSettings } as Record<string, string>,
    widget: wordsOf('zh-CN'),
    asks: '你们的价格是多少？',
    answers: '您好，专业版支持 20 位客服同时在线。',
    thanks: '明白了，谢谢！',
    forbidden: '跟您保证稳赚不赔',
    sensitive: '您的投诉我们已登记',
    reminder: '再不处理我就给差评',
    last: '马上为您处理',
    secret: '这条发错了',
  },
  {
    locale: 'en',
    console: { ...english, ...englishSettings } as Record<string, string>,
    widget: wordsOf('en'),
    asks: 'What is the price?',
    answers: 'Professional comes with twenty seats.',
    thanks: 'I see, thank you!',
    forbidden: 'This is 稳赚不赔, believe me',
    sensitive: 'Your 投诉 has been noted',
    reminder: 'Answer, or I write a 差评',
    last: 'We are on it',
    secret: 'That went to the wrong window',
  },
] as const;
type Language = (typeof LANGUAGES)[number];

const ANSWER = /标准版每月 99 元/;
const PLACE = /第 1 位|number 1 in the queue/;
const END = /本次会话已结束|This conversation has ended/;
const start = (text: string) => new RegExp(`^${text.slice(0, text.indexOf('{'))}`);

/** Signs in through the form and sets oneself to busy by the menu, so that nobody is served without being accepted. */
async function desk(home: Awaited<ReturnType<typeof demo>>, { locale, console: words }: Language): Promise<Page> {
  const page = watched((await browser({ locale })).pages()[0]!);
  await page.goto(home.url);
  await page.getByLabel(words['login.name']!).fill(home.owner.username);
  await page.getByLabel(words['login.password']!).fill(home.owner.password);
  await page.getByRole('button', { name: words['login.enter']! }).click();
  await page.getByRole('heading', { name: words['nav.inbox']! }).waitFor();
  await page.getByRole('button', { name: new RegExp(words['status.online']!) }).click();
  await page.getByRole('menuitemradio', { name: words['status.busy']! }).click();
  await page.getByRole('button', { name: new RegExp(words['status.busy']!), includeHidden: true }).waitFor();
  await page.keyboard.press('Escape');
  return page;
}

/** The one customer who waits: seen in the queue, opened, accepted by the button. Gives the composer. */
async function accept(page: Page, { console: words, asks }: Language) {
  await page.getByRole('tab', { name: new RegExp(`${words['view.waiting']}.*1`) }).click();
  await page.locator('[data-row]').first().click();
  await page.getByText(words['foot.waiting']!).waitFor();
  await page.getByRole('article').filter({ hasText: asks }).waitFor();
  await page.getByRole('article').filter({ hasText: ANSWER }).waitFor();
  await page.getByRole('button', { name: words['act.accept']!, exact: true }).first().click();
  const composer = page.getByRole('textbox', { name: start(words['composer.label']!) });
  await composer.waitFor();
  return async (text: string) => {
    await composer.fill(text);
    await composer.press('Enter');
    return page.getByRole('article').filter({ hasText: text });
  };
}

/** A shop's page with nothing of ours but the snippet, on another host and port. */
async function shop(snippet: string): Promise<string> {
  const server = createServer(
    (_, response) =>
      void response
        .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
        .end(`<!doctype html><title>Shop</title><h1>Shop</h1><p>Words.</p>${snippet}`),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://localhost:${(server.address() as AddressInfo).port}/`;
}

/** Presses the round button, which lives in a closed shadow root, where the eye sees it; gives the chat's frame. */
async function opened(page: Page, hub: string): Promise<Frame> {
  const { width, height } = page.viewportSize()!;
  const chat = () => page.frames().find((frame) => frame.url().startsWith(`${hub}/chat/`));
  await page.locator('haina-chat').waitFor({ state: 'attached' });
  expect(chat()).toBeUndefined();
  await page.mouse.click(width - 24 - 28, height - 24 - 28);
  await expect.poll(chat, { timeout: 10_000 }).toBeDefined();
  return chat()!;
}

describe.skipIf(!needs('chromium')).each(LANGUAGES)('the main job ($locale)', (language) => {
  const { locale, console: words, widget } = language;

  it('a visitor of a shop asks, is answered by a rule, waits, and talks with a person', {
    timeout: 120_000,
  }, async () => {
    const home = await demo();
    const page = await desk(home, language);
    await page.goto(`${home.url}/settings/channels`);
    await page
      .getByRole('navigation', { name: words['tree.title']! })
      .getByRole('link', { name: /官网 Website/ })
      .click();
    const snippet = (await page.getByLabel(words['channels.snippet']!, { exact: true }).textContent())!;
    expect(snippet).toMatch(/^<script[^>]+src="http:\/\/127\.0\.0\.1:\d+\/widget\.js/);
    await page.getByRole('link', { name: words['nav.inbox']! }).click();

    const visitor = watched((await browser({ locale })).pages()[0]!);
    await visitor.goto(await shop(snippet));
    const chat = await opened(visitor, home.url);
    const log = chat.getByRole('log');
    const say = async (text: string) => {
      await chat.getByRole('textbox').fill(text);
      await chat.getByRole('textbox').press('Enter');
    };
    await log.getByText(/Hello and welcome/).waitFor();
    await say(language.asks);
    await log.getByText(ANSWER).waitFor();
    await say('人工');
    await chat.getByRole('status').filter({ hasText: widget.next }).waitFor();
    await log.getByText(PLACE).waitFor();

    const reply = await accept(page, language);
    await (await reply(language.answers)).getByRole('img', { name: words['delivery.read']! }).waitFor();
    await log.getByText(language.answers).waitFor();
    await chat.getByRole('status').filter({ hasText: widget.next }).waitFor({ state: 'detached' });
    await say(language.thanks);
    await page.getByRole('article').filter({ hasText: language.thanks }).waitFor();
    // Who has it before their eyes has read it.
    await log.locator('.row', { hasText: language.thanks }).getByText(widget.read, { exact: true }).waitFor();

    const refused = await reply(language.forbidden);
    await page.getByText(words['delivery.forbidden']!.replace('{words}', '“稳赚不赔”')).waitFor();
    await refused.getByRole('img', { name: words['delivery.failed']! }).waitFor();
    const hinted = await reply(language.sensitive);
    await hinted.getByTitle(words['words.sensitive']!).filter({ hasText: '投诉' }).waitFor();
    await log.getByText(language.sensitive).waitFor();
    // It came later than the refused one, so that one never comes.
    expect(await log.getByText('稳赚不赔').count()).toBe(0);

    await say(language.reminder);
    await page.getByTitle(words['words.reminder']!).filter({ hasText: '差评' }).waitFor();
    await page.getByRole('button', { name: start(words['nav.alerts.unseen']!) }).click();
    const alerts = page.getByRole('dialog', { name: words['nav.alerts']! });
    for (const [kind, text] of [
      ['reminder', language.reminder],
      ['sensitive', language.sensitive],
      ['forbidden', language.forbidden],
    ] as const)
      await alerts
        .getByRole('button')
        .filter({ hasText: words[`alert.${kind}`]! })
        .filter({ hasText: text })
        .waitFor();
    await page.keyboard.press('Escape');
    await alerts.waitFor({ state: 'detached' });

    await page.getByRole('button', { name: words['act.end']!, exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: words['end.yes']! }).click();
    await page.getByText(words['foot.closed.agent']!).waitFor();
    await log.getByText(END).waitFor();
    await chat.getByRole('button', { name: widget.again }).waitFor();
  });

  it('the same on LINE, whose side the sandbox plays, from its phone', { timeout: 120_000 }, async () => {
    const home = await demo();
    const page = await desk(home, language);
    const phone = watched((await browser({ locale })).pages()[0]!);
    await phone.goto(`${home.url}/sandbox/line/`);
    const log = phone.getByRole('log');
    const say = async (text: string) => {
      await phone.locator('#words').fill(text);
      await phone.locator('#words').press('Enter');
      await log.getByText(text, { exact: true }).first().waitFor();
    };
    await phone.locator('#words:enabled').waitFor();
    await say(language.asks);
    await log.getByText(ANSWER).waitFor();
    await say('人工');
    await log.getByText(PLACE).waitFor();

    const reply = await accept(page, language);
    await reply(language.answers);
    await log.getByText(language.answers).waitFor();
    await say(language.thanks);
    await page.getByRole('article').filter({ hasText: language.thanks }).waitFor();
    await (await reply(language.forbidden)).getByRole('img', { name: words['delivery.failed']! }).waitFor();

    const picture = await sharp({ create: { width: 320, height: 200, channels: 3, background: '#c2543a' } })
      .png()
      .toBuffer();
    await phone.locator('#more').click();
    const chosen = phone.waitForEvent('filechooser');
    await phone.locator('#tray button').first().click();
    await (await chosen).setFiles({ name: 'parcel.png', mimeType: 'image/png', buffer: picture });
    const image = page
      .getByRole('article')
      .getByRole('button', { name: start(words['media.open']!) })
      .locator('img');
    await image.waitFor();
    expect(await image.getAttribute('src')).toContain(`${home.url}/media/`);
    await expect.poll(() => image.evaluate((one: HTMLImageElement) => one.naturalWidth)).toBeGreaterThan(0);

    await say(language.secret);
    await page.getByRole('article').filter({ hasText: language.secret }).waitFor();
    const row = log.locator('li', { hasText: language.secret });
    await row.hover();
    await row.locator('.act').click();
    await row.getByRole('menuitem').last().click();
    await page.getByText(words['recall.theirs']!.replace('{name}', 'Guest A 甲')).waitFor();
    expect(await page.getByText(language.secret).count()).toBe(0);

    await reply(language.last);
    await log.getByText(language.last).waitFor();
    expect(await log.getByText('稳赚不赔').count()).toBe(0);
    await page.getByRole('button', { name: words['act.end']!, exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: words['end.yes']! }).click();
    await log.getByText(END).waitFor();
  });
});
