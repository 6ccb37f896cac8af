import type { PhoneModel } from '../../lib/phone/model.ts';
import type { FaultSpec } from '../../lib/sandbox/faults.ts';

/** What LINE's phone offers. Sticker ids are real ones of LINE's free packages; the drawings on the page are our own. */
export const model: PhoneModel = {
  name: 'line',
  label: { zh: 'LINE 沙箱', en: 'LINE sandbox' },
  theme: { accent: '#0a7d3e', onAccent: '#ffffff', bubble: '#b9f0c9', onBubble: '#0c2414' },
  sends: {
    text: 5000,
    image: 'image/jpeg,image/png,image/gif,image/webp',
    video: 'video/mp4,video/webm',
    voice: 'audio/mp4,audio/x-m4a,audio/mpeg,audio/webm,audio/ogg',
    file: '*/*',
    location: true,
    stickers: [
      { id: '446/1988', picture: 'hello', label: { zh: '你好', en: 'Hello' } },
      { id: '446/1989', picture: 'thanks', label: { zh: '谢谢', en: 'Thanks' } },
      { id: '446/1990', picture: 'ok', label: { zh: '好的', en: 'OK' } },
      { id: '446/1991', picture: 'puzzled', label: { zh: '疑问', en: 'Puzzled' } },
      { id: '446/1992', picture: 'sad', label: { zh: '难过', en: 'Sad' } },
      { id: '446/1993', picture: 'cross', label: { zh: '生气', en: 'Cross' } },
      { id: '446/1994', picture: 'love', label: { zh: '喜欢', en: 'Love it' } },
      { id: '446/1995', picture: 'night', label: { zh: '晚安', en: 'Good night' } },
    ],
  },
  unsend: true,
  quote: true,
  follow: {
    add: { zh: '加为好友', en: 'Add friend' },
    remove: { zh: '封锁', en: 'Block' },
    removed: { zh: '尚未加为好友，或已封锁。', en: 'Not a friend yet, or blocked.' },
  },
  menu: [
    { label: { zh: '人工客服', en: 'Talk to us' }, data: '人工' },
    { label: { zh: '营业时间', en: 'Opening hours' }, data: 'action=hours' },
    { label: { zh: '我的订单', en: 'My orders' }, data: 'action=orders' },
  ],
};

const ms = { zh: '毫秒', en: 'ms' };

export const faults: FaultSpec[] = [
  { id: 'duplicate', group: 'delivery', kind: 'switch', label: { zh: '重复推送', en: 'Deliver twice' }, help: { zh: '每个 Webhook 同时发出两份', en: 'Every webhook goes out twice at once' } },
  { id: 'reorder', group: 'delivery', kind: 'switch', label: { zh: '打乱顺序', en: 'Reorder' }, help: { zh: '每个 Webhook 被后一个超过', en: 'Every webhook is overtaken by the next' } },
  { id: 'bundle', group: 'delivery', kind: 'switch', label: { zh: '合并推送', en: 'Bundle' }, help: { zh: '一秒内的事件合成一个请求', en: 'One request for all events of a second' } },
  { id: 'redeliver', group: 'delivery', kind: 'switch', label: { zh: '失败后重发', en: 'Redeliver' }, help: { zh: '没有得到 2xx 时再发，最多四次（LINE 默认关闭）', en: 'Repeats what got no 2xx, up to four times (off by default at LINE, too)' } },
  { id: 'timeoutMs', group: 'delivery', kind: 'number', initial: 2000, max: 30_000, unit: ms, label: { zh: 'Webhook 等待时间', en: 'Webhook patience' }, help: { zh: '超过即视为失败', en: 'A later answer counts as none' } },
  { id: 'badSignature', group: 'delivery', kind: 'switch', label: { zh: '错误签名', en: 'Wrong signature' }, help: { zh: '应得到 401', en: 'Should get a 401' } },
  { id: 'standby', group: 'delivery', kind: 'switch', label: { zh: '待机模式', en: 'Standby' }, help: { zh: '由其他模块接管：只记录，不回复', en: 'Another module is in charge: record, but say nothing' } },
  { id: 'webhookOff', group: 'delivery', kind: 'switch', label: { zh: '关闭 Webhook', en: 'Webhook off' }, help: { zh: '等同控制台的「Use webhook」关闭', en: 'As “Use webhook” in the console' } },
  { id: 'slowMs', group: 'api', kind: 'number', initial: 0, max: 60_000, unit: ms, label: { zh: '接口延迟', en: 'Slow API' } },
  { id: 'fail500', group: 'api', kind: 'switch', label: { zh: '接口返回 500', en: 'API answers 500' }, help: { zh: '请求未被处理', en: 'Nothing was done' } },
  { id: 'lostAnswer', group: 'api', kind: 'switch', label: { zh: '已送达却返回 500', en: 'Delivered, yet 500' }, help: { zh: '消息已送达，应答丢失', en: 'The message arrived, the answer got lost' } },
  { id: 'rateLimited', group: 'api', kind: 'switch', label: { zh: '触发频率限制', en: 'Rate limit' }, help: { zh: '返回 429', en: 'Answers 429' } },
  { id: 'quotaUsedUp', group: 'api', kind: 'switch', label: { zh: '推送额度用完', en: 'Quota used up' }, help: { zh: '推送返回 429，回复不受影响', en: 'Pushes get 429, replies do not' } },
  { id: 'tokensRefused', group: 'api', kind: 'switch', label: { zh: '令牌失效', en: 'Tokens refused' }, help: { zh: '所有调用返回 401', en: 'Every call gets 401' } },
  { id: 'replyTokensDead', group: 'api', kind: 'switch', label: { zh: '回复令牌无效', en: 'Dead reply tokens' }, help: { zh: '只能改用推送', en: 'Leaves pushing' } },
  { id: 'contentPreparing', group: 'api', kind: 'switch', label: { zh: '媒体准备中', en: 'Content preparing' }, help: { zh: '下载返回 202', en: 'Downloads get 202' } },
  { id: 'contentGone', group: 'api', kind: 'switch', label: { zh: '媒体已过期', en: 'Content gone' }, help: { zh: '下载返回 410', en: 'Downloads get 410' } },
  { id: 'autoRead', group: 'account', kind: 'switch', label: { zh: '自动已读', en: 'Read automatically' }, help: { zh: '由 LINE 自动标记已读', en: 'LINE marks as read by itself' } },
];
