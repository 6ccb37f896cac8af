import type { VisitorMessage } from '../../../hub/shapes/visitor.ts';
import { Icon } from './icons.tsx';
import { Later } from './later.tsx';
import { sizeText } from './lib/files.ts';
import { insideMiniProgram, openPage } from './lib/miniProgram.ts';
import { safeUrl } from './lib/text.ts';
import { Linked } from './linked.tsx';
import { leads, type Stand } from './rows.ts';
import type { View } from './view.ts';
import type { Words } from './words/index.ts';

type Content = NonNullable<VisitorMessage['content']>;
type Media = Extract<Content, { type: 'file' }>['media'];

/** Whether a content fills its bubble to the edge. */
export const isPicture = (content: Content | null) => content?.type === 'image' || content?.type === 'video';

interface Props {
  content: Content;
  view: View;
  stand?: Stand;
  onZoom(url: string): void;
}

/** Draws what a message says. Strangers wrote it: text nodes, checked addresses, never HTML. */
export function Body({ content, view, stand, onZoom }: Props) {
  const { words } = view;
  switch (content.type) {
    case 'text':
      return (
        <p class="text">
          <Linked text={content.text} />
        </p>
      );
    case 'action':
      return <p class="text">{content.text || content.data}</p>;
    case 'image':
      return <Picture media={content.media} words={words} onZoom={onZoom} />;
    case 'video':
      return <Clip media={content.media} words={words} />;
    case 'voice':
      return <Sound media={content.media} words={words} />;
    case 'file':
      return <Card media={content.media} words={words} />;
    case 'sticker': {
      const url = safeUrl(content.url);
      return content.url && url ? (
        <img class="sticker" src={url} alt={content.text || words.sticker} referrerpolicy="no-referrer" />
      ) : (
        <p class="text">[{content.text || words.sticker}]</p>
      );
    }
    case 'location': {
      const { latitude, longitude, title, address } = content;
      const query = `${latitude},${longitude}`;
      return (
        <a
          class="card"
          href={`https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`}
          target="_blank"
          rel="noopener noreferrer"
        >
          <Icon name="pin" />
          <span>
            <b>{title || words.location}</b>
            <small>{address || query}</small>
          </span>
        </a>
      );
    }
    case 'link':
      return <LinkCard content={content} />;
    case 'payment':
      return <Pay content={content} words={words} />;
    case 'menu':
      return <Menu content={content} stand={stand} view={view} />;
    case 'rating':
      return (
        <Later words={words}>
          {({ RatingCard }) => <RatingCard key={content.id} content={content} stand={stand} view={view} />}
        </Later>
      );
    case 'mini-program':
      return <MiniProgram content={content} words={words} />;
    default:
      return <p class="text quiet">{('text' in content && content.text) || words.unsupported}</p>;
  }
}

interface MenuProps {
  content: Extract<Content, { type: 'menu' }>;
  stand?: Stand;
  view: View;
}

/**
 * Choices to tap. Those of the house's own that lead nowhere any more are shut (AR-11); the ways out of a queue (SS-20, V-08)
 * go with it.
 */
function Menu({ content, stand, view: { chat, state } }: MenuProps) {
  const choose = (id: string, text: string) => (id === 'haina:leave' ? chat.leaving(true) : chat.choose(id, text));
  const mayLeave = state.hello?.channel.style.leave;
  const gone = (id: string) =>
    (id === 'haina:leave' && !mayLeave) || (/^haina:(leave|quit)$/.test(id) && !leads(id, stand));
  return (
    <div class="menu">
      <p class="text">
        <Linked text={content.text} />
      </p>
      {content.options.map(
        ({ id, text }) =>
          !gone(id) && (
            <button key={id} type="button" disabled={!leads(id, stand)} onClick={() => choose(id, text)}>
              {text}
            </button>
          ),
      )}
      {content.footer && <p class="text quiet">{content.footer}</p>}
    </div>
  );
}

/** Opens the mini-program's page where we are inside of one and the link says so (CH-28); elsewhere it can only be seen. */
function MiniProgram({ content, words }: { content: Extract<Content, { type: 'mini-program' }>; words: Words }) {
  const inner = (
    <>
      <Icon name="file" />
      <span>
        <b>{content.title}</b>
        <small>{words.miniProgram}</small>
      </span>
    </>
  );
  return insideMiniProgram ? (
    <button type="button" class="card" onClick={() => openPage(content.path)}>
      {inner}
    </button>
  ) : (
    <div class="card">{inner}</div>
  );
}

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

function Picture({ media, words, onZoom }: { media: Media; words: Words; onZoom(url: string): void }) {
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

function Clip({ media, words }: { media: Media; words: Words }) {
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

function Sound({ media, words }: { media: Media; words: Words }) {
  const missing = lack(media, words);
  return missing ? (
    <Missing text={missing} />
  ) : (
    <audio src={safeUrl(media.previewUrl) ?? media.url} controls preload="none" aria-label={words.voice} />
  );
}

function Card({ media, words }: { media: Media; words: Words }) {
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

function LinkCard({ content }: { content: Extract<Content, { type: 'link' }> }) {
  const href = safeUrl(content.url);
  const image = content.image?.url && safeUrl(content.image.url);
  return (
    <a class="link" href={href} target="_blank" rel="noopener noreferrer nofollow">
      {image && <img src={image} alt="" loading="lazy" referrerpolicy="no-referrer" />}
      <b>{content.title}</b>
      {content.text && <span>{content.text}</span>}
      <small>{href && new URL(href).host}</small>
    </a>
  );
}

/** A request for money. Paid on its own page, which shows the code to scan. */
function Pay({ content, words }: { content: Extract<Content, { type: 'payment' }>; words: Words }) {
  const { amount, currency, description } = content;
  const sum = `${(amount / 100).toFixed(2)}`;
  return (
    <div class="pay">
      <small>{words.payment}</small>
      <b>{currency === 'CNY' ? `¥${sum}` : `${sum} ${currency}`}</b>
      <span>{description}</span>
      {content.url && (
        <a href={safeUrl(content.url)} target="_blank" rel="noopener">
          {words.pay}
        </a>
      )}
    </div>
  );
}
