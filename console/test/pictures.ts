import { mkdir, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import sharp from 'sharp';
import { findProgram } from '../../hub/test/needs.ts';
import { wordsOf } from '../widget/chat/words/index.ts';
import { fonts } from './pictures/fonts.ts';
import { startHub } from './pictures/hub.ts';
import { lampPng, lampSvg } from './pictures/lamp.ts';
import { doors, dress } from './pictures/scene.ts';
import { type Story, stories } from './pictures/stories.ts';

/**
 * The README's pictures, taken from the running product: `node console/test/pictures.ts OUT_DIR`. Without --url and
 * --password it starts a hub of its own for each language; a given hub must be a freshly seeded demo and is changed, so
 * it takes --language, too.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { url: { type: 'string' }, password: { type: 'string' }, language: { type: 'string' } },
});
const out = resolve(positionals[0] ?? 'docs/images');
const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--no-first-run'];

async function take(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(600);
  const file = join(out, `${name}.png`);
  await writeFile(
    file,
    await sharp(await page.screenshot())
      .png({ palette: true, quality: 90, effort: 10 })
      .toBuffer(),
  );
  console.log(`${name}.png ${((await stat(file)).size / 1000).toFixed(0)} kB`);
}

/** A shop's page that knows nothing of us but the snippet. */
async function shop({ shop, names, locale }: Story, snippet: string) {
  const css = `body{margin:0;font:17px/1.6 system-ui,"Noto Sans CJK SC",sans-serif;background:#faf6f0;color:#3a2c20}
nav{display:flex;gap:26px;padding:22px 32px;align-items:center}nav b{flex:1;font-size:20px}nav a{color:#6d543f;font-size:15px}
main{padding:24px 32px}h1{font-size:38px;line-height:1.25;margin:0 0 12px;max-width:8em}p{max-width:22em;color:#6d543f}
button{font:inherit;border:0;border-radius:99px;padding:11px 24px;background:#3a2c20;color:#fff}svg{width:400px;border-radius:20px;margin-top:28px}`;
  const html = `<!doctype html><html lang="${locale}"><meta charset="utf-8"><title>${names.account}</title><style>${css}</style><nav><b>${names.account}</b>${shop.menu.map((one) => `<a>${one}</a>`).join('')}</nav><main><h1>${shop.title}</h1><p>${shop.text}</p><button>${shop.button}</button><br>${lampSvg}</main>${snippet}</html>`;
  const server = createServer(
    (_, answer) => void answer.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html),
  );
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return { url: `http://localhost:${(server.address() as AddressInfo).port}/`, close: () => server.close() };
}

async function tell(browser: Browser, language: 'zh' | 'en', url: string, password: string): Promise<void> {
  const story = stories[language];
  const { locale } = story;
  const look = (width: number, height: number): Promise<BrowserContext> =>
    browser.newContext({ locale, viewport: { width, height }, deviceScaleFactor: width > 1000 ? 1.5 : 2 });
  const agents = await look(1440, 900);
  const hub = doors(agents.request, url);
  await hub.signIn(password);
  const { key, snippet } = await dress(hub, story);
  // An agent with an open screen gets what comes.
  const desk = await agents.newPage();
  await desk.goto(url);
  await desk.getByRole('tab').first().waitFor();

  const newest = async () => (await hub.sessions('mine'))[0]!.id as string;
  for (const [first, ...rest] of story.served) {
    const say = await hub.visitor(key, locale);
    await say('人工', (first as { v: string }).v);
    await desk.waitForTimeout(700);
    const id = await newest();
    for (const line of rest) await ('v' in line ? say(line.v) : hub.answer(id, line.a));
    await desk.waitForTimeout(300);
  }

  // LINE, on the sandbox's phone.
  const phone = await (await look(390, 844)).newPage();
  await phone.goto(`${url}/sandbox/line/?lang=${language}`);
  const write = async (text: string) => {
    await phone.locator('#words').fill(text);
    await phone.locator('#words').press('Enter');
    await phone.waitForTimeout(900);
  };
  await phone.locator('#words:enabled').waitFor();
  await write(story.phone.asks);
  await write('人工');
  const onLine = await newest();
  for (const line of story.phone.talk) {
    if ('v' in line) await write(line.v);
    else await hub.answer(onLine, line.a);
    await phone.waitForTimeout(500);
  }

  // The web visitor, in the widget on the shop's page.
  const site = await shop(story, snippet);
  const visitor = await (await look(880, 844)).newPage();
  await visitor.goto(site.url);
  await visitor.locator('haina-chat').waitFor({ state: 'attached' });
  await visitor.mouse.click(880 - 52, 844 - 52);
  await visitor.waitForTimeout(2000);
  const chat = visitor.frames()[1]!;
  const ask = async (text: string) => {
    await chat.getByRole('textbox').fill(text);
    await chat.getByRole('textbox').press('Enter');
    await visitor.waitForTimeout(900);
  };
  await ask(story.web.asks);
  const image = { name: 'lamp.png', mimeType: 'image/png', buffer: await lampPng() };
  await chat.getByRole('button', { name: wordsOf(locale).human }).click();
  await visitor.waitForTimeout(900);
  await chat.locator('input[type=file]').setInputFiles(image);
  await chat.locator('.picture img').waitFor();
  const session = await newest();
  await desk.goto(`${url}/sessions/${session}`);
  for (const line of story.web.talk) {
    if ('v' in line) await ask(line.v);
    else await hub.answer(session, line.a);
    await visitor.waitForTimeout(900);
  }

  await hub.api('PATCH', '/me', { status: 'busy' });
  for (const text of story.waiting) await (await hub.visitor(key, locale))('人工', text);
  await desk.bringToFront();
  await desk.getByRole('textbox', { name: /^(回复|Reply to)/ }).fill(story.web.draft);
  await desk.waitForTimeout(1500);
  await take(desk, `console-${language}-light`);
  if (language === 'zh') {
    await desk.emulateMedia({ colorScheme: 'dark' });
    await take(desk, 'console-zh-dark');
    await desk.emulateMedia({ colorScheme: 'light' });
  }
  await take(visitor, `widget-${language}`);
  await take(phone, `phone-${language}`);
  const small = await look(390, 844);
  await small.addCookies(await agents.cookies());
  const pocket = await small.newPage();
  await pocket.goto(url);
  await pocket.getByRole('tab', { name: /全部|All/ }).click();
  await pocket.locator('[data-row]').nth(7).waitFor();
  await take(pocket, `console-${language}-390`);
  site.close();
}

await mkdir(out, { recursive: true });
const env = { ...process.env, FONTCONFIG_FILE: await fonts() };
const browser = await chromium.launch({ executablePath: findProgram('chromium'), args: ARGS, env });
try {
  for (const language of ['zh', 'en'] as const) {
    if (values.language && values.language !== language) continue;
    const given = values.url && values.password ? { url: values.url, password: values.password } : undefined;
    const own = given ? undefined : await startHub();
    const { url, password } = given ?? own!;
    await tell(browser, language, url, password).finally(() => own?.stop());
  }
} finally {
  await browser.close();
}
