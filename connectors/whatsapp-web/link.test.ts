import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Inbound } from '../../core/inbound.ts';
import type { Sendable } from '../../core/message.ts';
import { fakeTools } from '../contract/tools.ts';
import { Misconfigured, Retry, Uncertain } from '../errors.ts';
import type { LinkState } from '../link.ts';
import { freeProfile } from './browser.ts';
import * as limit from './limits.ts';
import { linkWith } from './link.ts';
import { pack, unpack } from './snapshot.ts';
import { FakeClient } from './test/fake.ts';

const ADA = '4915550000009@c.us';
const folders: string[] = [];
const folder = () => {
  const made = mkdtempSync(join(tmpdir(), 'haina-link-'));
  folders.push(made);
  return made;
};
beforeEach(() => void vi.spyOn(Math, 'random').mockReturnValue(0));
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  for (const one of folders.splice(0)) rmSync(one, { recursive: true, force: true });
});

function raw(id: string, more: Record<string, unknown> = {}, fromMe = false, remote = ADA) {
  const key = { fromMe, remote, id, _serialized: `${fromMe}_${remote}_${id}` };
  return { id: key, type: 'chat', body: 'Hello', timestamp: 1_760_000_000, from: remote, to: remote, ...more };
}

/** A link that is ready, with a clock that goes on by itself when something waits. */
async function ready(client = new FakeClient(), place = folder()) {
  vi.useFakeTimers({ shouldAdvanceTime: true, advanceTimeDelta: 20 });
  client.numbers.set('4915550000009', ADA);
  const events: Inbound[] = [];
  const states: LinkState[] = [];
  const tools = { ...fakeTools(fetch, {}), now: () => Date.now() };
  const holder = {
    receive: vi.fn(async (more: Inbound[]) => void events.push(...more)),
    state: (state: LinkState) => void states.push(state),
    folder: place,
    saved: { load: async () => null, save: async () => {}, remove: async () => {} },
  };
  const link = await linkWith(
    async () => client,
    async () => '/bin/true',
  ).open({}, tools, holder);
  await vi.waitFor(() => expect(client.listenerCount('message_ack')).toBe(1), 10_000);
  const begin = async () => {
    client.emit('ready');
    await vi.waitFor(() => expect(states.at(-1)?.state).toBe('ready'));
  };
  const send = (content: Sendable, to = ADA, quote?: string) =>
    link.send({ to, key: 'k', messages: [{ id: '1', content, quote }] });
  const text = (words: string) => ({ type: 'text' as const, text: words });
  return { client, link, events, states, holder, tools, begin, send, text };
}

