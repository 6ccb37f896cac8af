import type { Can, FileRule } from './can.ts';
import type { Rating, Sendable } from './message.ts';

/**
 * Cuts a message to what a channel can carry: long texts are split at a line or a word, a link card becomes its words, a
 * file that the channel has no kind for becomes a text with its address (the hub puts the address in when it leaves:
 * `media.url`). One message in, one or more out, in order; nothing is lost silently.
 */
export function fit(content: Sendable, can: Can): Sendable[] {
  switch (content.type) {
    case 'text':
      return split(content.text, can.text).map((text) => ({ type: 'text', text }));
    case 'link': {
      if (can.link) return [content];
      return fit({ type: 'text', text: [content.title, content.text, content.url].filter(Boolean).join('\n') }, can);
    }
    case 'location': {
      if (can.location) return [content];
      const place = [
        content.title,
        content.address,
        `https://www.openstreetmap.org/?mlat=${content.latitude}&mlon=${content.longitude}`,
      ];
      return fit({ type: 'text', text: place.filter(Boolean).join('\n') }, can);
    }
    case 'image':
    case 'voice':
    case 'video': {
      const rule: FileRule | undefined = can[content.type];
      if (rule && carries(rule, content.media.mime, content.media.size)) return [content];
      return [{ type: 'file', media: content.media }];
    }
    case 'menu': {
      if (can.menu && fits(content, can.menu)) return [content];
      return fit({ type: 'text', text: numbered(content) }, can);
    }
    case 'rating':
      return can.rating ? [content] : fit(starMenu(content), can);
    case 'mini-program':
      return can.miniProgram ? [content] : fit({ type: 'text', text: content.title }, can);
    // Its words go with the way to pay, which is known when it leaves.
    case 'payment':
    case 'template':
    case 'file':
      return [content];
  }
}

const fits = ({ options }: Extract<Sendable, { type: 'menu' }>, most: NonNullable<Can['menu']>) =>
  options.length <= most.options && options.every(({ text }) => text.length <= most.text);

/** An invitation to rate as a menu, its options in the order they are given; the ids are those of `core/menu.ts`. */
export function starMenu({ text, options }: Rating): Extract<Sendable, { type: 'menu' }> {
  return {
    type: 'menu',
    text,
    options: options.map((option) => ({ id: `haina:rate:${option.stars}`, text: option.text })),
  };
}

/** A question with choices as words, for a channel whose customers cannot tap them. */
export function numbered({ text, options, footer }: Extract<Sendable, { type: 'menu' }>): string {
  return [text, ...options.map((option, index) => `${index + 1}. ${option.text}`), footer].filter(Boolean).join('\n');
}

/** Whether a file of this type and size may go as this kind. Unknown type or size: the platform decides. */
export function takes(rule: FileRule, mime: string | undefined, size: number | undefined): boolean {
  if (size !== undefined && size > rule.bytes) return false;
  if (mime === undefined) return true;
  return rule.types.some(
    (type) => type === '*/*' || type === mime || (type.endsWith('/*') && mime.startsWith(type.slice(0, -1))),
  );
}

/** Whether it may go as this kind after the hub has made it fit (`rule.remade`). */
export function carries(rule: FileRule, mime: string | undefined, size: number | undefined): boolean {
  if (takes(rule, mime, size)) return true;
  return (
    rule.remade !== undefined && /^image\/(jpeg|png|webp|gif|avif|tiff)$/.test(mime ?? '') && (size ?? 0) <= rule.remade
  );
}

/** Pieces of at most `most` UTF-16 units; prefers to cut after a line, then after a space, and never inside a pair. */
function split(text: string, most: number): string[] {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > most) {
    const window = rest.slice(0, most);
    let cut = Math.max(window.lastIndexOf('\n'), window.lastIndexOf('。')) + 1;
    if (cut < most / 2) cut = window.lastIndexOf(' ') + 1;
    if (cut < most / 2) cut = most;
    if (cut === most && /[\ud800-\udbff]/.test(rest[cut - 1]!)) cut--;
    pieces.push(rest.slice(0, cut));
    rest = rest.slice(cut);
  }
  pieces.push(rest);
  return pieces;
}
