import type { z } from 'zod';
import type { Content } from '../../../../core/message.ts';
import { cut, safeName } from '../../text.ts';
import type { attachment, message, Referral } from './schema.ts';

const FILES = new Map<string, 'image' | 'voice' | 'video' | 'file'>([
  ['image', 'image'],
  ['audio', 'voice'],
  ['video', 'video'],
  ['file', 'file'],
]);

/** What a message says: its words or the tapped reply, then every file. Never empty. */
export function contentsOf({ text, quick_reply, attachments }: z.infer<typeof message>): Content[] {
  if (quick_reply) return [tapped(quick_reply.payload, text)];
  const stickers = attachments.some(({ type }) => type === 'sticker');
  // A link's preview beside its words and the picture beside a sticker say nothing more.
  const files = attachments.filter(({ type, payload }) =>
    type === 'fallback' ? !text : !(stickers && type === 'image' && payload?.sticker_id),
  );
  const all: Content[] = [...(text ? [{ type: 'text' as const, text }] : []), ...files.map(contentOf)];
  return all.length > 0 ? all : [{ type: 'unsupported', what: 'message' }];
}

/** A quick reply, a button, an item of the menu. `text` is what was read on it. */
export const tapped = (data: string, text?: string): Content => ({
  type: 'action',
  data,
  text: text && cut(text, 500),
});

function contentOf({ type, title, url: outer, payload }: z.infer<typeof attachment>): Content {
  const url = payload?.url ?? outer;
  const kind = FILES.get(type);
  if (payload?.sticker_id) return { type: 'sticker', id: payload.sticker_id, url };
  if (kind && url)
    return { type: kind, media: { source: url, state: 'fetching', name: kind === 'file' ? nameIn(url) : undefined } };
  if (payload?.coordinates) {
    const { lat: latitude, long: longitude } = payload.coordinates;
    return { type: 'location', latitude, longitude, title: title && cut(title, 300) };
  }
  const product = payload?.product?.elements[0];
  const words = payload?.title || title || product?.title;
  const link = url && /^https?:\/\/[^/]/.test(url) && URL.canParse(url) ? url : undefined;
  if (!words && !link) return { type: 'unsupported', what: type };
  return { type: 'card', title: cut(words || type, 300), text: product?.subtitle, url: link };
}

/** Meta writes a file's name into its address, and nowhere else. */
function nameIn(url: string): string | undefined {
  const [last = ''] = (url.split(/[?#]/)[0] ?? '').split('/').slice(-1);
  try {
    return safeName(decodeURIComponent(last).replaceAll('\0', ''));
  } catch {
    return safeName(last);
  }
}

/** What somebody came with: texts and numbers under Meta's own names, one level of nesting as `outer.inner`. */
export function entryOf(referral: Referral): Record<string, string> | undefined {
  const flat = Object.entries(referral ?? {}).flatMap(([key, value]): [string, unknown][] =>
    typeof value === 'object' && value
      ? Object.entries(value).map(([inner, one]) => [`${key}.${inner}`, one])
      : [[key, value]],
  );
  const pairs = flat.flatMap(([key, value]) => {
    const told = typeof value === 'number' ? String(value) : value;
    return key && typeof told === 'string' && told ? [[cut(key, 100), cut(told, 500)] as const] : [];
  });
  return pairs.length > 0 ? Object.fromEntries(pairs.slice(0, 20)) : undefined;
}
