import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { connectors } from '../../connectors/index.ts';
import type { Can } from '../../core/can.ts';
import { platformOf } from '../../hub/sandboxes.ts';
import { needs } from '../../hub/test/needs.ts';
import { words as settings } from '../src/lib/i18n/settings/zh-CN.ts';
import { words as texts } from '../src/lib/i18n/zh-CN.ts';
import { browser, demo, watched } from './browser.ts';

/** Every platform that the demo plays, one after the other: the same conversation, on what each of them can carry. */
const words = { ...texts, ...settings } as Record<string, string>;
const PLAYED = Object.values(connectors).filter((one) => one.name !== 'web' && !one.link);
const ANSWER = /标准版每月 99 元/;
const PLACE = /第 1 位/;
const DAY = 86_400_000;
/** Pictures for whoever wants to look: SHOTS=folder. */
const SHOTS = process.env.SHOTS;

/** A second of silence as telephones record it. */
const amr = Buffer.concat([
  Buffer.from('#!AMR\n'),
  ...Array.from({ length: 50 }, () => Buffer.concat([Buffer.from([0x3c]), Buffer.alloc(31)])),
]);

async function shoot(page: Page, name: string): Promise<void> {
  if (!SHOTS) return;
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: join(SHOTS, `${name}.png`) });
}

interface PhoneState {
  accounts: { id: string; kind?: unknown }[];
  model: { sends: Record<string, unknown> };
}

