import { z } from 'zod';
import type { Detail } from './answers.ts';

/** What LINE takes from us (line.md section 7). */
const url = z.string().min(1).max(2000);
const quoteToken = z.string().min(1).optional();
const common = { quickReply: z.unknown().optional(), sender: z.unknown().optional() };

const uriAction = z.looseObject({
  type: z.literal('uri'),
  uri: z.string().min(1).max(1000),
  label: z.string().max(40).optional(),
});
const postbackAction = z.looseObject({
  type: z.literal('postback'),
  data: z.string().min(1).max(300),
  label: z.string().max(40).optional(),
});
const messageAction = z.looseObject({
  type: z.literal('message'),
  text: z.string().min(1).max(300),
  label: z.string().max(40).optional(),
});
export const action = z.union([uriAction, postbackAction, messageAction]);

const template = z.looseObject({
  type: z.string(),
  text: z.string().max(160).optional(),
  title: z.string().max(40).optional(),
  thumbnailImageUrl: url.optional(),
  actions: z.array(action).max(4).default([]),
});

export const lineMessage = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('text'),
    text: z.string().min(1).max(5000),
    emojis: z.array(z.unknown()).optional(),
    quoteToken,
    ...common,
  }),
  z.strictObject({
    type: z.literal('textV2'),
    text: z.string().min(1).max(5000),
    substitution: z.unknown().optional(),
    quoteToken,
    ...common,
  }),
  z.strictObject({ type: z.literal('image'), originalContentUrl: url, previewImageUrl: url, ...common }),
  z.strictObject({
    type: z.literal('video'),
    originalContentUrl: url,
    previewImageUrl: url,
    trackingId: z.string().max(100).optional(),
    ...common,
  }),
  z.strictObject({ type: z.literal('audio'), originalContentUrl: url, duration: z.int().positive(), ...common }),
  z.strictObject({
    type: z.literal('location'),
    title: z.string().min(1).max(100),
    address: z.string().min(1).max(100),
    latitude: z.number().min(-90).max(90),
    longitude: z.number().min(-180).max(180),
    ...common,
  }),
  z.strictObject({
    type: z.literal('sticker'),
    packageId: z.string().min(1),
    stickerId: z.string().min(1),
    quoteToken,
    ...common,
  }),
  z.strictObject({ type: z.literal('template'), altText: z.string().min(1).max(400), template, ...common }),
  z.strictObject({
    type: z.literal('flex'),
    altText: z.string().min(1).max(400),
    contents: z.looseObject({ type: z.enum(['bubble', 'carousel']) }),
    ...common,
  }),
]);
export type LineMessage = z.infer<typeof lineMessage>;

/** Reads one to five messages; gives the details LINE would name when they are not in order. */
export function readMessages(
  value: unknown,
  isFetchable: (url: string) => boolean,
): { messages: LineMessage[] } | { details: Detail[] } {
  const result = z
    .array(lineMessage)
    .min(1, 'Size must be between 1 and 5')
    .max(5, 'Size must be between 1 and 5')
    .safeParse(value);
  if (!result.success) {
    return {
      details: result.error.issues.map((issue) => ({ message: issue.message, property: property(issue.path) })),
    };
  }
  const details: Detail[] = result.data.flatMap((message, i) =>
    (['originalContentUrl', 'previewImageUrl'] as const).flatMap((key) => {
      const address = (message as Record<string, unknown>)[key];
      return typeof address === 'string' && !isFetchable(address)
        ? [{ message: 'Must be a valid HTTPS URL', property: `messages[${i}].${key}` }]
        : [];
    }),
  );
  return details.length > 0 ? { details } : { messages: result.data };
}

function property(path: PropertyKey[]): string {
  return path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : `${text}.${String(part)}`),
    'messages',
  );
}
