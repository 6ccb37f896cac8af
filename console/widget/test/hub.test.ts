import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { WebSocketServer } from 'ws';
import { accept } from '../../../hub/desk/accept.ts';
import { close as end } from '../../../hub/desk/close.ts';
import { recall } from '../../../hub/desk/recall.ts';
import { reply } from '../../../hub/desk/reply.ts';
import { see } from '../../../hub/desk/see.ts';
import { newId } from '../../../hub/id.ts';
import { group, keywordRule, member, organisation, setting, webChannel } from '../../../hub/test/build.ts';
import { testHub } from '../../../hub/test/hub.ts';
import { browser } from './browser.ts';
import { built } from './built.ts';

vi.setConfig({ testTimeout: 90_000 });
let chromium: Awaited<ReturnType<typeof browser>>;
beforeAll(async () => {
  await built();
  chromium = await browser({ locale: 'en-US' });
}, 90_000);
afterAll(() => chromium?.close());

/** The real hub on a real port, with one web channel whose group has one agent. */
async function house(agent: { present?: boolean } = {}) {
  const port = await new Promise<number>((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
  const url = `http://127.0.0.1:${port}`;
  const { hub, app, settled } = await testHub({ vars: { PORT: String(port), PUBLIC_URL: url } });
  const sockets = new WebSocketServer({ noServer: true });
  const server = createAdaptorServer({ fetch: app.fetch, websocket: { server: sockets } }) as Server;
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  onTestFinished(async () => {
    for (const socket of sockets.clients) socket.terminate();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const org = await organisation(hub);
  const groupId = await group(org);
  const agentId = await member(hub, org, { groupIds: [groupId], name: 'Agent A', ...agent });
  await keywordRule(hub, org, 'hello', 'Welcome to the shop', { type: 'welcome' });
  const { key } = await webChannel(hub, org, groupId);
  const session = () => org.select('sessions').selectAll().orderBy('id', 'desc').executeTakeFirst();
  const texts = async () =>
    (await org.select('messages').selectAll().orderBy('created_at').orderBy('seq').execute()).map(
      (row) => (row.content as { text?: string } | null)?.text,
    );
  return {
    hub,
    org,
    url,
    key,
    groupId,
    agentId,
    settled,
    session,
    texts,
    cut: () => {
      for (const socket of sockets.clients) socket.terminate();
    },
  };
}
const write = async (page: Page, text: string) => {
  await page.getByRole('textbox').fill(text);
  await page.getByRole('textbox').press('Enter');
};

describe('the visitor’s chat on the real hub', () => {
  it('greets, answers, hands over, reads, takes back, survives a cut and ends', async () => {
    const { hub, org, url, key, agentId, settled, session, texts, cut } = await house();
    const page = await chromium.context.newPage();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(String(error)));
    page.on(
      'console',
      (said) =>
        said.type() === 'error' && !/Failed to load resource|WebSocket/.test(said.text()) && faults.push(said.text()),
    );
    await page.goto(`${url}/chat/${key}`);
    const log = page.getByRole('log');
    await log.getByText('Welcome to the shop').waitFor();

    await write(page, 'I need help');
    await expect.poll(texts).toContain('I need help');
    await page.getByRole('button', { name: 'Talk to a person' }).click();
    await settled();
    await page.getByRole('heading', { name: 'Agent A' }).waitFor();
    const { id } = (await session())!;
    const agent = { id: agentId, role: 'agent' as const, groupIds: [(await session())!.group_id!] };

    await see(hub, org, agent, id, (await session())!.seq);
    await page.getByText('Read', { exact: true }).first().waitFor();
    const sent = await reply(hub, org, agentId, id, {
      id: newId(),
      content: { type: 'text', text: 'With pleasure: https://shop.example/' },
    });
    await log.getByRole('link', { name: 'https://shop.example/' }).waitFor();

    cut();
    await reply(hub, org, agentId, id, { id: newId(), content: { type: 'text', text: 'said while you were away' } });
    await recall(hub, org, agentId, id, sent.id);
    await log.getByText('said while you were away').waitFor({ timeout: 15_000 });
    await log.getByText('This message was taken back').waitFor({ timeout: 15_000 });

    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    );
    await page.locator('input[type=file]').setInputFiles({ name: 'dot.png', mimeType: 'image/png', buffer: png });
    const picture = log.locator('.picture img');
    await picture.waitFor();
    await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(0);
    await page.locator('input[type=file]').setInputFiles({
      name: 'fake.png',
      mimeType: 'image/png',
      buffer: Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)]),
    });
    await page.getByText('not accepted').waitFor();
    await page.getByRole('button', { name: 'Delete' }).click();

    await page.reload();
    await log.getByText('said while you were away').waitFor();
    expect((await texts()).filter((text) => text === 'I need help')).toHaveLength(1);
    expect(await log.getByText('I need help').count()).toBe(1);
    expect(await page.getByRole('heading').textContent()).toBe('Agent A');

    await end(hub, org, agent, id);
    await page.getByRole('button', { name: 'Continue chatting' }).click();
    await page.getByRole('textbox').waitFor();
    await expect.poll(async () => (await session())!.id).not.toBe(id);
    expect(faults).toEqual([]);
    await page.close();
  });

  it('leads from the welcome menu through the queue to a rating, and takes a message on the way (AR-11, V-08, V-09, V-28)', async () => {
    const { hub, org, url, key, groupId, agentId, settled, session } = await house({ present: false });
    const itemId = newId();
    await setting(hub, org, 'texts', {
      dispatcher: 'Reception',
      menu: { on: true, text: 'What is it about?', items: [{ id: itemId, text: 'Returns', groupId }] },
    });
    await setting(hub, org, 'ratings', {
      skipOneSided: false,
      resolved: { on: true },
      options: [1, 2, 3, 4, 5].map((stars) => ({ text: `Star ${stars}`, tags: stars < 3 ? ['Slow', 'Rude'] : [] })),
    });
    const page = await chromium.context.newPage();
    await page.goto(`${url}/chat/${key}`);
    const log = page.getByRole('log');
    const choice = log.getByRole('button', { name: 'Returns' });
    await page.getByRole('heading', { name: 'Reception' }).waitFor();
    await choice.click();
    await page.getByText('You are next').first().waitFor();
    expect(await session()).toMatchObject({ state: 'waiting', group_id: groupId });

    await page.locator('.queue').getByRole('button', { name: 'Leave a message' }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel('Phone').fill('+86 138 0000 0000');
    await form.getByLabel('Message').fill('Please call me');
    await form.getByRole('button', { name: 'Send message' }).click();
    await form.getByRole('button', { name: 'Done' }).click();
    expect(await org.select('leave_messages').select(['form', 'text', 'group_id']).execute()).toEqual([
      { form: { phone: '+86 138 0000 0000' }, text: 'Please call me', group_id: groupId },
    ]);

    await page.getByRole('button', { name: 'Leave queue' }).first().click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Leave queue' }).click();
    await expect.poll(async () => (await session())!.state).toBe('bot');
    await choice.click();
    await expect.poll(async () => (await session())!.state).toBe('waiting');
    const { id } = (await session())!;
    await accept(hub, org, agentId, id);
    await settled();
    await page.getByRole('heading', { name: 'Agent A' }).waitFor();
    expect(await choice.isDisabled()).toBe(true);
    await reply(hub, org, agentId, id, { id: newId(), content: { type: 'text', text: 'Hello' } });
    await end(hub, org, { id: agentId, role: 'agent' }, id);

    await page.getByRole('radio', { name: '2 of 5 stars: Star 2' }).check();
    await page.getByRole('checkbox', { name: 'Slow' }).check();
    await page.getByRole('radio', { name: 'No', exact: true }).check();
    await page.getByRole('button', { name: 'Send rating' }).click();
    await log.getByText('Thank you for your rating').first().waitFor();
    expect(
      await org.select('ratings').select(['stars', 'tags', 'resolved', 'agent_ids', 'session_id']).execute(),
    ).toEqual([{ stars: 2, tags: ['Slow'], resolved: false, agent_ids: [agentId], session_id: id }]);
    await page.reload();
    await page.getByRole('img', { name: '2 of 5 stars' }).waitFor();
    await page.close();
  });

  it('puts its button on a stranger’s site with the channel’s style, and nothing else before the click', async () => {
    const { org, url, key } = await house();
    await org
      .update('channels')
      .set({ style: JSON.stringify({ background: '#aa2200', right: 60 }) })
      .execute();
    const page = await chromium.context.newPage();
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    const shop = createServer(
      (_, response) =>
        void response
          .writeHead(200, { 'content-type': 'text/html' })
          .end(`<!doctype html><script src="${url}/widget.js?key=${key}" data-key="${key}" async></script>`),
    );
    await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void shop.close());
    const site = `http://127.0.0.1:${(shop.address() as AddressInfo).port}/`;
    await page.goto(site, { waitUntil: 'networkidle' });
    expect(requests.filter((address) => !address.includes('favicon'))).toEqual([site, `${url}/widget.js?key=${key}`]);
    await page.evaluate(() => (window as never as { Haina(word: string): void }).Haina('open'));
    await expect.poll(() => page.frames().length).toBe(2);
    await page.frames()[1]!.getByText('Welcome to the shop').waitFor();
    await page.close();
  });
});
