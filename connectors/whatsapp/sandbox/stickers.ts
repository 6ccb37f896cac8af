import { readFileSync } from 'node:fs';
import { PhoneRefusal } from '../../lib/phone/model.ts';
import { model } from './model.ts';

const read = new Map<string, Uint8Array>();

/** The file of a sticker, webp of 512 × 512. Throws PhoneRefusal for one that the phone does not have. */
export function stickerFile(id: string): Uint8Array {
  if (!model.sends.stickers?.some((sticker) => sticker.id === id))
    throw new PhoneRefusal('not_found', 'No such sticker.');
  const known = read.get(id) ?? new Uint8Array(readFileSync(new URL(`./stickers/${id}.webp`, import.meta.url)));
  read.set(id, known);
  return known;
}
