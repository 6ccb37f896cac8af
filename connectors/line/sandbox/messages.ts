import { z } from 'zod';
import type { Bubble } from '../../lib/phone/model.ts';
import type { Detail } from './answers.ts';

/** What LINE takes from us (line.md section 7), and how the phone draws it. */
const url = z.string().min(1).max(2000);
const quoteToken = z.string().min(1).optional();
const common = { quickReply: z.unknown().optional(), sender: z.unknown().optional() };

const uriAction = z.looseObject({ type: z.literal('uri'), uri: z.string().min(1).max(1000), label: z.string().max(40).optional() });
const postbackAction = z.looseObject({ type: z.literal('postback'), data: z.string().min(1).max(300), label: z.string().max(40).optional() });
const messageAction = z.looseObject({ type: z.literal('message'), text: z.string().min(1).max(300), label: z.string().max(40).optional() });
const action = z.union([uriAction, postbackAction, messageAction]);

const template = z.looseObject({
  type: z.string(), text: z.string().max(160).optional(), title: z.string().max(40).optional(),
  thumbnailImageUrl: url.optional(), actions: z.array(action).max(4).default([]),
});

export const lineMessage = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text: z.string().min(1).max(5000), emojis: z.array(z.unknown()).optional(), quoteToken, ...common }),
  z.strictObject({ type: z.literal('textV2'), text: z.string().min(1).max(5000), substitution: z.unknown().optional(), quoteToken, ...common }),
  z.strictObject({ type: z.literal('image'), originalContentUrl: url, previewImageUrl: url, ...common }),
  z.strictObject({ type: z.literal('video'), originalContentUrl: url, previewImageUrl: url, trackingId: z.string().max(100).optional(), ...common }),
  z.strictObject({ type: z.literal('audio'), originalContentUrl: url, duration: z.int().positive(), ...common }),
  z.strictObject({
    type: z.literal('location'), title: z.string().min(1).max(100), address: z.string().min(1).max(100),
    latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180), ...common,
  }),
  z.strictObject({ type: z.literal('sticker'), packageId: z.string().min(1), stickerId: z.string().min(1), quoteToken, ...common }),
  z.strictObject({ type: z.literal('template'), altText: z.string().min(1).max(400), template, ...common }),
  z.strictObject({ type: z.literal('flex'), altText: z.string().min(1).max(400), contents: z.looseObject({ type: z.enum(['bubble', 'carousel']) }), ...common }),
]);
export type LineMessage = z.infer<typeof lineMessage>;

/** Reads one to five messages; gives the details LINE would name when they are not in order. */
export function readMessages(value: unknown, isFetchable: (url: string) => boolean): { messages: LineMessage[] } | { details: Detail[] } {
  const result = z.array(lineMessage).min(1, 'Size must be between 1 and 5').max(5, 'Size must be between 1 and 5').safeParse(value);
  if (!result.success) {
    return { details: result.error.issues.map((issue) => ({ message: issue.message, property: property(issue.path) })) };
  }
  const details: Detail[] = result.data.flatMap((message, i) => (['originalContentUrl', 'previewImageUrl'] as const).flatMap((key) => {
    const address = (message as Record<string, unknown>)[key];
    return typeof address === 'string' && !isFetchable(address) ? [{ message: 'Must be a valid HTTPS URL', property: `messages[${i}].${key}` }] : [];
  }));
  return details.length > 0 ? { details } : { messages: result.data };
}

function property(path: PropertyKey[]): string {
  return path.reduce<string>((text, part) => (typeof part === 'number' ? `${text}[${part}]` : `${text}.${String(part)}`), 'messages');
}

/** How the phone shows it. */
export function bubbleOf(message: LineMessage): Bubble {
  switch (message.type) {
    case 'text':
    case 'textV2': return { type: 'text', text: message.text };
    case 'image': return { type: 'image', url: message.originalContentUrl };
    case 'video': return { type: 'video', url: message.originalContentUrl, poster: message.previewImageUrl };
    case 'audio': return { type: 'voice', url: message.originalContentUrl, seconds: message.duration / 1000 };
    case 'location': {
      const { latitude, longitude, title, address } = message;
      return { type: 'location', latitude, longitude, title, address };
    }
    case 'sticker': return { type: 'sticker', id: `${message.packageId}/${message.stickerId}` };
    case 'template': {
      const { title, text, thumbnailImageUrl, actions } = message.template;
      return {
        type: 'card', title: title ?? text ?? message.altText, texts: title && text ? [text] : [],
        image: thumbnailImageUrl, buttons: actions.flatMap(button),
      };
    }
    case 'flex': return flexCard(message.contents, message.altText);
  }
}

function button(value: unknown): { label: string; url?: string; data?: string }[] {
  const result = action.safeParse(value);
  if (!result.success) return [];
  const { data } = result;
  if (data.type === 'uri') return [{ label: data.label ?? data.uri, url: data.uri }];
  return [{ label: data.label ?? (data.type === 'message' ? data.text : data.data), data: data.type === 'message' ? data.text : data.data }];
}

/** A flex bubble without its layout: its texts in order, its first picture, its buttons. */
function flexCard(contents: unknown, altText: string): Bubble {
  const texts: string[] = [];
  const buttons: { label: string; url?: string; data?: string }[] = [];
  let image: string | undefined;
  const walk = (node: unknown, depth: number): void => {
    if (depth > 20 || typeof node !== 'object' || node === null) return;
    if (Array.isArray(node)) return node.forEach((item) => walk(item, depth + 1));
    const { type, text, url, action: tap, header, hero, body, footer, contents: inner } = node as Record<string, unknown>;
    if (type === 'text' && typeof text === 'string') texts.push(text);
    if (type === 'image' && typeof url === 'string') image ??= url;
    for (const part of [header, hero, body, inner, footer]) walk(part, depth + 1);
    // A tap on the whole bubble has a label for readers only; the phone says “open”.
    buttons.push(...button(tap).map((item) => (type === 'bubble' ? { ...item, label: '' } : item)));
  };
  walk(contents, 0);
  return { type: 'card', title: texts[0] ?? altText, texts: texts.slice(1, 6), image, buttons: buttons.slice(0, 12) };
}
