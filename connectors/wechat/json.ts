import { BadRequest } from '../errors.ts';
import { readJson } from '../lib/json.ts';

/** A text or a number, whole. */
const PIECES = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
/** A number of more digits than a double keeps. */
const WHOLE = /^-?[1-9]\d{15,}$/;
const LONG = /\d{16}/;
const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads a push in JSON (mini-programs may choose it). Ids of 64 bits are bare numbers there, which `JSON.parse` would
 * round: every long number becomes a text first. Throws BadRequest as `readJson`, and `not_wechat` for what is no object.
 */
export function readPush(body: Uint8Array): Record<string, unknown> {
  const value = readJson(wholeNumbers(body));
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new BadRequest('not_wechat', 'The body is not an object.');
  return value as Record<string, unknown>;
}

function wholeNumbers(body: Uint8Array): Uint8Array {
  let text: string;
  try {
    text = utf8.decode(body);
  } catch {
    return body; // readJson says what is wrong with it
  }
  if (!LONG.test(text)) return body;
  return new TextEncoder().encode(text.replace(PIECES, (piece) => (WHOLE.test(piece) ? `"${piece}"` : piece)));
}
