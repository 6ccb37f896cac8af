import { graphFaults } from '../../lib/graph/sandbox/faults.ts';
import type { FaultSpec } from '../../lib/sandbox/faults.ts';

const api = { group: 'api', kind: 'switch' } as const;

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
    label: { zh: '回执间隔', en: 'Pause between receipts' },
    help: { zh: '回显、送达、已读之间', en: 'Between echo, delivery and read' },
  },
  {
    id: 'readHidden',
    group: 'delivery',
    kind: 'switch',
    label: { zh: '客户不查看消息', en: 'Nobody looks' },
    help: { zh: '只到送达', en: 'Nothing comes after the delivery' },
  },
  { ...api, id: 'windowShut', label: { zh: '24 小时窗口已关闭（10/2018278）', en: 'Window shut (10/2018278)' } },
  {
    ...api,
    id: 'humanAgent',
    label: { zh: '应用已获 Human Agent 权限', en: 'The app has Human Agent' },
    help: { zh: '24 小时之后 7 天之内可用标签发送', en: 'The tag goes through after 24 hours, within 7 days' },
  },
  { ...api, id: 'unreachable', label: { zh: '客户不可达（551）', en: 'Person unavailable (551)' } },
  { ...api, id: 'rateLimited', label: { zh: '触发频率限制（613）', en: 'Rate limit (613)' } },
  {
    ...api,
    id: 'anotherApp',
    label: { zh: '会话由另一应用控制（10/2018300）', en: 'Another app in control (10/2018300)' },
  },
  {
    ...api,
    id: 'mediaUrlsEnd',
    label: { zh: '媒体地址立即过期', en: 'Media addresses end at once' },
    help: { zh: '下载返回 403', en: 'Downloads get 403' },
  },
  {
    id: 'standby',
    group: 'account',
    kind: 'switch',
    label: { zh: '另一应用在处理会话', en: 'Another app answers' },
    help: { zh: '事件从 standby 通道到达', en: 'Events come by the standby channel' },
  },
  {
    id: 'permissionMissing',
    group: 'account',
    kind: 'switch',
    label: { zh: '缺少消息权限', en: 'Permission missing' },
    help: { zh: '令牌没有 pages_messaging', en: 'The token lacks pages_messaging' },
  },
  {
    id: 'tokenEnding',
    group: 'account',
    kind: 'switch',
    label: { zh: '令牌将在三天后过期', en: 'Token ends in three days' },
  },
];
