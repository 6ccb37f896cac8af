import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { group, member, word } from '../../hub/test/build.ts';
import { needs } from '../../hub/test/needs.ts';
import { words as rules } from '../src/lib/i18n/rules/zh-CN.ts';
import { accessible, house, screen } from './browser.ts';

const say = (key: keyof typeof rules, values: Record<string, string | number> = {}) =>
  rules[key].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const VIP = id(1);
const MORNING = '2026-11-23T10:00';
const NIGHT = '2026-11-23T03:00';

interface Wish {
  text?: string;
  at?: string;
  vip?: boolean;
  passed?: { label: 'try.entry.agent' | 'try.entry.mode'; value: string };
}

/** A house in Shanghai, open from nine to six, whose rules are such that all five questions come up. */
async function confused() {
  const home = await house();
  const sales = await group(home.org, '售前组');
  const care = await group(home.org, '售后组');
  const agent = await member(home.hub, home.org, { name: '客服甲', groupIds: [sales] });
  await member(home.hub, home.org, { name: '客服乙', groupIds: [care], present: false });
  await word(home.hub, home.org, 'forced-human', '人工');
  await word(home.hub, home.org, 'keyword-to-human', '退款');
  const look = { locale: 'zh-CN', timezoneId: 'Asia/Shanghai', viewport: { width: 1440, height: 1000 } };
  const { page, who } = await screen(home, 'owner', look);
  const put = async (area: string, change: object) => {
    const { version, document } = await (await who.ask('GET', `/settings/${area}`)).json();
    const answer = await who.ask('PUT', `/settings/${area}`, { version, document: { ...document, ...change } });
    expect(answer.status, await answer.text()).toBe(200);
  };
  await put('contact-tags', { groups: [{ id: id(2), name: '等级', tags: [{ id: VIP, name: 'VIP' }] }] });
  const week = Array.from({ length: 7 }, () => [{ from: '09:00', to: '18:00' }]);
  await put('hours', { plans: [{ id: id(3), name: '白班', week }], standard: id(3) });
  const web = { when: { connectors: ['web'] } };
  const vip = { when: { tags: { any: [VIP] } } };
  const routing = async (...targets: [name: string, groupId: string, when: object][]) =>
    put('routing', {
      rules: targets.map(([name, groupId, when], n) => ({
        ...{ kind: 'rule', id: id(10 + n), name, ...when },
        on: { to: 'group', groupId },
      })),
    });
  return { home, page, put, routing, sales, care, agent, web, vip };
}

async function ask(page: Page, url: string, { text, at = MORNING, vip, passed }: Wish): Promise<string[]> {
  await page.goto(`${url}/settings/what-if`);
  await page.getByLabel(say('try.channel')).selectOption({ label: 'Web' });
  if (text) await page.getByLabel(say('try.text')).fill(text);
  await page.getByLabel(say('try.at'), { exact: true }).fill(at);
  if (vip) {
    await page.getByRole('button', { name: `${say('try.tags')}: 选择标签` }).click();
    await page.getByLabel('VIP').check();
  }
  if (passed) {
    await page.getByText(say('try.entry')).click();
    await page.getByLabel(say(passed.label)).selectOption(passed.value);
  }
  await page.getByRole('button', { name: say('try.go') }).click();
  await page.getByText(say('try.reception')).waitFor();
  await accessible(page);
  // Whatever is quoted has a name.
  expect(await page.getByText('“”').count()).toBe(0);
  const hints = page
    .locator('section')
    .filter({ hasText: say('try.hints') })
    .getByRole('listitem');
  return page.locator('section h2').first().or(hints).allInnerTexts();
}

/** With SHOTS=folder every answer is kept as a picture. */
async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env.SHOTS;
  if (folder) await page.screenshot({ path: join(folder, `what-if-${name}.png`), fullPage: true });
}

describe.skipIf(!needs('chromium'))('the what-if form', () => {
  it('answers the five questions of seed 001', { timeout: 240_000 }, async () => {
    const { home, page, put, routing, sales, care, agent, web, vip } = await confused();
    const answers = async (name: string, wish: Wish, expected: string[]) => {
      expect(await ask(page, home.url, wish), name).toEqual(expected);
      await shoot(page, name);
    };
    const free = say('out.free', { group: '售前组' });

    await routing(['网页售前', sales, web], ['VIP 专属', care, vip]);
    await answers('q7', { text: '人工', vip: true }, [free, say('hint.first', { n: 1 })]);
    const passed = { label: 'try.entry.agent', value: agent } as const;
    await answers('q8', { text: '人工', vip: true, passed }, [
      say('out.agent', { agent: '客服甲' }),
      say('hint.passed.agent', { n: 2 }),
    ]);

    await put('reception', { plans: [{ id: id(20), name: '网站', ...web, mode: 'human-only' }] });
    await answers('q9', { text: '你好', passed: { label: 'try.entry.mode', value: 'bot' } }, [
      say('out.none'),
      say('hint.mode.link', { mode: say('mode.bot') }),
      say('hint.bot.word'),
    ]);

    await put('reception', { plans: [], mode: 'human', afterMessage: true, nobody: 'leave' });
    await answers('q11-silent', {}, [say('out.none'), say('hint.silent')]);
    await answers('q11-hours', { text: '你好', at: NIGHT }, [say('out.leave.off-hours'), say('hint.closed')]);
    await routing(['网页售后', care, web]);
    await answers('q11-nobody', { text: '你好' }, [say('out.leave.nobody'), say('hint.nobody', { group: '售后组' })]);

    await put('reception', { mode: 'bot' });
    const nobody = [say('hint.keyword'), say('hint.nobody', { group: '售后组' })];
    await answers('q12-nobody', { text: '我要退款' }, [say('out.bot.keyword'), ...nobody]);
    await routing(['网页售前', sales, web]);
    await answers('q12-hours', { text: '我要退款', at: NIGHT }, [
      say('out.bot.keyword'),
      say('hint.closed'),
      say('hint.keyword'),
    ]);
    await answers('q12-free', { text: '我要退款' }, [free]);
  });
});
