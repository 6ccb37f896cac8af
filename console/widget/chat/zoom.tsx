import { useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from './icons.tsx';
import { safeUrl } from './lib/text.ts';
import type { Words } from './words/index.ts';

/** A picture as large as the window. A real dialog: focus stays inside, Escape closes only it. */
export function Zoom({ url, words, onClose }: { url: string; words: Words; onClose(): void }) {
  const box = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => box.current!.showModal(), []);
  const src = safeUrl(url);
  return (
    <dialog
      ref={box}
      class="zoom"
      aria-label={words.image}
      onClose={onClose}
      onClick={() => box.current!.close()}
      onKeyDown={(event) => event.key === 'Escape' && event.stopPropagation()}
    >
      <img src={src} alt={words.image} />
      <nav>
        <a
          class="plain"
          href={src}
          target="_blank"
          rel="noopener noreferrer"
          download
          aria-label={words.download}
          onClick={(event) => event.stopPropagation()}
        >
          <Icon name="down" />
        </a>
        <button type="button" class="plain" aria-label={words.close}>
          <Icon name="close" />
        </button>
      </nav>
    </dialog>
  );
}