describe.skipIf(!needs('chromium'))('in a real browser', () => {
  it.each(PLAYED.map((connector) => [connector.name, connector] as const))(
    '%s: text, picture and voice come in, answers go out, recall, and a window that is used up',
    { timeout: 180_000 },
    async (name, connector) => {
      let later = 0;
      const home = await demo(() => Date.now() + later);
      const platform = platformOf(connector);
      const can: Can = connector.can;
      const row = await home.hub.db.everywhere
        .selectFrom('channels')
        .selectAll()
        .where('connector', '=', name)
        .executeTakeFirstOrThrow();

      const page = watched((await browser({ locale: 'zh-CN' })).pages()[0]!);
      await page.goto(home.url);
      await page.getByLabel(words['login.name']!).fill(home.owner.username);
      await page.getByLabel(words['login.password']!).fill(home.owner.password);
      await page.getByRole('button', { name: words['login.enter']! }).click();
      await page.getByRole('heading', { name: words['nav.inbox']! }).waitFor();
      await page.getByRole('button', { name: new RegExp(words['status.online']!) }).click();
      await page.getByRole('menuitemradio', { name: words['status.busy']! }).click();
      await page.keyboard.press('Escape');
      const all = home.hub.db.everywhere;
      const statuses = () => all.selectFrom('members').select('status').execute();
      // Not before the hub knows it: an agent who is free would be given the session at once.
      await expect.poll(statuses).toContainEqual({ status: 'busy' });

      // The customer's side: the account of this connector, found by the platform's id of it.
      const state = (await (await fetch(`${home.url}/sandbox/${platform}/phone/state`)).json()) as PhoneState;
      const account = state.accounts.find((one) => one.id === row.account) ?? state.accounts[0]!;
      const phone = watched((await browser({ locale: 'zh-CN' })).pages()[0]!);
      await phone.goto(`${home.url}/sandbox/${platform}/?account=${encodeURIComponent(account.id)}`);
      const log = phone.getByRole('log');
      await phone.locator('#words:enabled').waitFor();
      const say = async (text: string) => {
        await phone.locator('#words').fill(text);
        await phone.locator('#words').press('Enter');
        await log.getByText(text, { exact: true }).first().waitFor();
      };
      await say('你们的价格是多少？');
      await log.getByText(ANSWER).waitFor();
      await say('人工');
      await log.getByText(PLACE).waitFor();
      expect(await all.selectFrom('sessions').select('state').execute()).toContainEqual({ state: 'waiting' });

      await page.getByRole('tab', { name: new RegExp(`${words['view.waiting']}.*1`) }).click();
      await page.locator('[data-row]').first().click();
      await page.getByRole('article').filter({ hasText: '你们的价格是多少？' }).waitFor();
      await page.getByRole('button', { name: words['act.accept']!, exact: true }).first().click();
      const label = words['composer.label']!;
      const composer = page.getByRole('textbox', { name: new RegExp(`^${label.slice(0, label.indexOf('{'))}`) });
      await composer.waitFor();
      const reply = async (text: string, timeout = 30_000) => {
        await composer.fill(text, { timeout });
        await composer.press('Enter');
        return page.getByRole('article').filter({ hasText: text });
      };
      await reply('您好，马上为您查询。');
      await log.getByText('您好，马上为您查询。').waitFor();

      const { sends } = (
        (await (
          await fetch(`${home.url}/sandbox/${platform}/phone/state?account=${encodeURIComponent(account.id)}`)
        ).json()) as PhoneState
      ).model;
      // In the order in which the phone offers them.
      const kinds = ['image', 'video', 'voice', 'file'].filter((kind) => sends[kind]);
      const send = async (kind: string, file: { name: string; mimeType: string; buffer: Buffer }) => {
        const shown = await phone.locator('#tray').isVisible();
        if (!shown) await phone.locator('#more').click();
        const chosen = phone.waitForEvent('filechooser');
        await phone.locator('#tray button').nth(kinds.indexOf(kind)).click();
        await (await chosen).setFiles(file);
      };
      const buffer = await sharp({ create: { width: 320, height: 200, channels: 3, background: '#c2543a' } })
        .jpeg()
        .toBuffer();
      await send('image', { name: 'parcel.jpg', mimeType: 'image/jpeg', buffer });
      const image = page.getByRole('article').locator('button img').first();
      await image.waitFor({ timeout: 20_000 });
      await expect.poll(() => image.evaluate((one: HTMLImageElement) => one.naturalWidth)).toBeGreaterThan(0);
      if (sends.voice) {
        await send('voice', { name: 'voice.amr', mimeType: 'audio/amr', buffer: amr });
        const sound = page.getByRole('article').locator('audio').first();
        await sound.waitFor({ state: 'attached', timeout: 20_000 });
        await expect.poll(() => sound.getAttribute('src')).toMatch(/voice\.wav/);
      }
      await shoot(phone, `${name}-phone`);
      await shoot(page, `${name}-console`);

      if (can.recall) {
        const wrong = await reply('这条发错了');
        await log.getByText('这条发错了').waitFor();
        await wrong.hover();
        await wrong.getByRole('button', { name: words['act.recall']! }).click();
        await page.getByText(words['recall.mine']!).waitFor();
        await expect.poll(() => log.getByText('这条发错了').count()).toBe(0);
      }

      const grants = can.window?.grants;
      if (grants) {
        const most = grants.message?.sends;
        // What is left is told after a message went out, so the field may shut between the look and the word.
        for (let n = 0; most !== undefined && n < most && !(await composer.isDisabled()); n++)
          await reply(`回复 ${n}`, 2000).catch(() => undefined);
        if (most === undefined) {
          later = grants.message!.seconds * 1000 + DAY;
          // The page tells the time by its own clock.
          await page.clock.setSystemTime(Date.now() + later);
          await page.reload();
        }
        await expect.poll(() => composer.isDisabled(), { timeout: 15_000 }).toBe(true);
        const { id } = await home.hub.db.everywhere
          .selectFrom('sessions')
          .select('id')
          .where('state', '=', 'serving')
          .executeTakeFirstOrThrow();
        const refused = await page.evaluate(async (sessionId) => {
          const answer = await fetch(`/api/v1/sessions/${sessionId}/messages`, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ id: crypto.randomUUID(), content: { type: 'text', text: 'one too many' } }),
          });
          return [answer.status, ((await answer.json()) as { code: string }).code];
        }, id);
        expect(refused).toEqual([409, 'window_closed']);
        await shoot(page, `${name}-window`);
      }
    },
  );
});
