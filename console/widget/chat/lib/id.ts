let last = 0;

/**
 * A UUIDv7, also on plain http pages, where `crypto.randomUUID` is missing. Each sorts after the one before it, so that
 * what was written in one millisecond keeps its order.
 */
export function newId(): string {
  const now = (last = Math.max(Date.now(), last + 1));
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let at = 0; at < 6; at++) bytes[at] = Math.floor(now / 2 ** (8 * (5 - at))) & 255;
  bytes[6] = (bytes[6]! & 15) | 112;
  bytes[8] = (bytes[8]! & 63) | 128;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
