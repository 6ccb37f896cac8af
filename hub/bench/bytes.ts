/*
 * npm run bench bytes [-- --sessions 10000 --chromium /usr/bin/chromium]
 *
 * What a browser has to fetch, in real Chromium against a running hub: the loader on somebody's page, the chat once it
 * is opened, the first view of the inbox; and how much the inbox puts into the page. Needs `npm run build`. Bytes are
 * those of each answer's body under gzip, whatever encoding it was sent in.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { type BrowserContext, chromium, type Page, type Response } from 'playwright-core';
import { freePort } from '../start/port.ts';
import { findProgram } from '../test/needs.ts';
import type { Furnished, HubOptions } from './hub.ts';
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

interface Fetched {
  path: string;
  kind: string;
  bytes: number;
}

/** Hears every answer of the hub to a page and its frames. */
function listen(page: Page, home: string) {
  const answers: Promise<Fetched | null>[] = [];
  let last = performance.now();
  page.on('response', (response: Response) => {
    if (!response.url().startsWith(home)) return;
    last = performance.now();
    answers.push(measure(response).finally(() => (last = performance.now())));
  });
  return {
    /** Each file once: what was preloaded and then used is one fetch. */
    fetched: async () => [
      ...new Map((await Promise.all(answers)).filter((one) => one !== null).map((one) => [one.path, one])).values(),
    ],
    calm: () => performance.now() - last,
  };
}

async function measure(response: Response): Promise<Fetched | null> {
  const kind = response.request().resourceType();
  const body = await response.body().catch(() => null);
  return body && { path: new URL(response.url()).pathname, kind, bytes: gzipSync(body).length };
}

/** Until nothing has been fetched for a second; sockets stay open, so the network never is idle. */
async function stillness({ calm }: { calm(): number }): Promise<void> {
  await sleep(1000);
  for (const end = Date.now() + 20_000; calm() < 1000 && Date.now() < end; ) await sleep(100);
}

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

async function signInBrowser(context: BrowserContext, home: string, cookie: string): Promise<void> {
  await context.addCookies(
    cookie.split('; ').map((pair) => {
      const at = pair.indexOf('=');
      return {
        name: pair.slice(0, at),
        value: pair.slice(at + 1),
        url: home,
        httpOnly: true,
        sameSite: 'Lax' as const,
      };
    }),
  );
}

/** Another origin, as a shop's page is. */
async function somebodysPage(script: string): Promise<string> {
  const server = createServer((_, answer) => {
    answer
      .setHeader('content-type', 'text/html')
      .end(`<!doctype html><title>A shop</title><body><h1>A shop</h1><script src="${script}" async></script>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  atEnd(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
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
