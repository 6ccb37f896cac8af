import { AxeBuilder } from '@axe-core/playwright';
import type { Frame, Page } from 'playwright-core';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { chromium, fake, page, stage, visitor, watch } from './stage.ts';

vi.setConfig({ testTimeout: 30_000 });

stage({ width: 1280, height: 800 });
beforeEach(() => {
  // A site as strict as sites get; the snippet has to live with it.
  fake.sites.set('/site', {
    html: `<!doctype html><title>Shop</title><button id="buy">Buy</button><script src="${fake.url}/widget.js?key=k" data-key="k" async charset="utf-8"></script>`,
    policy: `default-src 'none'; script-src ${fake.url}; frame-src ${fake.url}; require-trusted-types-for 'script'`,
  });
});

const agent = (text: string) => fake.house.add(visitor(), 'agent', { type: 'text', text });
const field = (on: Page | Frame = page) => on.getByRole('textbox');
const said = (text: string, on: Page | Frame = page) => on.getByRole('log').getByText(text, { exact: true });
const call = (...words: unknown[]) =>
  page.evaluate((given) => (window as never as { Haina(...call: unknown[]): void }).Haina(...given), words);
const ready = (on: Page | Frame) => on.locator('[aria-label="Send a picture or file"]:enabled').waitFor();
async function chat(on = page) {
  await on.goto(`${fake.url}/chat/k`);
  await ready(on);
}
async function embedded(): Promise<Frame> {
  await page.goto(`${fake.url}/site`);
  await page.waitForSelector('haina-chat', { state: 'attached' });
  await call('open');
  await expect.poll(() => page.frames().length).toBe(2);
  const frame = page.frames()[1]!;
  await ready(frame);
  return frame;
}

