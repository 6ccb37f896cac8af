import { describe, expect, it } from 'vitest';
import { word } from '../../hub/test/build.ts';
import { needs } from '../../hub/test/needs.ts';
import { told } from '../../hub/test/people.ts';
import { words as houseRules } from '../src/lib/i18n/house-rules/zh-CN.ts';
import { words } from '../src/lib/i18n/zh-CN.ts';
import { accessible, house, screen } from './browser.ts';

describe.skipIf(!needs('chromium'))('what a customer is called at the desk', () => {
  it('SS-16, A-19, A-60: the card says where he writes from, and list and head follow the settings without a reload', async () => {
    const home = await house();
    const { hub, org } = home;
    await word(hub, org, 'forced-human', '人工', 'equals');
    const boss = await screen(home, 'admin');
    const visitor = home.visitor();
    await visitor.says('人工');
    const [session] = await home.sessions();
    await boss.who.ask('POST', `/sessions/${session!.id}/accept`, {});
    const terminal = JSON.stringify({ device: 'mobile', os: 'Android 14', browser: 'WeChat 8' });
    await org.update('identities').set({ ip: '202.96.209.5', region: '上海市', network: '电信', terminal }).execute();
    hub.live.publish(org.id, [{ kind: 'contact', id: session!.contact_id }]);

    const { page } = boss;
    await page.goto(`${home.url}/sessions/${session!.id}`);
    const row = page.locator(`[data-row="${session!.id}"]`);
    const card = page.getByRole('complementary', { name: words['card.title'] });
    await row.getByText(/^访客 [0-9A-F]{4}$/).waitFor();
    const made = (await row
      .getByText(/^访客 /)
      .first()
      .textContent())!.trim();
    const fact = (label: string) => card.locator('dt', { hasText: label }).locator('xpath=following-sibling::dd[1]');
    await expect.poll(() => fact(words['card.from.region']).textContent()).toBe('上海市');
    expect(await fact(words['card.from.network']).textContent()).toBe('电信');
    expect(await fact(words['card.from.ip']).textContent()).toBe('202.96.209.5');
    expect(await fact(words['card.from.terminal']).textContent()).toBe('手机 · Android 14 · WeChat 8');

    const put = async (change: object) => {
      const { version, document } = (await told(boss.who.ask('GET', '/settings/desk'))).body;
      const answer = await boss.who.ask('PUT', '/settings/desk', { version, document: { ...document, ...change } });
      expect(answer.status).toBe(200);
    };
    const called = async (name: string) => {
      await row.getByText(name, { exact: true }).waitFor();
      await page.getByRole('heading', { name, exact: true }).waitFor();
    };
    await put({ nickname: { region: true, network: true, date: false } });
    await called(`上海市电信${made}`);
    const name = card.getByLabel(words['contact.name']);
    await name.fill('顾客甲');
    await name.press('Enter');
    await called('上海市电信顾客甲');
    await card.getByText(made, { exact: true }).waitFor();
    await accessible(page);
    await page.goto(`${home.url}/settings/desk`);
    const preview = page.getByRole('region', { name: houseRules['nickname.title'] });
    await preview.getByText('上海市宝山区移动妮妮', { exact: true }).waitFor();
    await preview.getByText('上海市宝山区移动访客 1A2B', { exact: true }).waitFor();
    await preview.getByLabel(houseRules['nickname.date']).click();
    const today = new Intl.DateTimeFormat('sv', { timeZone: 'Asia/Shanghai' }).format().replaceAll('-', '');
    await preview.getByText(`上海市宝山区移动客户${today}`, { exact: true }).first().waitFor();
    await page.goto(`${home.url}/sessions/${session!.id}`);
    await called('上海市电信顾客甲');
    await put({ realName: false });
    await called(`上海市电信${made}`);
  });
});
