import type { PhoneModel } from '../../lib/phone/model.ts';
import { fields } from '../fields.ts';

/** What Weibo's private messages offer a fan. Emoticons are texts: `[微笑]`. */
export const model: PhoneModel = {
  name: 'weibo',
  label: { zh: '微博沙箱', en: 'Weibo sandbox' },
  fields: Object.fromEntries(Object.entries(fields).map(([name, { label }]) => [name, label])),
  theme: { accent: '#c2410c', onAccent: '#ffffff', bubble: '#ffe0c2', onBubble: '#3b1a04' },
  sends: {
    text: 1000,
    image: 'image/jpeg,image/png,image/gif',
    voice: 'audio/amr,audio/mp4,audio/mpeg,audio/webm,audio/ogg',
    location: true,
  },
  follow: {
    add: { zh: '关注', en: 'Follow' },
    remove: { zh: '取消关注', en: 'Unfollow' },
    removed: { zh: '尚未关注，或已取消关注。', en: 'Not following yet, or no longer.' },
  },
  menu: [
    { label: { zh: '人工客服', en: 'Talk to us' }, data: '人工' },
    { label: { zh: '营业时间', en: 'Opening hours' }, data: 'V1001_HOURS' },
    { label: { zh: '我的订单', en: 'My orders' }, data: 'V1001_ORDERS' },
  ],
  actions: [
    {
      id: 'mention',
      icon: 'at',
      label: { zh: '发微博 @ 该账号', en: 'Mention in a post' },
      help: { zh: '公开提到账号；48 小时内只能回复一条。', en: 'In public; one answer within 48 hours.' },
      input: { label: { zh: '微博正文', en: 'Text of the post' }, value: '@海纳演示 周末开门吗？', max: 140 },
    },
    {
      id: 'comment',
      icon: 'at',
      label: { zh: '评论中 @ 该账号', en: 'Mention in a comment' },
      input: { label: { zh: '评论', en: 'Comment' }, value: '@海纳演示 好的', max: 140 },
    },
    {
      id: 'scan',
      icon: 'scan',
      label: { zh: '扫描带参数的二维码', en: 'Scan a code of the account' },
      help: { zh: '未关注时会同时关注。', en: 'Follows as well, if not yet following.' },
      input: { label: { zh: '参数（key）', en: 'Parameter (key)' }, value: 'qr_shop101', max: 100 },
    },
    {
      id: 'view',
      icon: 'link',
      label: { zh: '打开菜单里的链接', en: 'Open a menu link' },
      input: { label: { zh: '网址', en: 'Address' }, value: 'https://shop.example/orders', max: 300 },
    },
    {
      id: 'subscribe',
      icon: 'bolt',
      label: { zh: '订阅', en: 'Subscribe' },
      input: {
        label: { zh: '私信关键词（可留空）', en: 'Keyword sent (may be empty)' },
        value: 'dy',
        max: 20,
        optional: true,
      },
    },
    { id: 'unsubscribe', icon: 'bolt', label: { zh: '退订', en: 'Unsubscribe' } },
  ],
};
