import { BadRequest } from '../errors.ts';
import { readJson } from '../lib/json.ts';

/** A number of this many digits may be past 2^53. */
const LONG = /\d{16}/;
const WHOLE = /^-?\d+$/;

type Reviver = (key: string, value: unknown, context: { source?: string }) => unknown;
/** The third argument is ES2026; Node 24 has it, the types do not yet. */
const parse = JSON.parse as (text: string, reviver?: Reviver) => unknown;

/** JSON in which whole numbers too big for a double stay what they were, as texts: Weibo's ids are int64. */
export function parseExact(text: string): unknown {
  if (!LONG.test(text)) return parse(text);
  return parse(text, (_, value, { source }) =>
    typeof value === 'number' && !Number.isSafeInteger(value) && source !== undefined && WHOLE.test(source)
      ? source
      : value,
  );
}

/**
 * Reads a push. Throws BadRequest as `readJson` does, and `xml_format` for an account that is set to WeChat's XML: the
 * check sets it back to JSON (weibo.md section 3).
 */
export function readPush(body: Uint8Array): unknown {
  const value = guard(body);
  const text = new TextDecoder().decode(body);
  return LONG.test(text) ? parseExact(text) : value;
}

function guard(body: Uint8Array): unknown {
  if (isXml(body))
    throw new BadRequest(
      'xml_format',
      'Weibo sends XML to this account, we read JSON: run the check of this channel, it sets the format to JSON (eps/push/set_format).',
    );
  return readJson(body);
}

const [LESS, SPACE] = [0x3c, 0x20];

function isXml(body: Uint8Array): boolean {
  // A byte order mark may come first.
  const start = body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf ? 3 : 0;
  for (let at = start; at < body.length; at++) {
    const byte = body[at]!;
    if (byte > SPACE) return byte === LESS;
  }
  return false;
}
