import type { ContentOf } from './content.ts';
import { Icon } from './icons.tsx';
import { sizeText } from './lib/files.ts';
import { safeUrl } from './lib/text.ts';
import type { Words } from './words/index.ts';

type Media = ContentOf<'file'>['media'];

/** Files as a visitor sees or hears them; where one is not here any more, or not yet, words say so. */
/** What is said in place of a file that is not here. */
function lack(media: Media, words: Words): string | undefined {
  if (media.state === 'fetching') return words.fetching;
  return media.state === 'expired' || media.state === 'failed' || !media.url || !safeUrl(media.url)
    ? words.expired
    : undefined;
}

function Missing({ text }: { text: string }) {
  return <p class="text quiet">{text}</p>;
}

export function Picture({ media, words, onZoom }: { media: Media; words: Words; onZoom(url: string): void }) {
  const missing = lack(media, words);
  if (missing) return <Missing text={missing} />;
  const { width = 0, height = 0 } = media;
  const scale = Math.min(1, 240 / (width || 240), 280 / (height || 280));
  const sides =
    width && height
      ? { width: Math.max(48, Math.round(width * scale)), height: Math.max(32, Math.round(height * scale)) }
      : {};
  return (
    <button type="button" class="picture" aria-label={words.enlarge} onClick={() => onZoom(media.url!)}>
      <img src={safeUrl(media.previewUrl) ?? media.url} alt={media.name || words.image} {...sides} loading="lazy" />
    </button>
  );
}

export function Clip({ media, words }: { media: Media; words: Words }) {
  const missing = lack(media, words);
  return missing ? (
    <Missing text={missing} />
  ) : (
    <video
      class="clip"
      src={media.url}
      poster={safeUrl(media.previewUrl)}
      controls
      playsInline
      preload="metadata"
      aria-label={words.video}
    />
  );
}

export function Sound({ media, words }: { media: Media; words: Words }) {
  const missing = lack(media, words);
  return missing ? (
    <Missing text={missing} />
  ) : (
    <audio src={safeUrl(media.previewUrl) ?? media.url} controls preload="none" aria-label={words.voice} />
  );
}

export function FileCard({ media, words }: { media: Media; words: Words }) {
  const missing = lack(media, words);
  const inner = (
    <>
      <Icon name="file" />
      <span>
        <b>{media.name || words.file}</b>
        <small>{missing ?? (media.size ? sizeText(media.size) : words.download)}</small>
      </span>
    </>
  );
  return missing ? (
    <div class="card">{inner}</div>
  ) : (
    <a class="card" href={media.url} download={media.name || true} target="_blank" rel="noopener noreferrer">
      {inner}
    </a>
  );
}
