import { graphFaults } from '../../lib/graph/sandbox/faults.ts';
import type { FaultSpec } from '../../lib/sandbox/faults.ts';

/** The ways in which this stand-in can misbehave. */
export const faults: FaultSpec[] = [
  ...graphFaults,
  {
    id: 'statusMs',
    group: 'delivery',
    kind: 'number',
    initial: 150,
    max: 60_000,
    unit: { zh: '毫秒', en: 'ms' },
    label: { zh: '回执间隔', en: 'Pause between statuses' },
    help: { zh: 'sent、delivered、read 之间', en: 'Between sent, delivered and read' },
  },
  {
    id: 'statusesShuffled',
    group: 'delivery',
    kind: 'switch',
    label: { zh: '回执乱序并重复', en: 'Statuses out of order' },
    help: {
      zh: '先 read，再 sent、delivered，并再发一次 delivered',
      en: 'read first, then sent and delivered, and delivered again',
    },
  },
  {
    id: 'readHidden',
    group: 'delivery',
    kind: 'switch',
    label: { zh: '客户关闭已读回执', en: 'Read receipts off' },
    help: { zh: '只到 delivered', en: 'Nothing comes after delivered' },
  },
  {
    id: 'failsLater',
    group: 'delivery',
    kind: 'switch',
    label: { zh: '稍后失败（131026）', en: 'Fails later (131026)' },
    help: { zh: '接口返回成功，随后推送 failed', en: 'The API says yes, then a failed status comes' },
  },
  {
    id: 'windowShut',
    group: 'api',
    kind: 'switch',
    label: { zh: '24 小时窗口已关闭', en: 'Window shut' },
    help: { zh: '自由消息稍后以 131047 失败', en: 'Free words fail later with 131047' },
  },
  {
    id: 'windowAtOnce',
    group: 'api',
    kind: 'switch',
    label: { zh: '窗口错误立即返回', en: 'Window told at once' },
    help: { zh: '131047 作为接口错误，而不是回执', en: '131047 as the API’s own error instead of a status' },
  },
  {
    id: 'rateLimited',
    group: 'api',
    kind: 'switch',
    label: { zh: '触发频率限制（130429）', en: 'Rate limit (130429)' },
  },
  {
    id: 'pairRate',
    group: 'api',
    kind: 'switch',
    label: { zh: '触发单人频率限制（131056）', en: 'Pair rate (131056)' },
  },
  {
    id: 'mediaUrlsEnd',
    group: 'api',
    kind: 'switch',
    label: { zh: '媒体地址立即过期', en: 'Media addresses end at once' },
    help: { zh: '下载返回 404', en: 'Downloads get 404' },
  },
  {
    id: 'mediaGone',
    group: 'api',
    kind: 'switch',
    label: { zh: '媒体已删除', en: 'Media gone' },
    help: { zh: '按编号查询返回 100/33', en: 'The id does not exist any more (100/33)' },
  },
  {
    id: 'mediaDamaged',
    group: 'api',
    kind: 'switch',
    label: { zh: '媒体内容损坏', en: 'Media damaged' },
    help: { zh: '下载内容与 sha256 不符', en: 'What is downloaded does not match its sha256' },
  },
  {
    id: 'permissionMissing',
    group: 'account',
    kind: 'switch',
    label: { zh: '缺少消息权限', en: 'Permission missing' },
    help: { zh: '令牌没有 whatsapp_business_messaging', en: 'The token lacks whatsapp_business_messaging' },
  },
  {
    id: 'tokenEnding',
    group: 'account',
    kind: 'switch',
    label: { zh: '令牌将在三天后过期', en: 'Token ends in three days' },
  },
  {
    id: 'qualityRed',
    group: 'account',
    kind: 'switch',
    label: { zh: '质量评级为红色', en: 'Quality is red' },
  },
  {
    id: 'nameDeclined',
    group: 'account',
    kind: 'switch',
    label: { zh: '显示名称被拒', en: 'Name declined' },
  },
];
