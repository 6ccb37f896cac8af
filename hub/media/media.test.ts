import { readdir } from 'node:fs/promises';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { createAdaptorServer } from '@hono/node-server';
import sharp from 'sharp';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Connector } from '../../connectors/connector.ts';
import { Gone, Misconfigured, Refused, Retry } from '../../connectors/errors.ts';
import type { Content } from '../../core/message.ts';
import { newId } from '../id.ts';
import type { News } from '../live.ts';
import { type MediaRow, mediaById } from '../store/media.ts';
import type { Org } from '../store/org.ts';
import { lineChannel } from '../test/build.ts';
import { type TestHub, testHub } from '../test/hub.ts';
import { type Person, staff, told } from '../test/people.ts';
import { fetchMedia } from './fetch.ts';
import { mediaUrl, withMediaUrls } from './links.ts';
import { owned } from './own.ts';
import { receiveUpload } from './upload.ts';

async function upload(
  { app }: Pick<TestHub, 'app'>,
  who: Pick<Person, 'cookie'>,
  bytes: Uint8Array | string,
  name: string,
  type = 'application/octet-stream',
) {
  const form = new FormData();
  form.append('file', new Blob([bytes as BlobPart], { type }), name);
  return await told(
    Promise.resolve(app.request('/api/v1/media', { method: 'POST', headers: { cookie: who.cookie }, body: form })),
  );
}

const picture = (width = 40, height = 30, format: 'png' | 'jpeg' | 'webp' | 'gif' = 'png') =>
  sharp({ create: { width, height, channels: 3, background: '#2a6' } })
    .toFormat(format)
    .toBuffer();

/** As far as a PNG says how large it is; pixels do not follow. */
const PNG_HEAD = Buffer.from('89504e470d0a1a0a0000000d49484452000000280000001e0802000000b3c0a3f5', 'hex');

/** Everything that lies in the store, unfinished or not. */
async function files({ hub }: Pick<TestHub, 'hub'>): Promise<string[]> {
  return (await readdir(join(hub.env.dataDir, 'media'), { recursive: true, withFileTypes: true }).catch(() => []))
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);
}
const path = (url: string) => new URL(url).pathname + new URL(url).search;

