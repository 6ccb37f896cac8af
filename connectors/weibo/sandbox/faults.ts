import type { FaultSpec } from '../../lib/sandbox/faults.ts';

const ms = { zh: '毫秒', en: 'ms' };
const seconds = { zh: '秒', en: 's' };
type Words = [zh: string, en: string];

const toggle = (group: FaultSpec['group'], id: string, [zh, en]: Words, help?: Words): FaultSpec => ({
  id,
  group,
  kind: 'switch',
  label: { zh, en },
  ...(help && { help: { zh: help[0], en: help[1] } }),
});

/** How this Weibo can be told to misbehave. */
export const faults: FaultSpec[] = [
  toggle(
    'delivery',
    'duplicate',
    ['重复推送', 'Deliver twice'],
    ['每次推送同时发出两份', 'Every push goes out twice at once'],
  ),
  toggle(
    'delivery',
    'reorder',
    ['打乱顺序', 'Reorder'],
    ['每次推送被后一个超过', 'Every push is overtaken by the next'],
  ),
  {
    id: 'timeoutMs',
    group: 'delivery',
    kind: 'number',
    initial: 5000,
    max: 30_000,
    unit: ms,
    label: { zh: '推送等待时间', en: 'Patience with pushes' },
    help: { zh: '超过即重发，共三次', en: 'Then it is sent again, three times in all' },
  },
  toggle('delivery', 'badSignature', ['签名错误', 'Wrong signature'], ['用别的密钥签名', 'Signed with another secret']),
  toggle('delivery', 'seconds', ['时间戳用秒', 'Timestamps in seconds'], ['默认为毫秒', 'Milliseconds by default']),
  toggle('delivery', 'dataAsString', ['data 为字符串', 'Data as text'], ['默认为对象', 'An object by default']),
  toggle('delivery', 'pushOff', ['停止推送', 'No pushes'], ['开发者中心未启用', '开发者中心 is switched off']),
  {
    id: 'slowMs',
    group: 'api',
    kind: 'number',
    initial: 0,
    max: 30_000,
    unit: ms,
    label: { zh: '接口延迟', en: 'Slow calls' },
  },
  toggle('api', 'busy', ['系统繁忙', 'Busy'], ['返回 10009', 'Answers 10009']),
  toggle('api', 'jobExpired', ['任务超时', 'Job expired'], ['已送达却返回 10010', 'Delivered, yet 10010']),
  toggle(
    'api',
    'lostAnswer',
    ['已送达却返回 502', 'Delivered, yet 502'],
    ['消息已送达，应答丢失', 'The message arrived, the answer got lost'],
  ),
  toggle('api', 'rateLimited', ['触发频率限制', 'Rate limit'], ['返回 10023', 'Answers 10023']),
  toggle('api', 'ipRefused', ['IP 不在白名单', 'IP not allowed'], ['返回 10004', 'Answers 10004']),
  toggle('api', 'notPermitted', ['没有接口权限', 'No permission'], ['返回 10014', 'Answers 10014']),
  toggle('api', 'errorsWith200', ['出错也返回 200', 'Errors with status 200']),
  toggle('api', 'mediaGone', ['媒体已过期', 'Files gone']),
  toggle('account', 'tokensExpired', ['令牌过期', 'Tokens over'], ['返回 21327', 'Answers 21327']),
  toggle('account', 'tokensRevoked', ['令牌被撤销', 'Tokens revoked'], ['返回 21332', 'Answers 21332']),
  toggle('account', 'windowShut', ['会话窗口已关闭', 'Window shut'], ['48 小时已过', '48 hours are over']),
  {
    id: 'tokenSeconds',
    group: 'account',
    kind: 'number',
    initial: 2_592_000,
    max: 157_679_999,
    unit: seconds,
    label: { zh: '授权令牌有效期', en: 'Life of granted tokens' },
    help: { zh: '未过审的应用为一天（86400）', en: 'A day (86400) for apps not reviewed' },
  },
];
