import { createHash } from 'node:crypto';
import { Retry } from '../../errors.ts';

/**
 * The same bytes, and at their end an error (Retry) instead of a close when they are not those that were announced.
 * `sha256` in base64 or hex, as Meta writes it here and there; anything else is not compared.
 */
export function verified(stream: ReadableStream<Uint8Array>, sha256: string | undefined): ReadableStream<Uint8Array> {
  const expected = sha256 && announced(sha256);
  if (!expected) return stream;
  const hash = createHash('sha256');
  return stream.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, out) {
        hash.update(chunk);
        out.enqueue(chunk);
      },
      flush(out) {
        if (!hash.digest().equals(expected)) out.error(new Retry('The file is not the one that was announced.'));
      },
    }),
  );
}

function announced(text: string): Buffer | undefined {
  if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, 'hex');
  return /^[A-Za-z0-9+/_-]{43}=?$/.test(text) ? Buffer.from(text, 'base64') : undefined;
}
