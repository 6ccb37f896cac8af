import { encode } from 'silk-wasm';
import { describe, expect, test } from 'vitest';
import { testHub } from '../test/hub.ts';
import { staff, told } from '../test/people.ts';
import { playable } from './voice.ts';

/** A second of AMR: fifty frames of 12.2 kbit/s (RFC 4867) with nothing said. */
const amr = Buffer.concat([
  Buffer.from('#!AMR\n'),
  ...Array.from({ length: 50 }, () => Buffer.concat([Buffer.from([0x3c]), Buffer.alloc(31)])),
]);

/** A second of a tone. */
function tone(rate: number): Buffer {
  const samples = Buffer.alloc(rate * 2);
  for (let n = 0; n < rate; n++)
    samples.writeInt16LE(Math.round(Math.sin((n * 2 * Math.PI * 440) / rate) * 12_000), n * 2);
  return samples;
}
const silk = async (): Promise<Buffer> => Buffer.from((await encode(tone(24_000), 24_000)).data);

/** Rate and seconds, as a WAV's own header tells. */
function facts(wav: Buffer): { rate: number; seconds: number } {
  expect(wav.subarray(0, 4).toString()).toBe('RIFF');
  expect(wav.readUInt32LE(4)).toBe(wav.length - 8);
  const rate = wav.readUInt32LE(24);
  return { rate, seconds: wav.readUInt32LE(40) / 2 / rate };
}

describe('voices that no browser plays', () => {
  test('AMR and SILK become WAV of the same length', async () => {
    expect(facts((await playable(amr, 'audio/amr'))!)).toEqual({ rate: 8000, seconds: expect.closeTo(1, 1) });
    const spoken = (await playable(await silk(), 'audio/silk'))!;
    expect(facts(spoken)).toEqual({ rate: 24_000, seconds: expect.closeTo(1, 1) });
    // The tone is still in it.
    let loudest = 0;
    for (let at = 44; at < spoken.length; at += 2) loudest = Math.max(loudest, Math.abs(spoken.readInt16LE(at)));
    expect(loudest).toBeGreaterThan(6000);
  });

  test.each([
    ['audio/amr', Buffer.from('#!AMR\nnot a frame at all')],
    ['audio/silk', Buffer.from('\x02#!SILK_V3 broken')],
    ['audio/x-speex', Buffer.from('nothing')],
  ])('a broken %s is left as it is', async (mime, bytes) => {
    const wav = await playable(bytes, mime);
    expect(wav === null || facts(wav).seconds < 1).toBe(true);
  });

  test('what is stored keeps its own bytes, and has one that can be heard beside it', async () => {
    const run = await testHub();
    const { agent } = await staff(run);
    for (const [name, bytes, mime] of [
      ['a.amr', amr, 'audio/amr'],
      ['b.silk', await silk(), 'audio/silk'],
    ] as const) {
      const form = new FormData();
      form.append('file', new Blob([new Uint8Array(bytes)]), name);
      const { status, body } = await told(
        Promise.resolve(
          run.app.request('/api/v1/media', { method: 'POST', headers: { cookie: agent.cookie }, body: form }),
        ),
      );
      expect({ status, mime: body.mime }).toEqual({ status: 201, mime });
      const heard = await run.app.request(body.previewUrl.slice(run.hub.publicUrl.length));
      expect(heard.headers.get('content-type')).toBe('audio/wav');
      expect(facts(Buffer.from(await heard.arrayBuffer())).seconds).toBeCloseTo(1, 1);
      const own = await run.app.request(body.url.slice(run.hub.publicUrl.length));
      expect(Buffer.from(await own.arrayBuffer()).equals(bytes)).toBe(true);
    }
  });
});
