import { BadRequest } from '../errors.ts';
import { readJson } from '../lib/json.ts';

/** A bare number that JavaScript may not hold exactly. A text that looks like one only costs a second reading. */
const LONG = /[:[,]\s*-?\d{16}/;
type WithSource = (this: unknown, key: string, value: unknown, context: { source?: string }) => unknown;
const parse = JSON.parse as (text: string, reviver: WithSource) => unknown;

/**
 * Reads JSON without harming 64-bit ids that came as bare numbers: whole numbers past 2^53 become the text they were
 * written as. Throws BadRequest as `readJson` does.
 */
export function readExact(bytes: Uint8Array): unknown {
  const value = readJson(bytes);
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return LONG.test(raw.toString('latin1')) ? exact(raw.toString('utf8')) : value;
}

/** The same for text that is known to be JSON. */
export function exact(text: string): unknown {
  return parse(text, (_, value, { source }) =>
    typeof value === 'number' && !Number.isSafeInteger(value) && source !== undefined && /^-?\d+$/.test(source)
      ? source
      : value,
  );
}

/** How the last member of that name was written, for handing a number back untouched. Only for JSON that was read before. */
export function sourceOf(text: string, name: string): string | undefined {
  let found: string | undefined;
  parse(text, (key, value, { source }) => {
    if (key === name) found = source;
    return value;
  });
  return found;
}

const encoder = new TextEncoder();

/**
 * The event's content, which is an object or the same as JSON text, depending on the event and the page one believes
 * (douyin.md section 2). Nothing at all is an empty object. Throws BadRequest for anything else.
 */
export function readContent(content: unknown): Record<string, unknown> {
  const value = typeof content === 'string' && content.trim() !== '' ? readExact(encoder.encode(content)) : content;
  if (value === undefined || value === null || value === '' || (typeof value === 'string' && value.trim() === ''))
    return {};
  if (typeof value !== 'object' || Array.isArray(value))
    throw new BadRequest('bad_content', 'Not what Douyin sends: content.');
  return value as Record<string, unknown>;
}