describe('uploading', () => {
  test('a picture is measured, gets a small one, and both can be read back', async () => {
    const run = await testHub();
    const { agent } = await staff(run);
    const bytes = await picture(2000, 1000, 'webp');
    const { status, body } = await upload(run, agent, bytes, '合照.exe.webp', 'text/html');
    expect(status).toBe(201);
    expect(body).toMatchObject({
      mime: 'image/webp',
      name: '合照.exe.webp',
      size: bytes.length,
      width: 2000,
      height: 1000,
    });
    const whole = await run.app.request(path(body.url));
    expect(whole.status).toBe(200);
    expect(whole.headers.get('content-type')).toBe('image/webp');
    expect(whole.headers.get('content-disposition')).toMatch(
      /^inline; filename="__\.exe\.webp"; filename\*=UTF-8''%E5%90%88/,
    );
    expect(Buffer.from(await whole.arrayBuffer()).equals(bytes)).toBe(true);
    const preview = await run.app.request(path(body.previewUrl));
    expect(preview.headers.get('content-type')).toBe('image/jpeg');
    expect(await sharp(await preview.arrayBuffer()).metadata()).toMatchObject({
      format: 'jpeg',
      width: 1024,
      height: 512,
    });
  });

  test('a picture lying on its side stands up', async () => {
    const run = await testHub();
    const { agent } = await staff(run);
    const bytes = await sharp(await picture(60, 20, 'jpeg'))
      .withMetadata({ orientation: 6 })
      .toBuffer();
    const { body } = await upload(run, agent, bytes, 'a.jpg');
    expect(body).toMatchObject({ width: 20, height: 60 });
    expect(await sharp(await (await run.app.request(path(body.previewUrl))).arrayBuffer()).metadata()).toMatchObject({
      width: 20,
      height: 60,
    });
  });

  test('a preview stays under 1 MB, however busy the picture', async () => {
    const run = await testHub();
    const { agent } = await staff(run);
    const noise = Buffer.alloc(1400 * 1400 * 3);
    for (let i = 0; i < noise.length; i++) noise[i] = (i * 2654435761) >>> 24;
    const bytes = await sharp(noise, { raw: { width: 1400, height: 1400, channels: 3 } })
      .png()
      .toBuffer();
    const { body } = await upload(run, agent, bytes, 'noise.png');
    const preview = await run.app.request(path(body.previewUrl));
    expect((await preview.arrayBuffer()).byteLength).toBeLessThanOrEqual(1_000_000);
  });

  test.each([
    ['a program by its bytes', Buffer.from('MZ\x90\x00\x03\x00'), 'holiday.jpg'],
    ['an ELF program', Buffer.concat([Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]), Buffer.alloc(100)]), 'x'],
    ['a script by its first line', Buffer.from('#!/bin/sh\nrm -rf /\n'), 'notes.txt'],
    ['a program by its name', Buffer.from('hello'), 'setup.EXE'],
    ['a picture that is none', Buffer.concat([PNG_HEAD, Buffer.alloc(200, 7)]), 'a.png'],
  ])('%s is refused and leaves nothing', async (_what, bytes, name) => {
    const run = await testHub();
    const { agent, org } = await staff(run);
    expect(await upload(run, agent, bytes, name)).toMatchObject({ status: 415, body: { code: 'file_type_refused' } });
    expect(await files(run)).toEqual([]);
    expect(await org.select('media').selectAll().execute()).toEqual([]);
  });

  test.each([
    ['<!doctype html><script>alert(1)</script>', 'page.html', 'text/plain', 'text/plain; charset=utf-8'],
    [
      '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
      'drawing.svg',
      'text/plain',
      'text/plain; charset=utf-8',
    ],
    [
      '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
      'drawing2.svg',
      'application/xml',
      'application/octet-stream',
    ],
    ['你好，世界', '说明.txt', 'text/plain', 'text/plain; charset=utf-8'],
    ['a;b\n1;2', 'list.csv', 'text/csv', 'application/octet-stream'],
    [Buffer.from([1, 2, 3, 0, 255]), 'data.bin', 'application/octet-stream', 'application/octet-stream'],
  ])('%j is kept and only ever saved, never shown', async (bytes, name, mime, sent) => {
    const run = await testHub();
    const { agent } = await staff(run);
    const { body } = await upload(run, agent, bytes, name, 'image/png');
    expect(body).toMatchObject({ mime, previewUrl: null });
    const { headers } = await run.app.request(path(body.url));
    expect(headers.get('content-type')).toBe(sent);
    expect(headers.get('content-disposition')).toMatch(/^attachment; /);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain('sandbox');
  });

  test('one byte too many is refused while it comes, and leaves nothing', async () => {
    const run = await testHub({ vars: { MAX_UPLOAD_MB: '1' } });
    const { agent, org } = await staff(run);
    expect((await upload(run, agent, 'x'.repeat(1_048_576), 'full.txt')).status).toBe(201);
    const before = await files(run);
    expect(await upload(run, agent, 'x'.repeat(1_048_577), 'over.txt')).toMatchObject({
      status: 413,
      body: { code: 'file_too_large', limit: 1_048_576 },
    });
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      start: (to) =>
        to.enqueue(Buffer.from('--b\r\ncontent-disposition: form-data; name="file"; filename="x.txt"\r\n\r\n')),
      pull: (to) => {
        sent += 65_536;
        to.enqueue(new Uint8Array(65_536).fill(97));
      },
    });
    const answer = await run.app.request('/api/v1/media', {
      method: 'POST',
      headers: { cookie: agent.cookie, 'content-type': 'multipart/form-data; boundary=b' },
      body: endless,
      duplex: 'half',
    } as RequestInit);
    expect(answer.status).toBe(413);
    expect(sent).toBeLessThan(3 * 1_048_576);
    expect(await files(run)).toEqual(before);
    expect(await org.select('media').selectAll().execute()).toHaveLength(1);
  });

  test('each type has its own limit', async () => {
    const run = await testHub();
    const { org } = await staff(run);
    const limits = [
      { types: ['image/*'], bytes: 10_000 },
      { types: ['text/plain'], bytes: 100 },
    ];
    const send = async (bytes: Uint8Array | string, name: string) => {
      const form = new FormData();
      form.append('file', new Blob([bytes as BlobPart]), name);
      return await receiveUpload(run.hub, org, new Request('http://x/', { method: 'POST', body: form }), {
        limits,
        createdBy: 'visitor:x',
      }).then(
        (stored) => stored.mime,
        (error) => error.code,
      );
    };
    expect(await send(await picture(), 'a.png')).toBe('image/png');
    expect(await send('x'.repeat(100), 'a.txt')).toBe('text/plain');
    expect(await send('x'.repeat(101), 'a.txt')).toBe('file_too_large');
    expect(await send('x'.repeat(10_001), 'a.txt')).toBe('file_too_large');
    expect(await send('%PDF-1.4\n', 'a.pdf')).toBe('file_type_refused');
    expect(await send(Buffer.from([0, 1, 2, 3]), 'a.txt')).toBe('file_type_refused');
    expect(await files(run)).toHaveLength(3);
  });

  test('no form, no file, a broken form', async () => {
    const run = await testHub();
    const { agent } = await staff(run);
    const send = (type: string, body: string) =>
      told(
        Promise.resolve(
          run.app.request('/api/v1/media', {
            method: 'POST',
            headers: { cookie: agent.cookie, 'content-type': type },
            body,
          }),
        ),
      );
    expect(await send('application/json', '{}')).toMatchObject({ status: 415 });
    expect(
      await send(
        'multipart/form-data; boundary=b',
        '--b\r\ncontent-disposition: form-data; name="other"\r\n\r\nx\r\n--b--\r\n',
      ),
    ).toMatchObject({ status: 400, body: { errors: [{ path: 'file', message: 'missing' }] } });
    expect(
      await send(
        'multipart/form-data; boundary=b',
        '--b\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\n\r\nhalf a fi',
      ),
    ).toMatchObject({ status: 400 });
    expect(await files(run)).toEqual([]);
  });

  test('a connection that breaks in the middle leaves nothing', async () => {
    const run = await testHub();
    const { agent, org } = await staff(run);
    const server = createAdaptorServer({ fetch: run.app.fetch });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    await new Promise<void>((resolve) => {
      const socket = connect((server.address() as AddressInfo).port, '127.0.0.1', () => {
        socket.write(
          `POST /api/v1/media HTTP/1.1\r\nhost: x\r\ncookie: ${agent.cookie}\r\ncontent-type: multipart/form-data; boundary=b\r\ncontent-length: 900000\r\n\r\n`,
        );
        socket.write(
          `--b\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\n\r\n${'x'.repeat(300_000)}`,
        );
        setTimeout(() => {
          socket.destroy();
          resolve();
        }, 200);
      });
    });
    await expect.poll(() => files(run), { timeout: 3_000 }).toEqual([]);
    expect(await org.select('media').selectAll().execute()).toEqual([]);
  });

  test('a stranger’s name is made harmless', async () => {
    const run = await testHub();
    const { agent } = await staff(run);
    expect((await upload(run, agent, 'x', '../../etc/pass\u202ewd.txt')).body.name).toBe('passwd.txt');
    expect((await upload(run, agent, await picture(), '..')).body.name).toMatch(/^[0-9a-f]{6}\.png$/);
  });
});

