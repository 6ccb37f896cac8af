import type { z } from 'zod';
import type { Content, Mark, Media } from '../../core/message.ts';
import { MAX_TEXT } from '../../core/message.ts';
import { cut, safeName } from '../lib/text.ts';
import * as schema from './schema.ts';

type Message = z.infer<typeof schema.message>;

/**
 * What a message says, in our words (line.md section 4); `raw` is the message as it came. Throws a ZodError when a known
 * type lacks what it must have.
 */
export function toContent(message: Message, raw: unknown): Content {
  switch (message.type) {
    case 'text':
      return textContent(schema.text.parse(raw));
    case 'image':
      return mediaContent('image', message, schema.image.parse(raw));
    case 'video':
      return mediaContent('video', message, schema.video.parse(raw));
    case 'audio':
      return mediaContent('voice', message, schema.audio.parse(raw));
    case 'file': {
      const { fileName, fileSize } = schema.file.parse(raw);
      return {
        type: 'file',
        media: { source: message.id, name: safeName(fileName), size: fileSize, state: 'fetching' },
      };
    }
    case 'location': {
      const { latitude, longitude, title, address } = schema.location.parse(raw);
      return {
        type: 'location',
        latitude,
        longitude,
        title: title ? cut(title, 300) : undefined,
        address: address ? cut(address, 500) : undefined,
      };
    }
    case 'sticker': {
      const { packageId, stickerId, text } = schema.sticker.parse(raw);
      return {
        type: 'sticker',
        id: `${packageId}/${stickerId}`,
        url: /^\d+$/.test(stickerId) ? stickerUrl(stickerId) : undefined,
        // The keywords of a sticker are drawn anew for every event: as text they would set off rules at random.
        text: text ? cut(text, 200) : undefined,
      };
    }
    default:
      return { type: 'unsupported', what: message.type };
  }
}

/** A still of a sticker, public without a token. */
function stickerUrl(stickerId: string): string {
  return `https://stickershop.line-scdn.net/stickershop/v1/sticker/${stickerId}/android/sticker.png`;
}

function textContent({ text, emojis, mention }: z.infer<typeof schema.text>): Content {
  if (text === '') return { type: 'unsupported', what: 'text' };
  const words = cut(text, MAX_TEXT);
  const marks: Mark[] = [
    ...schema.emojis(emojis).map(
      ({ index, length, productId, emojiId }): Mark => ({
        type: 'emoji',
        index,
        length,
        id: `${productId}/${emojiId}`,
      }),
    ),
    ...schema.mentionees(mention?.mentionees ?? []).map(
      ({ index, length, type, userId, isSelf }): Mark => ({
        type: 'mention',
        index,
        length,
        id: isSelf ? 'self' : (userId ?? (type === 'all' ? 'all' : undefined)),
      }),
    ),
  ]
    .filter((mark) => mark.index + mark.length <= words.length)
    .slice(0, 100); // LINE's own samples point past the end
  return { type: 'text', text: words, marks: marks.length > 0 ? marks : undefined };
}

function mediaContent(
  type: 'image' | 'video' | 'voice',
  message: Message,
  { contentProvider, duration }: { contentProvider?: { type: string; originalContentUrl?: string }; duration?: number },
): Content {
  const external = contentProvider?.type === 'external';
  if (external && !isHttps(contentProvider.originalContentUrl)) return { type: 'unsupported', what: message.type };
  const media: Media = {
    source: external ? contentProvider.originalContentUrl : message.id,
    seconds: duration === undefined ? undefined : duration / 1000,
    state: 'fetching',
  };
  return { type, media };
}

/** LINE demands https of whoever offers outside content; anything else is not fetched at all. */
function isHttps(url: string | undefined): boolean {
  return url !== undefined && url.length <= 2000 && URL.canParse(url) && new URL(url).protocol === 'https:';
}
