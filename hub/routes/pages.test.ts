import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import { organisation, webChannel } from '../test/build.ts';
import { testFolder } from '../test/folder.ts';
import { testHub } from '../test/hub.ts';
import { pages } from './static.ts';

async function built() {
  const root = testFolder();
  const put = (path: string, text: string) => {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  put('console/index.html', '<!doctype html><title>console</title>');
  put('console/_app/immutable/a.js', `console.log(1);${' '.repeat(2000)}`);
  put('console/_app/immutable/a.js.br', 'packed by the build');
  put('console/theme.js', 'theme');
  put('widget/widget.js', '(function(){})()');
  put('widget/chat.html', '<!doctype html><title>chat</title>');
  put('widget/chat-assets/c.js', 'chat');
  put('secret.txt', 'secret');
  const { hub } = await testHub();
  const app = new Hono().route(
    '/',
    pages(hub, { consoleBuild: join(root, 'console'), widgetBuild: join(root, 'widget') }) as never,
  );
  return { hub, app };
}

describe('the console', () => {
  test('is one page at every address of its own, and in nobody’s frame', async () => {
    const { app } = await built();
    for (const path of ['/', '/sessions/123', '/settings/channels', '/login']) {
      const answer = await app.request(path);
      expect([path, answer.status, await answer.text()]).toEqual([path, 200, '<!doctype html><title>console</title>']);
      expect(answer.headers.get('cache-control')).toBe('no-cache');
      expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    }
  });

  test('files: for ever when their name says what is in them; compressed; asked again otherwise', async () => {
    const { app } = await built();
    const hashed = await app.request('/_app/immutable/a.js');
    expect(hashed.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(hashed.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    const gz = await app.request('/_app/immutable/a.js', { headers: { 'accept-encoding': 'gzip, deflate' } });
    expect(gz.headers.get('content-encoding')).toBe('gzip');
    expect(gunzipSync(await gz.arrayBuffer()).toString()).toBe(await hashed.text());
    const br = await app.request('/_app/immutable/a.js', { headers: { 'accept-encoding': 'gzip, br' } });
    expect([br.headers.get('content-encoding'), await br.text()]).toEqual(['br', 'packed by the build']);
    const own = await app.request('/theme.js', { headers: { 'accept-encoding': 'br' } });
    expect(brotliDecompressSync(await own.arrayBuffer()).toString()).toBe('theme');
    expect((await app.request('/theme.js', { headers: { 'if-none-match': own.headers.get('etag')! } })).status).toBe(
      304,
    );
    expect(
      (await app.request('/theme.js', { headers: { 'accept-encoding': 'br;q=0' } })).headers.get('content-encoding'),
    ).toBeNull();
  });

  test('nothing outside its folder, and no page where a file is missing', async () => {
    const { app } = await built();
    for (const path of [
      '/missing.js',
      '/_app/immutable/gone.css',
      '/..%2fsecret.txt',
      '/%2e%2e/secret.txt',
      '/chat-assets/..%2f..%2fsecret.txt',
      '/chat-assets/gone.js',
      '/api/x',
      '/media/x',
    ]) {
      const answer = await app.request(path);
      expect(answer.status, path).toBe(404);
      expect(await answer.text()).not.toContain('secret\n');
    }
  });
});

describe('the visitor’s side', () => {
  test('the loader carries the channel’s colours; an unknown key gets the bare loader', async () => {
    const { hub, app } = await built();
    const { id, key } = await webChannel(hub, await organisation(hub));
    await hub.db.everywhere
      .updateTable('channels')
      .set({ style: JSON.stringify({ background: '#123456', title: '</script><b>' }) })
      .where('id', '=', id)
      .execute();
    const served = await app.request(`/widget.js?key=${key}`);
    const text = await served.text();
    expect(text).toMatch(/^window\.__haina=\{.*\};\n\(function\(\)\{\}\)\(\)$/);
    expect(text).not.toContain('</script>');
    const { style } = JSON.parse(text.slice('window.__haina='.length, text.indexOf(';\n'))) as { style: object };
    expect(style).toMatchObject({ background: '#123456', title: '</script><b>', width: 400 });
    expect(text).not.toContain('secret');
    expect(served.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    const packed = await app.request(`/widget.js?key=${key}`, { headers: { 'accept-encoding': 'gzip' } });
    expect(gunzipSync(await packed.arrayBuffer()).toString()).toBe(text);
    for (const other of ['/widget.js', '/widget.js?key=unknown'])
      expect(await (await app.request(other)).text()).toBe('(function(){})()');
  });

  test('the chat may stand in any page, for a channel that is there and on', async () => {
    const { hub, app } = await built();
    const org = await organisation(hub);
    const { id, key } = await webChannel(hub, org);
    const page = await app.request(`/chat/${key}`);
    expect([page.status, await page.text()]).toEqual([200, '<!doctype html><title>chat</title>']);
    expect(page.headers.get('content-security-policy')).toContain('frame-ancestors *');
    expect(page.headers.get('x-frame-options')).toBeNull();
    expect((await app.request('/chat-assets/c.js')).headers.get('cache-control')).toContain('immutable');
    expect((await app.request('/chat/unknown')).status).toBe(404);
    await org.update('channels').set({ enabled: false }).where('id', '=', id).execute();
    hub.live.publish(org.id, [{ kind: 'changed', area: 'channels' }]);
    expect((await app.request(`/chat/${key}`)).status).toBe(404);
  });
});

describe('for whoever watches over us', () => {
  test('alive, ready, measured', async () => {
    const { app } = await testHub();
    expect(await (await app.request('/healthz')).json()).toEqual({ ok: true });
    expect(await (await app.request('/readyz')).json()).toEqual({ ready: true, database: 'ok', migrations: 'ok' });
    const text = await (await app.request('/metrics')).text();
    expect(text).toContain('haina_http_request_seconds_count{method="GET",route="/readyz",status="200"} 1');
  });

  test('not ready while the shape is old, or without a database', async () => {
    const { app, hub } = await testHub();
    await hub.db.everywhere
      .deleteFrom('kysely_migration' as never)
      .where('name' as never, '=', '0002_sign_in' as never)
      .execute();
    const behind = await app.request('/readyz');
    expect([behind.status, await behind.json()]).toEqual([503, { ready: false, database: 'ok', migrations: 'behind' }]);
    hub.db.pool.connect = (async () => {
      throw new Error('gone');
    }) as never;
    const away = await app.request('/readyz');
    expect([away.status, await away.json()]).toEqual([503, { ready: false, database: 'away', migrations: 'away' }]);
    expect((await app.request('/healthz')).status).toBe(200);
  });

  test('figures only for who has the token, where there is one', async () => {
    const { app } = await testHub({ vars: { METRICS_TOKEN: 'a-token-for-metrics' } });
    expect((await app.request('/metrics')).status).toBe(401);
    expect((await app.request('/metrics', { headers: { authorization: 'Bearer wrong' } })).status).toBe(401);
    expect((await app.request('/metrics', { headers: { authorization: 'Bearer a-token-for-metrics' } })).status).toBe(
      200,
    );
  });

  test('the documentation reads itself from our own disk', async () => {
    const { app } = await testHub();
    const page = await app.request('/api/docs');
    const html = await page.text();
    expect(html).not.toMatch(/https?:\/\//);
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    for (const [, address] of html.matchAll(/(?:src|href)="([^"]+)"/g))
      expect((await app.request(address!)).status, address).toBe(200);
  });
});