describe('links', () => {
  test('open their own file for its own organisation until their day is over', async () => {
    let now = Date.now();
    const run = await testHub({ now: () => now });
    const { agent } = await staff(run);
    const other = await staff(run, 'Other');
    const [mine, theirs] = [
      (await upload(run, agent, 'mine', 'a.txt')).body,
      (await upload(run, other.agent, 'theirs', 'b.txt')).body,
    ];
    const get = async (url: string) => (await run.app.request(path(url))).status;
    expect(await get(mine.url)).toBe(200);
    expect(await get(mine.url.replace(mine.id, theirs.id))).toBe(403);
    expect(await get(mine.url.replace(/exp=\d+/, 'exp=99999999999'))).toBe(403);
    expect(await get(`${mine.url}&preview=1`)).toBe(403);
    expect(
      await get(
        mine.url.replace(
          /sig=[^.]+/,
          `sig=${Buffer.from(other.org.id.replaceAll('-', ''), 'hex').toString('base64url')}`,
        ),
      ),
    ).toBe(403);
    expect(await get(mine.url.replace(/sig=.*/, 'sig='))).toBe(403);
    expect(await get(mediaUrl(run.hub, other.org.id, { id: mine.id, name: 'a.txt' }))).toBe(404);
    // The same all day, so that the browser keeps it.
    expect(mediaUrl(run.hub, agent.id, { id: mine.id, name: 'x' })).toBe(
      mediaUrl(run.hub, agent.id, { id: mine.id, name: 'x' }),
    );
    now += 10 * 86_400_000;
    expect(await get(mine.url)).toBe(403);
  });

  test('give parts of a file, and nothing when it has not changed', async () => {
    const run = await testHub();
    const { agent } = await staff(run);
    const { body } = await upload(run, agent, '0123456789', 'a.txt');
    const get = (headers: Record<string, string>, method = 'GET') =>
      run.app.request(path(body.url), { headers, method });
    for (const [range, status, text, content] of [
      ['bytes=2-4', 206, '234', 'bytes 2-4/10'],
      ['bytes=7-', 206, '789', 'bytes 7-9/10'],
      ['bytes=-3', 206, '789', 'bytes 7-9/10'],
      ['bytes=0-99', 206, '0123456789', 'bytes 0-9/10'],
      ['bytes=10-', 416, '', 'bytes */10'],
      ['bytes=-0', 416, '', 'bytes */10'],
      ['bytes=5-2', 200, '0123456789', null],
      ['bytes=0-1,3-4', 200, '0123456789', null],
      ['pages=1', 200, '0123456789', null],
    ] as const) {
      const answer = await get({ range });
      expect([range, answer.status, await answer.text(), answer.headers.get('content-range')]).toEqual([
        range,
        status,
        text,
        content,
      ]);
    }
    const etag = (await get({})).headers.get('etag')!;
    expect((await get({ 'if-none-match': etag })).status).toBe(304);
    const head = await get({}, 'HEAD');
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '10', '']);
    expect(head.headers.get('cache-control')).toMatch(/^private, max-age=\d+, immutable$/);
  });

  test('are put into a content with what is known by now; whatever somebody claims is not', async () => {
    const run = await testHub();
    const { agent, org } = await staff(run);
    const other = await staff(run, 'Other');
    const { body } = await upload(run, agent, await picture(40, 30), 'a.png');
    const claimed: Content = {
      type: 'image',
      media: { id: body.id, url: 'https://evil.example/', mime: 'text/html', name: 'evil', source: 'x', size: 1 },
    };
    const content = (await owned(org, claimed)) as Extract<Content, { type: 'image' }>;
    expect(content.media).toEqual({
      id: body.id,
      name: 'a.png',
      mime: 'image/png',
      size: body.size,
      width: 40,
      height: 30,
      state: 'ready',
    });
    await expect(owned(other.org, claimed)).rejects.toMatchObject({ code: 'invalid_input' });
    await expect(owned(org, claimed, 'visitor:x')).rejects.toMatchObject({ code: 'invalid_input' });
    await expect(owned(org, { type: 'file', media: { url: 'https://evil.example/' } })).rejects.toMatchObject({
      code: 'invalid_input',
    });
    expect(await owned(org, { type: 'text', text: 'x' })).toEqual({ type: 'text', text: 'x' });

    let queries = 0;
    const { query } = run.hub.db.pool;
    const connectOnce = run.hub.db.pool.connect.bind(run.hub.db.pool);
    run.hub.db.pool.connect = (async () => {
      queries++;
      return await connectOnce();
    }) as never;
    expect(query).toBeDefined();
    const shown = await Promise.all([claimed, content, claimed].map((one) => withMediaUrls(run.hub, org.id, one)));
    expect(queries).toBe(1);
    for (const one of shown)
      expect(one).toEqual({ type: 'image', media: { ...content.media, url: body.url, previewUrl: body.previewUrl } });
    await withMediaUrls(run.hub, org.id, claimed);
    expect(queries).toBe(1);
    expect(await withMediaUrls(run.hub, other.org.id, claimed)).toMatchObject({ media: { state: 'failed' } });
    expect(await withMediaUrls(run.hub, other.org.id, claimed)).not.toHaveProperty('media.url');
  });
});

