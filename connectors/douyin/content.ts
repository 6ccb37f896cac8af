import { type Content, MAX_TEXT } from '../../core/message.ts';
import { cut } from '../lib/text.ts';
import { parse } from './parse.ts';
import * as schema from './schema.ts';
import { inMessage } from './source.ts';

/** Largest picture side we believe, in pixels. */
const SIDE = 20_000;

/**
 * What a message says, in our words (douyin.md section 3); `raw` is the content as it came. Throws BadRequest when a
 * known type lacks what it must have. Shared pictures and films have no address: they stay in the Douyin app, as a
 * placeholder without words, so that no rule answers to ours.
 */
export function toContent(message: schema.Message, raw: unknown): Content {
  const { message_type: type, conversation_short_id: conversation, server_message_id: messageId } = message;
  switch (type) {
    case 'text':
    case 'other': {
      const { text } = type === 'text' ? parse(schema.text, raw, 'bad_event', 'content.') : words(raw);
      return text ? { type: 'text', text: cut(text, MAX_TEXT) } : { type: 'unsupported', what: type };
    }
    case 'user_local_image':
    case 'user_local_video':
      if (!conversation || !messageId) return { type: 'unsupported', what: type };
      return {
        type: type === 'user_local_image' ? 'image' : 'video',
        media: { source: inMessage(conversation, messageId), state: 'fetching' },
      };
    case 'emoji':
      return picture(parse(schema.emoji, raw, 'bad_event', 'content.'));
    case 'retain_consult_card':
      return form(parse(schema.card, raw, 'bad_event', 'content.'));
    default:
      return { type: 'unsupported', what: type };
  }
}

const words = (raw: unknown): { text?: string } => schema.text.safeParse(raw).data ?? {};

/** A moving picture. Its address may be empty, and then nobody will ever see it. */
function picture({
  resource_url: url,
  resource_type,
  resource_width,
  resource_height,
}: ReturnType<typeof schema.emoji.parse>): Content {
  if (!url || url.length > 2000 || !/^https?:\/\//.test(url) || !URL.canParse(url))
    return { type: 'unsupported', what: 'emoji' };
  const side = (pixels: number | undefined) => (pixels && pixels > 0 && pixels <= SIDE ? pixels : undefined);
  const kind = resource_type?.toLowerCase();
  return {
    type: 'image',
    media: {
      source: url,
      mime: kind && /^(gif|png|webp|jpeg)$/.test(kind) ? `image/${kind}` : undefined,
      width: side(resource_width),
      height: side(resource_height),
      state: 'fetching',
    },
  };
}

/** The answers of a form. What the business asks for there are personal data; Douyin may mask them. */
function form({ card_data }: ReturnType<typeof schema.card.parse>): Content {
  const rows = card_data
    .filter(({ label, value }) => label ?? value)
    .slice(0, 60)
    .map(({ label, value }) => ({ label: cut(label ?? '', 200), value: cut(value ?? '', 2000) }));
  return { type: 'card', title: '留资卡片', rows: rows.length > 0 ? rows : undefined };
}
