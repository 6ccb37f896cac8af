import { LinkCard, MiniProgram, Pay } from './cards.tsx';
import type { Content } from './content.ts';
import { Icon } from './icons.tsx';
import { Later } from './later.tsx';
import { safeUrl } from './lib/text.ts';
import { Linked } from './linked.tsx';
import { Clip, FileCard, Picture, Sound } from './media.tsx';
import { Menu } from './menu.tsx';
import type { Stand } from './rows.ts';
import type { View } from './view.ts';

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
      return <FileCard media={content.media} words={words} />;
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
