import { safeName } from '../../connectors/lib/text.ts';
import type { FileRule } from '../../core/can.ts';
import { Refusal } from '../../core/refusal.ts';
import { look, MOST_IMAGE_BYTES } from './image.ts';
import { fits, HEAD, sniff, textType } from './sniff.ts';
import type { MediaStore, Place } from './store.ts';
import { isPhoneVoice, MOST_VOICE_BYTES, playable } from './voice.ts';

/** What is known of a file once it lies in the store. `preview`: a small picture, or a voice made so that browsers play it. */
export interface Kept {
  name: string;
  mime: string;
  size: number;
  width: number | null;
  height: number | null;
  preview: boolean;
}

export interface Offered {
  /** As the sender calls it. */
  name?: string | undefined;
  /** Types taken and how many bytes of each; the first rule that fits counts. Programs never are. */
  limits: readonly FileRule[];
  /** A picture that cannot be unpacked, and bytes of no known type, are kept as they are: refusing would lose what a customer sent. */
  lenient?: boolean;
}

/**
 * Puts a file into the store while it arrives. Stops at the first byte too many (`file_too_large`) and before anything
 * is written when the type is not taken (`file_type_refused`); in either case nothing is left behind.
 */
export async function keep(
  store: MediaStore,
  place: Place,
  bytes: AsyncIterable<Uint8Array>,
  { name, limits, lenient = false }: Offered,
): Promise<Kept> {
  const called = safeName(name) ?? '';
  const source = bytes[Symbol.asyncIterator]();
  const { head, ended } = await readHead(source);
  const found = await sniff(head, called);
  if (found === 'program') throw new Refusal('file_type_refused');
  const most = Math.max(...limits.map((rule) => rule.bytes));
  /** Bytes allowed of this type. */
  const allowed = (mime: string): number => {
    const rule = lenient ? { bytes: most } : limits.find(({ types }) => fits(mime, types));
    if (!rule) throw new Refusal('file_type_refused');
    return rule.bytes;
  };
  const limit = found ? allowed(found.mime) : most;

  const text = found ? null : new TextChecker();
  const isPicture = found?.mime.startsWith('image/');
  const isVoice = found ? isPhoneVoice(found.mime) : false;
  const whole = isPicture || isVoice ? ([] as Uint8Array[]) : null;
  const mostWhole = isPicture ? MOST_IMAGE_BYTES : MOST_VOICE_BYTES;
  let size = 0;
  let mime = found?.mime;
  async function* watched() {
    for (let part: Uint8Array | undefined = head; part; part = await nextPart()) {
      size += part.length;
      if (size > limit) throw tooLarge(limit);
      text?.see(part);
      if (whole && size <= mostWhole) whole.push(part);
      yield part;
    }
    // The type is refused before the last byte is in its place, so nothing has to be taken back.
    mime ??= text!.isText() ? textType(called) : 'application/octet-stream';
    if (size > allowed(mime)) throw tooLarge(allowed(mime));
  }
  const nextPart = async () => {
    if (ended) return undefined;
    const { value, done } = await source.next();
    return done ? undefined : value;
  };
  try {
    await store.put(place, watched());
  } finally {
    await source.return?.();
  }

  const kept: Kept = {
    name: called || `${place.id.slice(-6)}.${endFor(mime!)}`,
    mime: mime!,
    size,
    width: null,
    height: null,
    preview: false,
  };
  if (!whole || size > mostWhole) return kept;
  if (isVoice) {
    const sound = await playable(Buffer.concat(whole), mime!);
    if (sound) await store.put({ ...place, preview: true }, once(sound));
    return { ...kept, preview: sound !== null };
  }
  const seen = await look(Buffer.concat(whole));
  if (!seen) {
    if (lenient) return kept;
    await store.remove(place);
    throw new Refusal('file_type_refused');
  }
  if (seen.preview) await store.put({ ...place, preview: true }, once(seen.preview));
  return { ...kept, width: seen.width, height: seen.height, preview: seen.preview !== null };
}

async function readHead(source: AsyncIterator<Uint8Array>): Promise<{ head: Uint8Array; ended: boolean }> {
  const parts: Uint8Array[] = [];
  let size = 0;
  while (size < HEAD) {
    const { value, done } = await source.next();
    if (done) return { head: Buffer.concat(parts), ended: true };
    parts.push(value);
    size += value.length;
  }
  return { head: Buffer.concat(parts), ended: false };
}

const tooLarge = (limit: number) => new Refusal('file_too_large', undefined, { limit });

/** Whether all of a file is UTF-8 without control characters, seen part by part. */
class TextChecker {
  #decoder = new TextDecoder('utf-8', { fatal: true });
  #text = true;
  see(part: Uint8Array): void {
    if (!this.#text) return;
    try {
      this.#decoder.decode(part, { stream: true });
      if (part.includes(0)) this.#text = false;
    } catch {
      this.#text = false;
    }
  }
  /** Ask when all has been seen. */
  isText(): boolean {
    try {
      this.#decoder.decode();
    } catch {
      // Ends in the middle of a character.
      this.#text = false;
    }
    return this.#text;
  }
}

async function* once(bytes: Uint8Array) {
  yield bytes;
}

const ENDS: Record<string, string> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'audio/mp4': 'm4a',
  'audio/mpeg': 'mp3',
  'audio/ogg': 'ogg',
  'audio/amr': 'amr',
  'audio/amr-wb': 'amr',
  'audio/silk': 'silk',
  'audio/wav': 'wav',
  'video/mp4': 'mp4',
  'video/quicktime': 'mov',
  'application/pdf': 'pdf',
  'text/plain': 'txt',
};
export const endFor = (mime: string): string => ENDS[mime] ?? 'bin';
