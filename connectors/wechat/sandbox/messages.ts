import { z } from 'zod';
import type { Kind } from './ids.ts';

/** Messages of the send API (wechat.md §8). */
const id = z.string().min(1).max(500);
const url = z.string().min(1).max(2048);
const words = z.string().max(2048);
const bodies = {
  text: z.object({ text: z.object({ content: z.string().min(1) }) }),
  image: z.object({ image: z.object({ media_id: id }) }),
  voice: z.object({ voice: z.object({ media_id: id }) }),
  video: z.object({
    video: z.object({
      media_id: id,
      thumb_media_id: id.optional(),
      title: words.optional(),
      description: words.optional(),
    }),
  }),
  music: z.object({
    music: z.object({
      title: words.optional(),
      description: words.optional(),
      musicurl: url,
      hqmusicurl: url,
      thumb_media_id: id,
    }),
  }),
  news: z.object({
    news: z.object({
      articles: z.array(
        z.object({ title: words, description: words.optional(), url: url.optional(), picurl: words.optional() }),
      ),
    }),
  }),
  mpnews: z.object({ mpnews: z.object({ media_id: id }) }),
  mpnewsarticle: z.object({ mpnewsarticle: z.object({ article_id: id }) }),
  msgmenu: z.object({
    msgmenu: z.object({
      head_content: words.optional(),
      list: z.array(z.object({ id: z.union([z.string(), z.number()]), content: z.string() })),
      tail_content: words.optional(),
    }),
  }),
  wxcard: z.object({ wxcard: z.object({ card_id: id }) }),
  miniprogrampage: z.object({
    miniprogrampage: z.object({ title: words, appid: id.optional(), pagepath: z.string().min(1), thumb_media_id: id }),
  }),
  link: z.object({ link: z.object({ title: words, description: words, url, thumb_url: words }) }),
};
export type MessageType = keyof typeof bodies;
export type Message = { [Type in MessageType]: { msgtype: Type } & z.infer<(typeof bodies)[Type]> }[MessageType];

const MINI: MessageType[] = ['text', 'image', 'link', 'miniprogrampage'];
const NOT_OFFICIAL: MessageType[] = ['link'];
const MAX_TEXT = 2048;
const MENU = { items: 20, bytes: 128 };

/** The message, or the errcode that WeChat answers. Media ids are looked at elsewhere. */
export function readMessage(body: unknown, kind: Kind): Message | number {
  const msgtype = z.object({ msgtype: z.string() }).safeParse(body).data?.msgtype;
  if (msgtype === undefined || !Object.hasOwn(bodies, msgtype)) return 40008;
  const type = msgtype as MessageType;
  if (kind === 'mini' ? !MINI.includes(type) : NOT_OFFICIAL.includes(type)) return 45162;
  const read = bodies[type].safeParse(body);
  if (!read.success) return type === 'image' || type === 'voice' || type === 'video' ? 40007 : 47001;
  const message = { msgtype: type, ...read.data } as Message;
  switch (message.msgtype) {
    case 'text':
      return Buffer.byteLength(message.text.content) > MAX_TEXT ? 45002 : message;
    case 'news':
      return message.news.articles.length === 1 ? message : 45008;
    case 'msgmenu': {
      const { list } = message.msgmenu;
      if (list.length < 1 || list.length > MENU.items) return 45098;
      return list.some(({ content }) => content === '' || Buffer.byteLength(content) > MENU.bytes) ? 45099 : message;
    }
    case 'miniprogrampage':
      // From an official account the mini-program must be named; a mini-program sends its own pages only.
      return kind !== 'mini' && !message.miniprogrampage.appid ? 40013 : message;
    default:
      return message;
  }
}
