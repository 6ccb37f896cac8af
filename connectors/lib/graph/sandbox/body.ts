import type { RawRequest } from '../../../connector.ts';
import { signature } from '../signature.ts';

/** A body as Meta writes it: whatever is outside ASCII as lower-case escapes; the signature is over that form. */
export function escaped(value: unknown): Uint8Array {
  const text = JSON.stringify(value);
  return new TextEncoder().encode(
    text.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  );
}

/** The request Meta makes of a body: escaped, and signed with the app's secret. */
export function posted(value: unknown, appSecret: string): RawRequest {
  const body = escaped(value);
  const headers = { 'content-type': 'application/json', 'x-hub-signature-256': signature(body, appSecret) };
  return { method: 'POST', path: '', query: {}, headers, body };
}
