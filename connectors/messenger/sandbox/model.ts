import type { PhoneModel } from '../../lib/phone/model.ts';
import { fields } from '../config.ts';

const SIGNS = ['❤️', '😆', '😮', '😢', '😠', '👍'];

/** What Messenger's phone offers. */
export const model: PhoneModel = {
  name: 'messenger',
  label: { zh: 'Messenger 沙箱', en: 'Messenger sandbox' },
  fields: Object.fromEntries(Object.entries(fields).map(([name, { label }]) => [name, label])),
  theme: { accent: '#3b5bdb', onAccent: '#ffffff', bubble: '#dbe4ff', onBubble: '#0f1b4d' },
  sends: {
    text: 2000,
    image: 'image/jpeg,image/png,image/gif',
    video: 'video/mp4,video/quicktime',
    voice: 'audio/mp4,audio/mpeg,audio/aac,audio/wav,audio/webm',
    file: '*/*',
    location: true,
    stickers: [
      { id: '369239263222822', picture: 'ok', label: { zh: '好的', en: 'OK' } },
      { id: '126361874215276', picture: 'hello', label: { zh: '你好', en: 'Hello' } },
      { id: '126361920881938', picture: 'thanks', label: { zh: '谢谢', en: 'Thanks' } },
      { id: '126361967548600', picture: 'love', label: { zh: '喜欢', en: 'Love it' } },
    ],
  },
  // Meta documents the event for Instagram's side of the same platform only.
  unsend: true,
  quote: true,
  menu: [
    { label: { zh: '开始', en: 'Get Started' }, data: 'GET_STARTED' },
    { label: { zh: '价格', en: 'Prices' }, data: 'prices' },
  ],
  actions: [
    {
      id: 'react',
      on: 'account',
      icon: 'heart',
      label: { zh: '回应表情', en: 'React' },
      input: {
        label: { zh: '表情', en: 'Emoji' },
        choices: SIGNS.map((value) => ({ value, label: { zh: value, en: value } })),
      },
    },
    {
      id: 'edit',
      on: 'person',
      icon: 'file',
      label: { zh: '修改', en: 'Edit' },
      help: { zh: '15 分钟内的文字消息', en: 'Text of the last 15 minutes' },
      input: { label: { zh: '新的文字', en: 'New text' }, max: 300 },
    },
    {
      id: 'link',
      icon: 'enter',
      label: { zh: '打开 m.me 链接', en: 'Open an m.me link' },
      input: { label: { zh: 'ref 参数', en: 'ref' }, value: 'table-12', max: 100 },
    },
    {
      id: 'advert',
      icon: 'link',
      label: { zh: '从广告进入', en: 'Come from an advert' },
      help: { zh: '下一条消息带广告来源', en: 'The next message carries the referral' },
    },
    { id: 'share', icon: 'card', label: { zh: '分享网页', en: 'Share a page' } },
    {
      id: 'echo',
      icon: 'agent',
      label: { zh: '同事在主页收件箱里回复', en: 'A colleague answers in Meta’s inbox' },
      input: { label: { zh: '内容', en: 'Text' }, value: '这边由我跟进。', max: 300 },
    },
    {
      id: 'day',
      icon: 'eye',
      label: { zh: '24 小时过去了', en: '24 hours pass' },
      help: { zh: '之后需要 Human Agent 权限', en: 'Afterwards Human Agent is needed' },
    },
    { id: 'week', icon: 'eye', label: { zh: '7 天过去了', en: 'Seven days pass' } },
  ],
};
