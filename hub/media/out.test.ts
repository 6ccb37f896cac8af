import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { newId } from '../id.ts';
import type { Org } from '../store/org.ts';
import { organisation } from '../test/build.ts';
import { type TestHub, testHub } from '../test/hub.ts';
import { outFile } from './out.ts';

/** Noise, so that it does not shrink to nothing by itself. */
const noise = (width: number, height: number, format: 'png' | 'webp' | 'jpeg') =>
  sharp({
    create: { width, height, channels: 3, background: '#888', noise: { type: 'gaussian', mean: 128, sigma: 60 } },
  })
    .toFormat(format)
    .toBuffer();

async function stored({ hub }: TestHub, org: Org, bytes: Buffer, name: string, mime: string, width = 0, height = 0) {
  const id = newId();
  await hub.media.put(
    { organisationId: org.id, id },
    (async function* () {
      yield bytes;
    })(),
  );
  await org
    .insert('media', {
      id,
      channel_id: null,
      source: null,
      state: 'ready',
      name,
      mime,
      size: bytes.length,
      width: width || null,
      height: height || null,
      created_by: 'test',
    })
    .execute();
  return { id };
}

describe('a file on its way to a platform that wants it uploaded', () => {
  test('goes as it is where it fits, and says the same hash each time', async () => {
    const run = await testHub();
    const org = await organisation(run.hub);
    const bytes = await noise(40, 30, 'jpeg');
    const media = await stored(run, org, bytes, '照片', 'image/jpeg', 40, 30);
    const rule = { types: ['image/jpeg'], bytes: 1_000_000 };
    const [one, two] = [await outFile(run.hub, org.id, media, rule), await outFile(run.hub, org.id, media)];
    expect(Buffer.from(await one.blob.arrayBuffer()).equals(bytes)).toBe(true);
    expect([one.name, one.mime, one.hash]).toEqual(['照片.jpg', 'image/jpeg', two.hash]);
  });

  test('a picture of another type, too heavy or too wide is made a JPEG that fits', async () => {
    const run = await testHub();
    const org = await organisation(run.hub);
    const bytes = await noise(1600, 1200, 'webp');
    const media = await stored(run, org, bytes, 'big.webp', 'image/webp', 1600, 1200);
    const made = await outFile(run.hub, org.id, media, { types: ['image/jpeg'], bytes: 300_000, pixels: 1280 });
    expect([made.name, made.mime]).toEqual(['big.jpg', 'image/jpeg']);
    expect(made.blob.size).toBeLessThanOrEqual(300_000);
    const { width, format } = await sharp(await made.blob.arrayBuffer()).metadata();
    expect(format).toBe('jpeg');
    expect(width).toBeLessThanOrEqual(1280);
  });

  test('what cannot be made to fit is refused in a word, another house’s is not there', async () => {
    const run = await testHub();
    const org = await organisation(run.hub);
    const text = await stored(run, org, Buffer.from('words'), 'a.txt', 'text/plain');
    const code = (work: Promise<unknown>) =>
      work.then(
        () => 'ok',
        (error: { code: string }) => error.code,
      );
    expect(await code(outFile(run.hub, org.id, text, { types: ['image/jpeg'], bytes: 100 }))).toBe('file_type_refused');
    expect(await code(outFile(run.hub, org.id, text, { types: ['text/plain'], bytes: 2 }))).toBe('file_too_large');
    const elsewhere = await organisation(run.hub, 'Elsewhere');
    expect(await code(outFile(run.hub, elsewhere.id, text))).toBe('file_missing');
  });
});
