import type { CheckPoint, Text } from '../connector.ts';
import type { Kind } from './outbound.ts';

/** Permission sets (权限集) by WeChat's numbers, in the order of what is lost without them (channels/wechat.md §13). */
interface Permission {
  id: number;
  name: Text;
  without: Text;
}

const NEEDED: Record<Kind, readonly Permission[]> = {
  account: [
    {
      id: 1,
      name: { zh: '消息管理', en: 'message management (消息管理)' },
      without: {
        zh: '未授予「消息管理」权限，无法接收和回复粉丝消息。请重新扫码授权并勾选该权限。',
        en: 'Message management (消息管理) was not granted: no message comes in and none goes out. Authorise again and tick it.',
      },
    },
    {
      id: 2,
      name: { zh: '用户管理', en: 'user management (用户管理)' },
      without: {
        zh: '未授予「用户管理」权限，无法识别用户来源与 UnionID。',
        en: 'User management (用户管理) was not granted: where followers come from and their UnionID stay unknown.',
      },
    },
    {
      id: 3,
      name: { zh: '账号服务', en: 'account service (账号服务)' },
      without: {
        zh: '未授予「账号服务」权限，渠道二维码不可用。',
        en: 'Account service (账号服务) was not granted: QR codes with a scene do not work.',
      },
    },
    {
      id: 11,
      name: { zh: '素材管理', en: 'material management (素材管理)' },
      without: {
        zh: '未授予「素材管理」权限，图片语音可能发送失败。',
        en: 'Material management (素材管理) was not granted: pictures and voices may fail to go out.',
      },
    },
    {
      id: 15,
      name: { zh: '菜单管理', en: 'menu management (菜单管理)' },
      without: {
        zh: '未授予「菜单管理」权限，收不到菜单点击事件。',
        en: 'Menu management (菜单管理) was not granted: taps on the menu do not arrive.',
      },
    },
  ],
  mini: [
    {
      id: 19,
      name: { zh: '小程序客服管理', en: 'mini-program customer service (小程序客服管理)' },
      without: {
        zh: '未授予「小程序客服管理」权限，无法接收和回复客服消息。',
        en: 'Mini-program customer service (小程序客服管理) was not granted: no message comes in and none goes out.',
      },
    },
  ],
};

const MEND: Text = {
  zh: '请用管理员微信重新扫码授权，并在授权页勾选全部权限。',
  en: 'Authorise again with the administrator’s WeChat and tick all permissions on the page.',
};

/** A point for every set that is missing, or one that says all are there. */
export function permissionPoints(kind: Kind, granted: readonly number[]): CheckPoint[] {
  const missing = NEEDED[kind].filter(({ id }) => !granted.includes(id));
  if (missing.length === 0) {
    const names = (language: 'zh' | 'en') => NEEDED[kind].map(({ name }) => name[language]);
    return [
      {
        code: 'permissions',
        ok: true,
        what: {
          zh: `已授予所需权限：${names('zh').join('、')}。`,
          en: `All permissions are granted: ${names('en').join(', ')}.`,
        },
      },
    ];
  }
  return missing.map(({ id, without }) => ({ code: `permission_${id}`, ok: false, what: without, mend: MEND }));
}

const ACCOUNT_STATUS: Record<string, Text> = {
  14: { zh: '已注销', en: 'cancelled' },
  16: { zh: '已封禁', en: 'banned' },
  18: { zh: '已告警', en: 'warned' },
  19: { zh: '已冻结', en: 'frozen' },
};

/** The account itself: whether it lives, and whether it may write. Nothing is said of what WeChat did not say. */
export function accountPoints(kind: Kind, { status, verified }: { status?: string; verified?: string }): CheckPoint[] {
  const points: CheckPoint[] = [];
  if (status && status !== '1') {
    const { zh, en } = ACCOUNT_STATUS[status] ?? { zh: status, en: status };
    points.push({
      code: 'account_status',
      ok: false,
      what: {
        zh: `账号状态异常（${zh}），请登录公众平台查看。`,
        en: `The account is not in order (${en}); look at it on the WeChat platform.`,
      },
    });
  }
  if (kind === 'account' && verified === 'no') points.push(unverified);
  return points;
}

export const unverified: CheckPoint = {
  code: 'unverified',
  ok: false,
  what: {
    zh: '该账号未认证，只能在 5 秒内被动回复，无法主动发送客服消息。',
    en: 'The account is not verified (未认证): it can only answer within 5 seconds; agents cannot write.',
  },
  mend: {
    zh: '请在微信公众平台 → 设置与开发 → 公众号设置 → 账号详情 中申请微信认证。',
    en: 'Apply for verification (微信认证) on the platform: Settings & Development → Account Settings → Account Details.',
  },
};
