/**
 * UUIDv7 (RFC 9562): 48 bits of milliseconds, then a counter, then chance, so that ids made by one process sort by the
 * time they were made. `now` is epoch milliseconds; `random` fills 8 bytes.
 */
export function uuidv7Maker(now: () => number, random: (bytes: Uint8Array) => void): () => string {
  const tail = new Uint8Array(8);
  let last = 0;
  let counter = 0;
  return () => {
    const time = now();
    if (time > last) {
      last = time;
      counter = 0;
    } else if (++counter > 0xfff) {
      last++;
      counter = 0;
    }
    random(tail);
    tail[0] = (tail[0]! & 0x3f) | 0x80;
    const clock = last.toString(16).padStart(12, '0');
    let end = '';
    for (const byte of tail) end += HEX[byte];
    return `${clock.slice(0, 8)}-${clock.slice(8)}-7${counter.toString(16).padStart(3, '0')}-${end.slice(0, 4)}-${end.slice(4)}`;
  };
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
