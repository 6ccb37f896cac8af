import type { AppKind } from '../../app.ts';
import type { Fields, Text } from '../../connector.ts';
import { EVENT_PATH, MESSAGE_PATH } from './receive.ts';

/** How the platform is registered, in the words of open.weixin.qq.com. */

const WHERE: Text = {
  zh: '微信开放平台（open.weixin.qq.com）→ 管理中心 → 第三方平台 → 详情 → 开发资料',
  en: 'WeChat Open Platform (open.weixin.qq.com) → 管理中心 (Management Center) → 第三方平台 (Third-party platform) → 详情 → 开发资料',
};

export const fields: Fields = {
  appId: {
    label: { zh: '第三方平台 AppID', en: 'AppID of the third-party platform' },
    help: { zh: `${WHERE.zh}，以 wx 开头。`, en: `${WHERE.en}; it begins with wx.` },
    required: true,
    placeholder: 'wx0123456789abcdef',
  },
  appSecret: {
    label: { zh: '第三方平台 AppSecret', en: 'AppSecret of the third-party platform' },
    help: {
      zh: `${WHERE.zh}，需管理员扫码查看或重置。`,
      en: `${WHERE.en}; the administrator sees or resets it with his phone.`,
    },
    secret: true,
    required: true,
  },
  token: {
    label: { zh: '消息校验Token', en: 'Token (消息校验Token)' },
    help: {
      zh: '留空则由系统生成，再复制到第三方平台的开发资料。',
      en: 'Leave it empty and one is made, to be copied to the platform’s development data (开发资料).',
    },
    secret: true,
    make: 32,
    formerAs: 'previousToken',
  },
  aesKey: {
    label: { zh: '消息加解密Key', en: 'Encryption key (消息加解密Key)' },
    help: {
      zh: '留空则由系统生成（43 位），再复制到第三方平台的开发资料。',
      en: 'Leave it empty and one of 43 characters is made, to be copied to the platform’s development data (开发资料).',
    },
    secret: true,
    make: 43,
    formerAs: 'previousAesKey',
  },
};

export const addresses: AppKind['addresses'] = [
  { label: { zh: '登录授权的发起页域名', en: '登录授权的发起页域名 (domain consent begins on)' }, is: 'origin' },
  { label: { zh: '授权事件接收URL', en: '授权事件接收URL (authorisation events)' }, is: 'webhook', path: EVENT_PATH },
  {
    label: { zh: '消息与事件接收URL', en: '消息与事件接收URL (messages and events)' },
    is: 'webhook',
    path: MESSAGE_PATH,
  },
];

export const guide: readonly Text[] = [
  {
    zh: '注册并认证微信开放平台账号（open.weixin.qq.com，需开发者资质认证），在管理中心 → 第三方平台 创建「平台型服务商」。',
    en: 'Register at open.weixin.qq.com and have the account certified as a developer; under 管理中心 → 第三方平台 create a platform (平台型服务商).',
  },
  {
    zh: '权限集：公众号选择消息管理、用户管理、账号服务、素材管理、菜单管理；小程序选择小程序客服管理。不要选择「开发与数据分析」，否则客户将不能自行发布小程序。',
    en: 'Permission sets: for official accounts 消息管理, 用户管理, 账号服务, 素材管理, 菜单管理; for mini-programs 小程序客服管理. Do not take 开发与数据分析: customers could no longer publish their own code.',
  },
  {
    zh: '在开发资料中填写下方的登录授权的发起页域名、授权事件接收URL、消息与事件接收URL、消息校验Token、消息加解密Key，并把本系统的出口 IP 加入白名单IP地址列表。',
    en: 'Enter the addresses, Token and key below under 开发资料, and add our outgoing IP to 白名单IP地址列表 (the allow list).',
  },
  {
    zh: '在这里填写第三方平台的 AppID、AppSecret。微信每 10 分钟推送一次 ticket，收到后「检查」会显示正常。',
    en: 'Enter the platform’s AppID and AppSecret here. WeChat pushes a ticket every 10 minutes; after the first one Check is green.',
  },
  {
    zh: '先用「授权测试公众号/小程序列表」中的账号试用，再提交全网发布；全网发布检测由本系统自动通过。',
    en: 'Try with the accounts listed as test accounts, then submit for release (全网发布); its automatic check is answered by this system.',
  },
];
