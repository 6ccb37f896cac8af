import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join, normalize, sep } from 'node:path';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const TYPES: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  mjs: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json',
  map: 'application/json',
  svg: 'image/svg+xml',
  png: 'image/png',
  jpg: 'image/jpeg',
  webp: 'image/webp',
  ico: 'image/x-icon',
  woff2: 'font/woff2',
  txt: 'text/plain; charset=utf-8',
  webmanifest: 'application/manifest+json',
  mp3: 'audio/mpeg',
  ogg: 'audio/ogg',
  wasm: 'application/wasm',
};
const PACKED = /^(text\/|application\/(json|manifest)|image\/svg)/;
/** Files up to this size are compressed once and kept; a build's are. */
const MOST = 4_194_304;

type Coding = 'br' | 'gzip';
interface Kept {
  changed: number;
  bodies: Map<Coding | 'plain', Promise<Buffer>>;
}
const squeeze: Record<Coding, (bytes: Buffer) => Promise<Buffer>> = {
  br: (bytes) =>
    promisify(brotliCompress)(bytes, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
    }),
  gzip: (bytes) => promisify(gzip)(bytes, { level: 9 }),
};

/**
 * The files of one built folder. Text goes out compressed: what the build has packed already (`.br`, `.gz`) as it is, the
 * rest packed when first asked for and kept until the file changes.
 */
export function folder(root: string) {
  const kept = new Map<string, Kept>();

  async function find(path: string): Promise<{ file: string; size: number; changed: number } | null> {
    const file = normalize(join(root, path));
    if (!file.startsWith(root.endsWith(sep) ? root : root + sep)) return null;
    try {
      const facts = await stat(file);
      return facts.isFile() ? { file, size: facts.size, changed: facts.mtimeMs } : null;
    } catch {
      return null;
    }
  }

  /** Null when there is no such file. `prefix` goes in front of a text, inside the compression. */
  async function serve(
    path: string,
    request: Request,
    headers: Record<string, string> = {},
    prefix = '',
  ): Promise<Response | null> {
    const found = await find(path);
    if (!found) return null;
    const type = TYPES[path.slice(path.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
    const answer = new Headers({ 'content-type': type, ...headers });
    const coding = PACKED.test(type) && found.size < MOST ? accepted(request.headers.get('accept-encoding')) : null;
    if (PACKED.test(type)) answer.append('vary', 'accept-encoding');
    if (!prefix) {
      const etag = `W/"${found.size.toString(36)}-${Math.floor(found.changed).toString(36)}"`;
      answer.set('etag', etag);
      if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers: answer });
    }
    const empty = request.method === 'HEAD';
    if (found.size >= MOST) {
      answer.set('content-length', String(found.size));
      return new Response(empty ? null : (Readable.toWeb(createReadStream(found.file)) as ReadableStream), {
        headers: answer,
      });
    }
    const body = prefix
      ? await packed(Buffer.concat([Buffer.from(prefix), await bytes(found, 'plain')]), coding)
      : await bytes(found, coding ?? 'plain');
    if (coding) answer.set('content-encoding', coding);
    answer.set('content-length', String(body.length));
    return new Response(empty ? null : new Uint8Array(body), { headers: answer });
  }

  const packed = async (body: Buffer, coding: Coding | null) => (coding ? await squeeze[coding](body) : body);

  function bytes(found: { file: string; changed: number }, coding: Coding | 'plain'): Promise<Buffer> {
    let entry = kept.get(found.file);
    if (entry?.changed !== found.changed) kept.set(found.file, (entry = { changed: found.changed, bodies: new Map() }));
    let body = entry.bodies.get(coding);
    if (!body) {
      body = read(found.file, coding);
      body.catch(() => kept.delete(found.file));
      entry.bodies.set(coding, body);
    }
    return body;
  }

  async function read(file: string, coding: Coding | 'plain'): Promise<Buffer> {
    if (coding === 'plain') return await readFile(file);
    try {
      return await readFile(`${file}.${coding === 'br' ? 'br' : 'gz'}`);
    } catch {
      return await squeeze[coding](await readFile(file));
    }
  }

  return { serve, find };
}

function accepted(header: string | null): Coding | null {
  const codings = (header ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => !/;\s*q=0(\.0*)?$/.test(part))
    .map((part) => part.split(';')[0]);
  return codings.includes('br') ? 'br' : codings.includes('gzip') ? 'gzip' : null;
}
