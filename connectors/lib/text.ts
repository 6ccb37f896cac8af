/** The first `max` UTF-16 units of a text, never half a character. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  const end = text.charCodeAt(max - 1);
  return text.slice(0, end >= 0xd800 && end <= 0xdbff ? max - 1 : max);
}

/**
 * A file name a stranger chose, made harmless to show and to offer for saving: no path, no control characters, no
 * characters that turn the reading direction (they hide an `.exe`), at most 255 units. `undefined` when nothing is left.
 */
export function safeName(name: string | undefined): string | undefined {
  const clean = name
    ?.replace(/[\p{Cc}\p{Bidi_Control}]/gu, '')
    .split(/[/\\]/)
    .at(-1)
    ?.trim();
  return clean && clean !== '.' && clean !== '..' ? cut(clean, 255) : undefined;
}
