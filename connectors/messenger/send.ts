import type { Sendable } from '../../core/message.ts';
import type { Outbound, Sent, Tools } from '../connector.ts';
import { Refused } from '../errors.ts';
import { payloadOf, type Speaker, say } from '../lib/graph/page/speaker.ts';
import { plain } from '../lib/plain.ts';
import { cut } from '../lib/text.ts';
import { type MessengerConfig, speaker } from './config.ts';
import { can, MARK } from './limits.ts';

const TYPES = { image: 'image', voice: 'audio', video: 'video', file: 'file' } as const;

/** One message. As an answer at first; past 24 hours, which is a clear no, as a person's where the app is allowed to. */
export async function send({ to, messages }: Outbound, config: MessengerConfig, tools: Tools): Promise<Sent> {
  const [{ content, quote } = {}] = messages;
  if (!content || messages.length > 1) throw new RangeError('Messenger takes one message.');
  const page = speaker(config);
  const message = { ...(await messageOf(content, page, tools)), metadata: MARK };
  const post = (as: object) => say(to, { ...as, message, ...(quote && { reply_to: { mid: quote } }) }, page, tools);
  const id = await post({ messaging_type: 'RESPONSE' }).catch((error: unknown) => {
    const late = error instanceof Refused && error.code === 'window_closed' && config.humanAgent === 'yes';
    if (late) return post({ messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' });
    throw error;
  });
  return { messages: [{ externalId: id, quoteToken: id }] };
}

async function messageOf(content: Sendable, page: Speaker, tools: Tools): Promise<object> {
  switch (content.type) {
    case 'image':
    case 'voice':
    case 'video':
    case 'file': {
      const type = TYPES[content.type];
      return { attachment: { type, payload: await payloadOf(type, content.media, can[content.type], page, tools) } };
    }
    case 'menu': {
      const text = [content.text, content.footer].filter(Boolean).join('\n\n');
      const options = content.options.slice(0, can.menu?.options);
      const reply = (payload: string, title: string) => ({ content_type: 'text', title: cut(title, 20), payload });
      return { text: cut(text, can.text), quick_replies: options.map(({ id, text }) => reply(id, text)) };
    }
    case 'link': {
      const text = cut([content.title, content.text].filter(Boolean).join('\n'), 640);
      const buttons = [{ type: 'web_url', url: content.url, title: '打开 Open' }];
      return { attachment: { type: 'template', payload: { template_type: 'button', text, buttons } } };
    }
    default:
      return { text: cut(plain(content), can.text) };
  }
}
