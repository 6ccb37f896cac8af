import type { Media, Sendable } from '../../core/message.ts';
import { Refused } from '../errors.ts';
import { plain } from '../lib/plain.ts';
import { cut } from '../lib/text.ts';
import type { WechatConfig } from './config.ts';
import { accountCan, DESCRIPTION, IMAGE, TITLE } from './limits.ts';
import type { Uploaded, Uploads } from './upload.ts';

/** Official account or mini-program: they take different kinds (channels/wechat.md §8). */
export type Kind = 'account' | 'mini';

/** What goes to `/cgi-bin/message/custom/send` beside the addressee. */
export type Body = { msgtype: string; [part: string]: unknown };
export interface Draft {
  body: Body;
  /** What was uploaded for it. */
  uses: Uploaded[];
  /** The same in words, where WeChat may not take the kind. */
  words?: string;
}

export const textBody = (content: string): Body => ({ msgtype: 'text', text: { content } });

/** A message of ours as WeChat takes it. Throws what an upload throws, and Refused for what can never go. */
export async function toWechat(
  content: Sendable,
  kind: Kind,
  { appId }: Pick<WechatConfig, 'appId'>,
  uploads: Uploads,
): Promise<Draft> {
  switch (content.type) {
    case 'image': {
      const image = await uploads.put('image', content.media, IMAGE);
      return { body: { msgtype: 'image', image: { media_id: image.mediaId } }, uses: [image] };
    }
    case 'voice': {
      if (kind === 'mini' || !accountCan.voice) return link(kind, fileCard(content.media));
      const voice = await uploads.put('voice', content.media, accountCan.voice);
      return { body: { msgtype: 'voice', voice: { media_id: voice.mediaId } }, uses: [voice] };
    }
    case 'video': {
      if (kind === 'mini' || !accountCan.video) return link(kind, fileCard(content.media));
      const [video, thumb] = [await uploads.put('video', content.media, accountCan.video), await uploads.thumb()];
      const part = {
        media_id: video.mediaId,
        thumb_media_id: thumb.mediaId,
        title: cut(content.media.name ?? '', TITLE),
        description: '',
      };
      return { body: { msgtype: 'video', video: part }, uses: [video, thumb] };
    }
    case 'file':
      return link(kind, fileCard(content.media));
    case 'link':
      return link(kind, { ...content, picture: content.image?.url });
    case 'payment':
      return content.url
        ? link(kind, { title: content.description, text: plain({ ...content, url: undefined }), url: content.url })
        : text(plain(content));
    case 'menu': {
      if (kind === 'mini') return text(plain(content));
      const list = content.options.map(({ id, text }) => ({ id, content: text }));
      const msgmenu = { head_content: content.text, list, tail_content: content.footer ?? '' };
      return { body: { msgtype: 'msgmenu', msgmenu }, uses: [], words: plain(content) };
    }
    case 'mini-program':
      return await miniProgram(content, kind, appId, uploads);
    case 'text':
    case 'template':
    case 'rating':
    case 'location':
      return text(plain(content));
  }
}

const text = (content: string): Draft => ({ body: textBody(content), uses: [] });

interface Card {
  title: string;
  text?: string;
  url: string;
  picture?: string;
}

/** A card to tap: `news` from an official account, `link` from a mini-program. */
function link(kind: Kind, { title, text: words, url, picture }: Card): Draft {
  const [head, description] = [cut(title, TITLE), cut(words ?? '', DESCRIPTION)];
  const body: Body =
    kind === 'account'
      ? { msgtype: 'news', news: { articles: [{ title: head, description, url, picurl: picture ?? '' }] } }
      : { msgtype: 'link', link: { title: head, description, url, thumb_url: picture ?? '' } };
  return { body, uses: [], words: [title, words, url].filter(Boolean).join('\n') };
}

/** WeChat has no file message: a card that opens our page of it. */
function fileCard({ url, name, previewUrl }: Media): Card {
  if (!url) throw new Refused('media_missing', 'The file has no address that WeChat could open.');
  return { title: name ?? new URL(url).host, url, picture: previewUrl };
}

async function miniProgram(
  { title, appId, path, media }: Extract<Sendable, { type: 'mini-program' }>,
  kind: Kind,
  own: string,
  uploads: Uploads,
): Promise<Draft> {
  if (kind === 'account' && !appId)
    throw new Refused('app_id_missing', 'A card of an official account names the mini-program it opens.');
  if (kind === 'mini' && appId && appId !== own)
    throw new Refused('foreign_page', 'A mini-program can send cards of its own pages only.');
  const cover = await uploads.cover(media);
  const card = { title: cut(title, TITLE), pagepath: path, thumb_media_id: cover.mediaId };
  const body: Body = {
    msgtype: 'miniprogrampage',
    miniprogrampage: kind === 'account' ? { ...card, appid: appId } : card,
  };
  return { body, uses: [cover] };
}
