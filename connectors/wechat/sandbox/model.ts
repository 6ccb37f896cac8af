import type { PhoneModel } from '../../lib/phone/model.ts';
import { accountFields, miniFields } from '../fields.ts';
import type { Kind } from './ids.ts';

/** WeChat's phone in its two shapes: the chat of an official account, with its menu, and a mini-program's. */

const labels = (fields: typeof accountFields): PhoneModel['fields'] => ({
  ...Object.fromEntries(Object.entries(fields).map(([name, { label }]) => [name, label])),
  userName: { zh: '原始ID', en: 'Original id' },
  authorised: { zh: '已授权给', en: 'Authorised to' },
  eventsUrl: { zh: '授权事件接收URL', en: 'Authorisation event URL' },
});
const theme = { accent: '#1f6b3a', onAccent: '#ffffff', bubble: '#a6e58b', onBubble: '#10220a' };

export const KIND_WORDS: Record<Kind, { zh: string; en: string }> = {
  service: { zh: '服务号（已认证）', en: 'Service account (verified)' },
  subscription: { zh: '订阅号（未认证）', en: 'Subscription account (not verified)' },
  mini: { zh: '小程序', en: 'Mini-program' },
};

export const official: PhoneModel = {
  name: 'wechat',
  label: { zh: '微信沙箱', en: 'WeChat sandbox' },
  fields: labels(accountFields),
  theme,
  sends: {
    text: 2000,
    image: 'image/jpeg,image/png,image/gif',
    video: 'video/mp4',
    voice: 'audio/amr,audio/mpeg,audio/webm,audio/ogg,audio/mp4,.amr,.speex,.silk',
    location: true,
    // WeChat does not hand stickers on: whatever is chosen, the account gets the same line of text.
    stickers: [
      { id: 'hello', picture: 'hello', label: { zh: '你好', en: 'Hello' } },
      { id: 'thanks', picture: 'thanks', label: { zh: '谢谢', en: 'Thanks' } },
      { id: 'puzzled', picture: 'puzzled', label: { zh: '疑问', en: 'Puzzled' } },
      { id: 'love', picture: 'love', label: { zh: '喜欢', en: 'Love it' } },
    ],
  },
  follow: {
    add: { zh: '关注公众号', en: 'Follow' },
    remove: { zh: '取消关注', en: 'Unfollow' },
    removed: { zh: '尚未关注，或已取消关注。', en: 'Not following.' },
  },
  menu: [
    { label: { zh: '人工客服', en: 'Talk to us' }, data: 'click:HUMAN' },
    { label: { zh: '营业时间', en: 'Opening hours' }, data: 'click:HOURS' },
    { label: { zh: '官网', en: 'Website' }, data: 'view:https://example.com/' },
  ],
  actions: [
    {
      id: 'scan',
      icon: 'scan',
      label: { zh: '扫渠道二维码', en: 'Scan a scene’s code' },
      help: {
        zh: '未关注的人扫码后关注，带 qrscene_ 前缀',
        en: 'Whoever does not follow yet, follows by it (qrscene_)',
      },
      input: { label: { zh: '场景值', en: 'Scene' }, value: 'shop_42', max: 64 },
    },
    {
      id: 'link',
      icon: 'link',
      label: { zh: '转发文章', en: 'Forward an article' },
      input: { label: { zh: '链接', en: 'Address' }, value: 'https://example.com/article', max: 300 },
    },
    { id: 'file', icon: 'file', label: { zh: '发送文件', en: 'Send a file' } },
    { id: 'position', icon: 'eye', label: { zh: '上报地理位置', en: 'Report the position' } },
    {
      id: 'desk',
      icon: 'agent',
      label: { zh: '多客服接入', en: 'WeChat’s own desk' },
      input: {
        label: { zh: '会话', en: 'Session' },
        choices: [
          { value: 'kf_create_session', label: { zh: '接入', en: 'Takes the chat' } },
          { value: 'kf_close_session', label: { zh: '关闭', en: 'Gives it back' } },
          { value: 'kf_switch_session', label: { zh: '转接', en: 'Moves it' } },
        ],
      },
    },
    { id: 'revoke', icon: 'bolt', label: { zh: '撤回用户资料授权', en: 'Withdraw consent to one’s data' } },
  ],
};

export const mini: PhoneModel = {
  ...official,
  label: { zh: '微信沙箱', en: 'WeChat sandbox' },
  fields: labels(miniFields),
  theme: { ...theme, accent: '#2b4a7d', bubble: '#bfe7a8' },
  sends: { text: 2000, image: 'image/jpeg,image/png,image/gif' },
  follow: undefined,
  menu: undefined,
  actions: [
    {
      id: 'enter',
      icon: 'enter',
      label: { zh: '从页面进入客服', en: 'Enter from a page' },
      input: { label: { zh: 'session-from', en: 'session-from' }, value: 'from=product&id=7', max: 300 },
    },
    {
      id: 'page',
      icon: 'card',
      label: { zh: '发送小程序卡片', en: 'Send a card' },
      input: { label: { zh: '页面路径', en: 'Page' }, value: 'pages/item?id=7', max: 300 },
    },
  ],
};

export const modelOf = (kind: Kind): PhoneModel => (kind === 'mini' ? mini : official);
