import { type Content, MAX_TEXT, type Media } from '../../core/message.ts';
import { cut, safeName } from '../lib/text.ts';
import { contactsCard, flowCard, orderCard } from './cards.ts';
import * as schema from './schema.ts';

type Json = Record<string, unknown>;

/** A message in our words; a caption is a text of its own, as our pictures carry none. */
export interface Read {
  content: Content;
  caption?: string;
  /** A choice that was tapped. */
  tapped?: true;
}

const KINDS = { image: 'image', video: 'video', audio: 'voice', document: 'file', sticker: 'image' } as const;

/**
 * What a message says (whatsapp.md B5); `raw` is the message as it came. `undefined`: a type that is no content. Throws a
 * ZodError when a known type lacks what it must have.
 */
export function toContent(type: string, raw: Json, broken: boolean): Read {
  const own = raw[type];
  switch (type) {
    case 'text': {
      const { body } = schema.text.parse(own);
      return body === '' ? unsupported('text') : { content: { type: 'text', text: cut(body, MAX_TEXT) } };
    }
    case 'image':
    case 'video':
    case 'audio':
    case 'document':
    case 'sticker':
      return mediaContent(type, own, broken);
    case 'location': {
      const { latitude, longitude, name, address } = schema.location.parse(own);
      const title = name && cut(name, 300);
      return { content: { type: 'location', latitude, longitude, title, address: address && cut(address, 500) } };
    }
    case 'contacts':
      return { content: contactsCard(own) };
    case 'order':
      return { content: orderCard(own) };
    case 'button': {
      const { payload, text } = schema.button.parse(own);
      return tap(payload || text || '', text);
    }
    case 'interactive':
      return interactive(own);
    default:
      return unsupported(type);
  }
}

function interactive(own: unknown): Read {
  const parts = (typeof own === 'object' && own !== null ? own : {}) as Json;
  const type = typeof parts.type === 'string' ? parts.type : (Object.keys(parts)[0] ?? 'interactive');
  switch (type) {
    case 'button_reply':
    case 'list_reply': {
      const { id, title } = schema.reply.parse(parts[type]);
      return tap(id, title);
    }
    case 'nfm_reply':
      return { content: flowCard(parts.nfm_reply) };
    default:
      return unsupported(`interactive/${cut(type, 80)}`);
  }
}

function tap(data: string, text: string | undefined): Read {
  return { content: { type: 'action', data: cut(data, 2000), text: text && cut(text, 500) }, tapped: true };
}

/** `broken`: Meta says that it cannot give the file; then nothing tries to fetch it, and the caption stays. */
function mediaContent(type: keyof typeof KINDS, own: unknown, broken: boolean): Read {
  const { id, mime_type, caption, filename } = schema.media.parse(own ?? (broken ? {} : undefined));
  const mime = mime_type?.split(';')[0]?.trim().toLowerCase();
  const good = id !== undefined && !broken;
  const media: Media = {
    source: good ? id : undefined,
    name: safeName(filename),
    mime: mime && mime.length <= 127 ? mime : undefined,
    state: good ? 'fetching' : 'failed',
  };
  return { content: { type: KINDS[type], media }, caption: caption && cut(caption, MAX_TEXT) };
}

/** Kept by the platform's name of it, with its words for why where it gives some. */
export function unsupported(what: string, text?: string): Read {
  return { content: { type: 'unsupported', what: cut(what, 100), text: text && cut(text, 1000) } };
}
