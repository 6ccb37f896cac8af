import { serve } from '@hono/node-server';
import fc from 'fast-check';
import { Hono } from 'hono';
import { fetch as undiciFetch } from 'undici';
import { describe, expect, it } from 'vitest';
import { fakeTools } from '../../contract.ts';
import { Misconfigured, Refused, Retry, Uncertain } from '../../errors.ts';
import { call } from './call.ts';
import { type Rules, trouble } from './errors.ts';
import { isMetas } from './hosts.ts';
import { escaped } from './sandbox/body.ts';
import { isCallback } from './sandbox/challenge.ts';
import { same, signature, verify } from './signature.ts';

const access = { version: 'v25.0', token: 'a-token' };

describe('calls to the Graph API', () => {
  it('bring a form through a fetch of another library', async () => {
    let got: Record<string, unknown> = {};
    const app = new Hono().post('/v25.0/1/media', async (c) => {
      const form = await c.req.formData();
      const file = form.get('file') as File;
      got = { type: form.get('type'), name: file.name, mime: file.type, text: await file.text() };
      return c.json({ id: '1' });
    });
    const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    try {
      const form = new FormData();
      form.set('type', 'text/plain');
      form.set('file', new Blob(['words'], { type: 'text/plain' }), '发票.txt');
      const tools = fakeTools(undiciFetch as unknown as typeof fetch, { graph: `http://127.0.0.1:${port}` });
      const answer = await call({ method: 'POST', path: '/1/media', form }, access, tools);
      expect(answer).toMatchObject({ status: 200, json: { id: '1' } });
      expect(got).toEqual({ type: 'text/plain', name: '发票.txt', mime: 'text/plain', text: 'words' });
    } finally {
      server.close();
    }
  });
  it('log neither token nor query', async () => {
    const tools = fakeTools((async () => new Response('{}')) as typeof fetch, { graph: 'https://graph.facebook.com' });
    await call({ method: 'GET', path: '/debug_token', query: { input_token: 'a-secret' } }, access, tools);
    expect(tools.logged).toHaveLength(1);
    expect(tools.logged[0]).not.toMatch(/a-secret|a-token/);
  });
});

describe('errors of the Graph API', () => {
  const rules: Rules = { 555: { do: 'retry', code: 'x', afterMs: 7 } };
  const made = (status: number, json: unknown, asked: 'send' | 'other' = 'send') =>
    trouble({ status, headers: new Headers(), json }, rules, asked, 'Meta', 0);
  it('are told by code first, by status where there is none', () => {
    const error = (code: number, more: object = {}) => ({ error: { message: 'why', code, fbtrace_id: 'T', ...more } });
    expect(made(400, error(190))).toBeInstanceOf(Misconfigured);
    expect(made(400, error(250))).toMatchObject({ code: 'not_allowed' });
    expect(made(400, error(555))).toMatchObject({ name: 'Retry', afterMs: 7 });
    expect(made(400, error(100, { error_user_msg: 'in plain words' })).message).toBe(
      'Meta 100: why: in plain words [T]',
    );
    expect(made(500, undefined)).toBeInstanceOf(Uncertain);
    expect(made(500, undefined, 'other')).toBeInstanceOf(Retry);
    expect(made(500, error(999))).toBeInstanceOf(Retry);
    expect(made(404, undefined)).toMatchObject({ code: 'not_found' });
    expect(made(400, { error: 'text' })).toBeInstanceOf(Refused);
  });
});

describe('signatures', () => {
  it('of any body and secret are believed, of another not', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (body, secret, other) => {
        const headers = { 'x-hub-signature-256': signature(body, secret) };
        expect(() => verify({ headers, body }, secret)).not.toThrow();
        if (other !== secret) expect(() => verify({ headers, body }, other)).toThrow('signature');
        expect(same(secret, other)).toBe(secret === other);
      }),
    );
  });
  it('are over escapes as Meta writes them', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const written = new TextDecoder().decode(escaped({ text }));
        expect(written).toMatch(/^[\x20-\x7f]*$/);
        expect(JSON.parse(written)).toEqual({ text });
      }),
    );
  });
});

describe('addresses', () => {
  it('are Meta’s by their last labels, or the sandbox’s by their beginning', () => {
    const hosts = { media: 'http://127.0.0.1:3000/sandbox/whatsapp/lookaside' };
    for (const good of [
      'https://lookaside.fbsbx.com/x',
      'https://scontent.xx.fbcdn.net/a',
      'https://graph.facebook.com/v25.0/1',
      `${hosts.media}/x`,
    ])
      expect(isMetas(good, hosts), good).toBe(true);
    for (const bad of [
      'https://fbsbx.com.example/x',
      'https://xfbsbx.com/',
      'http://127.0.0.1:3000/sandbox/whatsapp/lookasidex',
      'http://127.0.0.1:3000/api',
      'javascript:1',
    ])
      expect(isMetas(bad, hosts), bad).toBe(false);
  });
  it('of callbacks are https, but for our own machine', () => {
    for (const good of ['https://hub.example/webhooks/x/k', 'http://127.0.0.1:3000/x', 'http://localhost:1/x'])
      expect(isCallback(good, 'http://127.0.0.1:3000')).toBe(true);
    for (const bad of ['http://hub.example/x', 'ftp://127.0.0.1/x', 'x', `https://hub.example/${'x'.repeat(2000)}`])
      expect(isCallback(bad, 'http://127.0.0.1:3000')).toBe(false);
  });
});