describe('sending through a linked account', () => {
  it('not open: again later; stopped: says why', async () => {
    const { client, send, text, begin } = await ready();
    await expect(send(text('x'))).rejects.toThrow(Retry);
    await begin();
    client.emit('change_state', 'TOS_BLOCK');
    await vi.advanceTimersByTimeAsync(0);
    await expect(send(text('x'))).rejects.toThrow(Misconfigured);
  });

  it('a number is looked up first, once; a hidden id is an address already', async () => {
    const { client, send, text, begin } = await ready();
    await begin();
    client.numbers.set('4915550000009', '77777@lid');
    await send(text('one'));
    await send(text('two'), '4915550000009');
    await send(text('three'), '88888@lid');
    expect(client.sent.map(({ chat }) => chat)).toEqual(['77777@lid', '77777@lid', '88888@lid']);
    expect(client.asked.filter((what) => what.startsWith('number'))).toHaveLength(1);
    await expect(send(text('x'), '4915550000000@c.us')).rejects.toMatchObject({ code: 'unreachable' });
  });

  it('one after the other, with a pause between', async () => {
    const { client, send, text, begin } = await ready();
    await begin();
    const at: number[] = [];
    client.sending = async (chat) => {
      at.push(Date.now());
      return { id: `true_${chat}_${at.length}` };
    };
    const all = Promise.all(['1', '2', '3'].map((words) => send(text(words))));
    await vi.advanceTimersByTimeAsync(10_000);
    await all;
    expect(at).toHaveLength(3);
    expect(at[1]! - at[0]!).toBeGreaterThanOrEqual(limit.GENTLE_MS[0] - 1);
    expect(at[2]! - at[1]!).toBeGreaterThanOrEqual(limit.GENTLE_MS[0] - 1);
  });

  it('nothing came of it: a failure; no answer: unknown, unless the page shows it', async () => {
    const { client, send, text, begin } = await ready();
    await begin();
    client.sending = async () => null;
    await expect(send(text('x'))).rejects.toMatchObject({ name: 'Refused', code: 'unreachable' });
    client.sending = () => new Promise(() => {});
    const lost = expect(send(text('lost'))).rejects.toThrow(Uncertain);
    await vi.advanceTimersByTimeAsync(30_000);
    await lost;
    client.sending = async () => {
      client.emit('message_create', raw('3EB0X', { body: 'shown' }, true));
      throw new Error('Protocol error: Target closed');
    };
    await expect(send(text('shown'))).resolves.toMatchObject({ messages: [{ externalId: `true_${ADA}_3EB0X` }] });
  });

  it('a quote that is not there is said, not left out', async () => {
    const { client, send, text, begin } = await ready();
    await begin();
    await expect(send(text('x'), ADA, 'false_x_1')).rejects.toMatchObject({ code: 'quote_gone' });
    client.messages.set('false_x_2', raw('2'));
    await send(text('x'), ADA, 'false_x_2:caption');
    expect(client.sent).toMatchObject([{ quote: 'false_x_2' }]);
  });

  it('its own words are no echo, those typed on the phone are; receipts go forward only, after the hub knows', async () => {
    const { client, send, text, begin, events } = await ready();
    await begin();
    client.sending = async () => {
      client.emit('message_create', raw('OWN', { body: 'ours' }, true));
      client.emit('message_create', raw('PHONE', { body: 'typed' }, true));
      client.emit('message_ack', raw('OWN', {}, true), 2);
      return { id: `true_${ADA}_OWN` };
    };
    await send(text('ours'));
    await vi.advanceTimersByTimeAsync(100);
    expect(events.map(({ kind }) => kind)).toEqual(['echo']);
    expect(events[0]).toMatchObject({ messageId: `true_${ADA}_PHONE` });
    await vi.advanceTimersByTimeAsync(limit.KNOWN_AFTER_MS);
    for (const ack of [3, 2, 1, -1, 4]) client.emit('message_ack', raw('OWN', {}, true), ack);
    await vi.advanceTimersByTimeAsync(100);
    expect(events.flatMap((event) => (event.kind === 'receipt' ? [event.state] : []))).toEqual([
      'delivered',
      'read',
      'read',
    ]);
  });
});

describe('hearing through a linked account', () => {
  it('what cannot be kept is offered again, in order', async () => {
    const { client, holder, events, begin } = await ready();
    await begin();
    holder.receive.mockRejectedValueOnce(new Error('database away')).mockRejectedValueOnce(new Error('still away'));
    client.emit('message_create', raw('1', { body: 'first' }));
    client.emit('message', raw('1', { body: 'first' }));
    client.emit('message_create', raw('2', { body: 'second' }));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(events.map((event) => event.kind === 'message' && event.content)).toMatchObject([
      { text: 'first' },
      { text: 'second' },
    ]);
  });

  it('asks for other ids once for each person; a page that is silent does not hold anything up', async () => {
    const { client, events, begin } = await ready();
    client.known.set(ADA, [ADA, '77777@lid']);
    await begin();
    client.emit('message_create', raw('1'));
    client.emit('message_create', raw('2'));
    await vi.advanceTimersByTimeAsync(100);
    expect(events).toMatchObject([{ aliases: ['77777@lid'] }, { aliases: ['77777@lid'] }]);
    expect(client.asked.filter((what) => what.startsWith('aliases'))).toHaveLength(1);
    client.aliases = () => new Promise(() => {});
    client.emit('message_create', raw('3', {}, false, '4915550000008@c.us'));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(events).toHaveLength(3);
  });

  it('fetches what was said meanwhile, from the second time on', async () => {
    const place = folder();
    const first = await ready(new FakeClient(), place);
    await first.begin();
    expect(first.client.asked).toEqual([]);
    await first.link.close();
    const client = new FakeClient();
    client.missed = [raw('MISSED', { body: 'anybody?' })];
    const { events, begin } = await ready(client, place);
    await begin();
    await vi.advanceTimersByTimeAsync(100);
    expect(client.asked[0]).toMatch(/^unread \d+$/);
    expect(events).toMatchObject([{ content: { text: 'anybody?' } }]);
  });

  it('something of no shape we know is kept by name', async () => {
    const { client, events, begin } = await ready();
    await begin();
    for (const odd of [null, undefined, 7, {}, { id: { _serialized: 'x' }, type: 'new' }])
      client.emit('message_create', odd);
    client.emit('message_ack', undefined, 2);
    client.emit('message_reaction', { nothing: true });
    await vi.advanceTimersByTimeAsync(100);
    expect(events).toHaveLength(5);
    for (const event of events) expect(event).toMatchObject({ kind: 'ignored', what: 'unreadable' });
  });

  it('files: bounded, and gone only after the phone had its chances', async () => {
    const { client, link, begin } = await ready();
    await begin();
    const now = Math.floor(Date.now() / 1000);
    client.messages.set('f', raw('f', { type: 'image', timestamp: now }));
    client.files = [{ data: Buffer.from('bytes').toString('base64'), mime: 'image/png; x' }];
    const { stream, mime, size } = await link.media!('f');
    expect([await new Response(stream).text(), mime, size]).toEqual(['bytes', 'image/png', 5]);
    for (let tries = 1; tries < limit.DOWNLOAD_TRIES; tries++)
      await expect(link.media!('f')).rejects.toMatchObject({ name: 'Retry' });
    await expect(link.media!('f')).rejects.toMatchObject({ name: 'Gone' });
    await expect(link.media!('none')).rejects.toMatchObject({ name: 'Gone' });
    client.messages.set('big', raw('b', { type: 'video', timestamp: now, _data: { size: limit.FILE_BYTES + 1 } }));
    await expect(link.media!('big')).rejects.toMatchObject({ code: 'file_too_large' });
    client.messages.set('old', raw('o', { type: 'image', timestamp: now - 40 * 86_400 }));
    await expect(link.media!('old')).rejects.toMatchObject({ name: 'Gone' });
  });
});

