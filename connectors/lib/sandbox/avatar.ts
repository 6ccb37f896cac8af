import { createHash } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';

const CELLS = 5;
const CELL = 24;
const EDGE = 12;
const SIZE = CELLS * CELL + EDGE * 2;

/** A face for somebody who has none: a small symmetric pattern, the same for the same id. A PNG of 144 × 144. */
export function avatar(id: string): Uint8Array {
  const hash = createHash('sha256').update(id).digest();
  const ink = colour(((hash[0] ?? 0) * 360) / 256);
  const rows: Buffer[] = [];
  for (let y = 0; y < SIZE; y++) {
    const row = Buffer.alloc(1 + SIZE * 3, 238);
    row[0] = 0;
    for (let x = 0; x < SIZE; x++) if (isInk(hash, x, y)) row.set(ink, 1 + x * 3);
    rows.push(row);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(SIZE, 0);
  header.writeUInt32BE(SIZE, 4);
  header.set([8, 2, 0, 0, 0], 8); // eight bits, true colour
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function isInk(hash: Buffer, x: number, y: number): boolean {
  const column = Math.floor((x - EDGE) / CELL);
  const row = Math.floor((y - EDGE) / CELL);
  if (column < 0 || row < 0 || column >= CELLS || row >= CELLS) return false;
  const mirrored = Math.min(column, CELLS - 1 - column);
  return ((hash[1 + mirrored * CELLS + row] ?? 0) & 1) === 1;
}

/** A calm colour of that hue. */
function colour(hue: number): number[] {
  const channel = (n: number) => {
    const k = (n + hue / 30) % 12;
    return Math.round(255 * (0.48 - 0.26 * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  };
  return [channel(0), channel(8), channel(4)];
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
