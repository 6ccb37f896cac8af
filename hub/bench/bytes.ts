/*
 * npm run bench bytes [-- --sessions 10000 --chromium /usr/bin/chromium]
 *
 * What a browser has to fetch, in real Chromium against a running hub: the loader on somebody's page, the chat once it
 * is opened, the first view of the inbox; and how much the inbox puts into the page. Needs `npm run build`. Bytes are
 * those of each answer's body under gzip, whatever encoding it was sent in.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { chromium, type Page } from 'playwright-core';
import { freePort } from '../start/port.ts';
import { findProgram } from '../test/needs.ts';
import type { Furnished, HubOptions } from './hub.ts';
import { type Fetched, listen, signInBrowser, somebodysPage, stillness } from './lib/browser.ts';
import { short, table } from './lib/figures.ts';
import { startHelper } from './lib/helper.ts';
import { setUp } from './lib/owner.ts';
import { linePlatform } from './lib/platform.ts';
import { atEnd, bench, folder, stage } from './lib/stage.ts';
import type { Load, Wish } from './load.ts';

const { values } = parseArgs({
  options: { sessions: { type: 'string', default: '10000' }, chromium: { type: 'string' } },
});
const sessions = Number(values.sessions);
const KB = 1000;

await bench(async () => {
  const program = values.chromium ?? findProgram('chromium');
  if (!program) throw new Error('Chromium is not installed.');
  const place = await stage();
  const platform = await linePlatform();
  const port = await freePort();
  const hub = await startHelper('hub.ts', {
    dataDir: place.folder,
    databaseUrl: place.url,
    port,
    lineUrl: platform.url,
  } satisfies HubOptions);
  atEnd(hub.stop);
  const home = `http://127.0.0.1:${port}`;
  const cookie = await setUp(port);
  const { line, web } = await hub.ask<Furnished>('furnish', {});
  await fill(port, line);

  const context = await chromium.launchPersistentContext(folder(), {
    executablePath: program,
    headless: true,
    viewport: { width: 1440, height: 900 },
    locale: 'en',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
  atEnd(() => context.close());
  const rows: (string | number)[][] = [['', 'files', 'script kB', 'style', 'all', 'allowed', '']];
  const row = (title: string, fetched: Fetched[], allowed: number, counted: number) => {
    const sum = (kind?: string) =>
      fetched.reduce((total, one) => total + (!kind || one.kind === kind ? one.bytes : 0), 0) / KB;
    rows.push([
      title,
      String(fetched.length),
      sum('script').toFixed(2),
      sum('stylesheet').toFixed(2),
      sum().toFixed(2),
      String(allowed),
      counted / KB <= allowed ? '✓' : '✗',
    ]);
    if (counted / KB > allowed) process.exitCode = 1;
  };
  const bytes = (fetched: Fetched[], kind?: string) =>
    fetched.reduce((total, one) => total + (!kind || one.kind === kind ? one.bytes : 0), 0);

  const page = await context.newPage();
  const loader = listen(page, home);
  await page.goto(await somebodysPage(`${home}/widget.js?key=${web.key}`));
  await stillness(loader);
  const before = await loader.fetched();
  row('loader, before any click', before, 3, bytes(before));
  const button = (await page.evaluate("innerWidth - 50 + ',' + (innerHeight - 50)")) as string;
  const [x, y] = button.split(',').map(Number) as [number, number];
  await page.mouse.click(x, y);
  await stillness(loader);
  const opened = (await loader.fetched()).slice(before.length);
  if (!opened.length) throw new Error('A click on the launcher opened nothing.');
  row('chat, opened', opened, 30, bytes(opened));
  await page.close();

  await signInBrowser(context, home, cookie);
  const inbox = await context.newPage();
  const heard = listen(inbox, home);
  await inbox.goto(home);
  await stillness(heard);
  const fetched = await heard.fetched();
  row('inbox, first view', fetched, 120, bytes(fetched, 'script'));
  console.log(table(rows));
  console.log(
    fetched
      .filter((one) => one.kind === 'script')
      .sort((a, b) => b.bytes - a.bytes)
      .slice(0, 8)
      .map((one) => `  ${short(one.bytes / KB)} kB  ${one.path}`)
      .join('\n'),
  );
  await showNodes(inbox, 'inbox, as it opens');
  const all = inbox.locator('[data-view="all"]');
  if (await all.count()) {
    await all.first().click();
    await sleep(1500);
    await showNodes(inbox, `inbox, all ${sessions} sessions`);
    const list = inbox.locator('#sessions');
    if (await list.count()) {
      for (let turn = 0; turn < 20; turn++) {
        await list.first().hover();
        await inbox.mouse.wheel(0, 3000);
        await sleep(150);
      }
      await showNodes(inbox, 'inbox, scrolled far down');
    }
  }
  await context.close();
});

/** At most 1,500 nodes, however many sessions there are. */
async function showNodes(page: Page, what: string): Promise<void> {
  const nodes = (await page.evaluate("document.querySelectorAll('*').length")) as number;
  const rows = (await page.evaluate(
    "document.querySelectorAll('#sessions a, #sessions [role=option]').length",
  )) as number;
  console.log(
    `${what}: ${nodes} DOM nodes (${rows} rows), at ${new URL(page.url()).pathname} ${nodes <= 1500 ? '✓' : '✗'}`,
  );
  if (nodes > 1500) process.exitCode = 1;
}

async function fill(port: number, line: Furnished['line']): Promise<void> {
  const load = await startHelper('load.ts', {});
  const wish: Wish = {
    port,
    path: `/webhooks/line/${line.key}`,
    secret: line.secret,
    connections: 32,
    ms: 300_000,
    users: sessions,
    keywordEvery: 0,
    most: sessions,
  };
  const { refused } = await load.ask<Load>('run', wish);
  await load.stop();
  if (refused) throw new Error(`${refused} messages were refused.`);
}
