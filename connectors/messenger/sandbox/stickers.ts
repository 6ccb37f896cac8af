import { readFileSync } from 'node:fs';
import { PhoneRefusal } from '../../lib/phone/model.ts';
import { model } from './model.ts';

let drawings: string | undefined;

/** One of the phone's drawings as a picture of its own. Throws PhoneRefusal for one that the phone does not have. */
export function stickerFile(id: string): string {
  drawings ??= readFileSync(new URL('../../lib/phone/page/stickers.svg', import.meta.url), 'utf8');
  const picture = model.sends.stickers?.find((sticker) => sticker.id === id)?.picture;
  const [, inside] = (picture && new RegExp(`<symbol id="${picture}"[^>]*>(.*?)</symbol>`, 's').exec(drawings)) || [];
  if (!inside) throw new PhoneRefusal('not_found', 'No such sticker.');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 120">${inside}</svg>`;
}
