import { BadRequest } from '../errors.ts';

/** Deepest nesting we take; deeper bodies would end the stack of whoever writes them out again. */
const MAX_DEPTH = 64;
/** Most characters of foreign data kept beside an event that we do not understand. */
const MAX_DATA = 16_384;
const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads a JSON body that came from outside. What PostgreSQL cannot keep (NUL, lone surrogates) or nobody can write out
 * again (endless nesting, numbers past the range) is refused here, once for all connectors, in keys as in values.
 * Throws BadRequest with `not_utf8`, `bad_json`, `nul`, `lone_surrogate` or `too_deep`.
 */
export function readJson(body: Uint8Array): unknown {
  let text: string;
  try {
    text = utf8.decode(body);
  } catch {
    throw new BadRequest('not_utf8', 'The body is not UTF-8.');
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new BadRequest('bad_json', 'The body is not JSON.');
  }
  if (!isPlain(text)) inspect(value);
  return value;
}

/**
 * Whether nothing in a body (already known to be JSON) could be amiss: without escapes of them there is no NUL and no half
 * character, as decoder and parser let neither through as they stand; without many brackets no depth; without long or
 * exponential numbers none past the range. Most bodies are so, and the walk would cost twice what parsing does.
 */
function isPlain(text: string): boolean {
  if (text.includes('\\') && HARMFUL.test(text)) return false;
  let opened = 0;
  let digits = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) at = text.indexOf('"', at + 1);
    else if ((unit === BRACKET || unit === BRACE) && ++opened > MAX_DEPTH) return false;
    if (unit >= ZERO && unit <= NINE) {
      if (++digits > MAX_DIGITS) return false;
    } else if (digits > 0) {
      if (unit === E || unit === SMALL_E) return false;
      digits = 0;
    }
  }
  return true;
}
/** Escapes of NUL and of half characters (whole ones are made of two), and those that make it unclear where a text ends. */
const HARMFUL = /\\(?:u(?:0000|[dD][89a-fA-F])|["\\])/;
const [QUOTE, BRACKET, BRACE, ZERO, NINE, E, SMALL_E] = [0x22, 0x5b, 0x7b, 0x30, 0x39, 0x45, 0x65];
/** Longer numbers are looked at: 309 digits are past the range. */
const MAX_DIGITS = 300;

/** Walks without recursion: the body decides how deep it goes, not our stack. */
function inspect(root: unknown): void {
  const todo: [unknown, number][] = [[root, 0]];
  for (let next = todo.pop(); next; next = todo.pop()) {
    const [value, depth] = next;
    if (typeof value === 'string') inspectText(value);
    else if (typeof value === 'number' && !Number.isFinite(value)) {
      throw new BadRequest('bad_json', 'A number is out of range.');
    } else if (typeof value === 'object' && value !== null) {
      if (depth >= MAX_DEPTH) throw new BadRequest('too_deep', `The body nests deeper than ${MAX_DEPTH}.`);
      if (Array.isArray(value)) for (const item of value) todo.push([item, depth + 1]);
      else {
        for (const key of Object.keys(value)) {
          inspectText(key);
          todo.push([(value as Record<string, unknown>)[key], depth + 1]);
        }
      }
    }
  }
}

function inspectText(text: string): void {
  if (text.includes('\u0000')) throw new BadRequest('nul', 'A text holds a NUL character.');
  if (!text.isWellFormed()) throw new BadRequest('lone_surrogate', 'A text holds half a character.');
}

/** Foreign data small enough to keep for whoever wants to know; past the bound only its size. */
export function bounded(data: unknown): unknown {
  const length = JSON.stringify(data)?.length ?? 0;
  return length <= MAX_DATA ? data : { tooLong: length };
}
