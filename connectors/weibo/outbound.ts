import type { Media, Sendable } from '../../core/message.ts';
import { Refused } from '../errors.ts';
import { plain } from '../lib/plain.ts';
import { cut } from '../lib/text.ts';
import { SUMMARY, TEXT, TITLE } from './limits.ts';

/** What Weibo takes, before it is encoded: the same in a passive reply and in a customer service message. */
export interface WeiboMessage {
  type: 'text' | 'articles' | 'position';
  data: object;
}

/** What stands in a card for what has no words of its own. Fans read Chinese: Weibo has no other edition of this card. */
const WORDS = { picture: '图片', file: '文件', open: '点击查看' };

/**
 * One message of ours as Weibo carries it (weibo.md section 5). There is no upload: pictures and links go as a card with
 * addresses Weibo and the fan can open, other files as name and address. Throws Refused when an address is missing.
 */
export function toWeibo(content: Sendable): WeiboMessage {
  switch (content.type) {
    case 'location':
      return {
        type: 'position',
        data: { longitude: String(content.longitude), latitude: String(content.latitude) },
      };
    case 'image': {
      const url = address(content.media);
      return article({
        title: content.media.name ?? WORDS.picture,
        image: content.media.previewUrl ?? url,
        url,
      });
    }
    case 'voice':
    case 'video':
    case 'file': {
      const url = address(content.media);
      return words(plain(content), { title: content.media.name ?? WORDS.file, url });
    }
    case 'link': {
      const { title, text, url, image } = content;
      if (image?.url) return article({ title, summary: text, image: image.url, url });
      return words(plain(content), { title, summary: text, url });
    }
    case 'payment':
      return words(plain(content), { title: content.description, url: content.url });
    default:
      return words(plain(content), {});
  }
}

interface Card {
  title?: string;
  summary?: string;
  image?: string;
  url?: string;
}

/** As words while they fit, else as a card, which may have a long address. */
function words(text: string, card: Card): WeiboMessage {
  if (text.length <= TEXT) return { type: 'text', data: { text } };
  if (card.url) return article(card);
  throw new Refused('text_too_long', `Weibo takes fewer than ${TEXT + 1} characters.`);
}

function article({ title = WORDS.open, summary, image, url }: Card): WeiboMessage {
  return {
    type: 'articles',
    data: {
      articles: [{ display_name: cut(title, TITLE), summary: cut(summary || WORDS.open, SUMMARY), image, url }],
    },
  };
}

function address({ url }: Media): string {
  if (!url) throw new Refused('media_missing', 'The file has no address that Weibo could open.');
  return url;
}
