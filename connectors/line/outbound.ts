import type { messagingApi } from '@line/bot-sdk';
import type { Media, Sendable } from '../../core/message.ts';
import { Refused } from '../errors.ts';
import { plain } from '../lib/plain.ts';
import { cut } from '../lib/text.ts';

type Message = messagingApi.Message;

/** LINE takes these sounds; what a browser records (webm, ogg) it does not. */
const SOUNDS = /^audio\/(mp4|m4a|x-m4a|mpeg|mp3|aac)\b/;
/** Longest address LINE takes for media, and for what a button opens. */
const MAX_MEDIA_URL = 2000;
const MAX_BUTTON_URL = 1000;

/**
 * One message of ours as LINE's (line.md section 7). LINE has no file message and fetches media itself; what it cannot
 * show (a file, a video without a still, a sound of unknown length) becomes its name and a link, so that it arrives.
 * Throws Refused when a file has no address.
 */
export function toLine(content: Sendable, quote: string | undefined): Message {
  switch (content.type) {
    case 'text':
      return { type: 'text', text: content.text, quoteToken: quote };
    case 'image': {
      const { url, previewUrl } = addresses(content.media);
      return { type: 'image', originalContentUrl: url, previewImageUrl: previewUrl ?? url };
    }
    case 'video': {
      const { url, previewUrl } = addresses(content.media);
      return previewUrl
        ? { type: 'video', originalContentUrl: url, previewImageUrl: previewUrl }
        : asLink(content.media, quote);
    }
    case 'voice': {
      const { url } = addresses(content.media);
      const { seconds, mime } = content.media;
      if (!seconds || (mime && !SOUNDS.test(mime))) return asLink(content.media, quote);
      return { type: 'audio', originalContentUrl: url, duration: Math.max(1, Math.round(seconds * 1000)) };
    }
    case 'file':
      return asLink(content.media, quote);
    case 'location':
      return place(content);
    case 'link':
      return card(content, quote);
    case 'menu':
    case 'mini-program':
    case 'template':
    case 'payment':
    case 'rating':
      return { type: 'text', text: plain(content), quoteToken: quote };
  }
}

function addresses(media: Media): { url: string; previewUrl?: string } {
  if (!media.url) throw new Refused('media_missing', 'The file has no address that LINE could fetch.');
  if (media.url.length > MAX_MEDIA_URL)
    throw new Refused('url_too_long', `LINE takes addresses of ${MAX_MEDIA_URL} characters.`);
  return { url: media.url, previewUrl: media.previewUrl };
}

function asLink(media: Media, quote: string | undefined): Message {
  const { url } = addresses(media);
  return { type: 'text', text: media.name ? `${media.name}\n${url}` : url, quoteToken: quote };
}

/** Title and address are both required and may not be empty; the position itself says it in every language. */
function place({ latitude, longitude, title, address }: Extract<Sendable, { type: 'location' }>): Message {
  const position = `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
  return {
    type: 'location',
    latitude,
    longitude,
    title: cut(title?.trim() || address?.trim() || position, 100),
    address: cut(address?.trim() || position, 100),
  };
}

/** A card. Flex, because a button template cuts a title at 40 characters. */
function card({ title, text, url, image }: Extract<Sendable, { type: 'link' }>, quote: string | undefined): Message {
  if (url.length > MAX_BUTTON_URL) {
    return { type: 'text', text: [title, text, url].filter(Boolean).join('\n'), quoteToken: quote };
  }
  const action: messagingApi.URIAction = { type: 'uri', label: cut(title, 40), uri: url };
  const words: messagingApi.FlexComponent[] = [{ type: 'text', text: title, weight: 'bold', size: 'md', wrap: true }];
  if (text) words.push({ type: 'text', text, size: 'sm', color: '#666666', wrap: true, margin: 'sm' });
  words.push({ type: 'text', text: cut(new URL(url).host, 100), size: 'xs', color: '#999999', margin: 'md' });
  const bubble: messagingApi.FlexBubble = {
    type: 'bubble',
    action,
    body: { type: 'box', layout: 'vertical', contents: words },
  };
  if (image?.url)
    bubble.hero = { type: 'image', url: image.url, size: 'full', aspectRatio: '20:13', aspectMode: 'cover' };
  return { type: 'flex', altText: cut(`${title} ${url}`, 400), contents: bubble };
}
