import type { Bubble } from '../../lib/phone/model.ts';
import { asList, type XmlFields, type XmlValue } from '../xml.ts';
import type { WechatAccount } from './accounts.ts';
import { mediaBubble } from './bubbles.ts';
import type { Platform } from './platform.ts';
import type { Passive } from './verdict.ts';

const MAX_TEXT = 2048;
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const part = (value: unknown): XmlFields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as XmlFields) : {};

/**
 * What the customer sees of a passive reply (wechat.md §7); undefined where it shows nothing (handed over to WeChat's own
 * desk), a text where it is malformed. Mini-programs have no passive replies with content.
 */
export function passiveBubble(reply: Passive, account: WechatAccount, platform: Platform): Bubble | string | undefined {
  if (reply.MsgType === 'transfer_customer_service') return undefined;
  if (account.kind === 'mini') return 'a mini-program cannot answer in the response';
  const media = (id: unknown, type: 'image' | 'voice' | 'video') =>
    mediaBubble(platform, account, text(id), type) ?? `the MediaId of the ${type} is not known`;
  switch (reply.MsgType) {
    case 'text': {
      const words = text(reply.Content);
      if (words === '') return 'Content is empty';
      return Buffer.byteLength(words) > MAX_TEXT ? 'Content is longer than 2048 bytes' : { type: 'text', text: words };
    }
    case 'image':
      return media(part(reply.Image).MediaId, 'image');
    case 'voice':
      return media(part(reply.Voice).MediaId, 'voice');
    case 'video':
      return media(part(reply.Video).MediaId, 'video');
    case 'music': {
      const { Title, Description, MusicUrl } = part(reply.Music);
      return card(text(Title) || '音乐 Music', text(Description), text(MusicUrl));
    }
    case 'news': {
      const items = asList(part(reply.Articles).item as XmlValue | XmlValue[] | undefined).map(part);
      if (items.length !== 1 || String(reply.ArticleCount) !== '1') return 'news holds exactly one article';
      const { Title, Description, Url, PicUrl } = items[0] ?? {};
      return card(text(Title), text(Description), text(Url), text(PicUrl));
    }
    default:
      return `MsgType ${reply.MsgType.slice(0, 40)} is not known`;
  }
}

function card(title: string, description: string, url: string, image?: string): Bubble {
  return {
    type: 'card',
    title,
    texts: description ? [description] : [],
    image: image || undefined,
    buttons: url ? [{ label: '', url }] : [],
  };
}
