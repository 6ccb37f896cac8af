import type { Bubble } from '../../lib/phone/model.ts';
import type { WechatAccount } from './accounts.ts';
import type { MediaType } from './medias.ts';
import type { Message } from './messages.ts';
import type { Platform } from './platform.ts';

/** How the phone shows a message of the send API; the errcode where its media are not there. */
export function bubbleOf(message: Message, account: WechatAccount, platform: Platform): Bubble | number {
  const media = (id: string, type: 'image' | 'voice' | 'video') => mediaBubble(platform, account, id, type) ?? 40007;
  const picture = (id: string) => addressOf(platform, account, id, ['thumb', 'image']);
  switch (message.msgtype) {
    case 'text':
      return textBubble(message.text.content);
    case 'image':
      return media(message.image.media_id, 'image');
    case 'voice':
      return media(message.voice.media_id, 'voice');
    case 'video': {
      const { media_id, thumb_media_id } = message.video;
      const poster = thumb_media_id === undefined ? undefined : picture(thumb_media_id);
      if (thumb_media_id !== undefined && !poster) return 40007;
      const bubble = media(media_id, 'video');
      return typeof bubble !== 'number' && bubble.type === 'video' ? { ...bubble, poster } : bubble;
    }
    case 'music': {
      const { title = '', description = '', musicurl, thumb_media_id } = message.music;
      const image = picture(thumb_media_id);
      return image ? card(title || '音乐 Music', [description], [{ label: '', url: musicurl }], image) : 40007;
    }
    case 'news': {
      const { title, description = '', url, picurl } = message.news.articles[0]!;
      return card(title, [description], url ? [{ label: '', url }] : [], picurl || undefined);
    }
    case 'link': {
      const { title, description, url, thumb_url } = message.link;
      return card(title, [description], [{ label: '', url }], thumb_url || undefined);
    }
    case 'msgmenu': {
      const { head_content = '', list, tail_content = '' } = message.msgmenu;
      const buttons = list.map(({ id, content }) => ({ label: content, data: `menu:${id}` }));
      return card(head_content, [tail_content], buttons);
    }
    case 'miniprogrampage': {
      const { title, pagepath, appid, thumb_media_id } = message.miniprogrampage;
      const image = picture(thumb_media_id);
      return image
        ? card(title, [`小程序 Mini-program · ${[appid, pagepath].filter(Boolean).join(' · ')}`], [], image)
        : 40007;
    }
    case 'mpnews':
      return card('图文消息 Article', [message.mpnews.media_id], []);
    case 'mpnewsarticle':
      return card('图文消息 Article', [message.mpnewsarticle.article_id], []);
    case 'wxcard':
      return card('卡券 Coupon', [message.wxcard.card_id], []);
  }
}

/** A picture, sound or film of the account; undefined where the id is not one of its own of this type. */
export function mediaBubble(
  platform: Platform,
  account: WechatAccount,
  id: string,
  type: 'image' | 'voice' | 'video',
): Bubble | undefined {
  const url = addressOf(platform, account, id, [type]);
  return url === undefined ? undefined : { type, url };
}

function addressOf(platform: Platform, { appId }: WechatAccount, id: string, types: MediaType[]): string | undefined {
  const media = platform.medias.get(appId, id);
  if (!media || !types.includes(media.type)) return undefined;
  return `${new URL(platform.host.url).pathname}/phone/files/${media.file.id}`;
}

/** `<a href>` is the one piece of HTML WeChat draws; the phone shows its words and its address. */
export function textBubble(content: string): Bubble {
  const text = content.replace(/<a\b([^>]*)>([\s\S]*?)<\/a>/gi, (_, attributes: string, words: string) => {
    const [, href] = /\bhref\s*=\s*["']([^"']*)["']/i.exec(attributes) ?? [];
    return href && href !== words ? `${words} ${href}` : words;
  });
  return { type: 'text', text };
}

function card(
  title: string,
  texts: string[],
  buttons: Extract<Bubble, { type: 'card' }>['buttons'],
  image?: string,
): Bubble {
  return { type: 'card', title, texts: texts.filter(Boolean), buttons, image };
}