describe('fetching what a customer sent', () => {
  async function waiting(
    run: TestHub,
    media: Connector['media'],
  ): Promise<{ org: Org; id: string; row: () => Promise<MediaRow> }> {
    const { org } = await staff(run);
    const { id: channel_id } = await lineChannel(run.hub, org);
    const channel = (await run.hub.rulebook.channelById(org.id, channel_id))!;
    // The very object that the rulebook keeps: only this hub's.
    (channel as { connector: Connector }).connector = { ...channel.connector, media };
    const id = newId();
    await org
      .insert('media', {
        id,
        channel_id,
        source: '123',
        state: 'fetching',
        name: '',
        mime: '',
        created_by: 'visitor',
      } as never)
      .execute();
    return { org, id, row: async () => (await mediaById(org, id))! };
  }
  const streamOf = (...parts: Uint8Array[]) => new Blob(parts as BlobPart[]).stream();

  test('what it is comes from its bytes, and its message is shown anew', async () => {
    const run = await testHub();
    const bytes = await picture(50, 20, 'jpeg');
    const { org, id, row } = await waiting(run, async () => ({
      stream: streamOf(bytes.subarray(0, 100), bytes.subarray(100)),
      mime: 'text/html',
    }));
    const sessionId = newId();
    const contact = newId();
    const identity = newId();
    const { channel_id } = await row();
    await org.insert('contacts', { id: contact, name: 'x', fields: '{}' } as never).execute();
    await org
      .insert('identities', { id: identity, contact_id: contact, channel_id, external_id: 'U', more: '{}' } as never)
      .execute();
    await org
      .insert('sessions', {
        id: sessionId,
        channel_id,
        contact_id: contact,
        identity_id: identity,
        state: 'bot',
        seq: 1,
        last_at: new Date(),
        opened_at: new Date(),
      } as never)
      .execute();
    await org
      .insert('messages', {
        id,
        session_id: sessionId,
        channel_id,
        seq: 1,
        author_type: 'visitor',
        content: '{}',
        delivery: 'delivered',
        created_at: new Date(),
      } as never)
      .execute();
    const news: News[] = [];
    run.hub.live.subscribe((_org, some) => void news.push(...some));
    await fetchMedia(run.hub, org, id);
    expect(await row()).toMatchObject({
      state: 'ready',
      mime: 'image/jpeg',
      size: bytes.length,
      width: 50,
      height: 20,
      preview: true,
      source: null,
      name: expect.stringMatching(/\.jpg$/),
    });
    expect(news).toEqual([{ kind: 'delivery', sessionId, messageIds: [id] }]);
    await fetchMedia(run.hub, org, id);
    expect(news).toHaveLength(1);
  });

  test.each([
    [
      'gone',
      () => {
        throw new Gone('gone');
      },
      { state: 'expired', attempts: 0 },
      [],
    ],
    [
      'refused',
      () => {
        throw new Refused('x', 'no');
      },
      { state: 'failed', attempts: 0 },
      [],
    ],
    [
      'not ready',
      () => {
        throw new Retry('soon', 5_000);
      },
      { state: 'fetching', attempts: 1 },
      [5_000],
    ],
    [
      'a wrong token',
      () => {
        throw new Misconfigured('token', 'bad');
      },
      { state: 'fetching', attempts: 1 },
      [],
    ],
    [
      'a bug',
      () => {
        throw new TypeError('x');
      },
      { state: 'fetching', attempts: 1 },
      [],
    ],
  ])('%s', async (what, fail, expected, delays) => {
    const run = await testHub();
    const { org, id, row } = await waiting(run, async () => fail());
    await fetchMedia(run.hub, org, id);
    expect(await row()).toMatchObject(expected);
    expect(run.jobs.later.map((job) => job.delayMs)).toEqual(delays);
    const alerts = await org.select('alerts').select('kind').execute();
    expect(alerts).toEqual(what === 'a wrong token' ? [{ kind: 'channel' }] : []);
    if (expected.state !== 'fetching') return;
    await org.update('media').set({ attempts: 11 }).where('id', '=', id).execute();
    await fetchMedia(run.hub, org, id);
    expect(await row()).toMatchObject({ state: 'failed' });
  });

  test('more than we take is stopped, cancelled and not kept', async () => {
    const run = await testHub({ vars: { MAX_UPLOAD_MB: '1' } });
    let cancelled = false;
    const endless = new ReadableStream<Uint8Array>({
      pull: (to) => to.enqueue(new Uint8Array(65_536).fill(97)),
      cancel: () => {
        cancelled = true;
      },
    });
    const { org, id, row } = await waiting(run, async () => ({ stream: endless }));
    await fetchMedia(run.hub, org, id);
    expect(await row()).toMatchObject({ state: 'failed' });
    expect(cancelled).toBe(true);
    expect(await files(run)).toEqual([]);
  });
});
