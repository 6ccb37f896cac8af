import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** Plain bytes under one seal. A saved login is some megabytes: sealed piece by piece, never whole in memory. */
const PIECE = 1024 * 1024;
const MAGIC = Buffer.from('haina link 1\n');
const TAG = 16;

/**
 * AES-256-GCM over pieces of a stream: each with a nonce of its own (random start and number), tied to `context`, to its
 * place and to whether it is the last, so that none can be taken away, added or moved.
 */
export async function* seal(bytes: AsyncIterable<Uint8Array>, key: Buffer, context: string): AsyncGenerator<Buffer> {
  const start = randomBytes(8);
  yield Buffer.concat([MAGIC, start]);
  let number = 0;
  let rest: Buffer = Buffer.alloc(0);
  const one = (piece: Buffer, last: boolean) => {
    const cipher = createCipheriv('aes-256-gcm', key, nonce(start, number)).setAAD(place(context, number, last));
    const body = Buffer.concat([cipher.update(piece), cipher.final()]);
    number++;
    const length = Buffer.alloc(4);
    length.writeUInt32BE(body.length);
    return Buffer.concat([length, cipher.getAuthTag(), body]);
  };
  for await (const part of bytes) {
    rest = Buffer.concat([rest, part]);
    while (rest.length > PIECE) {
      yield one(rest.subarray(0, PIECE), false);
      rest = rest.subarray(PIECE);
    }
  }
  yield one(rest, true);
}

/** The other way. Throws when a byte was changed, the end is missing or the key or the context is another. */
export async function* unseal(bytes: AsyncIterable<Uint8Array>, key: Buffer, context: string): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  let start: Buffer | undefined;
  let number = 0;
  let waiting: { tag: Buffer; body: Buffer } | undefined;
  const open = ({ tag, body }: { tag: Buffer; body: Buffer }, last: boolean) => {
    const decipher = createDecipheriv('aes-256-gcm', key, nonce(start!, number)).setAAD(place(context, number, last));
    decipher.setAuthTag(tag);
    number++;
    return Buffer.concat([decipher.update(body), decipher.final()]);
  };
  for await (const part of bytes) {
    rest = Buffer.concat([rest, part]);
    if (!start) {
      if (rest.length < MAGIC.length + 8) continue;
      if (!rest.subarray(0, MAGIC.length).equals(MAGIC)) throw new Error('This is no sealed login.');
      start = Buffer.from(rest.subarray(MAGIC.length, MAGIC.length + 8));
      rest = rest.subarray(MAGIC.length + 8);
    }
    while (rest.length >= 4 + TAG) {
      const length = rest.readUInt32BE();
      if (length > PIECE) throw new Error('This is no sealed login.');
      if (rest.length < 4 + TAG + length) break;
      if (waiting) yield open(waiting, false);
      waiting = {
        tag: Buffer.from(rest.subarray(4, 4 + TAG)),
        body: Buffer.from(rest.subarray(4 + TAG, 4 + TAG + length)),
      };
      rest = rest.subarray(4 + TAG + length);
    }
  }
  if (!waiting || rest.length) throw new Error('The sealed login is cut off.');
  yield open(waiting, true);
}

function nonce(start: Buffer, number: number): Buffer {
  const all = Buffer.alloc(12);
  start.copy(all);
  all.writeUInt32BE(number, 8);
  return all;
}

const place = (context: string, number: number, last: boolean) =>
  Buffer.from(`${context} ${number} ${last ? 'last' : ''}`);
