const bytes = (text: string) => Buffer.byteLength(text);

/** The beginning of a text that is at most so many bytes of UTF-8, never half a character. */
export function cutBytes(text: string, max: number): string {
  if (bytes(text) <= max) return text;
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(new TextEncoder().encode(text).subarray(0, max), {
    stream: true,
  });
}

/** The whole text in pieces of at most so many bytes (4 or more); cut after a line where one ends in the second half. */
export function splitBytes(text: string, max: number): string[] {
  const pieces: string[] = [];
  for (let rest = text; rest; ) {
    let piece = cutBytes(rest, Math.max(4, max));
    if (piece.length < rest.length) {
      const line = Math.max(piece.lastIndexOf('\n'), piece.lastIndexOf('。')) + 1;
      if (line > piece.length / 2) piece = piece.slice(0, line);
    }
    pieces.push(piece);
    rest = rest.slice(piece.length);
  }
  return pieces;
}
