import type { Bubble } from '../../lib/phone/model.ts';
import { action, type LineMessage } from './messages.ts';

type CardButton = Extract<Bubble, { type: 'card' }>['buttons'][number];

/** How the phone shows it. */
export function bubbleOf(message: LineMessage): Bubble {
  switch (message.type) {
    case 'text':
    case 'textV2':
      return { type: 'text', text: message.text };
    case 'image':
      return { type: 'image', url: message.originalContentUrl };
    case 'video':
      return { type: 'video', url: message.originalContentUrl, poster: message.previewImageUrl };
    case 'audio':
      return { type: 'voice', url: message.originalContentUrl, seconds: message.duration / 1000 };
    case 'location': {
      const { latitude, longitude, title, address } = message;
      return { type: 'location', latitude, longitude, title, address };
    }
    case 'sticker':
      return { type: 'sticker', id: `${message.packageId}/${message.stickerId}` };
    case 'template': {
      const { title, text, thumbnailImageUrl, actions } = message.template;
      return {
        type: 'card',
        title: title ?? text ?? message.altText,
        texts: title && text ? [text] : [],
        image: thumbnailImageUrl,
        buttons: actions.flatMap(button),
      };
    }
    case 'flex':
      return flexCard(message.contents, message.altText);
  }
}

function button(value: unknown): CardButton[] {
  const result = action.safeParse(value);
  if (!result.success) return [];
  const { data } = result;
  if (data.type === 'uri') return [{ label: data.label ?? data.uri, url: data.uri }];
  return [
    {
      label: data.label ?? (data.type === 'message' ? data.text : data.data),
      data: data.type === 'message' ? data.text : data.data,
    },
  ];
}

/** A flex bubble without its layout: its texts in order, its first picture, its buttons. */
function flexCard(contents: unknown, altText: string): Bubble {
  const texts: string[] = [];
  const buttons: CardButton[] = [];
  let image: string | undefined;
  const walk = (node: unknown, depth: number): void => {
    if (depth > 20 || typeof node !== 'object' || node === null) return;
    if (Array.isArray(node)) {
      for (const item of node) walk(item, depth + 1);
      return;
    }
    const part = node as Record<string, unknown>;
    if (part.type === 'text' && typeof part.text === 'string') texts.push(part.text);
    if (part.type === 'image' && typeof part.url === 'string') image ??= part.url;
    for (const key of ['header', 'hero', 'body', 'contents', 'footer']) walk(part[key], depth + 1);
    // A tap on the whole bubble has a label for readers only; the phone says “open”.
    buttons.push(...button(part.action).map((item) => (part.type === 'bubble' ? { ...item, label: '' } : item)));
  };
  walk(contents, 0);
  return { type: 'card', title: texts[0] ?? altText, texts: texts.slice(1, 6), image, buttons: buttons.slice(0, 12) };
}
