import { spawn } from 'node:child_process';

/** Voices of a minute are 100 kB; more is not a voice message. Bytes. */
export const MOST_VOICE_BYTES = 4_194_304;
/** Longest sound we unpack: at 16 kHz ten minutes are 19 MB. Seconds. */
const MOST_SECONDS = 600;
/** SILK has no rate in its header; WeChat and its kin write 24 kHz. */
const SILK_RATE = 24_000;
const FFMPEG_MS = 20_000;

/** Kinds of sound that telephones send and no browser plays. */
const PHONES = new Set(['audio/amr', 'audio/amr-wb', 'audio/silk', 'audio/x-speex', 'audio/3gpp', 'audio/3gpp2']);
export const isPhoneVoice = (mime: string): boolean => PHONES.has(mime);

let last: Promise<unknown> = Promise.resolve();

/**
 * A voice message as WAV (16 bit, one channel), which every browser plays. AMR and SILK are unpacked here; what else
 * telephones send goes through ffmpeg where the machine has it. Null when it cannot be unpacked: then it is a file to be
 * downloaded. One at a time, for the sake of memory.
 */
export function playable(bytes: Uint8Array, mime: string): Promise<Buffer | null> {
  const result = last.then(() => unpack(bytes, mime).catch(() => null));
  last = result;
  return result;
}

async function unpack(bytes: Uint8Array, mime: string): Promise<Buffer | null> {
  if (mime === 'audio/silk') {
    const { decode } = await import('silk-wasm');
    const { data } = await decode(bytes, SILK_RATE);
    return data.length > 0 && data.length / 2 / SILK_RATE <= MOST_SECONDS ? wav(Buffer.from(data), SILK_RATE) : null;
  }
  if (mime === 'audio/amr' || mime === 'audio/amr-wb') {
    const { default: decode } = await import('@audio/decode-amr');
    const { channelData, sampleRate } = await decode(bytes);
    const [sound] = channelData;
    if (!sound?.length || sound.length / sampleRate > MOST_SECONDS) return null;
    const samples = Buffer.alloc(sound.length * 2);
    for (const [index, value] of sound.entries())
      samples.writeInt16LE(Math.round(Math.max(-1, Math.min(1, value)) * 32_767), index * 2);
    return wav(samples, sampleRate);
  }
  return await byFfmpeg(bytes);
}

/** 44 bytes of header before one channel of 16-bit samples. */
function wav(samples: Buffer, rate: number): Buffer {
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + samples.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(samples.length, 40);
  return Buffer.concat([head, samples]);
}

/** Reads and writes pipes only, and is ended when it takes too long. Null where there is no ffmpeg, or it cannot. */
async function byFfmpeg(bytes: Uint8Array): Promise<Buffer | null> {
  const options = ['-hide_banner', '-loglevel', 'error', '-nostdin', '-protocol_whitelist', 'pipe'];
  const shape = ['-t', String(MOST_SECONDS), '-vn', '-ac', '1', '-ar', '16000', '-f', 's16le', 'pipe:1'];
  return await new Promise((resolve) => {
    const child = spawn('ffmpeg', [...options, '-i', 'pipe:0', ...shape], { stdio: ['pipe', 'pipe', 'ignore'] });
    const timer = setTimeout(() => child.kill('SIGKILL'), FFMPEG_MS);
    const parts: Buffer[] = [];
    child.stdout.on('data', (part: Buffer) => parts.push(part));
    child.stdin.on('error', () => {});
    child.on('error', () => resolve(null));
    child.on('close', (code) => {
      clearTimeout(timer);
      const samples = Buffer.concat(parts);
      resolve(code === 0 && samples.length ? wav(samples, 16_000) : null);
    });
    child.stdin.end(bytes);
  });
}
