import type { FaultSpec } from '../../lib/sandbox/faults.ts';
import { ACCESS_LIFE, REFRESH_LIFE } from '../limits.ts';

const ms = { zh: '毫秒', en: 'ms' };
const seconds = { zh: '秒', en: 's' };
const flag = (
  id: string,
  group: FaultSpec['group'],
  label: FaultSpec['label'],
  help?: FaultSpec['help'],
): FaultSpec => ({
  id,
  group,
  kind: 'switch',
  label,
  help,
});

/** How Douyin, or the way to it, may misbehave. */
export const faults: FaultSpec[] = [
  flag(
    'duplicate',
    'delivery',
    { zh: '重复推送', en: 'Deliver twice' },
    { zh: '每个推送同时发出两份，Msg-Id 相同', en: 'Every push goes out twice at once, with one Msg-Id' },
  ),
  flag(
    'reorder',
    'delivery',
    { zh: '打乱顺序', en: 'Reorder' },
    { zh: '每个推送被后一个超过', en: 'Every push is overtaken by the next' },
  ),
  flag(
    'stringContent',
    'delivery',
    { zh: 'content 为文本', en: 'Content as text' },
    { zh: '消息的 content 以 JSON 文本下发', en: 'The content of messages comes as JSON text' },
  ),
  flag(
    'echoFirst',
    'delivery',
    { zh: '回声先到', en: 'Echo first' },
    { zh: '发送接口应答之前先推送 im_send_msg', en: 'im_send_msg comes before the call is answered' },
  ),
  flag(
    'noEcho',
    'delivery',
    { zh: '没有回声', en: 'No echo' },
    { zh: '不推送 im_send_msg', en: 'im_send_msg stays away' },
  ),
  flag(
    'badSignature',
    'delivery',
    { zh: '错误签名', en: 'Wrong signature' },
    { zh: '应得到 401', en: 'Should get a 401' },
  ),
  {
    id: 'timeoutMs',
    group: 'delivery',
    kind: 'number',
    initial: 5_000,
    max: 30_000,
    unit: ms,
    label: { zh: '推送等待时间', en: 'Push patience' },
    help: { zh: '超过即重发，最多 3 次', en: 'Later than that it is sent again, three times at most' },
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
  flag('fail500', 'api', { zh: '接口返回 500', en: 'API answers 500' }, { zh: '请求未被处理', en: 'Nothing was done' }),
  flag(
    'garbage',
    'api',
    { zh: '接口返回乱码', en: 'API answers garbage' },
    { zh: '应答不是 JSON', en: 'The answer is no JSON' },
  ),
  flag(
    'lostAnswer',
    'api',
    { zh: '已送达却返回 500', en: 'Delivered, yet 500' },
    { zh: '消息已送达，应答丢失', en: 'The message arrived, the answer got lost' },
  ),
  flag('busy', 'api', { zh: '系统繁忙', en: 'System busy' }, { zh: '28001006', en: '28001006' }),
  flag('tooMany', 'api', { zh: '调用过快', en: 'Too many calls' }, { zh: '28003018', en: '28003018' }),
  flag(
    'quotaUsedUp',
    'api',
    { zh: '当日额度用完', en: 'Quota of the day used up' },
    { zh: '28003017', en: '28003017' },
  ),
  flag('frequencyLimit', 'api', { zh: '私信频率限制', en: 'Frequency limit' }, { zh: '28003070', en: '28003070' }),
  flag('contentRefused', 'api', { zh: '内容被拒', en: 'Content refused' }, { zh: '28004020', en: '28004020' }),
  flag('abilityMissing', 'api', { zh: '没有私信能力', en: 'No such ability' }, { zh: '28001018', en: '28001018' }),
  flag(
    'tokensRefused',
    'api',
    { zh: '令牌失效', en: 'Tokens refused' },
    { zh: '所有调用返回 28001008', en: 'Every call gets 28001008' },
  ),
  flag('mediaGone', 'api', { zh: '媒体已过期', en: 'Media gone' }),
  flag(
    'refreshEnded',
    'account',
    { zh: '刷新令牌已到期', en: 'Refresh token ended' },
    { zh: '10010，须重新扫码', en: '10010: somebody must scan again' },
  ),
  flag(
    'scopeMissing',
    'account',
    { zh: '授权时未勾选私信', en: 'Messages not ticked' },
    { zh: '下次授权缺少 im.direct_message', en: 'The next consent lacks im.direct_message' },
  ),
  {
    id: 'accessLife',
    group: 'account',
    kind: 'number',
    initial: ACCESS_LIFE,
    max: ACCESS_LIFE,
    unit: seconds,
    label: { zh: '访问令牌有效期', en: 'Life of access tokens' },
  },
  {
    id: 'refreshLife',
    group: 'account',
    kind: 'number',
    initial: REFRESH_LIFE,
    max: REFRESH_LIFE,
    unit: seconds,
    label: { zh: '刷新令牌有效期', en: 'Life of refresh tokens' },
    help: { zh: '改短后重新授权，可看到到期提醒', en: 'Shorten it and authorise again to see the warning' },
  },
];
