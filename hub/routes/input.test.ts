import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { describe, expect, onTestFinished, test } from 'vitest';
import { testHub } from '../test/hub.ts';
import { asking, staff, told } from '../test/people.ts';

const json = { 'content-type': 'application/json' };

describe('what comes in', () => {
  const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
  test.each([
    ['broken JSON', '{"name":', 'bad_json'],
    ['no JSON at all', 'name=x', 'bad_json'],
    ['an empty body', '', 'bad_json'],
    ['NUL', '{"name":"a\\u0000b"}', 'nul'],
    ['NUL in a key', '{"na\\u0000me":1}', 'nul'],
    ['half a character', '{"name":"a\\ud83d"}', 'lone_surrogate'],
    ['endless nesting', `{"name":${deep(5000)}}`, 'too_deep'],
    ['a wrong type', '{"name":7}', 'invalid_input'],
    ['the wrong thing', '[]', 'invalid_input'],
    ['null', 'null', 'invalid_input'],
    ['a number out of range', '{"cap":1e999}', 'bad_json'],
  ])('%s is refused with a code', async (_what, body, code) => {
    const run = await testHub();
    const { agent } = await staff(run);
    const answer = await run.app.request('/api/v1/me', {
      method: 'PATCH',
      headers: { ...json, cookie: agent.cookie },
      body,
    });
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(await answer.json()).toMatchObject({ code, status: 400, title: 'Bad Request' });
  });

  test('bytes that are no UTF-8 are refused, and so is NUL in an address', async () => {
    const run = await testHub();
    const { agent } = await staff(run);
    const answer = await run.app.request('/api/v1/me', {
      method: 'PATCH',
      headers: { ...json, cookie: agent.cookie },
      body: new Uint8Array([...Buffer.from('{"name":"'), 0xc3, 0x28, ...Buffer.from('"}')]),
    });
    expect(await answer.json()).toMatchObject({ status: 400, code: 'not_utf8' });
    expect(await told(agent.ask('GET', '/sessions?q=a%00b'))).toMatchObject({ status: 400, body: { code: 'nul' } });
  });

  test('another type of body is refused', async () => {
    const run = await testHub();
    const { agent } = await staff(run);
    const answer = await run.app.request('/api/v1/me', {
      method: 'PATCH',
      headers: { 'content-type': 'text/plain', cookie: agent.cookie },
      body: '{"name":"x"}',
    });
    expect(await answer.json()).toMatchObject({ status: 415, code: 'media_type_refused' });
  });

  test('a body over 1 MiB is refused, told or untold; a list of words may be larger', async () => {
    const run = await testHub();
    const { admin } = await staff(run);
    const large = JSON.stringify({ name: 'x'.repeat(1_048_576) });
    expect(await told(admin.ask('PATCH', '/me', large))).toMatchObject({
      status: 413,
      body: { code: 'body_too_large' },
    });
    expect(await told(admin.ask('PATCH', '/me', large, { 'content-length': String(large.length) }))).toMatchObject({
      status: 413,
    });
    const words = Array.from({ length: 60_000 }, (_, i) => ({ text: `some word number ${i}` }));
    expect(JSON.stringify(words).length).toBeGreaterThan(1_048_576);
    expect(await told(admin.ask('POST', '/words', { kind: 'forbidden', words }))).toEqual({
      status: 200,
      body: { added: 60_000, skipped: 0 },
    });
  });

  test('a lying length is no way around the limit', async () => {
    const run = await testHub();
    const { agent } = await staff(run);
    const server = createAdaptorServer({ fetch: run.app.fetch });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.write(
          `PATCH /api/v1/me HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncookie: ${agent.cookie}\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n`,
        );
        const chunk = 'x'.repeat(65_536);
        for (let i = 0; i < 40; i++) socket.write(`10000\r\n${chunk}\r\n`);
      });
      let text = '';
      socket.on('data', (part) => {
        text += part;
      });
      socket.on('close', () => resolve(text));
      // The server may hang up while we are still sending: that is the point.
      socket.on('error', (error) => (text ? resolve(text) : reject(error)));
      setTimeout(() => socket.destroy(), 5_000).unref();
    });
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toContain('body_too_large');
  });
});

describe('what goes out', () => {
  test('an unknown address, of ours or not, is a problem document or the console', async () => {
    const { app } = await testHub();
    for (const path of [
      '/api/v1/nothing',
      '/api/nothing',
      '/api',
      '/webhooks',
      '/media/x',
      '/sandbox/line/',
      '/nothing.js',
    ]) {
      const answer = await app.request(path);
      expect(answer.status, path).toBeGreaterThanOrEqual(403);
      expect(answer.status, path).toBeLessThan(500);
      expect(answer.headers.get('content-type'), path).toBe('application/problem+json');
    }
    expect((await app.request('/api/v1/me', { method: 'PUT' })).status).toBe(404);
    expect((await asking(app)('GET', '/members/not-an-id')).status).toBe(404);
  });

  test('an id that is none is not there', async () => {
    const run = await testHub();
    const { owner } = await staff(run);
    expect(await told(owner.ask('PATCH', '/members/7', { cap: 1 }))).toMatchObject({
      status: 404,
      body: { code: 'not_found' },
    });
  });

  test('our own failure says nothing but its number', async () => {
    const run = await testHub();
    const { agent } = await staff(run);
    const logged: unknown[] = [];
    run.hub.log.error = ((data: unknown) => void logged.push(data)) as never;
    await run.hub.db.everywhere.schema.alterTable('skill_groups').renameTo('gone').execute();
    const answer = await agent.ask('GET', '/groups', undefined, { 'x-request-id': 'asked-1' });
    const text = await answer.text();
    expect(answer.status).toBe(500);
    expect(JSON.parse(text)).toEqual({
      type: '/api/docs#internal',
      title: 'Internal Server Error',
      status: 500,
      code: 'internal',
      requestId: 'asked-1',
    });
    expect(text).not.toMatch(/skill_groups|relation|at /);
    expect(logged).toHaveLength(1);
    expect(logged[0]).toMatchObject({ requestId: 'asked-1', path: '/api/v1/groups' });
  });

  test('every answer carries the headers that keep browsers in bounds', async () => {
    const run = await testHub({ vars: { PUBLIC_URL: 'https://chat.example.com' } });
    for (const path of ['/api/v1/setup', '/healthz', '/api/v1/me', '/nothing.js']) {
      const { headers } = await run.app.request(path);
      expect(headers.get('x-content-type-options'), path).toBe('nosniff');
      expect(headers.get('content-security-policy'), path).toContain("frame-ancestors 'none'");
      expect(headers.get('strict-transport-security'), path).toBeTruthy();
      expect(headers.get('cache-control'), path).toBe('no-store');
      expect(headers.get('x-request-id'), path).toBeTruthy();
    }
  });
});
