import { randomFillSync } from 'node:crypto';
import { uuidv7Maker } from '../core/id.ts';

// Chance is bought in bulk: one call to the system for 512 ids.
const pool = new Uint8Array(4096);
let used = pool.length;

/** A new UUIDv7. */
export const newId: () => string = uuidv7Maker(Date.now, (bytes) => {
  if (used + bytes.length > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  bytes.set(pool.subarray(used, used + bytes.length));
  used += bytes.length;
});
