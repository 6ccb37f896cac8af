import type { FaultSpec } from '../../sandbox/faults.ts';

const ms = { zh: '毫秒', en: 'ms' };

/** Ways to misbehave that every product of Meta's shares. */
export const graphFaults: FaultSpec[] = [
  {
    id: 'duplicate',
    group: 'delivery',
    kind: 'switch',
    label: { zh: '重复推送', en: 'Deliver twice' },
    help: { zh: '每个 Webhook 同时发出两份', en: 'Every webhook goes out twice at once' },
  },
  {
    id: 'reorder',
    group: 'delivery',
    kind: 'switch',
    label: { zh: '打乱顺序', en: 'Reorder' },
    help: { zh: '每个 Webhook 被后一个超过', en: 'Every webhook is overtaken by the next' },
  },
  {
    id: 'bundle',
    group: 'delivery',
    kind: 'switch',
    label: { zh: '合并推送', en: 'Bundle' },
    help: {
      zh: '一秒内的事件合成一个请求，含多个 entry',
      en: 'One request of several entries for all events of a second',
    },
  },
  {
    id: 'noRepeats',
    group: 'delivery',
    kind: 'switch',
    label: { zh: '失败后不再重发', en: 'No repeats' },
    help: {
      zh: '默认在没有得到 200 时以渐长的间隔重发',
      en: 'Otherwise what got no 200 comes again, with growing pauses',
    },
  },
  {
    id: 'timeoutMs',
    group: 'delivery',
    kind: 'number',
    initial: 5000,
    max: 30_000,
    unit: ms,
    label: { zh: 'Webhook 等待时间', en: 'Webhook patience' },
    help: { zh: '超过即视为失败', en: 'A later answer counts as none' },
  },
  {
    id: 'badSignature',
    group: 'delivery',
    kind: 'switch',
    label: { zh: '错误签名', en: 'Wrong signature' },
    help: { zh: '应得到 401', en: 'Should get a 401' },
  },
  {
    id: 'slowMs',
    group: 'api',
    kind: 'number',
    initial: 0,
    max: 60_000,
    unit: ms,
    label: { zh: '接口延迟', en: 'Slow API' },
  },
  {
    id: 'fail500',
    group: 'api',
    kind: 'switch',
    label: { zh: '接口返回 500 网页', en: 'API answers 500 in HTML' },
    help: { zh: '请求未被处理，但看不出来', en: 'Nothing was done, but it does not say so' },
  },
  {
    id: 'temporary',
    group: 'api',
    kind: 'switch',
    label: { zh: '暂时不可用（错误 2）', en: 'Temporarily down (error 2)' },
  },
  {
    id: 'lostAnswer',
    group: 'api',
    kind: 'switch',
    label: { zh: '已送达却返回 500', en: 'Delivered, yet 500' },
    help: { zh: '消息已送达，应答丢失', en: 'The message arrived, the answer got lost' },
  },
  {
    id: 'tokensRefused',
    group: 'api',
    kind: 'switch',
    label: { zh: '令牌失效（190）', en: 'Tokens refused (190)' },
    help: { zh: '所有调用返回 401', en: 'Every call gets 401' },
  },
];
