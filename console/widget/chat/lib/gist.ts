import type { VisitorMessage } from '../../../../hub/shapes/visitor.ts';
import type { Words } from '../words/index.ts';

/** One line that says what a message is, for quotes and labels. */
export function gist(content: VisitorMessage['content'], words: Words): string {
  if (!content) return words.recalled;
  switch (content.type) {
    case 'text':
      return content.text;
    case 'link':
      return content.title;
    case 'file':
      return `[${words.file}] ${content.media.name ?? ''}`;
    case 'location':
      return `[${words.location}] ${content.title ?? content.address ?? ''}`;
    case 'image':
    case 'voice':
    case 'video':
    case 'sticker':
      return `[${words[content.type]}]`;
    case 'rating':
      return words.rate;
    case 'mini-program':
      return content.title;
    default:
      return ('text' in content && content.text) || words.unsupported;
  }
}
