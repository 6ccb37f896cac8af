import sharp from 'sharp';

/** Pixels of a picture we are willing to unpack: 50 million take about 200 MB for a moment. */
const MOST_PIXELS = 50_000_000;
/** Bytes of a picture we look into; larger ones are files like any other. */
export const MOST_IMAGE_BYTES = 26_214_400;
/** LINE takes previews of at most 1 MB, as JPEG or PNG (line.md, outgoing pictures). */
const PREVIEW_BYTES = 1_000_000;
const PREVIEW_EDGE = 1024;

sharp.cache(false);
sharp.concurrency(1);
let last: Promise<unknown> = Promise.resolve();

export interface Picture {
  width: number;
  height: number;
  preview: Buffer | null;
}

/**
 * Measures a picture the way it is shown (cameras store it lying on its side) and makes the small one. Null when it
 * cannot be unpacked: broken, too large, or not what its first bytes say. One picture at a time, for the sake of memory.
 */
export function look(bytes: Uint8Array): Promise<Picture | null> {
  const result = last.then(() => examine(bytes));
  last = result.catch(() => {});
  return result;
}

async function examine(bytes: Uint8Array): Promise<Picture | null> {
  const open = () => sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error' });
  try {
    const { width, height, orientation = 1 } = await open().metadata();
    const [shownWidth, shownHeight] = orientation >= 5 ? [height, width] : [width, height];
    for (const quality of [80, 60, 35]) {
      // First frame, upright, on white: JPEG knows neither motion nor transparency.
      const preview = await open()
        .autoOrient()
        .resize({ width: PREVIEW_EDGE, height: PREVIEW_EDGE, fit: 'inside', withoutEnlargement: true })
        .flatten({ background: '#ffffff' })
        .jpeg({ quality })
        .toBuffer();
      if (preview.length <= PREVIEW_BYTES) return { width: shownWidth, height: shownHeight, preview };
    }
    return { width: shownWidth, height: shownHeight, preview: null };
  } catch {
    return null;
  }
}

/** The same picture as a JPEG of at most so many bytes (and pixels on its longer side), or null when that cannot be. */
export function shrink(bytes: Uint8Array, most: number, pixels?: number): Promise<Buffer | null> {
  const result = last.then(async () => {
    try {
      for (const edge of [pixels ?? 4096, 2048, 1280, 800].filter((one) => one <= (pixels ?? 4096))) {
        const jpeg = await sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error' })
          .autoOrient()
          .resize({ width: edge, height: edge, fit: 'inside', withoutEnlargement: true })
          .flatten({ background: '#ffffff' })
          .jpeg({ quality: 82 })
          .toBuffer();
        if (jpeg.length <= most) return jpeg;
      }
      return null;
    } catch {
      return null;
    }
  });
  last = result.catch(() => {});
  return result;
}
