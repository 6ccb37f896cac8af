import { defineConnector } from '../connector.ts';
import { checkWith } from './check.ts';
import { config, type WechatConfig } from './config.ts';
import { accountFields, miniFields } from './fields.ts';
import { accountWays, miniWays } from './guide.ts';
import { hosts } from './hosts.ts';
import { accountCan, miniCan } from './limits.ts';
import { media } from './media.ts';
import { miniProfile, profile } from './profile.ts';
import { receiveWith } from './receive.ts';
import { sendWith } from './send.ts';
import { typingWith } from './typing.ts';
import { upkeepWith } from './upkeep.ts';

const GROUND = '#2aa35a';
const account = ({ appId }: WechatConfig) => appId;

/** WeChat official accounts, subscription and service (公众号; channels/wechat.md). */
export const wechat = defineConnector<WechatConfig>({
  name: 'wechat',
  label: { zh: '微信公众号', en: 'WeChat official account' },
  platform: 'wechat',
  mark: { ground: GROUND, path: 'M3 3.5h10v7H7.5L5 13v-2.5H3zM5.5 6h5M5.5 8.2h3' },
  ways: accountWays,
  fields: accountFields,
  config,
  can: accountCan,
  hosts,
  account,
  receive: receiveWith(true),
  send: sendWith('account'),
  profile,
  media,
  typing: typingWith('account'),
  upkeep: upkeepWith('account'),
  check: checkWith('account'),
});

/** Customer service of WeChat mini-programs (小程序客服消息). */
export const wechatMini = defineConnector<WechatConfig>({
  name: 'wechat-mini',
  label: { zh: '微信小程序客服', en: 'WeChat mini-program' },
  platform: 'wechat',
  mark: { ground: GROUND, path: 'M3.5 3.5h4v4h-4zM9.5 3.5h3v4h-3zM3.5 9.5h4v3h-4zM9.5 11h3' },
  ways: miniWays,
  fields: miniFields,
  config,
  can: miniCan,
  hosts,
  account,
  receive: receiveWith(false),
  send: sendWith('mini'),
  profile: miniProfile,
  media,
  typing: typingWith('mini'),
  upkeep: upkeepWith('mini'),
  check: checkWith('mini'),
});