describe('the loader', () => {
  it('asks for nothing before the click, under a strict policy', async () => {
    await page.goto(`${fake.url}/site`, { waitUntil: 'networkidle' });
    expect(fake.requests.filter((request) => !/favicon/.test(request))).toEqual(['GET /site', 'GET /widget.js']);
  });
  it('opens, tells where the visitor is, closes on Escape, and gives the focus back', async () => {
    await page.goto(`${fake.url}/site`);
    await page.waitForSelector('haina-chat', { state: 'attached' });
    await page.focus('#buy');
    await call('open');
    await expect.poll(() => page.frames().length).toBe(2);
    const frame = page.frames()[1]!;
    await field(frame).waitFor();
    await expect.poll(() => visitor()?.page).toMatchObject({ url: `${fake.url}/site`, title: 'Shop' });
    await expect.poll(() => frame.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('buy');
  });
  it('keeps the chat while closed and counts what is unread', async () => {
    const frame = await embedded();
    await call('close');
    agent('are you there?');
    agent('hello?');
    await expect.poll(() => frame.evaluate(() => document.querySelectorAll('.row.theirs').length)).toBe(2);
    expect(visitor().readTo).toBeNull();
    // The root is closed to scripts; what a screen reader hears is not.
    const reader = await page.context().newCDPSession(page);
    const heard = async () => (await reader.send('Accessibility.getFullAXTree')).nodes.map((node) => node.name?.value);
    await expect.poll(heard).toContain('Open chat (2 unread)');
    await call('open');
    await expect.poll(heard).toContain('Close chat');
    await expect.poll(() => visitor().readTo).toBe(visitor().messages.at(-1)!.cursor);
  });
  it('listens to nobody but the iframe: a stranger’s message opens nothing and closes nothing', async () => {
    const frame = await embedded();
    await page.evaluate(() => window.postMessage({ type: 'close' }, '*'));
    await frame.evaluate(() =>
      window.postMessage({ haina: 'haina:1', page: { url: 'https://evil.example' } }, '*', [
        new MessageChannel().port2,
      ]),
    );
    await page.waitForTimeout(200);
    expect(await field(frame).isVisible()).toBe(true);
    expect(visitor().page).toMatchObject({ url: `${fake.url}/site` });
  });
  it('takes several embeds and calls that came before it', async () => {
    fake.sites.set('/two', {
      html: `<!doctype html><script>window.Haina=function(){(Haina.q=Haina.q||[]).push(arguments)};Haina('boot',{key:'third'});Haina('open',{key:'b'})</script><script src="${fake.url}/widget.js?key=a" data-key="a" async></script><script src="${fake.url}/widget.js?key=b" data-key="b" async></script>`,
    });
    await page.goto(`${fake.url}/two`);
    await expect.poll(() => page.locator('haina-chat').count()).toBe(3);
    await call('open', { key: 'a' });
    await expect
      .poll(() =>
        page
          .frames()
          .map((frame) => new URL(frame.url()).pathname)
          .includes('/chat/a'),
      )
      .toBe(true);
  });
});

describe('the chat', () => {
  it('sends with Enter, breaks with Shift+Enter, and leaves a composition alone', async () => {
    await chat();
    await field().fill('one');
    await field().evaluate((area) =>
      area.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true, isComposing: true }),
      ),
    );
    expect(visitor().messages).toHaveLength(0);
    await field().press('Shift+Enter');
    await field().pressSequentially('two');
    await field().press('Enter');
    await said('one\ntwo').waitFor();
    await expect
      .poll(() => visitor().messages.map((message) => message.content))
      .toEqual([{ type: 'text', text: 'one\ntwo' }]);
    expect(await field().inputValue()).toBe('');
  });
  it('shows what strangers wrote as text, and only web addresses as links', async () => {
    await chat();
    const evil = '<img src=x onerror="document.title=1"> <b>b</b> javascript:alert(1) https://shop.example/a.';
    agent(evil);
    fake.house.add(visitor(), 'agent', { type: 'link', title: 'x', url: 'javascript:alert(1)' });
    await said(evil).waitFor();
    const links = await page
      .getByRole('log')
      .locator('a[href]')
      .evaluateAll((all) => all.map((a) => [a.getAttribute('href'), a.getAttribute('rel')]));
    expect(links).toEqual([['https://shop.example/a', 'noopener noreferrer nofollow']]);
    expect(await page.getByRole('log').locator('img, b:not(.link b)').count()).toBe(0);
  });
  it('survives a dead network and a reload without loss or doubles', async () => {
    await chat();
    await field().fill('before');
    await field().press('Enter');
    await expect.poll(() => visitor().messages.length).toBe(1);
    fake.cut();
    for (const text of ['during 1', 'during 2']) {
      await field().fill(text);
      await field().press('Enter');
    }
    await page.getByText('Connection lost').waitFor({ timeout: 20_000 });
    agent('meanwhile');
    await page.reload();
    fake.down = false;
    await said('during 2').waitFor({ timeout: 15_000 });
    await said('meanwhile').waitFor({ timeout: 15_000 });
    await expect
      .poll(() => visitor().messages.map((message) => (message.content as { text: string }).text), { timeout: 15_000 })
      .toEqual(['before', 'meanwhile', 'during 1', 'during 2']);
    await expect.poll(() => page.locator('.row').count()).toBe(4);
    expect(fake.house.visitors.size).toBe(1);
  });
  it('can be written to before the hub has said hello', async () => {
    fake.down = true;
    await page.goto(`${fake.url}/chat/k`);
    await field().fill('early');
    await field().press('Enter');
    await said('early').waitFor();
    fake.down = false;
    await expect.poll(() => fake.house.only?.messages.length, { timeout: 10_000 }).toBe(1);
    await page.getByText('Unread').waitFor();
  });
  it('is one visitor in two tabs', async () => {
    await chat();
    const other = await chromium.context.newPage();
    watch(other);
    await chat(other);
    await field(other).fill('from the other');
    await field(other).press('Enter');
    await said('from the other').waitFor();
    expect(fake.house.visitors.size).toBe(1);
    await other.close();
  });
  it('goes through queue, person, end and back again', async () => {
    await chat();
    await page.getByRole('button', { name: 'Talk to a person' }).click();
    await page.getByText('2 ahead of you').waitFor();
    fake.house.session(visitor(), {
      state: 'serving',
      queue: null,
      agent: { name: 'Agent A', avatar: null, status: 'online' },
    });
    await page.getByRole('heading', { name: 'Agent A' }).waitFor();
    await field().fill('hi');
    await field().press('Enter');
    await page.getByText('Unread').waitFor();
    fake.house.session(visitor(), { readCursor: visitor().messages.at(-1)!.cursor });
    await page.getByText('Read', { exact: true }).waitFor();
    fake.house.tell(visitor(), { type: 'typing', name: 'Agent A' });
    await page.getByText('is typing').waitFor();
    await page.getByRole('button', { name: 'End chat' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'End chat' }).click();
    await page.getByRole('button', { name: 'Continue chatting' }).click();
    await field().waitFor();
    expect(visitor().wishes).toEqual(['enter', 'human', 'end', 'enter']);
    await page.getByRole('heading', { name: 'Haina' }).waitFor();
  });
  it('takes back, quotes, and loads what is further up', async () => {
    await chat();
    for (let n = 0; n < 70; n++) agent(`number ${n}`);
    await said('number 69').waitFor();
    fake.house.recall(visitor(), visitor().messages.at(-2)!);
    await page.getByText('This message was taken back').waitFor();
    await page.reload();
    await said('number 69').waitFor();
    expect(await page.locator('.row').count()).toBe(29);
    await expect
      .poll(async () => {
        await page.getByRole('log').evaluate((log) => log.scrollTo(0, 0));
        return await page.locator('.row').count();
      })
      .toBeGreaterThan(50);
    await said('number 69').hover();
    await page.locator('.row').last().getByRole('button', { name: 'Quote' }).click();
    await field().fill('that one');
    await field().press('Enter');
    await expect.poll(() => visitor().messages.at(-1)!.quote?.text).toBe('number 69');
  });
  it('uploads with a bar, cancels, and says why a file is refused', async () => {
    await chat();
    const choose = (name: string, mimeType: string, size = 2000) =>
      page.locator('input[type=file]').setInputFiles({ name, mimeType, buffer: Buffer.alloc(size, 1) });
    await choose('note.pdf', 'application/pdf');
    await page.getByRole('log').getByText('note.pdf').waitFor();
    await expect
      .poll(() => visitor().messages.at(-1)?.content)
      .toMatchObject({ type: 'file', media: { name: 'note.pdf', size: 2000 } });
    fake.uploadDelay = 5000;
    await choose('slow.pdf', 'application/pdf');
    await page.getByRole('progressbar').waitFor();
    await page.getByRole('button', { name: 'Cancel: slow.pdf' }).click();
    await expect.poll(() => page.getByText('slow.pdf').count()).toBe(0);
    fake.uploadDelay = 0;
    await choose('bad.bin', 'application/x-msdownload');
    await page.getByText('not accepted').waitFor();
    fake.house.limits.imageBytes = 1000;
    await page.reload();
    await ready(page);
    await choose('big.png', 'image/png');
    await page.getByText('Too large: pictures up to').waitFor();
    expect(visitor().messages).toHaveLength(1);
  });
  it('shows a picture large, and Escape closes only that', async () => {
    const frame = await embedded();
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    );
    await frame.locator('input[type=file]').setInputFiles({ name: 'dot.png', mimeType: 'image/png', buffer: png });
    await frame.getByRole('button', { name: 'Enlarge' }).click();
    await frame.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => frame.getByRole('dialog').count()).toBe(0);
    expect(await field(frame).isVisible()).toBe(true);
    await page.waitForTimeout(300);
    expect(await frame.evaluate(() => document.hasFocus())).toBe(true);
  });
  it('says so when there is no such channel', async () => {
    await page.goto(`${fake.url}/chat/gone`);
    await page.getByText('This chat is closed').waitFor();
  });
  it('has nothing axe objects to, light and dark, with all kinds of content', async () => {
    await chat();
    agent('Look: https://shop.example/');
    fake.house.add(visitor(), 'agent', {
      type: 'link',
      title: 'Returns',
      text: 'Seven days',
      url: 'https://shop.example/returns',
    });
    fake.house.add(visitor(), 'bot', { type: 'location', latitude: 31.2, longitude: 121.5, title: 'Shop' });
    fake.house.add(visitor(), 'system', { type: 'text', text: 'You are served' });
    await field().fill('thanks');
    await field().press('Enter');
    await page.getByRole('button', { name: 'Emoji' }).click();
    await page.waitForTimeout(400);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map((found) => `${colorScheme} ${found.id}: ${found.nodes[0]?.html}`)).toEqual([]);
    }
  });
  it('fits a phone, without zooming on the field or scrolling sideways', async () => {
    await page.setViewportSize({ width: 320, height: 568 });
    await chat();
    agent(`${'w'.repeat(300)} https://shop.example/${'long/'.repeat(40)}`);
    await page.locator('.row').first().waitFor();
    expect(
      await page.evaluate(() => [
        document.documentElement.scrollWidth,
        document.querySelector('.log')!.scrollWidth <= document.querySelector('.log')!.clientWidth,
      ]),
    ).toEqual([320, true]);
    expect(await field().evaluate((area) => parseFloat(getComputedStyle(area).fontSize))).toBeGreaterThanOrEqual(16);
  });
});
