import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import { AwsV4Signer } from 'aws4fetch';
import { describe, expect, onTestFinished, test } from 'vitest';
import { newId } from '../id.ts';
import { testFolder } from '../test/folder.ts';
import { diskStore } from './disk.ts';
import { s3Store } from './s3.ts';
import type { MediaStore } from './store.ts';

const keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'a secret of tests only', region: 'us-east-1' };

/** What a store that speaks S3 does with signed requests; `fail` makes it answer so many times with a 503 first. */
async function standIn() {
  const objects = new Map<string, Buffer>();
  const state = { fail: 0, refused: 0 };
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray());
    const url = `http://${request.headers.host}${request.url}`;
    const names = /SignedHeaders=([^,]+)/.exec(request.headers.authorization ?? '')?.[1]?.split(';') ?? [];
    const signed = await new AwsV4Signer({
      ...keys,
      url,
      method: request.method!,
      service: 's3',
      allHeaders: true,
      datetime: String(request.headers['x-amz-date']),
      headers: Object.fromEntries(
        names
          .filter((name) => name !== 'host' && name !== 'x-amz-date')
          .map((name) => [name, String(request.headers[name])]),
      ),
    }).sign();
    if (signed.headers.get('authorization') !== request.headers.authorization) {
      state.refused++;
      return response.writeHead(403).end();
    }
    if (state.fail-- > 0) return response.writeHead(503).end();
    const key = request.url!;
    const found = objects.get(key);
    if (request.method === 'PUT') {
      objects.set(key, body);
      return response.writeHead(200).end();
    }
    if (request.method === 'DELETE') {
      objects.delete(key);
      return response.writeHead(204).end();
    }
    if (!found) return response.writeHead(404).end();
    const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '');
    const part = range ? found.subarray(Number(range[1]), Number(range[2]) + 1) : found;
    response.writeHead(range ? 206 : 200, { 'content-length': part.length });
    return response.end(request.method === 'HEAD' ? undefined : part);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, objects, state };
}

async function s3() {
  const there = await standIn();
  const store = s3Store({ ...keys, endpoint: there.endpoint, bucket: 'files', folder: testFolder() });
  return { store, ...there };
}
const text = async (stream: Readable | null) => stream && Buffer.concat(await stream.toArray()).toString();
async function* parts(...all: string[]) {
  for (const part of all) yield Buffer.from(part);
}
const place = () => ({ organisationId: newId(), id: newId() });

describe.each<[string, () => Promise<MediaStore>]>([
  ['a folder', async () => diskStore(testFolder())],
  ['a bucket', async () => (await s3()).store],
])('%s', (_, make) => {
  test('gives back what it was given, whole and in parts, and forgets it when told', async () => {
    const store = await make();
    const at = place();
    expect(await store.put(at, parts('hello ', 'world'))).toBe(11);
    expect(await store.put({ ...at, preview: true }, parts('small'))).toBe(5);
    expect(await text(await store.open(at))).toBe('hello world');
    expect(await text(await store.open({ ...at, preview: true }))).toBe('small');
    expect(await text(await store.open(at, { start: 6, end: 10 }))).toBe('world');
    expect(await store.size(at)).toBe(11);
    await store.remove(at);
    expect([await store.open(at), await store.size(at)]).toEqual([null, null]);
    expect(await store.size({ ...at, preview: true })).toBe(5);
    await store.remove(at);
  });

  test('keeps nothing of what breaks off', async () => {
    const store = await make();
    const at = place();
    async function* broken() {
      yield Buffer.from('half');
      throw new Error('gone');
    }
    await expect(store.put(at, broken())).rejects.toThrow('gone');
    expect(await store.size(at)).toBeNull();
  });

  test('takes no names but ids of ours', async () => {
    const store = await make();
    await expect(store.put({ organisationId: '../..', id: newId() }, parts('x'))).rejects.toThrow('not an id');
  });
});

test('a bucket that stumbles is asked again; one that refuses says so without a secret', async () => {
  const { store, state, objects } = await s3();
  const at = place();
  state.fail = 2;
  expect(await store.put(at, parts('again'))).toBe(5);
  expect(objects.size).toBe(1);
  state.fail = 9;
  await expect(store.size(at)).rejects.toThrow('503');
  const stranger = s3Store({
    ...keys,
    secretAccessKey: 'another',
    endpoint: (await standIn()).endpoint,
    bucket: 'b',
    folder: testFolder(),
  });
  const error = (await stranger.size(at).catch((caught) => caught)) as Error;
  expect(error.message).toContain('403');
  expect(error.message).not.toContain('another');
}, 20_000);
