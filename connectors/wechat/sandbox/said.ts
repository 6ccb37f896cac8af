import type { Bubble, Said } from '../../lib/phone/model.ts';
import { PhoneRefusal } from '../../lib/phone/model.ts';
import type { WechatAccount } from './accounts.ts';
import type { Fields } from './envelope.ts';
import type { MediaType } from './medias.ts';
import type { Platform } from './platform.ts';

/** What WeChat makes of a sticker and of everything else it does not hand on. */
export const NOT_SHOWN = '[收到不支持的消息类型，暂无法显示]';

/** The fields of the message a person's words become (wechat.md §4), without its id. */
export function messageFields(
  said: Exclude<Said, { type: 'action' }>,
  account: WechatAccount,
  platform: Platform,
): Fields {
  switch (said.type) {
    case 'text':
      return { MsgType: 'text', Content: said.text };
    case 'sticker':
      return { MsgType: 'text', Content: NOT_SHOWN };
    case 'location':
      return {
        MsgType: 'location',
        Location_X: said.latitude,
        Location_Y: said.longitude,
        Scale: 15,
        Label: [said.address, said.title].filter(Boolean).join(' ') || '',
      };
    case 'image': {
      const MediaId = media(said.upload, 'image', account, platform);
      return { MsgType: 'image', PicUrl: `${platform.host.url}/phone/files/${said.upload}`, MediaId };
    }
    case 'voice': {
      const MediaId = media(said.upload, 'voice', account, platform);
      return { MsgType: 'voice', MediaId, Format: voiceFormat(said.upload, platform), MediaId16K: MediaId };
    }
    case 'video': {
      const MediaId = media(said.upload, 'video', account, platform);
      return { MsgType: 'video', MediaId, ThumbMediaId: media(said.upload, 'thumb', account, platform) };
    }
    case 'file':
      throw new PhoneRefusal('not_here', 'WeChat hands no files on.');
  }
}

/** The bubble on the person's own phone. */
export function bubbleOfSaid(said: Said, platform: Platform): Bubble {
  if (!('upload' in said)) return said;
  const url = `${new URL(platform.host.url).pathname}/phone/files/${said.upload}`;
  if (said.type === 'voice') return { type: 'voice', url, seconds: said.seconds };
  if (said.type === 'file') return { type: 'file', url, name: platform.files.get(said.upload)?.name ?? 'file' };
  return { type: said.type, url };
}

function media(upload: string, type: MediaType, account: WechatAccount, platform: Platform): string {
  if (!platform.files.get(upload)) throw new PhoneRefusal('not_found', 'The upload is no longer here.');
  return platform.medias.add(account.appId, type, upload);
}

/** WeChat makes AMR of what is spoken; we only have what was uploaded, and say what it is. */
function voiceFormat(upload: string, { files }: Platform): string {
  const file = files.get(upload);
  const head = Buffer.from(file?.bytes.subarray(0, 9) ?? []).toString('latin1');
  if (head.startsWith('#!AMR')) return 'amr';
  if (head.includes('#!SILK')) return 'silk';
  return /\.(\w{1,8})$/.exec(file?.name ?? '')?.[1]?.toLowerCase() ?? 'amr';
}
