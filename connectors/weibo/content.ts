import type { Content } from '../../core/message.ts';
import { MAX_TEXT } from '../../core/message.ts';
import { cut } from '../lib/text.ts';
import * as schema from './schema.ts';

/**
 * What a fan sent, in our words (weibo.md section 3). Only `text` was typed by somebody: with everything else Weibo sends
 * words of its own, which are never shown as the fan's. Emoticons stay as Weibo writes them: `[微笑]`.
 */
export function content({ type, text }: Pick<schema.Push, 'type' | 'text'>, data: object): Content {
  switch (type) {
    case 'text':
      return text ? { type: 'text', text: cut(text, MAX_TEXT) } : { type: 'unsupported', what: type };
    case 'image':
    case 'voice': {
      // Our copy of the file; the sender's (`vfid`) is refused to us.
      const file = schema.file.safeParse(data).data;
      if (!file) return { type: 'unsupported', what: type };
      return { type, media: { source: file.tovfid, state: 'fetching' } };
    }
    case 'position': {
      const place = schema.position.safeParse(data).data;
      return place ? { type: 'location', ...place } : { type: 'unsupported', what: type };
    }
    default:
      return { type: 'unsupported', what: type };
  }
}
