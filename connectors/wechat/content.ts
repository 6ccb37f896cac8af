import type { Content, Media } from '../../core/message.ts';
import { MAX_TEXT } from '../../core/message.ts';
import { cut, safeName } from '../lib/text.ts';
import { mediaSource } from './media-source.ts';
import * as schema from './schema.ts';

/** What WeChat's own client shows in place of a kind it will not hand on (stickers and the like). */
const NOT_HANDED_ON = /^\[收到不支持的消息类型/;

/** What a customer said, in our words (channels/wechat.md §4). Every kind has a shape or keeps its name; nothing throws. */
export function toContent(type: string, raw: unknown): Content {
  switch (type) {
    case 'text':
      return textContent(schema.text.parse(raw));
    case 'image': {
      const { MediaId, PicUrl } = schema.image.parse(raw);
      return mediaContent('image', type, MediaId, PicUrl);
    }
    case 'voice': {
      const { MediaId, Format } = schema.voice.parse(raw);
      return mediaContent('voice', type, MediaId, undefined, Format?.toLowerCase() === 'amr' ? 'audio/amr' : undefined);
    }
    case 'video':
    case 'shortvideo':
      return mediaContent('video', type, schema.video.parse(raw).MediaId);
    case 'location': {
      const { Location_X, Location_Y, Label } = schema.location.parse(raw);
      if (Location_X === undefined || Location_Y === undefined) return unsupported(type, Label);
      return { type: 'location', latitude: Location_X, longitude: Location_Y, address: Label && cut(Label, 500) };
    }
    case 'link': {
      const { Title, Description, Url } = schema.link.parse(raw);
      if (!isWeb(Url)) return unsupported(type, [Title, Description, Url].filter(Boolean).join('\n'));
      return { type: 'link', title: cut(Title ?? Url, 200), text: Description && cut(Description, 500), url: Url };
    }
    case 'miniprogrampage': {
      const { Title, AppId, PagePath, ThumbMediaId, ThumbUrl } = schema.miniProgramPage.parse(raw);
      const source = mediaSource(ThumbMediaId, ThumbUrl);
      return {
        type: 'mini-program',
        title: cut(Title ?? PagePath ?? type, 200),
        appId: AppId && cut(AppId, 64),
        path: cut(PagePath ?? '', 1024),
        media: source ? { source, state: 'fetching' } : undefined,
      };
    }
    // It comes with a name and sums but with no way to get it.
    case 'file':
      return unsupported(type, safeName(schema.file.parse(raw).Title));
    default:
      return unsupported(type, schema.text.parse(raw).Content);
  }
}

/** A tap on our menu comes as a text with the item's id. */
function textContent({ Content, bizmsgmenuid }: { Content?: string; bizmsgmenuid?: string }): Content {
  if (bizmsgmenuid !== undefined)
    return { type: 'action', data: cut(bizmsgmenuid, 2000), text: Content && cut(Content, 500) };
  if (Content === undefined) return unsupported('text');
  if (NOT_HANDED_ON.test(Content)) return unsupported('text', Content);
  return { type: 'text', text: cut(Content, MAX_TEXT) };
}

function mediaContent(
  type: 'image' | 'voice' | 'video',
  name: string,
  mediaId: string | undefined,
  url?: string,
  mime?: string,
): Content {
  const source = mediaSource(mediaId, url);
  if (!source) return unsupported(name);
  const media: Media = { source, state: 'fetching', mime };
  return { type, media };
}

function unsupported(what: string, text?: string): Content {
  return { type: 'unsupported', what: cut(what, 100), text: text ? cut(text, MAX_TEXT) : undefined };
}

function isWeb(url: string | undefined): url is string {
  return url !== undefined && url.length <= 2000 && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}
