import type { Server } from 'node:http';
import { AxeBuilder } from '@axe-core/playwright';
import { createAdaptorServer } from '@hono/node-server';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, expect, onTestFinished } from 'vitest';
import { WebSocketServer } from 'ws';
import { connectDemo } from '../../hub/desk/demo.ts';
import { seedDemo } from '../../hub/desk/seed.ts';
import type { Role } from '../../hub/routes/route.ts';
import { build } from '../../hub/start/boot/build.mjs';
import { freePort } from '../../hub/start/port.ts';
// For the name of what its set-up provides.
import type {} from '../../hub/start/testDatabase.ts';
import { testDesk } from '../../hub/test/desk.ts';
import { type TestHub, testHub } from '../../hub/test/hub.ts';
import { findProgram } from '../../hub/test/needs.ts';
import { person } from '../../hub/test/people.ts';

type Look = BrowserContextOptions;

/** One Chromium for all tests of a file: starting one takes longer than most of what is looked at. */
let chrome: Promise<Browser> | undefined;
afterAll(async () => await (await chrome)?.close());

/** A fresh profile with one empty page, closed with the test. */
export async function browser(look: Look = {}): Promise<BrowserContext> {
  chrome ??= chromium.launch({
    executablePath: findProgram('chromium'),
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
  const context = await (await chrome).newContext({
    locale: 'zh-CN',
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
    ...look,
  });
  onTestFinished(() => context.close());
  await context.newPage();
  return context;
}

/** The real hub on a real port with a web channel, as main.ts serves it. Its clock is the world's, unless told. */
export async function house(now: () => number = Date.now) {
  await build();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const parts = {
    clock: { now, pass: () => undefined },
    vars: { PORT: String(port), PUBLIC_URL: url },
  };
  const desk = await testDesk(parts);
  return { ...desk, url, sockets: await listen(desk, port) };
}

/** The demo as `npm start` seeds it, the sandbox on: the hub and the stand-ins speak to each other over their own port. */
export async function demo(now: () => number = Date.now) {
  await build();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const test = await testHub({ now, vars: { PORT: String(port), PUBLIC_URL: url, SANDBOX: '1' } });
  const owner = await seedDemo(test.hub);
  if (!owner) throw new Error('an empty house got no demo');
  const sockets = await listen(test, port);
  await connectDemo(test.hub, owner.organisationId);
  return { ...test, url, owner, sockets };
}

/** As main.ts serves it. Gives the open sockets. */
async function listen({ app }: Pick<TestHub, 'app'>, port: number): Promise<WebSocketServer> {
  const sockets = new WebSocketServer({ noServer: true });
  const server = createAdaptorServer({ fetch: app.fetch, websocket: { server: sockets } }) as Server;
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  onTestFinished(async () => {
    for (const socket of sockets.clients) socket.terminate();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return sockets;
}
type House = Awaited<ReturnType<typeof house>>;

/** A screen of a member with this role, already signed in. Whatever the page throws or the policy refuses fails the test. */
export async function screen(
  home: House,
  role: Role,
  look: Look = {},
): Promise<{ page: Page; who: Awaited<ReturnType<typeof person>>; context: BrowserContext }> {
  const who = await person(home, home.org, role);
  const context = await browser(look);
  await context.addCookies(
    who.cookie.split('; ').map((pair) => ({
      name: pair.slice(0, pair.indexOf('=')),
      value: decodeURIComponent(pair.slice(pair.indexOf('=') + 1)),
      url: home.url,
    })),
  );
  const page = context.pages()[0] ?? (await context.newPage());
  return { page: watched(page), who, context };
}

export function watched(page: Page): Page {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on(
    'console',
    (said) =>
      said.type() === 'error' && !/Failed to load resource|WebSocket/.test(said.text()) && faults.push(said.text()),
  );
  onTestFinished(() => expect(faults).toEqual([]));
  return page;
}

/** No violation of WCAG 2.2 A and AA that a machine can find. */
export async function accessible(page: Page): Promise<void> {
  // axe reads colours through whatever is being animated.
  await page.waitForTimeout(250);
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`),
  ).toEqual([]);
}
