import type { FaultSpec } from '../../lib/sandbox/faults.ts';

/** How the stand-in can be told to misbehave. */
export const faults: readonly FaultSpec[] = [
  { id: 'silent', group: 'delivery', kind: 'switch', label: { zh: '通知永远不来', en: 'Notifications never come' } },
  {
    id: 'twice',
    group: 'delivery',
    kind: 'switch',
    label: { zh: '通知同时发两份', en: 'Every notification twice at once' },
  },
  {
    id: 'probe',
    group: 'delivery',
    kind: 'switch',
    label: { zh: '先发签名探测', en: 'A signature probe comes first' },
  },
  {
    id: 'badSignature',
    group: 'delivery',
    kind: 'switch',
    label: { zh: '通知签名错误', en: 'Notifications with a wrong signature' },
  },
  {
    id: 'unknownSerial',
    group: 'delivery',
    kind: 'switch',
    label: { zh: '通知使用未知序列号', en: 'Notifications with an unknown serial' },
  },
  {
    id: 'old',
    group: 'delivery',
    kind: 'switch',
    label: { zh: '通知时间戳过旧', en: 'Notifications ten minutes old' },
  },
  {
    id: 'wrongAmount',
    group: 'delivery',
    kind: 'switch',
    label: { zh: '通知金额不符', en: 'Notifications of another amount' },
  },
  {
    id: 'loseAnswer',
    group: 'api',
    kind: 'switch',
    label: { zh: '做完却不应答', en: 'Does the work and loses the answer' },
  },
  {
    id: 'badAnswer',
    group: 'api',
    kind: 'switch',
    label: { zh: '应答签名错误', en: 'Answers with a wrong signature' },
  },
  {
    id: 'systemError',
    group: 'api',
    kind: 'switch',
    label: { zh: '接口返回 SYSTEM_ERROR', en: 'Calls end with SYSTEM_ERROR' },
  },
  { id: 'tooOften', group: 'api', kind: 'switch', label: { zh: '接口限频 429', en: 'Calls are too frequent (429)' } },
  {
    id: 'noAuth',
    group: 'account',
    kind: 'switch',
    label: { zh: '商户无此产品权限', en: 'The merchant may not use the product' },
  },
  {
    id: 'notEnough',
    group: 'account',
    kind: 'switch',
    label: { zh: '退款余额不足', en: 'Too little money for refunds' },
  },
  {
    id: 'abnormal',
    group: 'account',
    kind: 'switch',
    label: { zh: '退款异常（卡已注销）', en: 'Refunds fail: the card is gone' },
  },
];
