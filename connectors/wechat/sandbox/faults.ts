import type { Text } from '../../connector.ts';
import type { FaultSpec } from '../../lib/sandbox/faults.ts';

const ms = { zh: '毫秒', en: 'ms' };
const on = (id: string, group: FaultSpec['group'], label: Text, help?: Text): FaultSpec => ({
  id,
  group,
  kind: 'switch',
  label,
  help,
});
const errcode = (code: number, zh: string, en: string): Text => ({ zh: `${zh}（${code}）`, en: `${en} (${code})` });

/** Everything WeChat, or the way to it, can do wrong here. */
export const faults: FaultSpec[] = [
  on(
    'duplicate',
    'delivery',
    { zh: '重复推送', en: 'Deliver twice' },
    { zh: '每条推送同时发出两份', en: 'Every push goes out twice at once' },
  ),
  on(
    'reorder',
    'delivery',
    { zh: '打乱顺序', en: 'Reorder' },
    { zh: '每条推送被后一条超过', en: 'Every push is overtaken by the next' },
  ),
  {
    id: 'timeoutMs',
    group: 'delivery',
    kind: 'number',
    initial: 5000,
    max: 30_000,
    unit: ms,
    label: { zh: '等待应答', en: 'Patience' },
    help: {
      zh: '微信等待 5 秒，共推送三次，之后用户看到故障提示',
      en: 'WeChat waits 5 s, three times in all; then the customer is told of a fault',
    },
  },
  on(
    'badSignature',
    'delivery',
    { zh: '错误签名', en: 'Wrong signature' },
    { zh: '用另一个 Token 签名', en: 'Signed with another Token' },
  ),
  on(
    'wrongAppId',
    'delivery',
    { zh: '错误 AppID', en: 'Wrong AppID' },
    { zh: '密文末尾是别的 AppID', en: 'Encrypted for another AppID' },
  ),
  on(
    'oldKey',
    'delivery',
    { zh: '旧密钥', en: 'Old key' },
    {
      zh: '用更换前的 EncodingAESKey 加密；没有更换过则为陌生密钥',
      en: 'Encrypted with the EncodingAESKey before the change; a stranger’s, where there was none',
    },
  ),
  on(
    'plainMode',
    'delivery',
    { zh: '明文模式', en: 'Plaintext mode' },
    { zh: '仅账号自己的服务器配置', en: 'For accounts with a server of their own' },
  ),
  on(
    'compatibleMode',
    'delivery',
    { zh: '兼容模式', en: 'Compatible mode' },
    { zh: '明文与密文一起推送', en: 'Plain and encrypted together' },
  ),
  on(
    'miniXml',
    'delivery',
    { zh: '小程序用 XML', en: 'Mini-program in XML' },
    { zh: '默认为 JSON 数据格式', en: 'JSON by default' },
  ),
  on(
    'webhookOff',
    'delivery',
    { zh: '停用服务器配置', en: 'Server settings off' },
    { zh: '不推送消息', en: 'No messages are pushed' },
  ),
  on(
    'ticketLate',
    'delivery',
    { zh: 'ticket 迟到', en: 'Ticket late' },
    { zh: '不推送 component_verify_ticket', en: 'No component_verify_ticket is pushed' },
  ),
  on(
    'noAuthorisedPush',
    'delivery',
    { zh: '授权事件丢失', en: 'Lost authorisation push' },
    { zh: '只有浏览器带回授权码', en: 'Only the browser brings the code' },
  ),
  on(
    'sameAuthCode',
    'delivery',
    { zh: '授权码只有一个', en: 'One code for both' },
    {
      zh: '推送与浏览器带的是同一个一次性授权码',
      en: 'The push and the browser bring the very same code, good once',
    },
  ),
  { id: 'slowMs', group: 'api', kind: 'number', max: 60_000, unit: ms, label: { zh: '接口延迟', en: 'Slow API' } },
  on('fail500', 'api', { zh: '接口返回 500', en: 'API answers 500' }, { zh: '请求未被处理', en: 'Nothing was done' }),
  on(
    'garbage',
    'api',
    { zh: '接口返回乱码', en: 'API answers garbage' },
    { zh: '代理的 HTML 页面，状态 200', en: 'A proxy’s HTML page, status 200' },
  ),
  on(
    'lostAnswer',
    'api',
    { zh: '已送达却应答 502', en: 'Delivered, yet 502' },
    { zh: '消息已送达，应答丢失', en: 'The message arrived, the answer got lost' },
  ),
  on('busy', 'api', errcode(-1, '系统繁忙', 'System busy')),
  on('tokensRefused', 'api', errcode(40001, '令牌无效', 'Tokens refused')),
  on('tokensExpired', 'api', errcode(42001, '令牌过期', 'Tokens expired')),
  on('quotaUsedUp', 'api', errcode(45009, '接口日调用量用完', 'Daily quota used up')),
  on('rateLimited', 'api', errcode(45011, '调用太频繁', 'Too frequent')),
  on('countUsedUp', 'api', errcode(45047, '下行条数用完', 'Messages used up')),
  on('windowShut', 'api', errcode(45015, '超出 48 小时', 'Window shut')),
  on('ipBlocked', 'api', errcode(40164, 'IP 不在白名单', 'IP not on the list')),
  on('permissionMissing', 'api', errcode(61007, '第三方平台无权限', 'Platform lacks the permission')),
  on('componentRefused', 'api', errcode(40001, '第三方平台令牌无效', 'Platform’s token refused')),
  on('refreshRefused', 'api', errcode(61023, '刷新令牌无效', 'Refresh token refused')),
  on('mediaGone', 'api', errcode(40007, '素材已过期', 'Media expired')),
  on('unverified', 'account', errcode(48001, '账号未认证', 'Account not verified'), {
    zh: '公众号只能被动回复',
    en: 'Official accounts can only answer in the response',
  }),
  on(
    'frozen',
    'account',
    { zh: '账号被冻结', en: 'Account frozen' },
    { zh: 'account_status 为 19，接口返回 50002', en: 'account_status is 19, the API answers 50002' },
  ),
];
