import type { PhoneModel } from '../../lib/phone/model.ts';
import { appFields } from '../app-config.ts';

/** What Douyin's phone offers. */
export const model: PhoneModel = {
  name: 'douyin',
  label: { zh: '抖音沙箱', en: 'Douyin sandbox' },
  fields: Object.fromEntries(Object.entries(appFields).map(([name, { label }]) => [name, label])),
  theme: { accent: '#161823', onAccent: '#ffffff', bubble: '#ffd6de', onBubble: '#3a0a14' },
  sends: {
    text: 500,
    // A moving picture goes out as an emoji, as the app does it.
    image: 'image/jpeg,image/png,image/webp,image/gif',
    video: 'video/mp4,video/webm',
  },
  unsend: true,
  actions: [
    {
      id: 'enter',
      label: { zh: '进入私信页', en: 'Open the chat' },
      help: { zh: '30 秒内可收到问候语', en: 'A greeting may come within 30 seconds' },
      icon: 'enter',
      input: {
        label: { zh: '从哪里来', en: 'Coming from' },
        choices: [
          { value: 'profile', label: { zh: '主页', en: 'The profile' } },
          { value: 'video', label: { zh: '视频', en: 'A video' } },
          { value: 'ad', label: { zh: '广告', en: 'An advert' } },
          { value: 'mini-app', label: { zh: '小程序', en: 'A mini-app' } },
        ],
      },
    },
    {
      id: 'form',
      label: { zh: '填写留资卡片', en: 'Fill in a form card' },
      icon: 'card',
      input: { label: { zh: '姓名', en: 'Name' }, value: '客人', max: 40 },
    },
    {
      id: 'share-video',
      label: { zh: '分享视频', en: 'Share a video' },
      help: { zh: '不下发地址，只能在抖音中看', en: 'Comes without an address: to be seen in Douyin only' },
      icon: 'link',
    },
    {
      id: 'colleague',
      label: { zh: '同事在抖音 App 回复', en: 'A colleague answers in the app' },
      icon: 'agent',
      input: { label: { zh: '回复内容', en: 'Answer' }, value: '您好，我来跟进', max: 300 },
    },
    { id: 'read', label: { zh: '全部已读', en: 'Read everything' }, icon: 'eye' },
    {
      id: 'consent',
      label: { zh: '主动私信授权', en: 'Consent to being written to' },
      icon: 'heart',
      input: {
        label: { zh: '操作', en: 'What' },
        choices: [
          { value: 'grant', label: { zh: '同意', en: 'Agree' } },
          { value: 'withdraw', label: { zh: '取消', en: 'Withdraw' } },
        ],
      },
    },
    { id: 'recall-ours', label: { zh: '商家撤回', en: 'Taken back by the business' }, on: 'account' },
    {
      id: 'unauthorize',
      label: { zh: '企业号解除授权', en: 'The business withdraws its authorisation' },
      icon: 'bolt',
    },
  ],
};
