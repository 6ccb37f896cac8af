import { pieces } from './lib/text.ts';

/** A text with its web addresses to click. Text nodes and links only. */
export function Linked({ text }: { text: string }) {
  return (
    <>
      {pieces(text).map((piece) =>
        typeof piece === 'string' ? (
          piece
        ) : (
          <a href={piece.href} target="_blank" rel="noopener noreferrer nofollow">
            {piece.text}
          </a>
        ),
      )}
    </>
  );
}
