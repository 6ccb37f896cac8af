/** A body as Meta writes it: whatever is outside ASCII as lower-case escapes; the signature is over that form. */
export function escaped(value: unknown): Uint8Array {
  const text = JSON.stringify(value);
  return new TextEncoder().encode(
    text.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  );
}
