import { describe, expect, it } from 'vitest';
import { TEXT_BYTES } from './limits.ts';
import { splitBytes } from './text-bytes.ts';

describe('texts in bytes', () => {
  it('are cut between characters and lose nothing', () => {
    const long = `${'你好👋\n'.repeat(300)}\ufeff end`;
    const pieces = splitBytes(long, TEXT_BYTES);
    expect(pieces.join('')).toBe(long);
    for (const piece of pieces) {
      expect(Buffer.byteLength(piece)).toBeLessThanOrEqual(TEXT_BYTES);
      expect(piece.isWellFormed()).toBe(true);
    }
    expect(splitBytes('👋👋', 4)).toEqual(['👋', '👋']);
    expect(splitBytes('', 10)).toEqual([]);
  });
});
