import { numbered, starMenu } from '../../core/fit.ts';
import type { Sendable } from '../../core/message.ts';

/**
 * Any content as words and addresses, for what a platform has no kind of its own for: the hub has cut texts to size
 * already (`fit`), so this is one message. Files need their `url`.
 */
export function plain(content: Sendable): string {
  const lines = (...parts: (string | undefined)[]) => parts.filter(Boolean).join('\n');
  switch (content.type) {
    case 'text':
    case 'template':
      return content.text;
    case 'image':
    case 'voice':
    case 'video':
    case 'file':
      return lines(content.media.name, content.media.url);
    case 'location':
      return lines(content.title, content.address, `${content.latitude},${content.longitude}`);
    case 'link':
      return lines(content.title, content.text, content.url);
    case 'menu':
      return numbered(content);
    case 'rating':
      return numbered(starMenu(content));
    case 'mini-program':
      return content.title;
    case 'payment':
      return lines(`${content.description} ${money(content)}`, content.url);
  }
}

/** An amount in the smallest unit as people write it: `12.50 CNY`. */
export function money({ amount, currency }: { amount: number; currency: string }): string {
  return `${Math.floor(amount / 100)}.${String(amount % 100).padStart(2, '0')} ${currency}`;
}
