import { defineApp } from '../app.ts';
import { finish, start } from './authorise.ts';
import { checkApp } from './check-app.ts';
import { appConfig, appFields } from './config.ts';
import { weibo } from './index.ts';

/**
 * A Weibo app through which accounts give us their token by logging in (OAuth2, weibo.md section 1). It receives nothing:
 * each account's pushes go to an address of its own, which somebody still has to enter at Weibo.
 */
export const weiboApp = defineApp({
  name: 'weibo-app',
  label: { zh: '微博应用', en: 'Weibo app' },
  text: {
    zh: '登记一次微博开放平台的应用，之后用扫码登录接入账号，无需逐个复制 access_token。',
    en: 'Register an app of open.weibo.com once; then accounts are connected by a QR log-in, without copying an access_token for each.',
  },
  connectors: [weibo.name],
  fields: appFields,
  config: appConfig,
  guide: [
    {
      zh: '登录微博开放平台（open.weibo.com），创建应用并通过审核（类型选“粉丝服务平台”；未过审时只有测试账号能授权，且令牌只有一天有效）。',
      en: 'Log in to open.weibo.com, create an app of the type 粉丝服务平台 and have it reviewed (before that only test accounts can authorise, for a day).',
    },
    {
      zh: '在 应用信息 → 基本信息 复制 App Key 和 App Secret，填入下方；“安全域名”填本系统的域名。',
      en: 'Copy the App Key and the App Secret from 应用信息 → 基本信息 into the form; enter our domain as 安全域名.',
    },
    {
      zh: '在 应用信息 → 高级信息 → OAuth2.0 授权设置 中，“授权回调页”填下方给出的地址。',
      en: 'Under 应用信息 → 高级信息 → OAuth2.0 授权设置, enter the address given below as 授权回调页.',
    },
    {
      zh: '为应用申请粉丝服务接口权限，否则授权得到的令牌可能无法收发私信；届时请改用“填写凭据”。',
      en: 'Apply for the fans-service interfaces for the app: without them a token got by authorising may not carry private messages; copy the credentials instead then.',
    },
  ],
  addresses: [
    { label: { zh: '授权回调页', en: 'Redirect page (授权回调页)' }, is: 'redirect' },
    { label: { zh: '安全域名', en: 'Safe domain (安全域名)' }, is: 'origin' },
  ],
  hosts: weibo.hosts,
  start,
  finish,
  check: checkApp,
});
