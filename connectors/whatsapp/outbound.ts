import type { Sendable } from '../../core/message.ts';
import type { Tools } from '../connector.ts';
import { plain } from '../lib/plain.ts';
import { cut } from '../lib/text.ts';
import type { WhatsAppConfig } from './config.ts';
import { can, MAX } from './limits.ts';
import { menu } from './menu.ts';
import { templateMessage } from './template-message.ts';
import { fileOf } from './upload.ts';

/** One message of ours as the Cloud API's: `type` and the object named like it (whatsapp.md B8). */
export type WhatsAppMessage = { type: string } & Record<string, unknown>;

const FILES = { image: 'image', voice: 'audio', video: 'video', file: 'document' } as const;

/** Uploads files on the way, and looks up where a template's values go. Throws Refused for a file that nobody can fetch. */
export async function toWhatsApp(content: Sendable, config: WhatsAppConfig, tools: Tools): Promise<WhatsAppMessage> {
  switch (content.type) {
    case 'image':
    case 'voice':
    case 'video':
    case 'file': {
      const type = FILES[content.type];
      const { media } = content;
      const file = await fileOf(media, can[content.type], config, tools);
      return {
        type,
        [type]: { ...file, ...(type === 'document' && media.name && { filename: cut(media.name, 240) }) },
      };
    }
    case 'location': {
      const { latitude, longitude, title, address } = content;
      return { type: 'location', location: { latitude, longitude, name: title, address } };
    }
    case 'link':
      return linkButton(content);
    case 'menu':
      return { type: 'interactive', interactive: menu(content) };
    case 'template':
      return { type: 'template', template: await templateMessage(content, config, tools) };
    case 'text':
    case 'mini-program':
    case 'payment':
    case 'rating':
      return words(plain(content));
  }
}

/** An address in the words is shown with a preview. */
function words(body: string): WhatsAppMessage {
  return { type: 'text', text: { body: cut(body, can.text), preview_url: /https?:\/\//.test(body) } };
}

/** A link card: its words, its picture above, and a button that opens the address. */
function linkButton({ title, text, url, image }: Extract<Sendable, { type: 'link' }>): WhatsAppMessage {
  const picture = image?.url?.startsWith('https:') ? { header: { type: 'image', image: { link: image.url } } } : {};
  const interactive = {
    type: 'cta_url',
    ...picture,
    body: { text: cut(text ? `*${title}*\n${text}` : title, MAX.body) },
    action: { name: 'cta_url', parameters: { display_text: '打开 Open', url } },
  };
  return { type: 'interactive', interactive };
}
