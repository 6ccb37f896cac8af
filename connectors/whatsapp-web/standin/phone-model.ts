import type { PhoneModel } from '../../lib/phone/model.ts';
import type { FaultSpec } from '../../lib/sandbox/faults.ts';

export const phoneModel: PhoneModel = {
  name: 'whatsapp-web',
  label: { zh: 'WhatsApp（扫码）', en: 'WhatsApp (scan)' },
  fields: {},
  theme: { accent: '#1f7a54', onAccent: '#ffffff', bubble: '#d6f4cf', onBubble: '#10281b' },
  sends: {
    text: 20_000,
    image: 'image/jpeg,image/png,image/webp',
    video: 'video/mp4,video/3gpp',
    voice: 'audio/ogg,audio/mp4,audio/mpeg,audio/webm',
    file: '*/*',
    location: true,
  },
  unsend: true,
  quote: true,
  actions: [
    {
      id: 'react',
      label: { zh: '表情回应', en: 'React' },
      icon: 'heart',
      on: 'account',
      input: {
        label: { zh: '表情，留空则取消', en: 'Emoji; empty takes it away' },
        value: '👍',
        max: 8,
        optional: true,
      },
    },
    {
      id: 'colleague',
      label: { zh: '同事用手机回复', en: 'A colleague answers on the phone' },
      icon: 'agent',
      input: { label: { zh: '说什么', en: 'What' }, max: 300 },
    },
    {
      id: 'log-out',
      label: { zh: '在手机上退出已关联的设备', en: 'Log linked devices out on the phone' },
      icon: 'link',
    },
  ],
};

export const faults: FaultSpec[] = [
  {
    id: 'unread',
    group: 'delivery',
    kind: 'switch',
    label: { zh: '客户不看消息（没有已读回执）', en: 'Customers do not look (no read receipts)' },
  },
  {
    id: 'failing',
    group: 'delivery',
    kind: 'switch',
    label: { zh: '发送失败（回执 -1）', en: 'Messages fail after all (acknowledgement -1)' },
  },
];
