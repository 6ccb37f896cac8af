import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { neverLeft } from '../../connectors/lib/http.ts';
import { guardedFetch, isPublic } from '../fetch.ts';
import { lineChannel, organisation } from '../test/build.ts';
import { type TestHub, testHub } from '../test/hub.ts';
import { toolsFor } from './tools.ts';

describe('what leaves the house', () => {
  async function inside(
    answer: (server: Server) => Record<string, string>,
  ): Promise<{ url: string; asked: () => number }> {
    let asked = 0;
    const server = createServer((_request, response) => {
      asked++;
      response.writeHead(302, answer(server)).end('inside');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked: () => asked };
  }

  test.each([
    '127.0.0.1',
    '10.0.0.1',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '0.0.0.0',
    '100.64.0.1',
    '::1',
    '::',
    'fe80::1',
    'fc00::1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '64:ff9b::7f00:1',
    '224.0.0.1',
    '255.255.255.255',
    '2002:7f00:1::',
    'not an address',
    '',
  ])('%s is not public', (address) => expect(isPublic(address)).toBe(false));
  test.each(['8.8.8.8', '203.0.114.1', '2606:4700::1111', '::ffff:8.8.8.8'])('%s is', (address) =>
    expect(isPublic(address)).toBe(true),
  );

  test('reaches nobody in here: by address, by name, by another spelling', async () => {
    const { url, asked } = await inside(() => ({}));
    const { port } = new URL(url);
    for (const host of ['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]', '2130706433', '0x7f.1', '127.1', '0']) {
      const error = await guardedFetch()(`http://${host}:${port}/`).catch((caught) => caught);
      expect(error, host).toBeInstanceOf(Error);
      expect(neverLeft(error), host).toBe(true);
    }
    expect(asked()).toBe(0);
  });

  test('a form arrives as a form, whoever’s FormData it is', async () => {
    let got = '';
    const server = createServer(async (request, response) => {
      got = `${request.headers['content-type']}\n${Buffer.concat(await request.toArray())}`;
      response.end('{}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const form = new FormData();
    form.append('media', new Blob(['bytes'], { type: 'image/png' }), '图.png');
    await guardedFetch({ allowed: [origin] })(`${origin}/upload`, {
      method: 'POST',
      body: form,
      headers: { 'x-own': '1' },
    });
    expect(got).toMatch(/^multipart\/form-data; boundary=/);
    expect(got).toContain('name="media"');
    expect(got).toContain('bytes');
  });

  test('reaches what is allowed, and not through it what is not', async () => {
    const secret = await inside(() => ({}));
    const open = await inside(() => ({ location: `${secret.url}/` }));
    const outside = guardedFetch({ allowed: [open.url] });
    const plain = await outside(open.url, { redirect: 'manual' });
    expect([plain.status, await plain.text()]).toEqual([302, 'inside']);
    await expect(outside(open.url)).rejects.toThrow();
    expect(secret.asked()).toBe(0);
  });

  test('waits only so long', async () => {
    const server = createServer(() => {});
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const begun = performance.now();
    await expect(guardedFetch({ allowed: [url], timeoutMs: 300 })(url)).rejects.toThrow();
    expect(performance.now() - begun).toBeLessThan(5_000);
  });
});

describe('keep', () => {
  async function tools(run: TestHub, share?: { org: Awaited<ReturnType<typeof organisation>>; id: string }) {
    const org = share?.org ?? (await organisation(run.hub));
    const id = share?.id ?? (await lineChannel(run.hub, org)).id;
    return { org, id, tools: toolsFor(run.hub, (await run.hub.rulebook.channelById(org.id, id))!) };
  }

  test('is made by one hub at a time, sealed at rest, and made again when it is over or no good', async () => {
    let now = Date.now();
    const one = await testHub({ now: () => now });
    const first = await tools(one);
    const databaseUrl = (one.hub.db.pool as unknown as { options: { connectionString: string } }).options
      .connectionString;
    const two = await testHub({ now: () => now, databaseUrl });
    const second = await tools(two, first);
    let made = 0;
    const make = async () => {
      const value = `token ${++made}`;
      await new Promise((resolve) => setTimeout(resolve, 120));
      return { value, ttl: 900 };
    };
    const both = () => Promise.all([first, second, first, second].map((one) => one.tools.keep('token', make)));
    expect(new Set(await both())).toEqual(new Set(['token 1']));
    const rows = await one.hub.db.everywhere.selectFrom('keep').selectAll().execute();
    expect(rows).toHaveLength(1);
    expect(rows[0]!.key).toBe(`${first.org.id}:${first.id}:token`);
    expect(rows[0]!.value.toString('latin1')).not.toContain('token 1');
    // A minute before its end it is fetched anew.
    now += 839_000;
    expect(new Set(await both())).toEqual(new Set(['token 1']));
    now += 2_000;
    expect(new Set(await both())).toEqual(new Set(['token 2']));
    await first.tools.forget('token');
    expect(await first.tools.keep('token', make)).toBe('token 3');
    // The other hub still holds what was forgotten; forgetting it there must not throw away what is new.
    await second.tools.forget('token');
    expect(await second.tools.keep('token', make)).toBe('token 3');
    expect(made).toBe(3);
  });

  test('what could not be made is not kept, and does not block', async () => {
    const { tools: lent } = await tools(await testHub());
    await expect(
      lent.keep('token', async () => {
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await lent.keep('token', async () => ({ value: 'x', ttl: 60 }))).toBe('x');
  });

  test('belongs to one channel', async () => {
    const run = await testHub();
    const [a, b] = [await tools(run), await tools(run)];
    expect(await a.tools.keep('token', async () => ({ value: 'a', ttl: 60 }))).toBe('a');
    expect(await b.tools.keep('token', async () => ({ value: 'b', ttl: 60 }))).toBe('b');
  });

  test('a channel of the sandbox speaks to the sandbox, another to the platform', async () => {
    const run = await testHub({ vars: { SANDBOX: '1' } });
    const { org, id } = await tools(run);
    const channel = (await run.hub.rulebook.channelById(org.id, id))!;
    expect(toolsFor(run.hub, channel).hosts.api).toBe('https://api.line.me');
    expect(toolsFor(run.hub, { ...channel, sandbox: true }).hosts.api).toMatch(
      new RegExp(`^${run.hub.publicUrl}/sandbox/line`),
    );
  });
});