describe('the saved login', () => {
  const about = { version: 1 as const, id: 'one', account: '49', seenAt: 5 };
  const write = async (root: string, path: string, text: string) => {
    await mkdir(join(root, 'session', path, '..'), { recursive: true });
    await writeFile(join(root, 'session', path), text);
  };
  const bytesOf = async (stream: ReadableStream<Uint8Array>) =>
    new Uint8Array(await new Response(stream).arrayBuffer());
  const streamOf = (bytes: Uint8Array) => new Blob([new Uint8Array(bytes)]).stream() as ReadableStream<Uint8Array>;

  it('holds what the page stored and no caches, and replaces what is there', async () => {
    const [from, to] = [folder(), folder()];
    await write(from, 'Default/IndexedDB/x.leveldb/000003.log', 'keys');
    await write(from, 'Default/IndexedDB/x.leveldb/LOCK', '');
    await write(from, 'Default/Local Storage/leveldb/CURRENT', 'M');
    await write(from, 'Default/Cache/data_0', 'cache');
    await write(to, 'Default/IndexedDB/old', 'old');
    const saved = await bytesOf(await pack(from, about));
    expect(await unpack(streamOf(saved), to, () => false)).toEqual(about);
    const read = (path: string) => readFile(join(to, 'session', path), 'utf8').catch(() => null);
    expect(await read('Default/IndexedDB/x.leveldb/000003.log')).toBe('keys');
    expect(await read('Default/Local Storage/leveldb/CURRENT')).toBe('M');
    for (const gone of ['Default/Cache/data_0', 'Default/IndexedDB/old', 'Default/IndexedDB/x.leveldb/LOCK'])
      expect(await read(gone)).toBeNull();
  });

  it('leaves this machine’s own when it was the last to save, and when the saved one is broken', async () => {
    const [from, to] = [folder(), folder()];
    await write(from, 'Default/IndexedDB/a', 'a'.repeat(100_000));
    await write(to, 'Default/IndexedDB/mine', 'mine');
    const saved = await bytesOf(await pack(from, about));
    await unpack(streamOf(saved), to, ({ id }) => id === 'one');
    for (const broken of [
      saved.subarray(0, saved.length - 9),
      saved.subarray(0, 5),
      new Uint8Array([1, 2, 3]),
      new Uint8Array(),
    ])
      await expect(unpack(streamOf(broken), to, () => false)).rejects.toThrow();
    expect(await readFile(join(to, 'session/Default/IndexedDB/mine'), 'utf8')).toBe('mine');
  });

  it('a lock of a browser that is no more is removed, a stranger’s process is left alone', async () => {
    const place = folder();
    await mkdir(join(place, 'session'));
    await symlink(`${hostname()}-${process.pid}`, join(place, 'session', 'SingletonLock'));
    await freeProfile(place);
    await expect(readFile(join(place, 'session', 'SingletonLock'))).rejects.toThrow();
    expect(process.pid).toBeGreaterThan(0);
  });
});
