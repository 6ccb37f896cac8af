import { readFileSync } from 'node:fs';
import type { OutFile } from '../connector.ts';

let cover: OutFile | undefined;

/** A plain picture of our own for what WeChat will not show without one: videos, and cards nobody gave a picture. */
export function ownCover(): OutFile {
  if (cover) return cover;
  const bytes = readFileSync(new URL('./cover.jpg', import.meta.url));
  cover = {
    blob: new Blob([bytes], { type: 'image/jpeg' }),
    name: 'cover.jpg',
    mime: 'image/jpeg',
    hash: 'own-cover-1',
  };
  return cover;
}
