import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { seal, unseal } from './sealed.ts';

const key = randomBytes(32);
async function* parts(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
const all = async (stream: AsyncIterable<Uint8Array>) => {
  const pieces = [];
  for await (const piece of stream) pieces.push(piece);
  return Buffer.concat(pieces);
};

test.each([0, 1, 1000, 1024 * 1024, 1024 * 1024 + 1, 3 * 1024 * 1024 + 17])(
  '%i bytes come out as they went in',
  async (size) => {
    const plain = randomBytes(size);
    const sealed = await all(seal(parts(plain, 70_001), key, 'channel'));
    if (size > 8) expect(sealed.includes(plain.subarray(0, Math.min(size, 64)))).toBe(false);
    expect((await all(unseal(parts(sealed, 33_333), key, 'channel'))).equals(plain)).toBe(true);
  },
);

test('a changed byte, a missing end, another key or another account are refused', async () => {
  const sealed = await all(seal(parts(randomBytes(2_500_000), 100_000), key, 'channel'));
  const open = (bytes: Buffer, with_ = key, context = 'channel') => all(unseal(parts(bytes, 50_000), with_, context));
  for (const at of [0, 15, 30, 60, 1_200_000, sealed.length - 1]) {
    const changed = Buffer.from(sealed);
    changed[at]! ^= 1;
    await expect(open(changed), `byte ${at}`).rejects.toThrow();
  }
  // Cut exactly between two pieces: each of them is whole, and still the end is missing.
  const piece = 4 + 16 + 1024 * 1024;
  for (const length of [0, 10, 21, 21 + piece, 21 + 2 * piece, sealed.length - 1])
    await expect(open(sealed.subarray(0, length)), `${length} bytes`).rejects.toThrow();
  await expect(open(sealed, randomBytes(32))).rejects.toThrow();
  await expect(open(sealed, key, 'another')).rejects.toThrow();
});
