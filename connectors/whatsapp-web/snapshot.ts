import { cp, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, posix, sep } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { z } from 'zod';
import { profileIn } from './browser.ts';

/** What of a browser's profile is the login: what the page stored. Caches and histories are not. */
const LOGIN = [
  'Local State',
  'Default/Preferences',
  'Default/Cookies',
  'Default/Network',
  'Default/IndexedDB',
  'Default/Local Storage',
  'Default/Session Storage',
  'Default/WebStorage',
];
/** Locks and logs of the browser's own; they belong to the process that made them. */
const OMITTED = new Set(['LOCK', 'LOG', 'LOG.old']);
const TRIES = 5;
/** Bytes unpacked at most: a bound, not a measure. */
const MOST_BYTES = 4 * 1024 ** 3;

const head = z.strictObject({
  version: z.literal(1),
  /** Names this very snapshot. */
  id: z.string().min(1).max(100),
  account: z.string().max(100).optional(),
  /** When the account was last seen well, epoch milliseconds. */
  seenAt: z.number().optional(),
});
export type Head = z.infer<typeof head>;
const entry = z.union([
  z.strictObject({ path: z.string().min(1).max(1000), size: z.int().nonnegative() }),
  z.strictObject({ end: z.literal(true) }),
]);

/** The login of a profile as one compressed stream; the browser may be running. Copied first, because it goes on writing. */
export async function pack(folder: string, about: Head): Promise<ReadableStream<Uint8Array>> {
  const copy = join(folder, 'saving');
  await copyLogin(profileIn(folder), copy);
  const packed = Readable.from(parts(copy, about));
  const zipped = createGzip();
  void pipeline(packed, zipped)
    .catch(() => {})
    .finally(() => rm(copy, { recursive: true, force: true }));
  return Readable.toWeb(zipped) as ReadableStream<Uint8Array>;
}

async function* parts(root: string, about: Head): AsyncGenerator<Buffer> {
  yield framed(about);
  for (const path of await filesIn(root)) {
    const bytes = await readFile(join(root, path));
    yield framed({ path: path.split(sep).join('/'), size: bytes.length });
    yield bytes;
  }
  yield framed({ end: true });
}

function framed(value: object): Buffer {
  const text = Buffer.from(JSON.stringify(value));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.length);
  return Buffer.concat([length, text]);
}

/** A store of the page is a set of files that belong together: copied again when one came or went meanwhile. */
async function copyLogin(profile: string, copy: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    await rm(copy, { recursive: true, force: true });
    const before = await listing(profile);
    try {
      for (const part of LOGIN) {
        if (!(await stat(join(profile, part)).catch(() => null))) continue;
        const filter = (from: string) => !OMITTED.has(posix.basename(from.split(sep).join('/')));
        await cp(join(profile, part), join(copy, part), { recursive: true, filter });
      }
      if (before === (await listing(profile)) || tries === TRIES) return;
    } catch (error) {
      if (tries === TRIES) throw error;
    }
  }
}

async function listing(profile: string): Promise<string> {
  const all = await Promise.all(LOGIN.map((part) => filesIn(join(profile, part))));
  return JSON.stringify(all.map((files) => files.filter((file) => !OMITTED.has(file.split(sep).at(-1)!))));
}

async function filesIn(root: string): Promise<string[]> {
  const found = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
  return found
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name).slice(root.length + 1))
    .sort();
}

/**
 * Puts a saved login in the place of this machine's, unless `isOurs` says that it is the one this machine saved last (then
 * the profile here is newer). Throws on a stream that is cut off or not ours; the profile is as it was then.
 */
export async function unpack(
  stream: ReadableStream<Uint8Array>,
  folder: string,
  isOurs: (about: Head) => boolean,
): Promise<Head> {
  const reader = bytesOf(stream);
  try {
    const about = head.parse(JSON.parse(await reader.frame()));
    if (isOurs(about)) return about;
    const fresh = join(folder, 'restoring');
    await rm(fresh, { recursive: true, force: true });
    await mkdir(fresh, { recursive: true });
    let total = 0;
    for (;;) {
      const next = entry.parse(JSON.parse(await reader.frame()));
      if ('end' in next) {
        await reader.finish();
        break;
      }
      total += next.size;
      const path = posix.normalize(next.path);
      if (total > MOST_BYTES || path.startsWith('..') || posix.isAbsolute(path) || path.includes('\\'))
        throw new Error('The saved login holds what is none.');
      const target = join(fresh, ...path.split('/'));
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, await reader.take(next.size));
    }
    await rm(profileIn(folder), { recursive: true, force: true });
    await rename(fresh, profileIn(folder));
    return about;
  } finally {
    await reader.close();
  }
}

function bytesOf(stream: ReadableStream<Uint8Array>) {
  const source = Readable.fromWeb(stream as import('node:stream/web').ReadableStream);
  const plain = createGunzip();
  // A cut-off source must end the reading, not leave it waiting.
  source.on('error', (error) => plain.destroy(error));
  const iterator = source.pipe(plain)[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let rest: Buffer = Buffer.alloc(0);
  async function take(size: number): Promise<Buffer> {
    const pieces = [rest];
    let have = rest.length;
    while (have < size) {
      const { done, value } = await iterator.next();
      if (done) throw new Error('The saved login is cut off.');
      pieces.push(value);
      have += value.length;
    }
    const all = pieces.length === 1 ? rest : Buffer.concat(pieces);
    rest = all.subarray(size);
    return all.subarray(0, size);
  }
  return {
    take,
    async frame() {
      const size = (await take(4)).readUInt32BE();
      if (size > 100_000) throw new Error('The saved login is none.');
      return (await take(size)).toString('utf8');
    },
    /** Nothing may follow, and the checksum must be right. */
    async finish() {
      const { done } = await iterator.next();
      if (!done || rest.length) throw new Error('The saved login is none.');
    },
    async close() {
      source.destroy();
      plain.destroy();
    },
  };
}
