import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import { lineSandbox } from '../../connectors/line/sandbox.ts';
import type { Sandbox } from '../../connectors/sandbox.ts';
import type { OpenSandbox } from '../sandboxes.ts';
import { sandboxPage } from './sandbox.ts';

const url = 'http://127.0.0.1:9/sandbox/line';
function bench(
  sandbox: Sandbox = lineSandbox({ url, fetch: async () => new Response('{}'), now: Date.now, seed: 's' }),
) {
  const open: OpenSandbox = { sandbox, app: sandbox.app, url, hosts: {} };
  return { sandbox, app: new Hono().route('/', sandboxPage(new Map([[sandbox.name, open]])) as never) };
}

describe('the phones side by side', () => {
  test('are a page of our own files under a strict policy, with and without a slash', async () => {
    const { app } = bench();
    for (const path of ['/sandbox', '/sandbox/']) {
      const page = await app.request(path);
      expect(page.status).toBe(200);
      expect(page.headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-src 'self'/);
      const html = await page.text();
      for (const [, file = ''] of html.matchAll(/(?:src|href)="(\/sandbox\/[^"]+)"/g))
        expect((await app.request(file)).status, file).toBe(200);
      expect(html).not.toMatch(/<style| style=| on\w+=/);
    }
    expect((await app.request('/sandbox/index.html')).status).toBe(404);
  });

  test('are listed with their names in both languages and the mark of their connector', async () => {
    const { app } = bench();
    const { items } = (await (await app.request('/sandbox/phones')).json()) as { items: unknown[] };
    expect(items).toEqual([
      {
        name: 'line',
        label: { zh: expect.stringContaining('LINE'), en: expect.stringContaining('LINE') },
        mark: { ground: expect.stringMatching(/^#[0-9a-f]{6}$/i), path: expect.any(String) },
      },
    ]);
  });

  test('share one stream of news, which says whose they are', async () => {
    const { app, sandbox } = bench();
    const live = await app.request('/sandbox/live');
    const reader = live.body!.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader.read()).value).toContain('alive');
    sandbox.phone!.addPerson('Guest C 丙');
    const { value = '' } = await reader.read();
    const { of, news } = JSON.parse(/^data: (.*)$/m.exec(value)?.[1] ?? '');
    expect([of, news.type]).toEqual(['line', 'people']);
    expect(news.people.at(-1).name).toBe('Guest C 丙');
    await reader.cancel();
  });

  test('are not there where nothing is played', async () => {
    const none = new Hono().route('/', sandboxPage(new Map()) as never);
    const { sandbox } = bench();
    const { app } = bench({ ...sandbox, phone: undefined });
    for (const path of ['/sandbox', '/sandbox/', '/sandbox/phones', '/sandbox/live', '/sandbox/side.js'])
      expect([(await none.request(path)).status, (await app.request(path)).status], path).toEqual([404, 404]);
  });
});
