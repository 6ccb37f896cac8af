import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { member, word } from '../../hub/test/build.ts';
import { queueUp } from '../../hub/test/desk.ts';
import { needs } from '../../hub/test/needs.ts';
import { PASSWORD, person } from '../../hub/test/people.ts';
import { accessible, browser, house, screen, watched } from './browser.ts';

const rows = '[data-row]';
const soon = <T>(look: () => T) => expect.poll(look, { timeout: 10_000 });

describe.skipIf(!needs('chromium'))('the desk in a browser', () => {
  it.each([
    ['zh-CN', { name: '用户名或邮箱', password: '密码', enter: '登录', wrong: /不正确/, inbox: '收件箱' }],
    ['en', { name: 'Username or email', password: 'Password', enter: 'Sign in', wrong: /wrong/, inbox: 'Inbox' }],
  ] as const)(
    'signs in by name, refuses a wrong password, comes back to where one wanted to go (%s)',
    async (locale, words) => {
      const home = await house();
      const who = await person(home, home.org, 'owner');
      const page = watched((await browser({ locale })).pages()[0]!);
      await page.goto(`${home.url}/settings/profile`);
      await page.getByLabel(words.name).fill(who.username);
      await page.getByLabel(words.password).fill('not the password');
      await page.getByRole('button', { name: words.enter }).click();
      await page.getByRole('alert').filter({ hasText: words.wrong }).waitFor();
      await accessible(page);
      await page.getByLabel(words.password).fill(PASSWORD);
      await page.getByRole('button', { name: words.enter }).click();
      await page.waitForURL('**/settings/profile');
      await page.getByRole('link', { name: words.inbox }).click();
      await page.getByRole('heading', { name: words.inbox }).waitFor();
    },
  );

  it('shows a customer who joins the queue, accepts, answers, is refused a forbidden word, recalls and writes anew', async () => {
    const home = await house();
    await word(home.hub, home.org, 'forced-human', '人工');
    await word(home.hub, home.org, 'forbidden', '稳赚');
    await word(home.hub, home.org, 'reminder', '投诉');
    const { page, who } = await screen(home, 'owner');
    await who.ask('PATCH', '/me', { status: 'busy' });
    await page.goto(home.url);
    const visitor = home.visitor();
    await visitor.says('<b>你好</b> https://shop.example/a 我要投诉');
    await visitor.says('人工');
    await page.getByRole('tab', { name: /排队/ }).click();
    await page.locator(rows).first().click();
    await page.getByRole('link', { name: 'https://shop.example/a' }).waitFor();
    expect(await page.getByText('<b>你好</b>').count()).toBeGreaterThan(0);
    expect(await page.locator('mark').allTextContents()).toEqual(['投诉']);
    await page.keyboard.press('Alt+a');
    const composer = page.getByRole('textbox', { name: /^回复/ });
    await soon(() => composer.evaluate((one) => one === document.activeElement)).toBe(true);

    // An input method's Enter is not ours.
    await composer.fill('您好');
    await composer.dispatchEvent('keydown', { key: 'Enter', isComposing: true });
    await composer.dispatchEvent('keydown', { key: 'Enter', keyCode: 229 });
    expect(await composer.inputValue()).toBe('您好');
    await composer.press('Enter');
    await page.getByRole('article').filter({ hasText: '您好' }).getByRole('img', { name: /已/ }).waitFor();

    await composer.fill('这个稳赚不赔');
    await composer.press('Enter');
    await page.getByText('未发送：含有违禁词 “稳赚”').waitFor();
    await page.getByRole('button', { name: '重新编辑' }).click();
    expect(await composer.inputValue()).toBe('这个稳赚不赔');
    await page.getByRole('button', { name: '清空' }).click();

    await composer.fill('说错了');
    await composer.press('Enter');
    const mine = page.getByRole('article').filter({ hasText: '说错了' });
    await mine.hover();
    await mine.getByRole('button', { name: '撤回' }).click();
    await page.getByText('你撤回了一条消息').waitFor();
    await page.getByRole('button', { name: '重新编辑' }).click();
    expect(await composer.inputValue()).toBe('说错了');

    // The draft stays with its session.
    await page.reload();
    await soon(() => composer.inputValue()).toBe('说错了');
    expect(
      (await home.messages()).filter((one) => one.author_type === 'agent').map((one) => one.recalled_at !== null),
    ).toEqual([false, true]);
  });

  it('edits the card, transfers to a colleague, takes the next and ends it', async () => {
    const home = await house();
    await word(home.hub, home.org, 'forced-human', '人工');
    const { page } = await screen(home, 'owner');
    await page.goto(home.url);
    await soon(() => home.sockets.clients.size).toBe(1);
    await home.visitor().says('人工');
    await page.locator(rows).first().click();
    await page.getByLabel('电话').fill('010-12345');
    await page.getByLabel('电话').press('Enter');
    await page.getByText('已保存', { exact: true }).waitFor({ state: 'attached' });
    await soon(async () => (await home.org.select('contacts').select('phone').executeTakeFirst())?.phone).toBe(
      '010-12345',
    );
    const memberId = await member(home.hub, home.org, { name: '秦越' });
    await page.keyboard.press('Alt+t');
    await page.getByRole('dialog').getByRole('searchbox').fill('秦');
    await page.getByRole('dialog').getByRole('button', { name: /秦越/ }).click();
    await page.getByText('秦越正在接待，你可以旁观。').waitFor();
    expect((await home.sessions())[0]).toMatchObject({ state: 'serving', agent_id: memberId });

    await home.org.update('members').set({ cap: 0 }).where('id', '=', memberId).execute();
    await home.visitor().says('人工');
    await page.locator(rows).first().click();
    await page.getByRole('button', { name: '结束', exact: true }).waitFor();
    await page.keyboard.press('Alt+x');
    await page.getByRole('dialog').getByRole('button', { name: '取消' }).click();
    await page.keyboard.press('Alt+x');
    await page.getByRole('dialog').getByRole('button', { name: '结束会话' }).click();
    await page.getByText('会话已由客服结束。').waitFor();
    expect((await home.sessions())[1]).toMatchObject({ state: 'closed', ended_by: 'agent' });
  });

  it('is moved through by keys and tells what they do', async () => {
    const home = await house();
    await queueUp(home.hub, home.org, home.channel.id, 5);
    const { page } = await screen(home, 'supervisor');
    await page.goto(home.url);
    await page.getByRole('tab', { name: /全部/ }).click();
    await page.locator(rows).first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    const third = await page.locator(rows).nth(2).getAttribute('data-row');
    expect(await page.evaluate(() => (document.activeElement as HTMLElement).dataset.row)).toBe(third);
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/sessions/${third}`);
    await page.keyboard.press('Escape');
    await page.waitForURL(`${home.url}/`);
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: '键盘快捷键' }).waitFor();
    await accessible(page);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    expect(await page.evaluate(() => (document.activeElement as HTMLElement).ariaLabel)).toBe('搜索客户或消息');
  });

  it('says when the connection is lost, and catches up when it is back', async () => {
    const home = await house();
    await word(home.hub, home.org, 'forced-human', '人工');
    const { page } = await screen(home, 'owner');
    let down = false;
    let cut = () => {};
    await page.routeWebSocket(/\/live$/, (socket) => {
      if (down) return void socket.close();
      socket.connectToServer();
      cut = () => void socket.close();
    });
    await page.goto(home.url);
    await soon(() => home.sockets.clients.size).toBe(1);
    down = true;
    cut();
    await page.getByText(/连接已断开/).waitFor();
    await home.visitor().says('人工');
    expect(await page.locator(rows).count()).toBe(0);
    down = false;
    await page.locator(rows).first().waitFor({ timeout: 15_000 });
    await page.getByText(/连接已断开/).waitFor({ state: 'detached' });
  });

  it('holds 10,000 sessions in at most 1,500 nodes and 120 kB of script', async () => {
    const home = await house();
    for (let part = 0; part < 10; part++) await queueUp(home.hub, home.org, home.channel.id, 1000);
    const { page } = await screen(home, 'supervisor');
    let script = 0;
    page.on('response', async (answer) => {
      if (answer.request().resourceType() === 'script') script += gzipSync(await answer.body()).length;
    });
    await page.goto(home.url, { waitUntil: 'networkidle' });
    await page.getByRole('tab', { name: /全部/ }).click();
    await page.locator(rows).first().waitFor();
    const most = async () => await page.evaluate(() => document.querySelectorAll('*').length);
    let nodes = await most();
    for (let turn = 0; turn < 12; turn++) {
      await page.locator('#sessions > div').evaluate((list) => list.scrollTo(0, list.scrollHeight));
      await page.waitForTimeout(120);
      nodes = Math.max(nodes, await most());
    }
    expect(await page.getByRole('tab', { name: /全部/ }).textContent()).toMatch(/10000/);
    console.info(`first inbox view: ${(script / 1000).toFixed(1)} kB of script (gzip); ${nodes} nodes`);
    expect(nodes).toBeLessThanOrEqual(1500);
    expect(script).toBeLessThanOrEqual(120_000);
  });
});
