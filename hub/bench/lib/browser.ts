import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { BrowserContext, Page, Response } from 'playwright-core';
import { atEnd } from './stage.ts';

/** An answer of the hub; its bytes under gzip. */
export interface Fetched {
  path: string;
  kind: string;
  bytes: number;
}

/** Hears every answer of the hub to a page and its frames. */
export function listen(page: Page, home: string) {
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
export async function stillness({ calm }: { calm(): number }): Promise<void> {
  await sleep(1000);
  for (const end = Date.now() + 20_000; calm() < 1000 && Date.now() < end; ) await sleep(100);
}

/** Takes over the cookie of somebody who signed in without a browser. */
export async function signInBrowser(context: BrowserContext, home: string, cookie: string): Promise<void> {
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
export async function somebodysPage(script: string): Promise<string> {
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
