import { defineApp } from '../../app.ts';
import { hosts } from '../hosts.ts';
import { finish, granted, start } from './authorise.ts';
import { check } from './check.ts';
import { type OpenConfig, openConfig } from './config.ts';
import { addresses, fields, guide } from './guide.ts';
import { receive } from './receive.ts';

/** A third-party platform of WeChat's Open Platform (第三方平台): official accounts and mini-programs by one scan each. */
export const wechatOpen = defineApp<OpenConfig>({
  name: 'wechat-open',
  label: { zh: '微信第三方平台', en: 'WeChat third-party platform' },
  text: {
    zh: '在微信开放平台注册一次，之后每个公众号、小程序只需管理员扫码即可接入。',
    en: 'Registered once at WeChat’s Open Platform; from then on each account is connected by one scan of its administrator.',
  },
  connectors: ['wechat', 'wechat-mini'],
  fields,
  config: openConfig,
  guide,
  addresses,
  hosts,
  receive,
  start,
  finish,
  granted,
  check,
});
