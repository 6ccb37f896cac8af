import type { Sendable } from '../../core/message.ts';
import type { Received, Reply } from '../connector.ts';
import { plain } from '../lib/plain.ts';
import { cut } from '../lib/text.ts';
import { seal } from './crypt.ts';
import { DESCRIPTION, PASSIVE_MS, TEXT_BYTES, TITLE } from './limits.ts';
import type { Opened } from './open-body.ts';
import { parse } from './parse.ts';
import * as schema from './schema.ts';
import { cutBytes } from './text-bytes.ts';
import { writeXml, type XmlPart } from './xml-write.ts';

/** The thanks WeChat understands: without quotes, without anything around. */
export const SUCCESS: Reply = { type: 'text/plain', body: 'success' };

/**
 * The answer inside the response, for accounts that cannot write otherwise (channels/wechat.md §7). Only what needs no
 * question to anybody fits: texts and cards; a file goes as a card that opens it. Undefined for pushes nobody can answer.
 */
export function passive(opened: Opened): Received['passive'] {
  const { ToUserName, FromUserName } = parse(schema.push, opened.fields, 'bad_push');
  if (!ToUserName || !FromUserName || opened.json) return undefined;
  return {
    withinMs: PASSIVE_MS,
    answer: (content, now) => {
      const said = saying(content);
      return said && answer(opened, said, Math.floor(now / 1000));
    },
  };
}

/** A reply to the person a push came from. `at` in seconds. */
export function answer(opened: Opened, said: { [name: string]: XmlPart }, at: number): Reply {
  const { ToUserName, FromUserName } = parse(schema.push, opened.fields, 'bad_push');
  const xml = writeXml({ ToUserName: FromUserName, FromUserName: ToUserName, CreateTime: at, ...said });
  if (!opened.seal) return { type: 'text/xml', body: xml };
  const { Encrypt, MsgSignature, TimeStamp, Nonce } = seal(xml, opened.seal, at);
  return { type: 'text/xml', body: writeXml({ Encrypt, MsgSignature, TimeStamp: Number(TimeStamp), Nonce }) };
}

export const textReply = (text: string): { [name: string]: XmlPart } => ({ MsgType: 'text', Content: text });

function saying(content: Sendable): { [name: string]: XmlPart } | undefined {
  switch (content.type) {
    case 'link':
      return article(content.title, content.text, content.url, content.image?.url);
    case 'image':
    case 'voice':
    case 'video':
    case 'file': {
      const { url, name } = content.media;
      if (!url) return undefined;
      return article(name ?? new URL(url).host, undefined, url, content.type === 'image' ? url : undefined);
    }
    default: {
      const text = cutBytes(plain(content), TEXT_BYTES);
      // An answer without words makes WeChat show its fault text.
      return text.trim() ? textReply(text) : undefined;
    }
  }
}

/** One card; WeChat takes no more in the answer to a message. */
function article(title: string, text: string | undefined, url: string, picture: string | undefined) {
  return {
    MsgType: 'news',
    ArticleCount: 1,
    Articles: {
      item: { Title: cut(title, TITLE), Description: cut(text ?? '', DESCRIPTION), PicUrl: picture ?? '', Url: url },
    },
  };
}
