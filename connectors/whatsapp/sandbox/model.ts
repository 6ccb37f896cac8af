import type { PhoneModel } from '../../lib/phone/model.ts';
import { fields } from '../config.ts';

const SIGNS = ['👍', '❤️', '😂', '😮', '😢', '🙏'];

/** What WhatsApp's phone offers; stickers are our own drawings as webp files (`stickers/`). */
export const model: PhoneModel = {
  name: 'whatsapp',
  label: { zh: 'WhatsApp 沙箱', en: 'WhatsApp sandbox' },
  fields: Object.fromEntries(Object.entries(fields).map(([name, { label }]) => [name, label])),
  theme: { accent: '#0b6e55', onAccent: '#ffffff', bubble: '#d3f5cb', onBubble: '#10241a' },
  sends: {
    text: 4096,
    image: 'image/jpeg,image/png',
    video: 'video/mp4,video/3gpp',
    voice: 'audio/ogg,audio/mp4,audio/mpeg,audio/aac,audio/amr,audio/webm',
    file: '*/*',
    location: true,
    stickers: [
      { id: 'hello', picture: 'hello', label: { zh: '你好', en: 'Hello' } },
      { id: 'thanks', picture: 'thanks', label: { zh: '谢谢', en: 'Thanks' } },
      { id: 'ok', picture: 'ok', label: { zh: '好的', en: 'OK' } },
      { id: 'puzzled', picture: 'puzzled', label: { zh: '疑问', en: 'Puzzled' } },
      { id: 'sad', picture: 'sad', label: { zh: '难过', en: 'Sad' } },
      { id: 'cross', picture: 'cross', label: { zh: '生气', en: 'Cross' } },
      { id: 'love', picture: 'love', label: { zh: '喜欢', en: 'Love it' } },
      { id: 'night', picture: 'night', label: { zh: '晚安', en: 'Good night' } },
    ],
  },
  unsend: true,
  quote: true,
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
    { id: 'contact', icon: 'card', label: { zh: '发送名片', en: 'Send a contact' } },
    { id: 'order', icon: 'coin', label: { zh: '从目录下单', en: 'Order from the catalogue' } },
    { id: 'form', icon: 'grid', label: { zh: '提交表单（Flow）', en: 'Fill in a form (flow)' } },
    {
      id: 'advert',
      icon: 'link',
      label: { zh: '从广告进入', en: 'Come from an advert' },
      help: { zh: '下一条消息带广告来源', en: 'The next message carries the referral' },
    },
    { id: 'welcome', icon: 'enter', label: { zh: '首次打开聊天', en: 'Open the chat for the first time' } },
    {
      id: 'call',
      icon: 'bolt',
      label: { zh: '拨打语音电话', en: 'Call' },
      help: { zh: '同样打开 24 小时窗口', en: 'Opens the 24 hours as well' },
    },
    {
      id: 'echo',
      icon: 'agent',
      label: { zh: '同事在手机应用里回复', en: 'A colleague answers in the app' },
      input: { label: { zh: '内容', en: 'Text' }, value: '这边由我跟进。', max: 300 },
    },
    {
      id: 'close-window',
      icon: 'eye',
      label: { zh: '24 小时过去了', en: '24 hours pass' },
      help: { zh: '之后只能发送模板', en: 'Afterwards only templates go through' },
    },
  ],
};
