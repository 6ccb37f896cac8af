import type { Bubble } from '../../lib/phone/model.ts';
import { PhoneRefusal } from '../../lib/phone/model.ts';
import { avatar } from '../../lib/sandbox/avatar.ts';
import type { WechatAccount } from './accounts.ts';
import type { Fields } from './envelope.ts';
import { letters } from './ids.ts';
import type { Platform } from './platform.ts';
import type { Act } from './windows.ts';

/** What a tap or another act becomes: an event, or a message where `message` is set (wechat.md §4, §5). */
export interface Done {
  fields: Fields;
  /** What stands on the person's own phone; nothing where the person sees nothing of it. */
  bubble?: Bubble;
  message?: true;
  act?: Act;
  /** Following comes of it. */
  follows?: true;
}
const event = (Event: string, own: Fields = {}): Fields => ({ MsgType: 'event', Event, ...own });
const ticketOf = (platform: Platform, scene: string) => `gQ${letters(platform.host.seed, 'scene', scene)}`;

/** The picture of a page, as media of the account. */
function thumb({ appId }: WechatAccount, { files, medias, host }: Platform): string {
  const file = files.add({ name: 'page.png', mime: 'image/png', bytes: avatar(appId), at: host.now() });
  return medias.add(appId, 'thumb', file.id);
}

/** A tap: `data` is a verb of ours and what it is done to, `text` what stood on the button. */
export function tapped(data: string, text: string, account: WechatAccount, platform: Platform): Done {
  const [, verb = '', value = ''] = /^(\w+):([\s\S]*)$/.exec(data) ?? [];
  const bubble = { type: 'action', data, text: text || value } as const;
  const isMini = account.kind === 'mini';
  switch (verb) {
    case 'click':
      if (!isMini) return { fields: event('CLICK', { EventKey: value }), bubble, act: 'menu' };
      break;
    case 'view':
      if (!isMini) return { fields: event('VIEW', { EventKey: value, MenuId: '430000001' }), bubble };
      break;
    case 'menu':
      // The answer to a menu message of ours: a text like any other, only with the item's id beside it.
      return {
        fields: { MsgType: 'text', Content: text || value, bizmsgmenuid: value },
        bubble: { type: 'text', text: text || value },
        message: true,
        act: 'message',
      };
    case 'enter':
      if (isMini) return done('enter', value, account, platform);
      break;
    case 'page':
      if (isMini) return done('page', value, account, platform);
      break;
  }
  throw new PhoneRefusal('not_here', 'This account has no such button.');
}

/** One of the phone's acts by its id; `value` is what was filled in. */
export function done(id: string, value: string, account: WechatAccount, platform: Platform, following = true): Done {
  const shown = (text: string): Bubble => ({ type: 'action', data: `${id}:${value}`, text });
  switch (id) {
    case 'scan': {
      const Ticket = ticketOf(platform, value);
      return following
        ? { fields: event('SCAN', { EventKey: value, Ticket }), bubble: shown(`扫码 Scan ${value}`), act: 'scan' }
        : {
            fields: event('subscribe', { EventKey: `qrscene_${value}`, Ticket }),
            bubble: shown(`扫码关注 Follow by code ${value}`),
            act: 'follow',
            follows: true,
          };
    }
    case 'enter':
      return {
        fields: event('user_enter_tempsession', { SessionFrom: value }),
        bubble: shown('进入客服会话 Enter the chat'),
        act: 'enter',
      };
    case 'page': {
      const Title = '蓝色外套 Blue coat';
      const ThumbUrl = `${platform.host.url}/avatars/${account.appId}.png`;
      const page = { AppId: account.appId, PagePath: value, ThumbUrl, ThumbMediaId: thumb(account, platform) };
      return {
        fields: { MsgType: 'miniprogrampage', Title, ...page },
        bubble: { type: 'card', title: Title, texts: [value], image: ThumbUrl, buttons: [] },
        message: true,
        act: 'message',
      };
    }
    case 'link': {
      const link = {
        Title: '订单说明 About orders',
        Description: '如何查看订单的状态 Where one’s order is',
        Url: value,
      };
      return {
        fields: { MsgType: 'link', ...link },
        bubble: { type: 'card', title: link.Title, texts: [link.Description], buttons: [{ label: '', url: value }] },
        message: true,
        act: 'message',
      };
    }
    case 'file': {
      // Not documented: what arrives names the file and has nothing to fetch it by.
      const [Title, FileMd5] = ['合同.pdf', '0123456789abcdef0123456789abcdef'];
      const file = { Title, Description: '', FileKey: 'filekey', FileMd5, FileTotalLen: 20_480 };
      return { fields: { MsgType: 'file', ...file }, bubble: shown(Title), message: true, act: 'message' };
    }
    case 'position':
      return {
        fields: event('LOCATION', { Latitude: '31.230416', Longitude: '121.473701', Precision: '40.000000' }),
        bubble: shown('上报地理位置 Report the position'),
      };
    case 'desk': {
      const [KfAccount, ToKfAccount] = ['desk1@demo', 'desk2@demo'];
      const moved = value === 'kf_switch_session';
      return { fields: event(value, moved ? { FromKfAccount: KfAccount, ToKfAccount } : { KfAccount }) };
    }
    case 'revoke': {
      const own = { AppID: account.appId, RevokeInfo: '1' };
      return { fields: event('user_authorization_revoke', own), bubble: shown('撤回用户资料授权 Withdraw consent') };
    }
    default:
      throw new PhoneRefusal('not_found', 'No such act.');
  }
}
